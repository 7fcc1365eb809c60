"""One sheet of a list of staff turned into rows: the header found by its labels, every cell read and remarked.

Runs in the reading child. Cells are read as in rosters; closed lists by `resources/roster/staff_values.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from desktop.documents.roster_columns import SERIAL, STAFF, fields_of, plain
from desktop.documents.roster_dates import DateContext, read_day
from desktop.documents.roster_header import LOOKED_AT, Header, header_at, year_above
from desktop.documents.roster_values import as_text, read_phone, read_text, short
from desktop.documents.sheet_cells import SheetCells
from desktop.models.health_terms import IdKind
from desktop.models.resident_id import birth_date, fault, kind_of, sex, tidy
from desktop.models.roster_rows import Issue, RowStatus
from desktop.models.staff_rows import StaffFields, StaffRow
from desktop.resource_paths import resource

_DEEPEST = 2
_LONGEST_LABEL = 30
_TEXTS = {
    "department": 80, "team": 80, "post": 80, "dormitory_room": 60, "origin": 120, "transport_detail": 60,
    "key_post": 80, "emergency_contact": 120, "remark": 500, "enterprise": 200, "credit_code": 18,
}  # fmt: skip
_DAYS = ("arrived_on", "health_code_on", "left_on")
_NO_PERSON = re.compile(
    r"(小计|合计|总计|共计|总人数|共\d+人)$|^(注|备注|说明|填表|填报|制表|审核|单位负责人|负责人)"
).search
_LONGEST_NAME = 80
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_LONG_NUMBER = 1e15


@cache
def _codes() -> Mapping[str, Mapping[str, str]]:
    """Closed list → what people write → code."""
    with resource("roster", "staff_values.toml").open("rb") as file:
        data = tomllib.load(file)
    return {name: {word: code for code, words in terms.items() for word in words} for name, terms in data.items()}


class StaffTable:
    """A sheet; `fields` is empty when it is no list of people."""

    def __init__(self, sheet: SheetCells, today: date) -> None:
        self._sheet, self._today = sheet, today
        self._header = _find_header(sheet)
        self.labels: list[str] = [label for label, _ in self._header.labels] if self._header else []
        self.fields: list[str] = [name for name, _ in fields_of(self._header.labels, STAFF)] if self._header else []
        year = year_above(sheet.rows, self._header, sheet.name) if self._header else None
        self._days = DateContext(year, today, sheet.epoch1904)

    def columns(self) -> list[tuple[str, str, str]]:
        """(sheet, label, field) of every column that is read."""
        return [
            (self._sheet.name, label, name)
            for label, name in zip(self.labels, self.fields, strict=True)
            if name and name != SERIAL
        ]

    def rows(self) -> Iterator[StaffRow]:
        """The people in order; `ok`, `warn` or `reject`."""
        if self._header is None:
            return
        at = {name: column for column, name in enumerate(self.fields) if name and name != SERIAL}
        own = {plain(label) for label in self.labels if label}
        for index in range(self._header.last + 1, len(self._sheet.rows)):
            row = self._sheet.rows[index]
            cells = {name: row[column] for name, column in at.items()}
            texts = [as_text(cell) for cell in cells.values()]
            if not any(texts) or sum(plain(text) in own for text in texts if text) * 2 > sum(map(bool, texts)):
                continue
            first = next((as_text(cell) for cell in row if as_text(cell)), "")
            if _NO_PERSON("".join(first.split())) and not as_text(cells.get("id_number", "")):
                continue
            yield _Person(self._sheet.name, index + 1, self._today, self._days).read(cells)


def _find_header(sheet: SheetCells) -> Header | None:
    """The row, or pair of rows, that names the most fields, a person's name among them."""
    best, most = None, 1
    for first in range(min(len(sheet.rows), LOOKED_AT)):
        for last in range(first, min(first + _DEEPEST, len(sheet.rows))):
            header = header_at(sheet.rows, first, last, sheet.merged)
            labels = [(label if len(label) <= _LONGEST_LABEL else "", group) for label, group in header.labels]
            named = {name for name, _ in fields_of(labels, STAFF) if name} - {SERIAL, "remark", "enterprise"}
            if "name" in named and len(named) > most:
                best, most = header, len(named)
    return best


