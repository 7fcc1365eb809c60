"""The real window over a workspace, with a visit open in it, answered by key as an officer does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.paint_watch import PaintWatch
from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import Result
from desktop.ui.bench import Bench, Office
from desktop.ui.job_runner import JobRunner
from desktop.ui.language import set_language
from desktop.ui.look import Look
from desktop.ui.main_window import MainWindow
from desktop.ui.measure_tree import ResultRole
from desktop.ui.page import Place
from desktop.ui.visit_page import VisitPage

_KEYS = {result: Qt.Key(Qt.Key.Key_1 + number) for number, result in enumerate(Result)}


@contextmanager
def visit_desk(app: QApplication, folder: Path) -> Iterator[VisitDesk]:
    """A shown window of 1366×768 in Chinese, its register loaded; closed at the end."""
    set_language(app, "zh")
    look = Look(app, "light")
    window = MainWindow(Bench(look, JobRunner(), Office(partial(Workspace.open, folder))))
    window.show()
    try:
        yield VisitDesk(window)
    finally:
        window.close()
        window.deleteLater()
        look.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class VisitDesk:
    """Answers measures of one visit after the other."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.rest(0)  # the window opens its first page after it has painted
        self._settle()
        page = window.open(Place("visits"))
        assert isinstance(page, VisitPage)
        self._page = page
        self._settle()
        tree, words = page.list.tree, page.footer.words
        self._watch = PaintWatch(
            {
                tree.viewport(): lambda: tree.currentIndex().data(ResultRole) is not None,
                words: lambda: words.icon == "check",
            }
        )

    def open(self, visit: str) -> None:
        """Open a visit; it stands at its first unchecked measure."""
        self._window.open(Place("visits", visit))
        self._settle()
        assert self._page.keeper.sheet is not None
        assert self._page.keeper.sheet.id == visit

    @property
    def measure(self) -> str:
        """The measure the page stands at."""
        return self._page.list.current

    def answer(self, result: Result) -> float:
        """Press the key of an answer. Seconds until it is durable, and painted in the list and as saved below."""
        return self._watch.time(partial(self._press, _KEYS[result]))

    def go_on(self) -> None:
        """Press the key that leads to the next measure."""
        self._press(Qt.Key.Key_J)

    def rest(self, seconds: float) -> None:
        """Let the window live for a while."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
        loop.exec()

    def _press(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    def _settle(self) -> None:
        self.rest(0.05)
        while self._window.bench.jobs.busy:
            self.rest(0.01)
