"""What every page is given: the look, the job runner, and the way to the workspace.

    def _load(self) -> None:
        self._bench.read(self, partial(_rows, ids=ids), self._show_rows)

    def _rows(workspace: Workspace, progress: Progress, *, ids: list[str]) -> list[EnterpriseRow]:
        from desktop.models.desk.enterprise_register import enterprise_rows   # imported where it runs: start stays fast
        with workspace.read() as session:
            return enterprise_rows(session, ids)

`read` uses the reading lane, `write` the database lane, `exchange` a worker beside them; all hand
`work(workspace, progress)` the open workspace, which is opened by the first work that needs it, never on the UI thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from desktop.models.problems import Problem
from desktop.models.progress import Progress
from desktop.ui.job_runner import Job, JobRunner, Lane
from desktop.ui.look import Look

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet
    from desktop.models.device.workspace import Workspace

T = TypeVar("T")


class Office:
    """Holds the one open workspace. Safe to use from every worker thread; not for the UI thread.

    Args:
        open_workspace: opens it, once; may take its time.
    """

    def __init__(self, open_workspace: Callable[[], Workspace]) -> None:
        self._open = open_workspace
        self._lock = threading.Lock()
        self._workspace: Workspace | None = None
        self.announce: Callable[[ChangeSet], None] = lambda _changes: None
        """Receives every change after its commit, in the thread that wrote."""

    def workspace(self) -> Workspace:
        """The workspace, opened now if it was not yet.

        Raises:
            Problem: it cannot be opened; asked again, it is tried again.
        """
        with self._lock:
            if self._workspace is None:
                self._workspace = self._open()
                self._workspace.announce = self.announce
            return self._workspace

    def close(self) -> None:
        """Close the workspace if it was opened."""
        with self._lock:
            if self._workspace is not None:
                self._workspace.close()
                self._workspace = None


@dataclass(frozen=True)
class Bench:
    """Handed to every page through its constructor."""

    look: Look
    jobs: JobRunner
    office: Office

    def read(
        self,
        owner: QObject,
        work: Callable[[Workspace, Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
    ) -> Job:
        """Look something up; `done` gets the result on the UI thread."""
        return self._run("reading", owner, work, done, failed)

    def write(
        self,
        owner: QObject,
        work: Callable[[Workspace, Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
        *,
        progressed: Callable[[int, int, str], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Job:
        """Change something; writes happen in the order they were asked for."""
        return self._run("database", owner, work, done, failed, progressed, ended)

    def exchange(
        self,
        owner: QObject,
        work: Callable[[Workspace, Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
        *,
        progressed: Callable[[int, int, str], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Job:
        """Talk with the centre: mostly waiting, with short writes that take turns with those of the database lane."""
        return self._run("pool", owner, work, done, failed, progressed, ended)

    def _run(
        self,
        lane: Lane,
        owner: QObject,
        work: Callable[[Workspace, Progress], T],
        done: Callable[[T], None] | None,
        failed: Callable[[Problem], None] | None,
        progressed: Callable[[int, int, str], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Job:
        act = partial(_with_workspace, self.office, work)
        return self.jobs.run(act, done, failed, lane=lane, owner=owner, progressed=progressed, ended=ended)


def _with_workspace(office: Office, work: Callable[[Workspace, Progress], T], progress: Progress) -> T:
    return work(office.workspace(), progress)
