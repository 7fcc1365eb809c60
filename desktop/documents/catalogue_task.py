"""What the child process does with a measure-set workbook from outside: judge the file, then hand over its cells."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import msgspec
from openpyxl import load_workbook

from desktop.documents import workbook_parts
from desktop.documents.task_answer import Answer
from desktop.models.problems import UserProblem

MAX_ROWS = 5_000  # of one sheet; the bundled set needs about 150
MAX_COLUMNS = 64
MAX_SHEETS = 30


def run(request: bytes, answer: Answer) -> None:
    """Answer one block: sheet name → rows of cells (text, nothing, or True for a formula)."""
    content = msgspec.msgpack.decode(request, type=bytes)
    workbook_parts.judge(content)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    if len(book.sheetnames) > MAX_SHEETS:
        raise UserProblem("file_too_demanding")
    sheets: dict[str, list[list[str | bool | None]]] = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its extent is not believed
        rows: list[list[str | bool | None]] = []
        for row in sheet.iter_rows(max_col=MAX_COLUMNS):
            if len(rows) >= MAX_ROWS:
                raise UserProblem("file_too_many_rows", sheet=sheet.title, rows=len(rows) + 1, limit=MAX_ROWS)
            cells = [_cell(cell.value, cell.data_type) for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            rows.append(cells)
        while rows and not rows[-1]:
            rows.pop()
        sheets[sheet.title] = rows
    answer.block(msgspec.msgpack.encode(sheets))


def _cell(value: Any, data_type: str) -> str | bool | None:
    """A cell as text: a spreadsheet program may have turned a typed 7 into a number, a typed date into a day."""
    if value is None:
        return None
    if data_type == "f":
        return True
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip() or None
