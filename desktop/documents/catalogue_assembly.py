"""From the cells of a workbook to a measure set, or to every fault with its sheet, row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from desktop.documents.catalogue_sheets import (
    ABOUT,
    ABOUT_FIELDS,
    HEADER_ROWS,
    SHEETS,
    CellFault,
    Column,
    Plain,
    Sheet,
    put_field,
)
from desktop.models.catalogue_faults import Path, faults
from desktop.models.measure_set import MeasureSet
from desktop.models.problems import Language, UserProblem, words

Cell: TypeAlias = str | bool | None
"""Text; nothing; or True for a formula, whose result is never taken."""
Cells: TypeAlias = Mapping[str, Sequence[Sequence[Cell]]]
_HEADER_WITHIN = 6  # rows


@dataclass(frozen=True)
class CellError:
    """One fault of a workbook. `row` counts from 1 as the spreadsheet does; 0 stands for the whole sheet."""

    sheet: str
    row: int
    column: str
    code: str
    fields: dict[str, str | int | float | None] = field(default_factory=dict)

    def sentence(self, language: Language = "zh") -> str:
        """The fault in words."""
        row = f" {self.row}" if self.row else ""
        where = f"{self.sheet}{row} {self.column}".strip()
        return words(self.code, {**self.fields, "where": where}, language)


class CatalogueWorkbookProblem(UserProblem):
    """A workbook that holds no usable set: all its errors. The problem itself is the first of them."""

    def __init__(self, errors: Sequence[CellError]) -> None:
        first = errors[0]
        where = " ".join(str(part) for part in (first.sheet, first.row or "", first.column) if part)
        super().__init__(first.code, **{**first.fields, "where": where, "more": len(errors) - 1})
        self.errors = tuple(errors)


@dataclass(frozen=True)
class _Place:
    sheet: str
    row: int
    column: str


@dataclass
class _Row:
    """A row of a sheet, read: whose it is, its item, and where its cells stand."""

    owner: tuple[str, ...]
    item: Plain
    places: dict[str, _Place]


def assemble(cells: Cells) -> MeasureSet:
    """The set the cells hold.

    Cell faults are told all at once; only a workbook whose cells are right is looked at as a whole.

    Raises:
        CatalogueWorkbookProblem: with every error found.
    """
    return _Assembly(cells).build()


class _Assembly:
    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._errors: list[CellError] = []
        self._places: dict[Path, _Place] = {}

    def build(self) -> MeasureSet:
        plain = self._about()
        for sheet in SHEETS:
            self._attach(plain, sheet, self._rows(sheet))
        self._stop_at_errors()
        try:
            measure_set = msgspec.convert(plain, MeasureSet)
        except msgspec.ValidationError as error:  # what a column let through and a field does not
            raise CatalogueWorkbookProblem(
                [CellError(ABOUT, 0, "", "catalogue_field_wrong", {"expected": str(error)})]
            ) from error
        for fault in faults(measure_set):
            place = self._place(fault.path)
            self._errors.append(CellError(place.sheet, place.row, place.column, fault.code, dict(fault.fields)))
        self._stop_at_errors()
        return measure_set

    def _stop_at_errors(self) -> None:
        if self._errors:
            raise CatalogueWorkbookProblem(self._errors)

    def _about(self) -> Plain:
        plain: Plain = {}
        rows = self._cells.get(ABOUT)
        if rows is None:
            self._errors.append(CellError(ABOUT, 0, "", "catalogue_sheet_missing"))
            return plain
        lines = {row[0]: (number, row[2] if len(row) > 2 else None) for number, row in enumerate(rows, 1) if row}
        for column in ABOUT_FIELDS:
            number, cell = lines.get(column.key, (0, None))
            place = _Place(ABOUT, number, column.zh)
            self._places[tuple(column.key.split("."))] = place
            self._take(plain, column, cell, place)
        return plain

    def _rows(self, sheet: Sheet) -> list[_Row]:
        rows = self._cells.get(sheet.name)
        if rows is None:
            self._errors.append(CellError(sheet.name, 0, "", "catalogue_sheet_missing"))
            return []
        header = next(
            (n for n, row in enumerate(rows[:_HEADER_WITHIN]) if sheet.columns[0].key in row), HEADER_ROWS - 1
        )
        keys = list(rows[header]) if header < len(rows) else []
        missing = [column for column in sheet.columns if column.key not in keys]
        if missing:
            self._errors += [
                CellError(sheet.name, header + 1, column.zh, "catalogue_column_missing") for column in missing
            ]
            return []
        at = {column.key: keys.index(column.key) for column in sheet.columns}
        found: list[_Row] = []
        for number, row in enumerate(rows[header + 1 :], header + 2):
            line = {key: row[index] if index < len(row) else None for key, index in at.items()}
            if any(cell is not None for cell in line.values()):
                found.append(self._row(sheet, number, line))
        return found

    def _row(self, sheet: Sheet, number: int, line: Mapping[str, Cell]) -> _Row:
        item: Plain = {}
        owner: Plain = {}
        places = {column.key: _Place(sheet.name, number, column.zh) for column in sheet.columns}
        for column in sheet.columns:
            into = owner if column.key in sheet.parent else item
            needed = column.required or _partner_given(column.key, line)
            self._take(into, column, line[column.key], places[column.key], needed)
        return _Row(tuple(str(owner.get(key, "")) for key in sheet.parent), item, places)

    def _take(self, item: Plain, column: Column, cell: Cell, place: _Place, needed: bool | None = None) -> None:
        """Put a cell into its field, or note what is wrong with it."""
        if cell is None:
            if column.required if needed is None else needed:
                self._note(place, "catalogue_cell_empty")
            return
        if not isinstance(cell, str):
            self._note(place, "catalogue_cell_formula")
            return
        try:
            put_field(item, column.key, column.read(cell))
        except CellFault as fault:
            self._note(place, fault.code, **fault.fields)

    def _attach(self, plain: Plain, sheet: Sheet, rows: list[_Row]) -> None:
        """Hang the rows into the set and remember where each field came from."""
        if not sheet.parent:
            plain[sheet.list_name] = []
        for row in rows:
            owner, path = self._owner(plain, sheet, row)
            if owner is None:
                continue
            items: list[Any] = owner.setdefault(sheet.list_name, [])
            here: Path = (*path, sheet.list_name, len(items))
            items.append(row.item)
            self._places[here] = row.places[sheet.columns[0].key]
            for column in sheet.own:
                self._places[(*here, *column.key.split("."))] = row.places[column.key]

    def _owner(self, plain: Plain, sheet: Sheet, row: _Row) -> tuple[Plain | None, Path]:
        """What the row belongs to: the set, a measure, or a value; None and an error when that is not there."""
        owner = plain
        path: Path = ()
        for list_name, key, parent, code in zip(
            ("measures", "values"), ("code", "key"), sheet.parent, row.owner, strict=False
        ):
            items = owner.get(list_name, [])
            index = next((n for n, item in enumerate(items) if item.get(key) == code), None)
            if index is None:
                if code:
                    self._note(row.places[parent], "catalogue_orphan", item=code)
                return None, ()
            owner, path = items[index], (*path, list_name, index)
        return owner, path

    def _note(self, place: _Place, problem: str, **fields: str) -> None:
        self._errors.append(CellError(place.sheet, place.row, place.column, problem, dict(fields)))

    def _place(self, path: Path) -> _Place:
        """The cell of a field, or of the nearest thing that holds it."""
        for length in range(len(path), 0, -1):
            place = self._places.get(path[:length])
            if place is not None:
                return place
        sheet = next((sheet.name for sheet in SHEETS if path[:1] == (sheet.list_name,)), ABOUT)
        return _Place(sheet, 0, "")


def _partner_given(key: str, line: Mapping[str, Cell]) -> bool:
    """Whether another cell makes this one needed: the same text in the other language, or a bound its words."""
    if key.startswith("expected.words."):
        return any(cell is not None for other, cell in line.items() if other.startswith("expected."))
    stem, _, language = key.rpartition(".")
    return language in ("zh", "en") and any(line.get(f"{stem}.{each}") is not None for each in ("zh", "en"))
