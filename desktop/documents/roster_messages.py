"""What goes to the child process that reads a roster or a list of staff, and what comes back beside the rows."""

from __future__ import annotations

from datetime import date

import msgspec

from desktop.models.roster_rows import ColumnMapping, SheetReading

ROWS, SUMMARY = b"R", b"S"
"""First byte of a block of the answer: a `list[RosterRow]`, or the summary that ends it."""


class RosterRequest(msgspec.Struct, frozen=True):
    """What to read and what somebody chose; see `roster_reader.RosterChoices`.

    `path` is the path's bytes: on a stick from elsewhere its name need not be text here.
    """

    path: bytes
    today: date
    sheets: tuple[str, ...]
    headers: dict[str, tuple[int, int]]
    mappings: dict[str, ColumnMapping]


class RosterSummary(msgspec.Struct, frozen=True):
    """What is told beside the rows."""

    kind: str
    sha256: str
    sheets: tuple[SheetReading, ...]


class StaffRequest(msgspec.Struct, frozen=True):
    """A list of staff to read; `path` as in `RosterRequest`."""

    path: bytes
    today: date


class StaffSummary(msgspec.Struct, frozen=True):
    """What is told beside the rows: (sheet, label, field) of every column read, and how many rows were sent."""

    kind: str
    sha256: str
    columns: tuple[tuple[str, str, str], ...]
    rows: int
