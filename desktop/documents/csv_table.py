"""A text table from outside as rows of text (SEC-52): UTF-8 with or without mark, else GB18030, both strict.

Limits: no NUL, fields of 32 KiB, rows and columns of `spreadsheet_guard`. The separator is the most regular of comma,
tab, semicolon and bar in the first lines. What our own export put before a formula-like field (`'`) is taken off.
"""

from __future__ import annotations

import csv
import io

from desktop.documents.spreadsheet_guard import MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS
from desktop.models.problems import UserProblem

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
"""First characters that make a spreadsheet program take text for a formula (SEC-60)."""

_SEPARATORS = ",\t;|"
_LINES_LOOKED_AT = 30


def rows_of(content: bytes) -> list[list[object]]:
    """All rows, each as long as the widest; "" where a row is shorter.

    Raises:
        UserProblem: `file_csv_nul`, `file_csv_encoding`, `file_csv_quotes`, `file_cell_too_long`,
            `file_too_many_rows`, `file_too_many_columns`.
    """
    text = _text(content)
    separator, text = _separator(text)
    rows: list[list[object]] = []
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            if len(row) > MAX_COLUMNS:
                raise UserProblem("file_too_many_columns", sheet="CSV", columns=len(row), limit=MAX_COLUMNS)
            if len(rows) >= MAX_ROWS:
                raise UserProblem("file_too_many_rows", sheet="CSV", rows=len(rows) + 1, limit=MAX_ROWS)
            rows.append([_shown(field) for field in row])
    except csv.Error as error:
        if "field limit" in str(error):
            raise UserProblem(
                "file_cell_too_long", sheet="CSV", row=len(rows) + 1, limit=MAX_CELL_CHARACTERS
            ) from error
        raise UserProblem("file_csv_quotes", line=reader.line_num) from error
    width = max(map(len, rows), default=0)
    for fields in rows:
        fields.extend([""] * (width - len(fields)))
    return rows


def _text(content: bytes) -> str:
    if b"\0" in content:
        raise UserProblem("file_csv_nul")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as utf8:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError as gb18030:
            at = max(utf8.start, gb18030.start)
            raise UserProblem("file_csv_encoding", line=content.count(b"\n", 0, at) + 1) from gb18030


def _separator(text: str) -> tuple[str, str]:
    """(separator, text without a `sep=` line)."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == 5:
        return first[4], rest
    counts = dict.fromkeys(_SEPARATORS, 0)
    for line in text[: 2**16].splitlines()[:_LINES_LOOKED_AT]:
        for separator in _SEPARATORS:
            counts[separator] += min(line.count(separator), MAX_COLUMNS)
    best = max(_SEPARATORS, key=lambda separator: counts[separator])
    return best, text


def _shown(field: str) -> str:
    if len(field) > 1 and field[0] == "'" and field[1] in FORMULA_STARTS:
        return field[1:]
    return field.removeprefix("\t")  # other programs' way of keeping digits text
