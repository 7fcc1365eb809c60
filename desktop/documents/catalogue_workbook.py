"""A measure set as an XLSX workbook, to be edited by an authority and read back.

Every cell is text: nothing in a set is ever a formula (SEC-60). A workbook is opened in the reading child (SEC-50).
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from desktop.documents.catalogue_assembly import CatalogueWorkbookProblem, Cell, CellError, assemble
from desktop.documents.catalogue_sheets import ABOUT, HEADER_ROWS, SHEETS, Sheet, about_rows, rows_of
from desktop.models.durable_file import write_aside
from desktop.models.measure_set import MeasureSet
from desktop.models.problems import StorageProblem, UserProblem
from desktop.models.progress import Progress

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["CatalogueWorkbookProblem", "CellError", "export_catalogue", "read_catalogue"]

_SIZE_LIMIT = 8 * 2**20  # bytes; the bundled set has about 0.05 MB
_SPARE_ROWS = 1_000  # rows below the header that are unlocked, validated and marked as text
_NOTES = (
    "填写说明 How to edit",
    "1. 改动后请更换“版本”，否则已导入同版本的设备会拒绝导入，以免旧走访的依据被改变。"
    " Give a new version after any change: a device that holds the same version refuses other content.",
    "2. 第 2 行的灰色标识用于读取，请勿改动；可以增删数据行，可以移动列。"
    " The grey keys in row 2 are read by the program; leave them. Rows may be added, columns moved.",
    "3. 每条文字都要有中文和英文。不要使用公式。 Every text needs both languages. No formulas.",
    "4. 一项的要点、数值、选项、常用语、依据按“检查项”编号归属。"
    " Check points, values, choices, phrases and bases belong to the measure whose code they carry.",
    "5. 问题描述不超过 120 字，建议不超过 200 字，只用“建议”“请”等建议性措辞。"
    " Problem at most 120 characters, advice at most 200, in advising words only.",
)


def export_catalogue(measure_set: MeasureSet, path: Path) -> None:
    """Write the set as a workbook; whole or not at all.

    Raises:
        StorageProblem: `catalogue_not_written`.
    """
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        formats = _Formats(book)
        _write_about(book, formats, measure_set)
        for sheet in SHEETS:
            _write_sheet(book, formats, measure_set, sheet)
    try:
        write_aside(path, content.getvalue())
    except OSError as error:
        raise StorageProblem("catalogue_not_written", file=path.name) from error


def read_catalogue(path: Path, progress: Progress | None = None) -> MeasureSet:
    """The set a workbook holds.

    Raises:
        CatalogueWorkbookProblem: what is wrong in it, with every sheet, row and column.
        UserProblem: `catalogue_not_workbook`, `catalogue_too_big`, or why the file was not opened (`file_*`).
    """
    from desktop.documents.untrusted_file import Limits, read_untrusted

    if path.exists() and not path.is_file():
        raise UserProblem("file_missing")
    try:
        with path.open("rb") as file:
            content = file.read(_SIZE_LIMIT + 1)
    except FileNotFoundError as error:
        raise UserProblem("file_missing") from error
    except OSError as error:
        raise StorageProblem("file_unreadable") from error
    if len(content) > _SIZE_LIMIT:
        raise UserProblem("catalogue_too_big", limit=_SIZE_LIMIT // 2**20)
    if not content.startswith(b"PK\x03\x04"):
        raise UserProblem("catalogue_not_workbook")
    blocks: list[bytes] = []
    limits = Limits(seconds=30, answer=32 * 2**20)
    read_untrusted("catalogue", msgspec.msgpack.encode(content), blocks.append, progress, limits)
    try:
        cells = msgspec.msgpack.decode(b"".join(blocks), type=dict[str, list[list[Cell]]])
    except msgspec.DecodeError as error:
        raise UserProblem("file_reader_answer") from error
    return assemble(cells)


class _Formats:
    """The few looks of the workbook."""

    def __init__(self, book: Workbook) -> None:
        face = {"font_name": "等线", "font_size": 11, "valign": "top"}
        self.head: Format = book.add_format(
            {**face, "bold": True, "bg_color": "#DDEEEC", "text_wrap": True, "border": 1}
        )
        self.key: Format = book.add_format({**face, "font_size": 8, "font_color": "#888888", "border": 1})
        self.cell: Format = book.add_format({**face, "text_wrap": True, "num_format": "@", "locked": False})
        self.note: Format = book.add_format({**face, "text_wrap": True})


def _protect(page: Worksheet) -> None:
    """Lock the header against slips; no password, so that nobody is locked out."""
    allowed = ("format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter", "insert_columns")
    page.protect("", dict.fromkeys(allowed, True))


def _write_about(book: Workbook, formats: _Formats, measure_set: MeasureSet) -> None:
    page = book.add_worksheet(ABOUT)
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 26)
    page.set_column(2, 2, 70)
    for row, (field, text) in enumerate(about_rows(measure_set)):
        page.write_string(row, 0, field.key, formats.key)
        page.write_string(row, 1, f"{field.zh} {field.en}", formats.head)
        _write_text(page, row, 2, text, formats.cell)
        if field.choices:
            page.data_validation(row, 2, row, 2, _list_of(field.choices))
    for row, note in enumerate(_NOTES, len(about_rows(measure_set)) + 1):
        page.merge_range(row, 1, row, 2, "", formats.note)
        page.write_string(row, 1, note, formats.note)
        page.set_row(row, 34)
    _protect(page)


def _write_sheet(book: Workbook, formats: _Formats, measure_set: MeasureSet, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    last = _SPARE_ROWS
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, formats.cell)
        mark = " *" if column.required else ""
        page.write_string(0, number, f"{column.zh}{mark}\n{column.en}", formats.head)
        page.write_string(1, number, column.key, formats.key)
        if column.choices:
            page.data_validation(HEADER_ROWS, number, last, number, _list_of(column.choices))
    page.set_row(0, 32)
    page.freeze_panes(HEADER_ROWS, 1 + len(sheet.parent[1:]))
    page.ignore_errors({"number_stored_as_text": f"A1:ZZ{last}"})
    for row, texts in enumerate(rows_of(measure_set, sheet), HEADER_ROWS):
        for number, text in enumerate(texts):
            _write_text(page, row, number, text, formats.cell)
    _protect(page)


def _write_text(page: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    if text:
        page.write_string(row, column, text, look)
    else:
        page.write_blank(row, column, None, look)


def _list_of(choices: tuple[str, ...]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(choices),
        "error_title": "不在列表中",
        "error_message": "请从列表中选择。",
    }
