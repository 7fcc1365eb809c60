"""One sheet of a roster turned into rows: header and mapping settled, every column read, every remark noted.

Reading goes column by column through a stretch of rows, which keeps 50,000 rows cheap: a column that is clean costs one
pass and no remark, and the first rows are on their way while the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from typing import Any, cast

import msgspec

from desktop.documents.roster_columns import SERIAL, apply_mapping, column_letter, fields_of, fingerprint
from desktop.documents.roster_dates import DateContext, read_day
from desktop.documents.roster_header import Header, find_header, header_at, year_above
from desktop.documents.roster_rows_below import RowsBelow, rows_below
from desktop.documents.roster_values import (
    AS_IT_IS,
    NOTHING,
    TEXT_LIMITS,
    Read,
    Reader,
    as_text,
    read_capital,
    read_code,
    read_count,
    read_degrees,
    read_name,
    read_phone,
    read_scale,
    read_text,
    short,
    split_contact,
)
from desktop.documents.sheet_cells import SheetCells
from desktop.models.roster_rows import (
    FIELD_NAMES,
    ColumnMapping,
    Issue,
    RosterColumn,
    RosterFields,
    RosterRow,
    RowStatus,
    SheetReading,
    SheetState,
    SkippedRows,
)

_UNIT = re.compile(r"[(（]\s*((?:亿|千万|百万|万|千)?(?:美|欧|港)?元)\s*[)）]")
_SAMPLES_LOOKED_AT = 20
STRETCH = 2_000
"""Rows that are read at a time."""
Issues = dict[int, list[Issue]]


class RosterTable:
    """A sheet with its header and mapping; `rows()` reads what stands below.

    Args:
        chosen_header: first and last row (from 1) somebody chose; None: found.
        mappings: corrected mappings by fingerprint.
    """

    def __init__(
        self,
        sheet: SheetCells,
        chosen_header: tuple[int, int] | None,
        mappings: Mapping[str, ColumnMapping],
        today: date,
    ) -> None:
        self._sheet = sheet
        self._today = today
        self._header = self._find_header(chosen_header)
        self._fields: list[str] = []
        self._below = RowsBelow()
        self._columns: tuple[RosterColumn, ...] = ()
        self._fingerprint = ""
        self._year: int | None = None
        if self._header is not None:
            self._map(self._header, mappings)

    @property
    def state(self) -> SheetState:
        """Whether this sheet gives rows."""
        if not any(cell != "" for row in self._sheet.rows for cell in row):
            return SheetState.EMPTY
        if self._header is None:
            return SheetState.NO_TABLE
        return SheetState.READ if "name" in self._fields else SheetState.NO_NAMES

    def reading(self) -> SheetReading:
        """What is told about the sheet."""
        header = self._header
        state = self.state
        read = state is SheetState.READ
        hidden = sum(index + 1 in self._sheet.hidden_rows for index in self._below.indexes) if read else 0
        return SheetReading(
            name=self._sheet.name,
            state=state,
            header_rows=(header.first + 1, header.last + 1) if header else None,
            fingerprint=self._fingerprint,
            columns=self._columns,
            year=self._year,
            data_rows=len(self._below.indexes) if read else 0,
            hidden_rows=hidden,
            skipped=self._below.skipped() if read else SkippedRows(),
        )

    def rows(self) -> Iterator[RosterRow]:
        """The enterprises in order; `ok`, `warn` or `reject` only: rows are compared with each other elsewhere."""
        if self.state is not SheetState.READ:
            return
        columns = self._columns_read()
        for start in range(0, len(self._below.indexes), STRETCH):
            yield from self._stretch(columns, slice(start, start + STRETCH))

    def _stretch(self, columns: Mapping[str, _Column], part: slice) -> Iterator[RosterRow]:
        indexes = self._below.indexes[part]
        issues: Issues = {}
        values_of = self._values(columns, part, issues)
        self._add_row_remarks(issues, values_of, len(indexes))
        hidden = self._sheet.hidden_rows
        for at, (index, values) in enumerate(zip(indexes, zip(*values_of, strict=False), strict=False)):
            remarks = issues.get(at)
            status = _status(values[0], remarks) if remarks else RowStatus.OK
            if index + 1 in hidden:
                remarks = [*(remarks or ()), Issue("roster_row_hidden", "")]
            yield RosterRow(
                self._sheet.name,
                index + 1,
                status,
                RosterFields(*values),
                _deciding_first(remarks) if remarks else NOTHING,
                cast(msgspec.Raw, self._sheet.rows[index]),  # encoded with the row, opened by the parent as Raw
            )

    def _find_header(self, chosen: tuple[int, int] | None) -> Header | None:
        rows, merged = self._sheet.rows, self._sheet.merged
        if chosen is None:
            return find_header(rows, merged)
        first, last = max(chosen[0] - 1, 0), min(chosen[1] - 1, len(rows) - 1)
        return header_at(rows, first, last, merged) if first <= last else None

    def _map(self, header: Header, mappings: Mapping[str, ColumnMapping]) -> None:
        labels = header.full_labels()
        self._fingerprint = fingerprint(labels)
        kept = mappings.get(self._fingerprint)
        found = (apply_mapping(kept, labels) if kept else None) or fields_of(header.labels)
        self._fields = [name for name, _ in found]
        self._below = rows_below(self._sheet.rows, header, self._fields)
        self._year = year_above(self._sheet.rows, header, self._sheet.name)
        self._columns = tuple(
            RosterColumn(
                index,
                column_letter(index),
                label,
                "" if name == SERIAL else name,
                found_by,
                self._sample(index),
                index in self._sheet.hidden_columns,
            )
            for index, (label, (name, found_by)) in enumerate(zip(labels, found, strict=True))
            if label or name
        )

    def _sample(self, column: int) -> str:
        for index in self._below.indexes[:_SAMPLES_LOOKED_AT]:
            text = as_text(self._sheet.rows[index][column])
            if text:
                return short(text)
        return ""

    def _values(self, columns: Mapping[str, _Column], part: slice, issues: Issues) -> list[Any]:
        """A sequence of a stretch's values for every field of `RosterFields`, in its order."""
        rows = [self._sheet.rows[index] for index in self._below.indexes[part]]
        values: dict[str, Sequence[Any]] = {name: column.values(rows, issues) for name, column in columns.items()}
        if "contact" in self._fields:
            both = [split_contact(row[self._fields.index("contact")]) for row in rows]
            values.setdefault("contact_name", [name for name, _ in both])
            values.setdefault("contact_phone", [phone for _, phone in both])
        if "township" not in values:
            values["township"] = self._below.townships[part]
        return [values.get(name, repeat(None)) for name in FIELD_NAMES]

    def _columns_read(self) -> dict[str, _Column]:
        """Every column that is read, in the order its remarks should stand."""
        days = DateContext(self._year, self._today, self._sheet.epoch1904)
        at = {name: column for column, name in enumerate(self._fields) if name}
        label = {each.field: each.label for each in self._columns if each.field}
        unit = _UNIT.search(label.get("capital", ""))
        readers: dict[str, Reader] = {
            "name": read_name,
            "credit_code": read_code,
            "resumed_on": _day_reader("resumed_on", days),
            "registered_on": _day_reader("registered_on", days),
            "staff_due": _count_reader("staff_due", label.get("staff_due", "")),
            "staff_on_duty": _count_reader("staff_on_duty", label.get("staff_on_duty", "")),
            "contact_phone": read_phone,
            "scale": read_scale,
            "capital": lambda cell: read_capital(cell, unit[1] if unit else ""),
            "longitude": lambda cell: read_degrees(cell, "longitude"),
            "latitude": lambda cell: read_degrees(cell, "latitude"),
            **{name: _text_reader(name, limit) for name, limit in TEXT_LIMITS.items()},
        }
        return {name: _Column(at[name], read, AS_IT_IS.get(name)) for name, read in readers.items() if name in at}

    def _add_row_remarks(self, issues: Issues, columns: list[Any], rows: int) -> None:
        if "credit_code" not in self._fields:
            for at in range(rows):
                issues.setdefault(at, []).insert(0, Issue("roster_code_missing", "credit_code"))
        due, on_duty = columns[FIELD_NAMES.index("staff_due")], columns[FIELD_NAMES.index("staff_on_duty")]
        if isinstance(due, list) and isinstance(on_duty, list):
            for at, (all_of_them, present) in enumerate(zip(due, on_duty, strict=True)):
                if all_of_them is not None and present is not None and present > all_of_them:
                    issues.setdefault(at, []).append(Issue("roster_more_than_due", "staff_on_duty"))


