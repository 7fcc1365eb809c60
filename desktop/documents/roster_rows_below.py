"""Which rows below a roster's header are enterprises, and what the others are: totals, groups, notes, repeated headers.

A row is an enterprise when it is none of these and something stands in a column that is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.documents.roster_columns import plain
from desktop.documents.roster_header import Header
from desktop.models.roster_rows import SkippedRows

_TOTAL = re.compile(r"^.{0,6}(小计|合计|总计|共计|累计|平均)(数|\(.*\))?[:：]?$").fullmatch
_NOTE = re.compile(
    r"^(注|备注|说明|填表说明|填报说明|注意|填表人|填报人|制表人?|审核人?|单位负责人|负责人签[字名]|填报日期|填表日期|填报单位|联系人签字)"
    r"\s*(?:[:：\d]|$)"
).match
_GROUP = re.compile(r"^[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．,，]|共\s*\d+\s*[家户个]").search
_PLACE = re.compile(r"(街道|镇|乡|开发区|园区|新区|社区|村|工业区|功能区)$").search
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,12}?(?:街道|镇|乡)(?![\u4e00-\u9fff])")


@dataclass
class RowsBelow:
    """The enterprises' rows (index from 0) with the township of the group they stand in, and the counts of the rest."""

    indexes: list[int] = field(default_factory=list)
    townships: list[str | None] = field(default_factory=list)
    totals: int = 0
    groups: int = 0
    notes: int = 0
    headers: int = 0
    blanks: int = 0

    def skipped(self) -> SkippedRows:
        """The counts as they are reported."""
        return SkippedRows(self.totals, self.groups, self.notes, self.headers, self.blanks)


def rows_below(rows: Sequence[Sequence[Any]], header: Header, fields: Sequence[str]) -> RowsBelow:
    """Sort the rows below the header.

    Args:
        fields: the field of every column ("" = not read, "serial" = a running number).
    """
    below = RowsBelow()
    name_at = fields.index("name") if "name" in fields else -1
    read = [index for index, name in enumerate(fields) if name and name != "serial"]
    labels = {plain(label) for label, _ in header.labels if label}
    own_labels = {row[name_at] for row in rows[header.first : header.last + 1]}
    width = len(fields)
    township: str | None = None
    for index in range(header.last + 1, len(rows)):
        row = rows[index]
        filled = width - row.count("")
        if filled == 0:
            continue
        name = row[name_at] if name_at >= 0 else ""
        if type(name) is str and len(name) > 6 and filled > 2 and name not in own_labels:
            below.indexes.append(index)
            below.townships.append(township)
            continue
        sort, text = _sort(row, name_at, read, labels, filled)
        if sort == "data":
            below.indexes.append(index)
            below.townships.append(township)
        else:
            setattr(below, sort, getattr(below, sort) + 1)
            if sort == "groups":
                found = _TOWNSHIP.search(text)
                township = re.sub(r"^[一二三四五六七八九十]+", "", found[0]) if found else None
    return below


def _sort(row: Sequence[Any], name_at: int, read: Sequence[int], labels: set[str], filled: int) -> tuple[str, str]:
    """(attribute of `RowsBelow` to count, or "data"; the row's first text)."""
    texts = [cell.strip() for cell in row if type(cell) is str and cell.strip()]
    first = texts[0] if texts else ""
    leading = [_close(row[i]) for i in range(name_at + 1) if type(row[i]) is str] or [_close(first)]
    if any(_TOTAL(text) for text in leading) and not _is_enterprise_like(row, name_at):
        return "totals", first
    if first and _NOTE(_close(first)) and filled <= 3:
        return "notes", first
    if len(texts) >= 2 and sum(plain(text) in labels for text in texts) > len(texts) / 2:
        return "headers", first
    if filled == 1 and first and (_GROUP(first) or _PLACE(first) or not any(row[i] != "" for i in read)):
        return ("groups", first) if len(first) <= 40 else ("notes", first)
    if not any(row[i] != "" and not (type(row[i]) is str and not row[i].strip()) for i in read):
        return "blanks", first
    return "data", first


def _is_enterprise_like(row: Sequence[Any], name_at: int) -> bool:
    return name_at >= 0 and type(row[name_at]) is str and len(_close(row[name_at])) > 8


def _close(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