@dataclass
class _Person:
    """One row as it is read."""

    sheet: str
    row: int
    today: date
    days: DateContext
    issues: list[Issue] = field(default_factory=list)
    rejected: bool = False

    def read(self, cells: Mapping[str, Any]) -> StaffRow:
        name = self._text(cells.get("name", ""), "name", _LONGEST_NAME)
        if not name:
            self._say("staff_name_missing", "name", reject=True)
        values: dict[str, Any] = {each: self._text(cells.get(each, ""), each, most) for each, most in _TEXTS.items()}
        values.update({each: self._code(cells.get(each, ""), each) for each in _codes()})
        values.update({each: self._day(cells.get(each, ""), each) for each in _DAYS})
        values["phone"] = self._phone(cells.get("phone", ""))
        self._number(cells.get("id_number", ""), values)
        if values.get("birth_year") is None and "birth" in cells:
            values["birth_year"] = self._birth(cells["birth"])
        status = RowStatus.REJECT if self.rejected else RowStatus.WARN if self.issues else RowStatus.OK
        return StaffRow(self.sheet, self.row, status, StaffFields(name=name or "", **values), tuple(self.issues))

    def _number(self, cell: Any, values: dict[str, Any]) -> None:
        if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= _LONG_NUMBER:
            self._say("staff_id_as_number", "id_number", reject=True)
            return
        text = self._text(cell, "id_number", 40)
        number = tidy(text) if text else ""
        if not number:
            self._say("staff_id_missing", "id_number")
            return
        kind = values["id_kind"] or kind_of(number)
        wrong = fault(kind, number, self.today)
        if wrong is not None:
            self._say(wrong[0], "id_number", reject=True, **wrong[1])
            return
        values["id_kind"], values["id_number"] = kind, number
        born = birth_date(number) if kind == IdKind.RESIDENT_ID else None
        if born is not None:
            values["birth_year"], values["sex"] = born.year, sex(number)

    def _phone(self, cell: Any) -> str | None:
        value, issues = read_phone(cell)
        if issues:
            self._say("staff_phone_unreadable", "phone")
        return value if value is None or isinstance(value, str) else None

    def _text(self, cell: Any, name: str, most: int) -> str | None:
        value, issues = read_text(cell, name, most)
        self.issues.extend(issues)
        return value if isinstance(value, str) else None

    def _code(self, cell: Any, name: str) -> str | None:
        word = "".join(unicodedata.normalize("NFKC", as_text(cell)).split()).lower()
        terms = _codes()[name]
        bare = _BRACKETS.sub("", word)
        if not bare:
            return None
        found = (
            terms.get(word)
            or terms.get(bare)
            or next(
                (
                    terms[each]
                    for each in sorted(terms, key=len, reverse=True)
                    if len(each) > 1 and bare.startswith(each)
                ),
                None,
            )
        )
        if found is None and bare not in ("-", "—", "/", "无"):
            self._say("staff_word_unknown", name, text=short(word))
        return found

    def _day(self, cell: Any, name: str) -> str | None:
        found = read_day(cell, self.days)
        if found.code and found.code != "roster_date_blank":
            self.issues.append(Issue(found.code, name, found.facts or {}))
        return found.day

    def _birth(self, cell: Any) -> int | None:
        text = as_text(cell)[:4]
        return int(text) if text.isdigit() and 1900 <= int(text) <= self.today.year else None

    def _say(self, code: str, name: str, *, reject: bool = False, **facts: str | int | float) -> None:
        issue = Issue(code, name, facts)
        if reject and not self.rejected:
            self.issues.insert(0, issue)
        else:
            self.issues.append(issue)
        self.rejected = self.rejected or reject
