"""Reading a roster somebody brought: any .xlsx, .xls or .csv, in a child process, as rows ready to preview and settle.

    reading = read_roster(path, RosterChoices(mappings=kept), progress)
    reading.counts()          # {RowStatus.OK: 1063, RowStatus.WARN: 91, …}
    reading.rows[0].reason()  # "信用代码有分组空格，已去除"

Nothing is stored here and nothing is written to disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec

from desktop.documents.roster_messages import ROWS, SUMMARY, RosterRequest, RosterSummary
from desktop.documents.untrusted_file import Limits, read_untrusted
from desktop.models.problems import UserProblem
from desktop.models.progress import Progress
from desktop.models.roster_rows import ColumnMapping, RosterReading, RosterRow
from desktop.models.roster_settlement import FileComparison


@dataclass(frozen=True)
class RosterChoices:
    """What a person chose; empty: everything is found.

    Attributes:
        sheets: names of the sheets to read; () = every visible sheet with a table.
        headers: sheet → first and last row of its header, from 1.
        mappings: corrected mappings, kept ones and those made just now.
    """

    sheets: tuple[str, ...] = ()
    headers: dict[str, tuple[int, int]] = field(default_factory=dict)
    mappings: Iterable[ColumnMapping] = ()


def read_roster(
    path: Path,
    choices: RosterChoices = RosterChoices(),
    progress: Progress | None = None,
    *,
    today: date | None = None,
    limits: Limits = Limits(),  # noqa: B008
) -> RosterReading:
    """Everything the file says, row by row. A table without rows gives a reading whose `why_empty()` tells why.

    Args:
        progress: labels `check`, `read` (no counts), `check_rows` (rows).
        today: decides the year of a day when neither it nor the table's head names one; None: the current day.

    Raises:
        UserProblem: no table can be read (`roster_no_table`, `roster_no_such_sheet`) or the file may not or cannot be
            opened (`file_…`).
        StorageProblem: `file_unreadable`.
        Cancelled: the person called it off.
    """
    answer = _Answer()
    request = RosterRequest(
        os.fsencode(path.absolute()),
        today or date.today(),
        tuple(choices.sheets),
        choices.headers,
        {each.fingerprint: each for each in choices.mappings},
    )
    read_untrusted("roster", msgspec.msgpack.encode(request), answer.receive, progress, limits)
    return answer.reading()


class _Answer:
    """Collects the child's blocks, each checked against its type, and compares rows while the child reads on."""

    def __init__(self) -> None:
        self._compared = FileComparison().compared
        self._rows: list[RosterRow] = []
        self._summary: RosterSummary | None = None
        self._decode_rows = msgspec.msgpack.Decoder(list[RosterRow]).decode
        self._decode_summary = msgspec.msgpack.Decoder(RosterSummary).decode

    def receive(self, block: bytes) -> None:
        if block[:1] == ROWS:
            self._rows += map(self._compared, self._decode_rows(memoryview(block)[1:]))
        elif block[:1] == SUMMARY:
            self._summary = self._decode_summary(memoryview(block)[1:])
        else:
            raise UserProblem("file_reader_answer")

    def reading(self) -> RosterReading:
        summary = self._summary
        if summary is None or sum(each.data_rows for each in summary.sheets) != len(self._rows):
            raise UserProblem("file_reader_answer")
        return RosterReading(summary.kind, summary.sha256, summary.sheets, self._rows)