@dataclass
class _Column:
    """A column and how it is read; text that stands `as_it_is`, most of a tidy file, takes the short way."""

    index: int
    read: Reader
    as_it_is: Callable[[str], object] | None
    _known: dict[str, Read] = field(default_factory=dict)

    def values(self, rows: Sequence[Sequence[Any]], issues: Issues) -> list[Any]:
        """The values of these rows; what is to be said of one goes into `issues` under its place."""
        read, as_it_is, known, index = self.read, self.as_it_is, self._known, self.index
        values: list[Any] = []
        for at, row in enumerate(rows):
            cell = row[index]
            if type(cell) is str:
                if as_it_is is not None and as_it_is(cell):
                    values.append(cell)
                    continue
                found = known.get(cell)
                if found is None:
                    found = known[cell] = read(cell)
            else:
                found = read(cell)
            value, remarks = found
            values.append(value)
            if remarks:
                issues.setdefault(at, []).extend(remarks)
        return values


def _day_reader(field: str, context: DateContext) -> Reader:
    blank_is_told = field == "resumed_on"

    def read(cell: Any) -> Read:
        found = read_day(cell, context)
        if not found.code or (found.code == "roster_date_blank" and not blank_is_told):
            return found.day, NOTHING
        return found.day, (Issue(found.code, field, found.facts or {}),)

    return read


def _count_reader(field: str, column: str) -> Reader:
    return lambda cell: read_count(cell, field, column)


def _text_reader(field: str, limit: int) -> Callable[[Any], Read]:
    return lambda cell: read_text(cell, field, limit)


_REJECTING = frozenset({
    "roster_name_missing", "roster_name_too_long", "roster_code_number", "roster_code_old_number",
    "roster_code_length", "roster_code_illegal_character", "roster_code_check_digit", "roster_code_swapped",
})  # fmt: skip
_WARNING = frozenset({"roster_code_missing"})


def _status(name: str, remarks: Sequence[Issue]) -> RowStatus:
    codes = {each.code for each in remarks}
    if not name or codes & _REJECTING:
        return RowStatus.REJECT
    return RowStatus.WARN if codes & _WARNING else RowStatus.OK


def _deciding_first(remarks: Sequence[Issue]) -> tuple[Issue, ...]:
    return tuple(sorted(remarks, key=lambda each: (each.code not in _REJECTING, each.code not in _WARNING)))
