"""The parts of an XLSX file, judged before a parser opens it (SEC-51), and what the parser does not tell of them.

One pass over the unpacked bytes counts them (headers lie), refuses document type declarations and cells far outside
any roster, and notes which rows and columns are hidden. `defusedxml` reads the two small parts that name the sheets.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from desktop.documents.spreadsheet_guard import MAX_COLUMNS, MAX_ROWS, MIB
from desktop.models.problems import UserProblem

MAX_ENTRIES = 500
MAX_DIRECTORY = MIB
MAX_UNPACKED = 200 * MIB
MAX_RATIO = 100
RATIO_FROM = 10 * MIB

_CHUNK = MIB
_NAMING_PART = 4 * MIB
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OTHER_KINDS = {"word/": "DOCX", "ppt/": "PPTX", "xl/workbook.bin": "XLSB", "Index/": "Numbers"}
_MACROS = re.compile(r"vbaproject|xl/macrosheets/|vbadata", re.IGNORECASE)
_LINKS = re.compile(r"xl/externallinks/|xl/connections\.xml|xl/querytables/", re.IGNORECASE)
_DOCTYPE = b"<!DOCTYPE"
_MAYBE_FAR = re.compile(rb'c r="(?:[A-Z]{3}|I[W-Z]|[J-Z][A-Z]|[A-Z]{1,2}[0-9]{6})').search
_FAR = re.compile(rb'<(?:\w+:)?c r="((?:[A-Z]{3,}|I[W-Z]|[J-Z][A-Z])[0-9]+|[A-Z]{1,2}[0-9]{6,})"(?:[^>]*[^/>])?>')
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row (?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*?\br=[\"'](\d+)[\"']")
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col (?=[^>]*\bhidden=[\"'](?:1|true)[\"'])([^>]*)>")
_MIN = re.compile(rb"\bmin=[\"'](\d+)")
_MAX = re.compile(rb"\bmax=[\"'](\d+)")


@dataclass(frozen=True)
class SheetPart:
    """What a sheet's XML says beside its cells: hidden rows (from 1) and hidden columns (from 0)."""

    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


@dataclass(frozen=True)
class WorkbookParts:
    """A workbook that passed: its sheets by name, and whether its days count from 1904."""

    sheets: dict[str, SheetPart]
    date1904: bool


def judge(content: bytes) -> WorkbookParts:
    """Let a workbook pass, or refuse it by name.

    Raises:
        UserProblem: `file_damaged`, `file_zip_too_many`, `file_zip_name`, `file_unpacks_too_large`,
            `file_kind_unsupported`, `file_not_spreadsheet`, `file_has_macros`, `file_has_links`, `file_xml_unsafe`,
            `file_far_cell`, `file_cell_too_long`, `file_encrypted`.
    """
    _check_directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            _check_kind({each.filename for each in entries})
            names, date1904 = _sheet_names(archive)
            sheets = _scan(archive, entries, names)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, SyntaxError, KeyError) as error:
        raise UserProblem("file_damaged") from error
    return WorkbookParts(sheets, date1904)


