"""What the tests of the letter page do again and again."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.desk.letter_desk import LetterDraft, letter, letters
from desktop.models.desk.visiting import AnswerEntry, record_answer
from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import Result
from desktop.ui.job_runner import Lane
from desktop.ui.letter_page import LetterPage
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from tests.builders import answer_all, begin_visit
from tests.ui.desk_window import press

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
Stored = Callable[[], LetterDraft]
"""The letter as it stands in the database, once all is saved."""


def visit_with(workspace: Workspace, enterprise: str, *failed: str) -> str:
    """A visit where these measures failed and all others passed; its id."""
    made = begin_visit(workspace, enterprise)
    answer_all(workspace, made)
    for measure in failed:
        record_answer(workspace, made, measure, AnswerEntry(Result.FAIL, note=f"{measure} 现场缺记录"))
    return made


def opened(qtbot: QtBot, window: MainWindow, place: Place) -> LetterPage:
    """The page at a place, once it stands."""
    page = window.open(place)
    assert isinstance(page, LetterPage)
    rest(qtbot, window)
    return page


def rest(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until what was typed is saved and drawn."""
    page = window.current_page

    def still() -> bool:
        letter = page if isinstance(page, LetterPage) else None
        timers = letter is not None and (letter._saving.isActive() or letter.preview._timer.isActive())
        built = letter is None or letter.editor.at_rest
        return built and not timers and not window.bench.jobs.busy

    qtbot.waitUntil(still, timeout=20_000)


@contextmanager
def busy(window: MainWindow, lane: Lane = "database") -> Iterator[None]:
    """Something long holds a lane meanwhile."""
    release = threading.Event()
    window.bench.jobs.run(lambda _progress: release.wait(30), lane=lane)
    try:
        yield
    finally:
        release.set()


def replace(field: QWidget, words: str) -> None:
    """Type over what a field holds."""
    field.setFocus()
    press(K.Key_A, modifier=CTRL)
    press(K.Key_Delete)
    commit(field, words)


def commit(field: QWidget, words: str) -> None:
    """Enter words as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field, event)


def paper(pdf: bytes) -> str:
    """The text of a file without line breaks and page numbers."""
    if not pdf:
        return ""
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    pages = ("".join(document.getAllText(page).text().split()) for page in range(document.pageCount()))
    return "".join(re.sub(r"—\d+—$", "", page) for page in pages)


def lines(page: LetterPage) -> list[tuple[str, str]]:
    """Enterprise and state of every line of the list."""
    model = page.list.model
    found = [page.list._lines[model.id_at(row)] for row in range(model.rowCount())]
    return [(line.enterprise, line.state) for line in found]


def press_issue(page: LetterPage) -> None:
    """Press the button."""
    page.footer.issue_button.click()


def last_opening(workspace: Workspace, visit: str) -> str:
    """The opening of the visit's letter as another process finds it."""
    with Workspace.open_to_read(workspace.folder) as again:
        return letter(again, letters(again, visit)[0].id).content.opening
