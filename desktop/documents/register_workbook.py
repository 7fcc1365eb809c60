"""A register as an XLSX file: title, frozen heading, widths, right types; written row by row, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from desktop.documents.text_workbook import text_workbook
from desktop.models.problems import Language, UserProblem
from desktop.models.progress import Progress
from desktop.models.register_form import Register

_HEAD_ROW = 2  # rows 0 and 1 hold the title and the count
_ROW_LIMIT = 1_048_576 - _HEAD_ROW - 1
_PROGRESS_EVERY = 500
_COUNT = {"zh": "共 {rows} 行", "en": "{rows} rows"}


def write_register(
    out: Path,
    register: Register,
    rows: Iterable[tuple[Any, ...]],
    language: Language,
    total: int,
    progress: Progress | None = None,
) -> int:
    """Write the rows, which are in words already, and return how many they were.

    Raises:
        UserProblem: `register_too_long` when a sheet cannot hold them; nothing is written.
        Cancelled, OSError: nothing is written.
    """
    if total > _ROW_LIMIT:
        raise UserProblem("register_too_long", rows=total, limit=_ROW_LIMIT)
    progress = progress or Progress()
    written = 0
    with text_workbook(out) as book:
        book.set_properties({"title": register.title[language]})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 16}),
            "note": book.add_format({"font_color": "#546262"}),
            "head": book.add_format({"bold": True, "bg_color": "#ECF0F0", "border": 1, "text_wrap": True}),
            "text": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
            "number": book.add_format({"border": 1, "num_format": "0", "valign": "top"}),
            "date": book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        }
        sheet = book.add_worksheet(register.title[language][:31])
        sheet.write_string(0, 0, register.title[language], styles["title"])
        sheet.write_string(1, 0, _COUNT[language].format(rows=total), styles["note"])
        for at, column in enumerate(register.columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(_HEAD_ROW, at, column.label(language), styles["head"])
        sheet.freeze_panes(_HEAD_ROW + 1, 1)
        sheet.repeat_rows(_HEAD_ROW)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for row in rows:
            if written % _PROGRESS_EVERY == 0:
                progress.step(written, total, "write")
            for at, (column, value) in enumerate(zip(register.columns, row, strict=True)):
                _write(sheet, _HEAD_ROW + 1 + written, at, column.kind, value, styles)
            written += 1
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + max(written, 1), len(register.columns) - 1)
    progress.step(written, total, "write")
    return written


def _write(sheet: Any, row: int, at: int, kind: str, value: Any, styles: dict[str, Any]) -> None:
    if value is None:
        sheet.write_blank(row, at, None, styles[kind])
    elif kind == "number" and isinstance(value, int | float):
        sheet.write_number(row, at, value, styles["number"])
    elif kind == "date" and (day := _day(value)) is not None:
        sheet.write_datetime(row, at, day, styles["date"])
    else:
        sheet.write_string(row, at, str(value), styles["text"])


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
