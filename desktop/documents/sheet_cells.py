"""The cells of a spreadsheet from outside, sheet by sheet, after the guard let it pass. Runs in the reading child."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.documents.csv_table import rows_of
from desktop.documents.spreadsheet_guard import FileKind, check_cells, check_extent, content_of
from desktop.models.problems import UserProblem

Cell = Any
"""str, float, int, bool, date, datetime, time or timedelta; "" for an empty cell."""


@dataclass(frozen=True)
class SheetCells:
    """One sheet: `rows[0]` is the spreadsheet's row 1; all rows are of one length.

    `hidden_rows` count from 1, `hidden_columns` from 0; `epoch1904`: numbers that stand for days count from 1904.
    """

    name: str
    visible: bool
    rows: list[list[Cell]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    epoch1904: bool = False
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


class SourceFile:
    """A file that passed the guard; `sheets()` reads one sheet after the other.

    Raises (making it): UserProblem or StorageProblem of the guard.
    """

    def __init__(self, path: Path) -> None:
        self.kind, self.content = content_of(path)
        self._text_name = _as_text(path.stem)

    def sheets(self) -> Iterator[SheetCells]:
        """Every worksheet, in the file's order; a text table is one sheet named like the file."""
        if self.kind is FileKind.CSV:
            yield SheetCells(self._text_name, True, rows_of(self.content))
        else:
            yield from self._workbook_sheets()

    def _workbook_sheets(self) -> Iterator[SheetCells]:
        from python_calamine import (
            CalamineError,
            CalamineWorkbook,
            PasswordError,
            SheetTypeEnum,
            SheetVisibleEnum,
        )

        parts = None
        if self.kind is FileKind.XLSX:
            from desktop.documents.workbook_parts import judge

            parts = judge(self.content)
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(self.content))
            for sheet in book.sheets_metadata:
                if sheet.typ is not SheetTypeEnum.WorkSheet:
                    continue
                cells = book.get_sheet_by_name(sheet.name)
                check_extent(sheet.name, cells.total_height, cells.total_width)
                rows: list[list[Cell]] = cells.to_python(skip_empty_area=False)
                check_cells(sheet.name, rows)
                part = parts.sheets.get(sheet.name) if parts else None
                yield SheetCells(
                    sheet.name,
                    sheet.visible is SheetVisibleEnum.Visible,
                    rows,
                    part.hidden_rows if part else frozenset(),
                    part.hidden_columns if part else frozenset(),
                    parts.date1904 if parts else False,
                    cells.merged_cell_ranges or [],
                )
        except PasswordError as error:
            raise UserProblem("file_encrypted") from error
        except CalamineError as error:
            raise UserProblem("file_damaged", detail=type(error).__name__) from error


def _as_text(name: str) -> str:
    """The name of a file as people wrote it: one that is no UTF-8 comes from a Chinese Windows."""
    stored = os.fsencode(name)
    try:
        return stored.decode("utf-8")
    except UnicodeDecodeError:
        return stored.decode("gb18030", "replace")
