"""What a spreadsheet from outside must pass before any parser sees it (SEC-51, SEC-52). Runs in the reading child.

The kind of a file is told by its content, never by its name. Workbooks are judged by their table of contents and by
their unpacked bytes (`workbook_parts`), text tables by `csv_table`.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from desktop.models.problems import Problem, StorageProblem, UserProblem

MIB = 2**20
MAX_ROWS = 100_000
MAX_COLUMNS = 256
MAX_CELLS = 5_000_000
MAX_CELL_CHARACTERS = 32_767

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FOREIGN = {
    b"%PDF-": "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"RIFF": "RIFF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"SQLite format 3": "SQLite",
    b"{\\rtf": "RTF",
    b"PK\x05\x06": "ZIP",
    b"PK\x07\x08": "ZIP",
}
_LARGEST = {"xlsx": 20 * MIB, "xls": 20 * MIB, "csv": 50 * MIB}


class FileKind(StrEnum):
    """The three kinds of table that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


def content_of(path: Path) -> tuple[FileKind, bytes]:
    """The kind and the bytes of a file small enough to be looked at.

    Raises:
        UserProblem: `file_missing`, `file_empty`, `file_too_large`, or what `kind_of` finds.
        StorageProblem: `file_unreadable` (locked, no permission, the disk or stick fails).
    """
    try:
        if path.exists() and not path.is_file():  # a folder, or a pipe that would never end
            raise UserProblem("file_missing")
        with path.open("rb") as file:
            head = file.read(4096)
            size = file.seek(0, 2)
            if size == 0:
                raise UserProblem("file_empty")
            if size > max(_LARGEST.values()):
                raise _too_large(size, max(_LARGEST.values()))
            kind = kind_of(head)
            if size > _LARGEST[kind]:
                raise _too_large(size, _LARGEST[kind])
            file.seek(0)
            content = file.read(_LARGEST[kind] + 1)
    except FileNotFoundError as error:
        raise UserProblem("file_missing") from error
    except OSError as error:
        raise StorageProblem("file_unreadable") from error
    if kind is FileKind.XLS:
        check_ole(content)
    return kind, content


def kind_of(head: bytes) -> FileKind:
    """The kind of a file by its first bytes.

    Raises:
        UserProblem: `file_not_spreadsheet`, `file_is_web_page`, `file_csv_utf16`.
    """
    if head.startswith(_ZIP):
        return FileKind.XLSX
    if head.startswith(_OLE):
        return FileKind.XLS
    if head.startswith(_UTF16):
        raise UserProblem("file_csv_utf16")
    for mark, name in _FOREIGN.items():
        if head.startswith(mark) and not (mark in (b"BM", b"MZ") and b"\0" not in head):
            raise UserProblem("file_not_spreadsheet", kind=name)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style", b"mime-version")):
        raise UserProblem("file_is_web_page")
    return FileKind.CSV


def check_ole(content: bytes) -> None:
    """Refuse what is not a plain BIFF workbook: an encrypted XLSX in its OLE shell, a Word file, macros.

    Stream names stand in the directory as UTF-16; they are looked for anywhere, since a false alarm would take a cell
    with that very text stored uncompressed.
    """
    if _named(content, "EncryptedPackage"):
        raise UserProblem("file_encrypted")
    if _named(content, "_VBA_PROJECT_CUR"):
        raise UserProblem("file_has_macros")
    if not (_named(content, "Workbook") or _named(content, "Book")):
        raise UserProblem("file_not_spreadsheet", kind="OLE")


def check_extent(sheet: str, rows: int, columns: int) -> None:
    """Refuse a table larger than a roster can be, before its cells are made."""
    if rows > MAX_ROWS:
        raise UserProblem("file_too_many_rows", sheet=sheet, rows=rows, limit=MAX_ROWS)
    if columns > MAX_COLUMNS:
        raise UserProblem("file_too_many_columns", sheet=sheet, columns=columns, limit=MAX_COLUMNS)
    if rows * columns > MAX_CELLS:
        raise UserProblem("file_too_demanding")


def check_cells(sheet: str, rows: list[list[object]]) -> None:
    """Refuse a cell longer than a spreadsheet program allows."""
    for number, row in enumerate(rows, 1):
        for cell in row:
            if type(cell) is str and len(cell) > MAX_CELL_CHARACTERS:
                raise UserProblem("file_cell_too_long", sheet=sheet, row=number, limit=MAX_CELL_CHARACTERS)


def _named(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content


def _too_large(size: int, limit: int) -> Problem:
    return UserProblem("file_too_large", size=-(-size // MIB), limit=limit // MIB)
