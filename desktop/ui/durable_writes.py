"""Writes of one page, counted: whether any is on its way, and a way to wait until all of them are on disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject

from desktop.models.problems import Problem
from desktop.models.progress import Progress
from desktop.ui.bench import Bench

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.models.device.workspace import Workspace

Act = Callable[["Workspace", Progress], Any]


class DurableWrites(QObject):
    """The writes of one owner, in the order asked for."""

    def __init__(self, bench: Bench, owner: QObject) -> None:
        super().__init__(owner)
        self._bench, self._owner = bench, owner
        self._waiting = 0  # writes whose outcome has not reached the window
        self._undurable = 0  # writes the worker has not finished; guarded by _durable
        self._durable = threading.Condition()

    @property
    def waiting(self) -> int:
        """Writes whose outcome has not reached the window; in `done` the one that just arrived still counts."""
        return self._waiting

    def write(self, act: Act, done: Callable[[Any], None], failed: Callable[[Problem], None]) -> None:
        """Run `act(workspace, progress)` on the database lane; `done` comes after its commit returned."""
        self._waiting += 1
        with self._durable:
            self._undurable += 1
        job = self._bench.write(self._owner, partial(self._counted, act), done, failed, ended=self._ended)
        job.keeps_work = True

    def settle(self, wait_s: float = 5.0) -> bool:
        """Block until every write asked for was committed or refused. Returns whether that came about in time."""
        with self._durable:
            return self._durable.wait_for(lambda: self._undurable == 0, wait_s)

    def _counted(self, act: Act, workspace: Workspace, progress: Progress) -> Any:
        """Runs in the worker."""
        try:
            return act(workspace, progress)
        finally:
            with self._durable:
                self._undurable -= 1
                self._durable.notify_all()

    def _ended(self) -> None:
        self._waiting -= 1


class ClosingWatch(QObject):
    """Calls `leave` when the window of a page is about to close, before the window itself acts on it."""

    def __init__(self, page: QWidget, leave: Callable[[], object]) -> None:
        super().__init__(page)
        self._page, self._leave = page, leave
        self._watched: QObject | None = None

    def watch(self) -> None:
        """Watch the window the page stands in now; call it when the page is shown."""
        window = self._page.window()
        if window is not self._watched:
            window.installEventFilter(self)
            self._watched = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the window's closing."""
        if event.type() == QEvent.Type.Close and watched is self._watched:
            self._leave()
        return super().eventFilter(watched, event)
