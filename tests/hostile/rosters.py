"""Files made to harm whoever opens them, or damaged so that they might: each with the problems it may be called.

Built when the tests run; nothing hostile lies in the repository.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from tests.hostile.packages import (
    BOOK,
    BOOK_RELATIONS,
    CODE,
    SHEET,
    lying_sizes,
    ole,
    parts,
    row,
    sheet,
    zeros,
    zipped,
)

Build = Callable[[Path], None]
ENTITY_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]>"
)
EXTERNAL_ENTITY = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
GOOD = zipped(parts())
CSV_HEAD = "企业名称,信用代码\r\n".encode()


def written(content: bytes) -> Build:
    """A builder that writes these bytes."""

    def build(path: Path) -> None:
        path.write_bytes(content)

    return build


def with_sheet(*rows: bytes, before: bytes = b"") -> Build:
    """A builder of a workbook with these rows in its sheet."""
    return written(zipped(parts(sheet=sheet(*rows, before=before))))


def with_more(*more: tuple[str, bytes]) -> Build:
    """A builder of a good workbook with further parts."""
    return written(zipped(parts(), list(more)))


def far_cell(reference: str) -> Build:
    number = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return with_sheet(f'<row r="{number}"><c r="{reference}"><v>1</v></c></row>'.encode())


def many_parts(path: Path) -> None:
    path.write_bytes(zipped(parts(), [(f"xl/media/{n}.bin", b"") for n in range(600)]))


def huge_sheet(path: Path) -> None:
    zeros(path, SHEET, 400, {k: v for k, v in parts().items() if k != SHEET}, b"A")


def gibibyte_of_zeros(path: Path) -> None:
    zeros(path, "xl/media/image1.bin", 1024, parts())


def gibibyte_with_lying_size(path: Path) -> None:
    zeros(path, SHEET, 300, {k: v for k, v in parts().items() if k != SHEET}, b"<")
    path.write_bytes(lying_sizes(path.read_bytes(), 1000))


def many_cells(path: Path) -> None:
    """Ninety thousand rows of 250 columns are promised by two cells each end."""
    path.write_bytes(zipped(parts(sheet=sheet(
        b'<row r="2"><c r="A2"><v>1</v></c></row><row r="99999"><c r="IV99999"><v>1</v></c></row>'
    ))))  # fmt: skip


def too_many_rows(path: Path) -> None:
    path.write_bytes(CSV_HEAD + f"甲,{CODE}\r\n".encode() * 100_001)


def encrypted_entry(path: Path) -> None:
    content = bytearray(GOOD)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    path.write_bytes(bytes(content))


def flipped(path: Path) -> None:
    content = bytearray(GOOD)
    middle = content.find(b"sheet1.xml") + 60
    for at in range(middle, middle + 40):
        content[at] ^= 0xA5
    path.write_bytes(bytes(content))


def damaged_xls(path: Path) -> None:
    path.write_bytes(ole("Workbook"))


def macro_workbook(path: Path) -> None:
    path.write_bytes(zipped(parts(), [("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 64)]))


def too_wide_csv(path: Path) -> None:
    path.write_bytes(",".join(f"列{n}" for n in range(300)).encode() + b"\r\n")


def huge_file(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"a,b\r\n")
        file.truncate(60 * 2**20)


def large_workbook(path: Path) -> None:
    path.write_bytes(GOOD + b"\0" * (21 * 2**20))


def deep_xml(path: Path) -> None:
    path.write_bytes(zipped(parts(book=b"<a>" * 200_000 + b"</a>" * 200_000)))


def no_sheet(path: Path) -> None:
    path.write_bytes(zipped({k: v for k, v in parts().items() if k != SHEET}))


def no_table(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("空").write_string(0, 0, "没有表头")


HOSTILE: dict[str, tuple[Build, set[str]]] = {
    "zip bomb in the sheet": (huge_sheet, {"file_unpacks_too_large"}),
    "1 GiB of zeros in a picture": (gibibyte_of_zeros, {"file_unpacks_too_large"}),
    "zip bomb whose size is a lie": (gibibyte_with_lying_size, {"file_damaged", "file_unpacks_too_large"}),
    "more parts than a workbook has": (many_parts, {"file_zip_too_many"}),
    "far cell": (far_cell("XFD1048576"), {"file_far_cell"}),
    "cell in a far row": (far_cell("A1048576"), {"file_far_cell"}),
    "cell in a far column": (far_cell("ZZ3"), {"file_far_cell"}),
    "cell beyond any sheet": (far_cell("ZZZZZZ99999999"), {"file_far_cell"}),
    "far cell in single quotes": (
        with_sheet(b"<row r='2'><c r='XFD1048576'><v>1</v></c></row>"),
        {"file_broke_reader", "file_too_demanding", "file_too_many_rows", "file_damaged"},
    ),
    "huge empty area between two cells": (many_cells, {"file_too_demanding", "file_broke_reader"}),
    "entity bomb in the sheet": (with_sheet(before=ENTITY_BOMB), {"file_xml_unsafe"}),
    "entity bomb in the workbook part": (written(zipped(parts(book=ENTITY_BOMB + BOOK))), {"file_xml_unsafe"}),
    "entity bomb in the styles": (with_more(("xl/styles.xml", ENTITY_BOMB)), {"file_xml_unsafe"}),
    "external entity": (with_sheet(before=EXTERNAL_ENTITY), {"file_xml_unsafe"}),
    "external entity in the relations": (
        written(zipped(parts(relations=EXTERNAL_ENTITY + BOOK_RELATIONS))), {"file_xml_unsafe"},
    ),
    "document type in UTF-16": (
        with_more(("xl/sharedStrings.xml", ENTITY_BOMB.decode().encode("utf-16"))), {"file_xml_unsafe"},
    ),
    "deeply nested XML": (deep_xml, {"file_damaged", "roster_no_table", "file_broke_reader"}),
    "encrypted workbook": (written(ole("EncryptedPackage", "EncryptionInfo")), {"file_encrypted"}),
    "encrypted parts": (encrypted_entry, {"file_encrypted"}),
    "truncated workbook": (written(GOOD[: len(GOOD) // 2]), {"file_damaged"}),
    "workbook without its table of contents": (written(GOOD[:-60]), {"file_damaged"}),
    "flipped bytes": (flipped, {"file_damaged"}),
    "path that climbs out": (with_more(("../../../../tmp/zhuqi_escaped.txt", b"out")), {"file_zip_name"}),
    "absolute path": (with_more(("/tmp/zhuqi_escaped.txt", b"out")), {"file_zip_name"}),
    "path of a drive": (with_more(("C:\\zhuqi_escaped.txt", b"out")), {"file_zip_name"}),
    "the same part twice": (with_more((SHEET, sheet(row(2, "另一家", CODE)))), {"file_zip_name"}),
    "the same part in other case": (with_more((SHEET.upper(), b"<x/>")), {"file_zip_name"}),
    "macros": (macro_workbook, {"file_has_macros"}),
    "old macro sheet": (with_more(("xl/macrosheets/sheet1.xml", b"<x/>")), {"file_has_macros"}),
    "macros in an old workbook": (written(ole("Workbook", "_VBA_PROJECT_CUR")), {"file_has_macros"}),
    "links to other files": (with_more(("xl/externalLinks/externalLink1.xml", b"<x/>")), {"file_has_links"}),
    "data connection": (with_more(("xl/connections.xml", b"<x/>")), {"file_has_links"}),
    "damaged old workbook": (damaged_xls, {"file_damaged", "file_broke_reader"}),
    "Word file in the old format": (written(ole("WordDocument")), {"file_not_spreadsheet"}),
    "Word file": (written(zipped({"[Content_Types].xml": b"<x/>",
    "word/document.xml": b"<x/>"})), {"file_kind_unsupported"}),
    "plain ZIP": (written(zipped({"readme.txt": b"hello"})), {"file_not_spreadsheet"}),
    "PDF named as a workbook": (written(b"%PDF-1.7\n" + b"x" * 500), {"file_not_spreadsheet"}),
    "picture named as a workbook": (written(b"\x89PNG\r\n\x1a\n" + b"\0" * 500), {"file_not_spreadsheet"}),
    "program named as a workbook": (written(b"MZ\x90\0" + b"\0" * 500), {"file_not_spreadsheet"}),
    "web page named as a workbook": (written(b"<html><table><tr><td>x</td></tr></table></html>"), {"file_is_web_page"}),
    "workbook without its sheet": (no_sheet, {"file_damaged", "roster_no_table"}),
    "no table": (no_table, {"roster_no_table"}),
    "empty file": (written(b""), {"file_empty"}),
    "file of 60 MB": (huge_file, {"file_too_large"}),
    "workbook of 21 MB": (large_workbook, {"file_too_large"}),
    "cell of a million characters": (with_sheet(row(2, "甲" * 1_000_000, CODE)), {"file_cell_too_long"}),
    "cell of forty thousand characters": (with_sheet(row(2, "甲" * 40_000, CODE)), {"file_cell_too_long"}),
    "huge text field": (written(CSV_HEAD + b"A" * 100_000 + b"," + CODE.encode()), {"file_cell_too_long"}),
    "text with zero bytes": (written(CSV_HEAD + b"\0\0\0,1"), {"file_csv_nul"}),
    "mixed encodings": (written(CSV_HEAD + "甲公司".encode("gbk") + b"," + "乙".encode() + b"\xff\xff"),
    {"file_csv_encoding"}),
    "text in UTF-16": (written("企业名称\t信用代码\r\n".encode("utf-16")), {"file_csv_utf16"}),
    "open quotes": (written(CSV_HEAD + '"甲公司,1\r\n乙公司,2\r\n'.encode()), {"file_csv_quotes"}),
    "too many rows": (too_many_rows, {"file_too_many_rows"}),
    "too many columns": (too_wide_csv, {"file_too_many_columns"}),
    "random bytes": (written(bytes((n * 197 + 31) % 251 + 1 for n in range(5000))), {"file_csv_encoding",
    "file_csv_quotes"}),
}  # fmt: skip
"""What it is → (builder, problem codes it may be answered with)."""
