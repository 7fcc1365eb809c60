"""The real window over a real workspace, as an officer has it in front of him."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.device.workspace import Workspace
from desktop.models.problems import Language
from desktop.ui.bench import Bench, Office
from desktop.ui.job_runner import JobRunner
from desktop.ui.language import set_language
from desktop.ui.look import Look
from desktop.ui.main_window import MainWindow


@contextmanager
def desk_window(qtbot: QtBot, workspace: Workspace, language: Language = "zh") -> Iterator[MainWindow]:
    """A shown window of 1366×768; closed at the end, unless the test closed it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    set_language(app, language)
    jobs = JobRunner()
    look = Look(app, "light")
    window = MainWindow(Bench(look, jobs, Office(lambda: workspace)))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    try:
        yield window
    finally:
        window.close()
        look.changed.disconnect()
        look.deleteLater()


def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys wherever the focus is, as a person does."""
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        QTest.keyClick(focused, key, modifier)


def type_text(text: str) -> None:
    """Type into whatever has the focus."""
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    QTest.keyClicks(focused, text)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no work is on its way."""
    jobs = window._bench.jobs
    qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)
