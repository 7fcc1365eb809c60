"""Reading a list of staff somebody brought: any .xlsx, .xls or .csv, in a child process, as rows ready to settle."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import msgspec

from desktop.documents.roster_messages import ROWS, SUMMARY, StaffRequest, StaffSummary
from desktop.documents.untrusted_file import Limits, read_untrusted
from desktop.models.problems import UserProblem
from desktop.models.progress import Progress
from desktop.models.staff_rows import StaffReading, StaffRow


def read_staff(
    path: Path, progress: Progress | None = None, *, today: date | None = None, limits: Limits | None = None
) -> StaffReading:
    """Everything the file says about people, row by row.

    Raises:
        UserProblem: `staff_no_table`, or the file may not or cannot be opened (`file_…`).
        StorageProblem: `file_unreadable`.
        Cancelled: the person called it off.
    """
    rows: list[StaffRow] = []
    summaries: list[StaffSummary] = []

    def receive(block: bytes) -> None:
        if block[:1] == ROWS:
            rows.extend(msgspec.msgpack.decode(memoryview(block)[1:], type=list[StaffRow]))
        elif block[:1] == SUMMARY:
            summaries.append(msgspec.msgpack.decode(memoryview(block)[1:], type=StaffSummary))
        else:
            raise UserProblem("file_reader_answer")

    request = StaffRequest(os.fsencode(path.absolute()), today or date.today())
    read_untrusted("staff", msgspec.msgpack.encode(request), receive, progress, limits or Limits())
    if len(summaries) != 1 or summaries[0].rows != len(rows):
        raise UserProblem("file_reader_answer")
    return StaffReading(summaries[0].kind, summaries[0].sha256, summaries[0].columns, rows)