def _check_directory(content: bytes) -> None:
    """The end record first: a table of contents with a million names is refused before it is read."""
    at = content.rfind(b"PK\x05\x06")
    if at < 0 or len(content) < at + 22:
        raise UserProblem("file_damaged")
    count = int.from_bytes(content[at + 10 : at + 12], "little")
    size = int.from_bytes(content[at + 12 : at + 16], "little")
    if count > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise UserProblem("file_zip_too_many", limit=MAX_ENTRIES)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise UserProblem("file_zip_too_many", limit=MAX_ENTRIES)
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename.replace("\\", "/")
        unsafe = name.startswith("/") or ":" in name or "\0" in name or ".." in name.split("/")
        if unsafe or name.lower() in seen:
            raise UserProblem("file_zip_name")
        seen.add(name.lower())
        if entry.flag_bits & 0x1:
            raise UserProblem("file_encrypted")
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise UserProblem("file_unpacks_too_large", limit=MAX_UNPACKED // MIB)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UserProblem("file_unpacks_too_large", limit=MAX_UNPACKED // MIB)


def _check_kind(names: set[str]) -> None:
    for mark, kind in _OTHER_KINDS.items():
        if any(name.startswith(mark) for name in names):
            raise UserProblem("file_kind_unsupported", kind=kind)
    if "mimetype" in names and "content.xml" in names:
        raise UserProblem("file_kind_unsupported", kind="ODS")
    if "[Content_Types].xml" not in names:
        raise UserProblem("file_not_spreadsheet", kind="ZIP")
    if any(_MACROS.search(name) for name in names):
        raise UserProblem("file_has_macros")
    if any(_LINKS.search(name) for name in names):
        raise UserProblem("file_has_links")


def _sheet_names(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """({part name: sheet name}, days count from 1904)."""
    workbook = fromstring(_naming_part(archive, "xl/workbook.xml"))
    relations = fromstring(_naming_part(archive, "xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    names: dict[str, str] = {}
    date1904 = False
    for element in workbook.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "sheet":
            target = targets.get(element.get(_RELATIONS), "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
            names[part] = element.get("name", "")
        elif tag == "workbookPr":
            date1904 = element.get("date1904") in ("1", "true")
    return names, date1904


def _naming_part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(_NAMING_PART + 1)
    if len(content) > _NAMING_PART:
        raise UserProblem("file_unpacks_too_large", limit=_NAMING_PART // MIB)
    _check_xml(content, 0)
    return content


def _scan(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], names: dict[str, str]) -> dict[str, SheetPart]:
    sheets: dict[str, SheetPart] = {}
    left = MAX_UNPACKED
    for entry in entries:
        chunks = _chunks(archive, entry, left)
        if entry.filename in names:
            scan = _SheetScan(names[entry.filename])
            left -= scan.read(chunks)
            sheets[names[entry.filename]] = scan.part()
        else:
            left -= _read_other(chunks, entry.filename.lower().endswith((".xml", ".rels", ".vml")))
    return sheets


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    """The real bytes of an entry, refused once they are more than a workbook may unpack to."""
    done = 0
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            done += len(chunk)
            squeezed = done > RATIO_FROM and done > MAX_RATIO * max(entry.compress_size, 1)
            if done > left or squeezed:
                raise UserProblem("file_unpacks_too_large", limit=MAX_UNPACKED // MIB)
            yield chunk


def _read_other(chunks: Iterator[bytes], is_xml: bool) -> int:
    done, tail = 0, b""
    for chunk in chunks:
        if is_xml:
            _check_xml(tail + chunk, done)
            tail = chunk[-len(_DOCTYPE) :]
        done += len(chunk)
    return done


def _check_xml(content: bytes, done: int) -> None:
    """No document type (so no entities), and no encoding in which one could hide."""
    if done == 0 and (content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]):
        raise UserProblem("file_xml_unsafe")
    if _DOCTYPE in content:
        raise UserProblem("file_xml_unsafe")


class _SheetScan:
    """Reads a sheet's XML once, tag by tag across chunks."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()

    def read(self, chunks: Iterator[bytes]) -> int:
        done, tail = 0, b""
        for chunk in chunks:
            content = tail + chunk
            cut = content.rfind(b"<")
            if cut < 0 or len(content) - cut > _CHUNK:
                raise UserProblem("file_cell_too_long", sheet=self._sheet, row=0, limit=32_767)
            self._look(content[:cut], done)
            tail = content[cut:]
            done += len(chunk)
        self._look(tail, done)
        return done

    def _look(self, content: bytes, done: int) -> None:
        _check_xml(content, done)
        if _MAYBE_FAR(content) and (far := _FAR.search(content)):
            cell = far[1].decode("ascii")
            raise UserProblem("file_far_cell", sheet=self._sheet, cell=cell, rows=MAX_ROWS, columns=MAX_COLUMNS)
        if b"hidden=" not in content:
            return
        self._hidden_rows.update(int(number) for number in _HIDDEN_ROW.findall(content))
        for column in _HIDDEN_COLUMN.findall(content):
            first, last = _MIN.search(column), _MAX.search(column)
            if first and last:
                self._hidden_columns.update(range(int(first[1]) - 1, min(int(last[1]), MAX_COLUMNS)))

    def part(self) -> SheetPart:
        return SheetPart(frozenset(self._hidden_rows), frozenset(self._hidden_columns))
