"""What the child process does with a list of staff: read every visible sheet and send its rows in blocks."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec

from desktop.documents.roster_messages import ROWS, SUMMARY, StaffRequest, StaffSummary
from desktop.documents.sheet_cells import SourceFile
from desktop.documents.staff_table import StaffTable
from desktop.documents.task_answer import Answer
from desktop.models.problems import UserProblem
from desktop.models.staff_rows import StaffRow

_BLOCK = 1_000


def run(request: bytes, answer: Answer) -> None:
    """Answer a `StaffRequest`.

    Raises:
        UserProblem, StorageProblem: of the guard; `staff_no_table`.
    """
    wanted = msgspec.msgpack.decode(request, type=StaffRequest)
    source = SourceFile(Path(os.fsdecode(wanted.path)))
    answer.step(0, 0, "read")
    columns: list[tuple[str, str, str]] = []
    rows = 0
    block: list[StaffRow] = []
    for sheet in source.sheets():
        table = StaffTable(sheet, wanted.today) if sheet.visible else None
        if table is None or not table.fields:
            continue
        columns += table.columns()
        for row in table.rows():
            block.append(row)
            if len(block) == _BLOCK:
                answer.block(ROWS + msgspec.msgpack.encode(block))
                rows, block = rows + len(block), []
                answer.step(rows, 0, "check_rows")
    if not columns:
        raise UserProblem("staff_no_table")
    if block:
        answer.block(ROWS + msgspec.msgpack.encode(block))
        rows += len(block)
    digest = hashlib.sha256(source.content).hexdigest()
    answer.block(SUMMARY + msgspec.msgpack.encode(StaffSummary(source.kind.value, digest, tuple(columns), rows)))
