"""What the child process does with a roster: read every sheet and send its rows in blocks.

Blocks of the answer: the rows, a stretch at a time, then a `RosterSummary` (`roster_messages`).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec

from desktop.documents.roster_messages import ROWS, SUMMARY, RosterRequest, RosterSummary
from desktop.documents.roster_table import STRETCH, RosterTable
from desktop.documents.sheet_cells import SheetCells, SourceFile
from desktop.documents.task_answer import Answer
from desktop.models.problems import UserProblem
from desktop.models.roster_rows import RosterRow, SheetReading, SheetState


def run(request: bytes, answer: Answer) -> None:
    """Answer a `RosterRequest`.

    Raises:
        UserProblem, StorageProblem: of the guard; `roster_no_table`, `roster_no_such_sheet`.
    """
    wanted = msgspec.msgpack.decode(request, type=RosterRequest)
    source = SourceFile(Path(os.fsdecode(wanted.path)))
    answer.step(0, 0, "read")
    sent = _Sender(answer)
    readings = [_read_sheet(sheet, wanted, sent) for sheet in source.sheets()]
    _check(wanted, readings)
    sent.rest()
    summary = RosterSummary(source.kind.value, hashlib.sha256(source.content).hexdigest(), tuple(readings))
    answer.block(SUMMARY + msgspec.msgpack.encode(summary))


def _read_sheet(sheet: SheetCells, wanted: RosterRequest, sent: _Sender) -> SheetReading:
    if sheet.name not in wanted.sheets:
        if wanted.sheets:
            return SheetReading(sheet.name, SheetState.NOT_CHOSEN)
        if not sheet.visible:
            return SheetReading(sheet.name, SheetState.HIDDEN)
    table = RosterTable(sheet, wanted.headers.get(sheet.name), wanted.mappings, wanted.today)
    reading = table.reading()
    sent.expect(reading.data_rows)
    for row in table.rows():
        sent.add(row)
    return reading


def _check(wanted: RosterRequest, readings: list[SheetReading]) -> None:
    names = [each.name for each in readings]
    for chosen in wanted.sheets:
        if chosen not in names:
            raise UserProblem("roster_no_such_sheet", sheet=chosen, sheets="、".join(names))
    if not any(each.state in (SheetState.READ, SheetState.NO_NAMES) for each in readings):
        raise UserProblem("roster_no_table")


class _Sender:
    """Sends rows in blocks."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._block: list[RosterRow] = []
        self._done = 0
        self._total = 0
        self._encode = msgspec.msgpack.Encoder().encode

    def expect(self, rows: int) -> None:
        self._total += rows

    def add(self, row: RosterRow) -> None:
        self._block.append(row)
        if len(self._block) == STRETCH:
            self.rest()

    def rest(self) -> None:
        if self._block:
            self._answer.block(ROWS + self._encode(self._block))
            self._done += len(self._block)
            self._block = []
            self._answer.step(self._done, self._total, "check_rows")
