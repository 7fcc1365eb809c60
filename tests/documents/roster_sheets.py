"""Small rosters written for one test, as a person would have made them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

VALID_CODES = (
    "913304000513137281",
    "913304000605829468",
    "913304001465081226",
    "91330400550516271H",
    "913304006094522189",
)


def workbook(
    path: Path, sheets: dict[str, Sequence[Sequence[Any]]], merged: dict[str, Sequence[str]] | None = None
) -> Path:
    """A workbook with these sheets, each a list of rows; `merged` names ranges to merge per sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type,unused-ignore]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    book.save(path)
    return path


def text_table(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", separator: str = ",") -> Path:
    """A text table; nothing is quoted."""
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    return path
