"""Finding the header of a roster in a sheet as people make them: below titles and notes, in one to three rows.

A header is the row, or the block of up to three rows, that names the most fields; a deeper block must name more than
a shallower one. Merged group labels (复工情况 over 复工时间) are spread over the columns they span.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.documents.roster_columns import SERIAL, Guess, guess

LOOKED_AT = 60
_DEEPEST = 3
_FIRMS_LOOKED_AT = 20
_FIRM = re.compile(r"(公司|厂|店|行|社|集团|中心|企业|部|院|站|场|馆|所)(（.*）|\(.*\))?$").search
_LONGEST_LABEL = 40
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s*(?:年|[-./]\s*\d{1,2}))")
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True)
class Header:
    """Where a header stands (rows from 0, `last` included) and its labels.

    `labels`: (label, label of the group above it or "") of every column of the sheet.
    """

    first: int
    last: int
    labels: tuple[tuple[str, str], ...]

    def full_labels(self) -> list[str]:
        """What to show and to fingerprint: the label, after its group where the label alone names nothing."""
        return [_shown(label, group) for label, group in self.labels]


def find_header(rows: Sequence[Sequence[Any]], merged: Merged = ()) -> Header | None:
    """The header, or None when no row names an enterprise column or three other fields.

    Where nothing but the enterprise's name is known, firms must stand below it: a page of explanations has none.
    """
    best: Header | None = None
    best_score = (0, 0)
    for first in range(min(len(rows), LOOKED_AT)):
        if not _may_start(rows[first]):
            continue
        for depth in range(1, _DEEPEST + 1):
            if first + depth > len(rows):
                break
            header = header_at(rows, first, first + depth - 1, merged)
            score = (_score(header) or _score_of_names(header, rows[first + depth :]), -depth)
            if score[0] and score > best_score:
                best, best_score = header, score
    return best


def header_at(rows: Sequence[Sequence[Any]], first: int, last: int, merged: Merged = ()) -> Header:
    """The header that stands in these rows (from 0, `last` included), whatever it names."""
    spread = [_spread(rows, number, merged) for number in range(first, last + 1)]
    labels = []
    for column in range(max(map(len, spread), default=0)):
        texts = [row[column] for row in spread if column < len(row) and row[column]]
        distinct = list(dict.fromkeys(texts))
        label = distinct[-1] if distinct else ""
        labels.append((label, "".join(distinct[:-1])))
    return Header(first, last, tuple(labels))


def year_above(rows: Sequence[Sequence[Any]], header: Header, sheet: str = "") -> int | None:
    """The year the head of the table names (填报日期：2020年2月26日), else the sheet's name, else None."""
    texts = [str(cell) for row in rows[: header.last + 1] for cell in row if cell != ""]
    for text in (*texts, sheet):
        found = _YEAR.search(unicodedata.normalize("NFKC", text))
        if found:
            return int(found[1])
    return None


def _may_start(row: Sequence[Any]) -> bool:
    return any(isinstance(cell, str) and cell.strip() for cell in row)


def _score(header: Header) -> int:
    """Ten for every field named exactly, nine for one by pattern; 0 when it cannot be a roster's header."""
    found: dict[str, Guess] = {}
    for label, group in header.labels:
        each = guess(label, group) if len(label) <= _LONGEST_LABEL else None
        if each and (each.field not in found or found[each.field].found_by == "pattern"):
            found[each.field] = each
    named = found.keys() - {SERIAL, "remark"}
    by_exact_name = "name" in found and found["name"].found_by == "synonym"
    if not (by_exact_name or ("name" in found and len(named) > 1) or len(named) >= 3):
        return 0
    if len(named) == 1 and any(label for label, group in header.labels if not guess(label, group)):
        return 0  # a single known word among others is a sentence, not a header
    return sum(10 if each.found_by == "synonym" else 9 for each in found.values())


def _score_of_names(header: Header, below: Sequence[Sequence[Any]]) -> int:
    """Nine where firms stand below an exact label of their name; 0 otherwise."""
    for column, (label, group) in enumerate(header.labels):
        found = guess(label, group) if len(label) <= _LONGEST_LABEL else None
        if found and (found.field, found.found_by) == ("name", "synonym"):
            texts = [_text(row[column]) for row in below[:_FIRMS_LOOKED_AT] if column < len(row) and row[column] != ""]
            return 9 if sum(bool(_FIRM(text)) for text in texts) * 2 > len(texts) else 0
    return 0


def _spread(rows: Sequence[Sequence[Any]], number: int, merged: Merged) -> list[str]:
    """A row's texts with merged labels repeated over the columns they span (not over the rows below)."""
    texts = [_text(cell) for cell in rows[number]]
    for (top, left), (_, right) in merged:
        if top == number and right > left:
            for column in range(left + 1, min(right + 1, len(texts))):
                texts[column] = texts[column] or texts[left]
    return texts


def _text(cell: Any) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ("" if cell == "" else str(cell))


def _shown(label: str, group: str) -> str:
    if not group or guess(label):
        return label
    return f"{group} {label}".strip()
