"""A key press that answers a measure, until the answer is durable and painted as saved, among a million answers.

The value is the page an officer has in front of him, in the whole window: the key, the write through the database lane
with its finding and operations, the commit, the mark in the list and the saved time on the screen. He answers at
irregular moments, so what follows an answer in the background sometimes meets the next one. The floor is the least
that can be called the same: a bare widget that on a key press writes the answer's row and its operation by bare
sqlite3 into a copy of the database, durably, and paints a line. Both are 95th percentiles.

The limit is absolute, 50 ms; `must` is what that comes to as a ratio to the floor of this run. The databases take
1.5 GB of the temporary folder, whose disk is the one measured.

    python -m benchmarks.checklist [--json] [--check] [--rounds N] [--enterprises N] [--answers N]
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from benchmarks.bare_answer import BareAnswer
from benchmarks.big_workspace import Size, any_result, make_big_workspace
from benchmarks.measuring import Figure, figure, options, percentile, report
from benchmarks.visit_desk import VisitDesk, visit_desk
from desktop.models.catalogue import bundled
from desktop.models.desk.enterprise_register import enterprise_ids
from desktop.models.desk.visiting import start_visit
from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import VisitKind

MOST_MS = 50
LONGEST_PAUSE_S = 0.6
"""Between two answers; the window asks how things stand 0.4 s after one."""


def main() -> int:
    parser = options(__doc__ or "")
    parser.add_argument("--rounds", type=int, default=230, help="answers given")
    parser.add_argument("--enterprises", type=int, default=Size.enterprises)
    parser.add_argument("--answers", type=int, default=Size.answers, help="answers in the database before")
    arguments = parser.parse_args()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        size = Size(arguments.enterprises, arguments.answers)
        return report([answer(app, Path(folder), size, arguments.rounds)], arguments)


def answer(
    app: QApplication, folder: Path, size: Size, rounds: int, longest_pause_s: float = LONGEST_PAUSE_S
) -> Figure:
    """Milliseconds of an answer."""
    workspace, copy = folder / "workspace", folder / "copy.db"
    make_big_workspace(workspace, size)
    visits = visits_of_today(workspace, -(-rounds // len(bundled().measures)))
    shutil.copyfile(workspace / "workspace.db", copy)
    chance = random.Random(rounds)
    values: list[float] = []
    floors: list[float] = []
    bare = BareAnswer(copy)
    with visit_desk(app, workspace) as desk:
        for turn, visit in enumerate(islice(unchecked(desk, visits), rounds)):
            desk.rest(chance.uniform(0, longest_pause_s))
            result = any_result(chance)
            both = (
                (values, partial(desk.answer, result)),
                (floors, partial(bare.answer, visit, desk.measure, result)),
            )
            for times, act in both if turn % 2 == 0 else both[::-1]:
                times.append(act())
    bare.finish()
    if (stored := answers_of(workspace, visits)) != rounds:
        raise SystemExit(f"{rounds} answers were shown as saved, {stored} are in the database")
    return slowest_but_few(values, floors)


def slowest_but_few(values: Sequence[float], floors: Sequence[float]) -> Figure:
    """The figure of these times in seconds; its limit holds for the value, however slow the floor."""
    value, floor = (percentile(times, 95) * 1000 for times in (values, floors))
    return figure("answer", value, floor, "ms", must=round(MOST_MS / floor, 3))


def visits_of_today(folder: Path, count: int) -> list[str]:
    """Begin visits at enterprises all over the register; their ids."""
    with Workspace.open(folder) as workspace:
        with workspace.read() as session:
            ids = enterprise_ids(session)
        chosen = random.Random(count).sample(ids, count)
        today = date.today().isoformat()
        return [start_visit(workspace, enterprise, VisitKind.ROUTINE, today) for enterprise in chosen]


def unchecked(desk: VisitDesk, visits: list[str]) -> Iterator[str]:
    """Stand at every measure of every visit in turn; the visit's id each time."""
    for visit in visits:
        desk.open(visit)
        for step in range(len(bundled().measures)):
            if step:
                desk.go_on()
            yield visit


def answers_of(folder: Path, visits: list[str]) -> int:
    """How many answers these visits have, read past the program."""
    marks = ", ".join("?" * len(visits))
    with closing(sqlite3.connect(folder / "workspace.db")) as database:
        found = database.execute(f"SELECT count(*) FROM answers WHERE visit_id IN ({marks})", visits).fetchone()
    return int(found[0])


if __name__ == "__main__":
    sys.exit(main())
