"""The evening: laptops that record work and send it, again and again, whatever the centre is going through."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id
from desktop.models.problems import EnvironmentProblem
from desktop.models.records.enterprises import Enterprise
from desktop.models.vocabulary import Result
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import Pace
from tests.builders import answer_all, begin_visit
from tests.flows.centre_process import CentreProcess

PACE = Pace(connect_s=2, stall_s=20, attempts=1)
FIRMS_A_ROUND = 150
ACKNOWLEDGED = "folded_into IS NULL AND status IN ('applied', 'merged', 'duplicate', 'conflict', 'held')"
REFUSED = "status IN ('rejected', 'forbidden')"


@dataclass
class Desk:
    """One laptop and its officer. Its thread works until it is told to stop."""

    workspace: Workspace
    grid: str
    rounds: int = 0
    refusals: list[str] = field(default_factory=list)
    failure: BaseException | None = None

    @classmethod
    def enrolled(cls, folder: Path, centre: CentreProcess, officer: str, code: str) -> Desk:
        """A new laptop that has had its first sync."""
        workspace = Workspace.create(folder)
        enrol(workspace, centre.url, centre.code(officer), pace=PACE)
        run_sync(workspace, pace=PACE)
        return cls(workspace, grid_id(code))

    def work_until(self, over: threading.Event) -> None:
        """Record and send; a centre that is away is met again in the next round."""
        try:
            while not over.is_set():
                self.record()
                self.send()
                over.wait(0.05)
        except BaseException as error:
            self.failure = error

    def record(self) -> None:
        """A round of work: new enterprises, a visit with its answers, and an edit of what a colleague may edit, too."""
        self.rounds += 1
        mark = f"{self.workspace.device.code}-{self.rounds}"
        with self.workspace.write() as session:
            firms = [
                Enterprise(id=new_id(), grid_id=self.grid, name=f"{mark}-{number}", staff_due=number)
                for number in range(FIRMS_A_ROUND)
            ]
            session.add_all(firms)
            first = firms[0].id
        answer_all(self.workspace, begin_visit(self.workspace, first), Result.FAIL)
        with self.workspace.write() as session:
            shared = session.execute(
                text("SELECT id FROM enterprises WHERE grid_id = :grid ORDER BY id LIMIT 3"), {"grid": self.grid}
            )
            for row_id in list(shared.scalars()):
                session.get_one(Enterprise, row_id).remark = mark

    def send(self) -> None:
        """One sync, if the centre lets us."""
        try:
            run_sync(self.workspace, pace=PACE)
        except EnvironmentProblem as problem:
            self.refusals.append(problem.code)

    def acknowledged(self) -> set[str]:
        """Ids under which the centre has answered for work; what was folded into a newer one went under that."""
        return self._ids(ACKNOWLEDGED)

    def refused(self) -> set[str]:
        """Ids of the operations the centre would not take."""
        return self._ids(REFUSED)

    def unanswered(self) -> set[str]:
        """Ids of the operations that still wait."""
        return self._ids("status IS NULL")

    def _ids(self, condition: str) -> set[str]:
        with self.workspace.read() as session:
            return set(session.execute(text(f"SELECT op_id FROM outbox WHERE {condition}")).scalars())
