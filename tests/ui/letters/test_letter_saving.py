"""What is typed into a letter is never lost, and never lands in another one."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.desk.letter_desk import draft_letter
from desktop.models.device.workspace import Workspace
from desktop.models.problems import EnvironmentProblem
from desktop.models.progress import Progress
from desktop.ui import letter_work
from desktop.ui.letter_page import LetterPage
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from tests.builders import add_enterprise
from tests.ui.desk_window import press, settle
from tests.ui.letters.letter_acts import Stored, busy, commit, last_opening, opened, replace, rest, visit_with

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups under the offscreen platform

K = Qt.Key


def test_closing_the_window_in_the_middle_of_typing_keeps_the_text(
    window: MainWindow, page: LetterPage, workspace: Workspace, visit: str
) -> None:
    replace(page.editor.opening.field, "写到一半")
    window.close()

    assert last_opening(workspace, visit) == "写到一半"


def test_closing_the_window_while_a_long_import_runs_keeps_the_text(
    window: MainWindow, page: LetterPage, workspace: Workspace, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(progress: Progress) -> None:
        while True:
            threading.Event().wait(0.01)
            progress.step(0, 0)

    monkeypatch.setattr(page.writes, "settle", partial(page.writes.settle, 0.2))
    window.bench.jobs.run(endless, lane="database")
    replace(page.editor.opening.field, "写到一半")
    window.close()

    assert last_opening(workspace, visit) == "写到一半"


def test_closing_the_window_keeps_what_an_input_method_still_composes(
    window: MainWindow, page: LetterPage, workspace: Workspace, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = page.editor.opening.field
    replace(field, "写到一")

    class Method:
        def commit(self) -> None:
            commit(field, "半")

    monkeypatch.setattr("desktop.ui.note_field.QGuiApplication.inputMethod", Method)
    QApplication.sendEvent(field, QInputMethodEvent("ban", []))
    window.close()

    assert last_opening(workspace, visit) == "写到一半"


def test_a_letter_that_opens_late_does_not_pull_the_person_back_from_the_list(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage
) -> None:
    other = draft_letter(workspace, visit_with(workspace, add_enterprise(workspace, "另一企业", None), "M01"))
    with busy(window, "reading"):
        window.open(Place("letters", other.row.id))
        press(K.Key_Escape)
    rest(qtbot, window)

    assert page.list.isVisible()
    assert page.head().crumb == ""


def test_another_page_keeps_the_text(
    qtbot: QtBot, window: MainWindow, page: LetterPage, workspace: Workspace, visit: str
) -> None:
    replace(page.editor.opening.field, "写到一半")
    window.open(Place("enterprises"))
    settle(qtbot, window)

    assert last_opening(workspace, visit) == "写到一半"


def test_another_letter_keeps_the_text_also_what_is_typed_while_it_is_read(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage, visit: str
) -> None:
    other = draft_letter(workspace, visit_with(workspace, add_enterprise(workspace, "另一企业", None), "M01"))
    window.open(Place("letters", other.row.id))
    replace(page.editor.opening.field, "趁打开时写的")
    rest(qtbot, window)

    assert page.head().crumb == "另一企业"
    assert last_opening(workspace, visit) == "趁打开时写的"


def test_a_dark_scheme_in_the_evening_keeps_text_and_letter(
    qtbot: QtBot, window: MainWindow, visit: str, workspace: Workspace
) -> None:
    before = opened(qtbot, window, Place("letters"))
    press(K.Key_Return)
    rest(qtbot, window)
    replace(before.editor.opening.field, "写到一半")
    window.bench.look.choose("dark")
    rest(qtbot, window)
    page = window.current_page

    assert isinstance(page, LetterPage)
    assert page is not before
    assert page.pane.isVisible()
    assert page.editor.opening.text == "写到一半"


def test_a_text_that_could_not_be_saved_is_said_and_saved_with_the_next_try(
    qtbot: QtBot, window: MainWindow, page: LetterPage, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = letter_work.save

    def full(*_: object, **_kw: object) -> None:
        raise EnvironmentProblem("file_not_written", file="workspace.db", reason="disk full")

    monkeypatch.setattr(letter_work, "save", full)
    replace(page.editor.opening.field, "不能丢的话")
    rest(qtbot, window)
    assert page.footer.saved_words == "未保存"
    assert window.strip.isVisible()
    monkeypatch.setattr(letter_work, "save", keep)
    press(K.Key_Escape)
    press(K.Key_Escape)

    assert stored().content.opening == "不能丢的话"
