"""Background work for the window: lanes for the database, a few workers for the rest, results on the UI thread.

    job = jobs.run(work, done, failed=..., progressed=..., owner=page)
    job.cancel()

* `work(progress)` runs in a worker thread and touches no widget. The lane "database" has one worker, so writes happen
  in the order they were asked for; "reading" has one too, so that a register still fills while a long import writes;
  "pool" is for work that needs no database: PDF, pictures, network.
* `done(result)` and `failed(problem)` run on the UI thread. Of a cancelled job neither is called, only `ended()`.
* `owner`: a widget; once Qt has destroyed it, nothing of the job reaches it any more.
* A `Problem` nobody takes goes to the signal `problem_met`; anything else is a bug, goes to the log with its
  traceback, and to `bug_met`.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.models.problems import Problem
from desktop.models.progress import Cancelled, Progress

log = logging.getLogger(__name__)

T = TypeVar("T")
Lane = Literal["database", "reading", "pool"]
Work = Callable[[Progress], T]

CLOSE_WAIT_S = 5.0
"""How long closing the window waits for work that was asked to stop."""
_WORKERS: dict[Lane, int] = {"database": 1, "reading": 1, "pool": 2}


class Job:
    """One piece of work on its way. Keep it only to cancel it."""

    def __init__(self, work: Work[Any], owner: QObject | None) -> None:
        self.work = work
        self.owner = owner
        self.done: Callable[[Any], None] | None = None
        self.failed: Callable[[Problem], None] | None = None
        self.progressed: Callable[[int, int, str], None] | None = None
        self.ended: Callable[[], None] | None = None
        self.progress = Progress()
        self.finished = False
        self.keeps_work = False
        """Whether closing the window lets it finish: it writes down what a person typed."""

    def cancel(self) -> None:
        """Ask the work to stop; its result, if it still comes, is thrown away."""
        self.progress.cancel()

    def reaches(self) -> bool:
        """Whether anybody is left to tell."""
        return self.owner is None or shiboken6.isValid(self.owner)


class JobRunner(QObject):
    """Runs jobs.

    Signals:
        problem_met(Problem): a job met a problem and its caller did not ask to be told.
        bug_met(str): a job broke in a way nobody foresaw; the name of the exception.
        busy_changed(bool): whether any job is waiting or running.
    """

    problem_met = Signal(object)
    bug_met = Signal(str)
    busy_changed = Signal(bool)
    _arrived = Signal(object, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queues: dict[Lane, queue.SimpleQueue[Job | None]] = {lane: queue.SimpleQueue() for lane in _WORKERS}
        self._threads: dict[Lane, list[threading.Thread]] = {lane: [] for lane in _WORKERS}
        self._open: set[Job] = set()
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Work[T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
        *,
        lane: Lane = "database",
        owner: QObject | None = None,
        progressed: Callable[[int, int, str], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Job:
        """Start a piece of work. Call from the UI thread; returns at once.

        Args:
            progressed: receives (done, total, label) on the UI thread, at most ten times a second.
            ended: called last in every case: done, failed, cancelled.
        """
        job = Job(work, owner)
        job.done, job.failed, job.progressed, job.ended = done, failed, progressed, ended
        job.progress = Progress(lambda *counts: self._arrived.emit(job, "progress", counts))
        if self._closed:
            job.cancel()
            return job
        self._start_workers(lane)
        if not self._open:
            self.busy_changed.emit(True)
        self._open.add(job)
        self._queues[lane].put(job)
        return job

    @property
    def busy(self) -> bool:
        """Whether any job is waiting or running."""
        return bool(self._open)

    def close(self, wait_s: float = CLOSE_WAIT_S) -> bool:
        """Cancel all but what keeps a person's work, take no more, wait a bounded time: whether all workers ended."""
        self._closed = True
        for job in self._open:
            if not job.keeps_work:
                job.cancel()
        workers = [(lane, thread) for lane, threads in self._threads.items() for thread in threads]
        for lane, _ in workers:
            self._queues[lane].put(None)
        until = time.monotonic() + wait_s
        for _, thread in workers:
            thread.join(max(0.0, until - time.monotonic()))
        self._open.clear()
        return not any(thread.is_alive() for _, thread in workers)

    def _start_workers(self, lane: Lane) -> None:
        while len(self._threads[lane]) < _WORKERS[lane]:
            thread = threading.Thread(target=self._serve, args=(lane,), name=f"zhuqi-{lane}", daemon=True)
            self._threads[lane].append(thread)
            thread.start()

    def _serve(self, lane: Lane) -> None:
        while (job := self._queues[lane].get()) is not None:
            self._arrived.emit(job, *_outcome(job))

    @Slot(object, str, object)
    def _deliver(self, job: Job, news: str, value: Any) -> None:
        if self._closed or job not in self._open:
            return
        wanted = job.reaches() and not job.progress.cancelled
        if news == "progress":
            if wanted and job.progressed is not None:
                job.progressed(*value)
            return
        self._open.discard(job)
        job.finished = True
        try:
            if news == "bug":
                self.bug_met.emit(value)
            elif wanted and news == "done" and job.done is not None:
                job.done(value)
            elif wanted and news == "problem":
                (job.failed or self.problem_met.emit)(value)
            if job.ended is not None and job.reaches():
                job.ended()
        finally:
            if not self._open:
                self.busy_changed.emit(False)


def _outcome(job: Job) -> tuple[str, Any]:
    """Do the work and say how it went: (news, value)."""
    if job.progress.cancelled:
        return "cancelled", None
    try:
        return "done", job.work(job.progress)
    except Cancelled:
        return "cancelled", None
    except Problem as problem:
        return "problem", problem
    except Exception as bug:
        log.exception("background work broke")
        return "bug", type(bug).__name__
