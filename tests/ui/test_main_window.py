"""The frame: every page by key, search by pinyin, what the status strip says, a window that closes at once."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.progress import Progress
from desktop.ui.enterprises_page import EnterprisesPage
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from tests.builders import add_enterprise
from tests.ui.desk_window import desk_window, press, settle, type_text

K, CTRL, NONE = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, enterprise: str) -> Iterator[MainWindow]:
    add_enterprise(workspace, "澄州穗丰食品有限公司", None)
    with desk_window(qtbot, workspace) as shown:
        settle(qtbot, shown)
        qtbot.waitUntil(lambda: isinstance(shown.current_page, EnterprisesPage))
        settle(qtbot, shown)
        yield shown


def compose(text: str) -> None:
    """Commit text as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    focus = QApplication.focusWidget()
    assert focus is not None
    QApplication.sendEvent(focus, event)


@pytest.mark.parametrize(
    ("digit", "name"), [(1, "today"), (2, "enterprises"), (3, "visits"), (5, "isolation"), (9, "handbook"), (0, "sync")]
)
def test_ctrl_and_a_digit_opens_a_page(qtbot: QtBot, window: MainWindow, digit: int, name: str) -> None:
    with qtbot.waitSignal(window.page_opened) as opened:
        QTest.keyClick(window, K(K.Key_0 + digit), CTRL)

    assert opened.args == [name]
    assert window.rail.buttons[name].isChecked()


def test_g_and_a_digit_opens_a_page_outside_text_fields(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.page_opened) as opened:
        press(K.Key_G, K.Key_4)

    assert opened.args == ["findings"]


def test_g_is_only_a_letter_inside_a_text_field(qtbot: QtBot, window: MainWindow) -> None:
    window.top.search.setFocus()
    type_text("g4")

    assert window.top.search.text() == "g4"
    assert isinstance(window.current_page, EnterprisesPage)


def test_pages_are_built_when_first_opened(window: MainWindow) -> None:
    assert set(window._pages) == {"enterprises"}


def test_a_page_not_built_yet_says_what_will_stand_there(qtbot: QtBot, window: MainWindow) -> None:
    page = window.open(Place("journal"))

    assert page.head().title == "日志日报"
    assert not page.grab().isNull()


@pytest.mark.parametrize("words", ["陆盛", "lusheng", "zjls", "91330499"])
def test_search_finds_an_enterprise_by_characters_pinyin_initials_and_code(
    qtbot: QtBot, window: MainWindow, enterprise: str, words: str
) -> None:
    QTest.keyClick(window, K.Key_K, CTRL)
    compose(words)
    qtbot.waitUntil(window.search.isVisible)
    settle(qtbot, window)
    found = [hit.place.target for hit in window.search.hits() if hit.place]

    assert enterprise in found


def test_enter_in_the_search_goes_there(qtbot: QtBot, window: MainWindow, enterprise: str) -> None:
    QTest.keyClick(window, K.Key_K, CTRL)
    type_text("zjls")
    qtbot.waitUntil(window.search.isVisible)
    press(K.Key_Return)
    settle(qtbot, window)
    page = window.current_page

    assert isinstance(page, EnterprisesPage)
    assert page.detail.enterprise_id == enterprise
    assert not window.search.isVisible()


def test_search_finds_pages_by_name(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, K.Key_K, CTRL)
    compose("手册")
    qtbot.waitUntil(window.search.isVisible)

    assert Place("handbook") in [hit.place for hit in window.search.hits()]


def test_f6_walks_through_the_panes(qtbot: QtBot, window: MainWindow) -> None:
    page = window.current_page
    assert isinstance(page, EnterprisesPage)
    page.table.setFocus()
    seen = set()
    for _ in range(6):
        QTest.keyClick(window, K.Key_F6)
        seen.add(type(QApplication.focusWidget()).__name__)

    assert {"SearchField", "RailButton"} <= seen


def test_the_rail_shows_icons_only_in_a_small_window(qtbot: QtBot, window: MainWindow) -> None:
    wide = window.rail.width()
    window.resize(1200, 700)
    qtbot.waitUntil(lambda: window.rail.narrow)

    assert window.rail.width() < wide
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: not window.rail.narrow)


def test_a_write_is_told_in_the_status_strip_and_counted_in_the_rail(
    qtbot: QtBot, window: MainWindow, workspace: Workspace
) -> None:
    before = window.rail.buttons["sync"].count
    with qtbot.waitSignal(window.records_changed):
        add_enterprise(workspace, "澄州木青服饰有限公司", None)
    qtbot.waitUntil(lambda: window.rail.buttons["sync"].count != before, timeout=5_000)

    assert any(words.startswith("已全部保存") for words in window.status.words)
    assert any("条待同步" in words for words in window.status.words)


def test_a_problem_nobody_took_is_shown_above_the_page(qtbot: QtBot, window: MainWindow) -> None:
    def refuse(_workspace: Workspace, _progress: Progress) -> None:
        raise UserProblem("enterprise_unknown", enterprise="x")

    window.bench.read(window, refuse)
    qtbot.waitUntil(window.strip.isVisible)

    assert "x" in window.strip.text


def test_undo_is_offered_once(qtbot: QtBot, window: MainWindow) -> None:
    undone: list[str] = []
    window.toast.offer("已移除", lambda: undone.append("back"))
    QTest.keyClick(window, K.Key_Z, CTRL)
    QTest.keyClick(window, K.Key_Z, CTRL)

    assert undone == ["back"]
    assert not window.toast.isVisible()


def test_the_window_closes_while_work_is_running(qtbot: QtBot, window: MainWindow) -> None:
    steps: list[int] = []
    ended: list[str] = []

    def count(_workspace: Workspace, progress: Progress) -> None:
        try:
            for step in range(100_000):
                progress.step(step, 0)
                steps.append(step)
                time.sleep(0.001)
        finally:
            ended.append("called off" if progress.cancelled else "to the end")

    window.bench.write(window, count)
    qtbot.waitUntil(lambda: bool(steps))
    window.close()

    assert not window.isVisible()
    assert ended == ["called off"]


def test_the_scheme_changes_while_the_window_stands(qtbot: QtBot, window: MainWindow) -> None:
    window.bench.look.choose("dark")
    settle(qtbot, window)

    assert window.bench.look.theme.scheme == "dark"
    assert isinstance(window.current_page, EnterprisesPage)
    window.bench.look.choose("light")
    settle(qtbot, window)
