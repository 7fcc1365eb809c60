"""Workbooks taken apart: a small roster as its parts, so that a test can spoil one of them."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path

_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_OPEN = "http://schemas.openxmlformats.org"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    f'{_XML}<Types xmlns="{_OPEN}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>'
).encode()


def _relation(kind: str, target: str) -> bytes:
    return (
        f'{_XML}<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_OPEN}/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    ).encode()


RELATIONS = _relation("officeDocument", "xl/workbook.xml")
BOOK_RELATIONS = _relation("worksheet", "worksheets/sheet1.xml")
BOOK = (
    f'{_XML}<workbook xmlns="{_OPEN}/spreadsheetml/2006/main" xmlns:r="{_OPEN}/officeDocument/2006/relationships">'
    '<sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>'
).encode()
SHEET_START = f'{_XML}<worksheet xmlns="{_OPEN}/spreadsheetml/2006/main"><sheetData>'.encode()
SHEET_END = b"</sheetData></worksheet>"
SHEET = "xl/worksheets/sheet1.xml"
CODE = "913304000513137281"


def row(number: int, *texts: str) -> bytes:
    """A row of text cells from column A on."""
    cells = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'.encode()


def sheet(*rows: bytes, before: bytes = b"") -> bytes:
    """A sheet with a header and these rows."""
    return before + SHEET_START + row(1, "企业名称", "信用代码") + b"".join(rows) + SHEET_END


def parts(**changed: bytes) -> dict[str, bytes]:
    """The parts of a good roster of one row; `sheet=`, `book=`, `relations=` replace one."""
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "xl/workbook.xml": changed.get("book", BOOK),
        "xl/_rels/workbook.xml.rels": changed.get("relations", BOOK_RELATIONS),
        SHEET: changed.get("sheet", sheet(row(2, "甲有限公司", CODE))),
    }


def zipped(contents: dict[str, bytes], more: list[tuple[str, bytes]] | None = None) -> bytes:
    """The parts as a ZIP; `more` is added after them, names may repeat."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore", UserWarning)  # names may repeat
        for name, content in [*contents.items(), *(more or [])]:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def zeros(path: Path, name: str, megabytes: int, others: dict[str, bytes], filler: bytes = b"\0") -> None:
    """A ZIP whose part `name` unpacks to this many megabytes of one byte, written without holding them."""
    block = filler * 2**20
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for other, content in others.items():
            archive.writestr(other, content)
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(SHEET_START)
            for _ in range(megabytes):
                part.write(block)


def lying_sizes(content: bytes, size: int) -> bytes:
    """The ZIP with every unpacked size in its table of contents and local headers replaced by `size`."""
    out = bytearray(content)
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = out.find(mark)
        while at >= 0:
            out[at + offset : at + offset + 4] = struct.pack("<I", size)
            at = out.find(mark, at + 4)
    return bytes(out)


def ole(*streams: str) -> bytes:
    """The head of an OLE file whose directory names these streams; what they hold is noise."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    names = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64 for name in streams)
    return head + names.ljust(4096, b"\0") + bytes(range(256)) * 16
