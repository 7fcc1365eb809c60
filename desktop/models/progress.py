"""How far long work has come, and the one place where it can be called off. Knows nothing of any window.

    def store(rows: Sequence[Row], progress: Progress) -> None:
        for done, row in enumerate(rows):
            progress.step(done, len(rows), "store")
            ...

Long work takes a `Progress` as its last argument and calls `step` between two units of work, so that being cancelled
never leaves half a unit behind.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

INTERVAL_S = 0.1

Report = Callable[[int, int, str], None]


class Cancelled(Exception):
    """The person called the work off; what was begun since the last `step` has to be undone by whoever began it."""


class Progress:
    """Counts of one piece of work. Safe to cancel from any thread; `step` belongs to the working thread.

    Args:
        report: receives (done, total, label) at most every `interval_s` seconds, and always for the last step.
            `label` is a short code of the stage ("read", "store"), never a sentence: words belong to the window.
        interval_s: seconds between two reports.
    """

    def __init__(self, report: Report | None = None, interval_s: float = INTERVAL_S) -> None:
        self._report = report
        self._interval_s = interval_s
        self._reported_at = float("-inf")
        self._label = ""
        self._asked = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._asked.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._asked.set()

    def step(self, done: int, total: int, label: str = "") -> None:
        """Say that `done` of `total` units are finished (`total` 0: not known yet).

        Raises:
            Cancelled: somebody asked to stop.
        """
        if self._asked.is_set():
            raise Cancelled
        if self._report is None:
            return
        now = time.monotonic()
        if done >= total > 0 or label != self._label or now - self._reported_at >= self._interval_s:
            self._reported_at = now
            self._label = label
            self._report(done, total, label)
