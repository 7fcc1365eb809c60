"""Letters as an officer makes them: composed from what failed, edited, issued, printed, replaced."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.documents.letter_pdf import draw_letter
from desktop.models.desk.letter_desk import (
    LetterDraft,
    draft_letter,
    issue_letter,
    letter,
    letter_pdf,
    letters,
    save_draft,
)
from desktop.models.desk.visiting import AnswerEntry, record_answer
from desktop.models.device.workspace import Workspace
from desktop.models.letter_content import LetterContent
from desktop.models.problems import EnvironmentProblem
from desktop.models.progress import Progress
from desktop.models.vocabulary import Result
from desktop.ui import letter_page, letter_printing, letter_work
from desktop.ui.issue_dialog import IssueDialog
from desktop.ui.job_runner import Lane
from desktop.ui.letter_page import LetterPage
from desktop.ui.letter_sheets import LetterSheets, page_sizes
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.ui.desk_window import desk_window, press, settle, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups under the offscreen platform

K = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MARKUP = "<b>x</b>"


@pytest.fixture
def visit(workspace: Workspace, enterprise: str) -> str:
    """A visit with two problems."""
    return visit_with(workspace, enterprise, "M06", "M14")


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, visit: str) -> Iterator[MainWindow]:
    with desk_window(qtbot, workspace) as shown:
        settle(qtbot, shown)
        yield shown


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, visit: str) -> LetterPage:
    """The draft of the visit's letter, open."""
    return opened(qtbot, window, Place("letters", visit, "compose"))


@pytest.fixture
def stored(qtbot: QtBot, window: MainWindow, workspace: Workspace, visit: str) -> Callable[[], LetterDraft]:
    """The visit's letter as it stands in the database once all that was typed is saved."""

    def read() -> LetterDraft:
        rest(qtbot, window)
        return letter(workspace, letters(workspace, visit)[0].id)

    return read


@pytest.fixture
def yes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every question whether to issue is answered with yes; one entry for each time it was asked."""
    asked: list[int] = []

    def agree(*_: object) -> bool:
        asked.append(1)
        return True

    monkeypatch.setattr(letter_page, "confirm_issue", agree)
    return asked


Stored = Callable[[], LetterDraft]


def visit_with(workspace: Workspace, enterprise: str, *failed: str) -> str:
    made = begin_visit(workspace, enterprise)
    answer_all(workspace, made)
    for measure in failed:
        record_answer(workspace, made, measure, AnswerEntry(Result.FAIL, note=f"{measure} 现场缺记录"))
    return made


def opened(qtbot: QtBot, window: MainWindow, place: Place) -> LetterPage:
    page = window.open(place)
    assert isinstance(page, LetterPage)
    rest(qtbot, window)
    return page


def rest(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until what was typed is saved and drawn."""
    page = window.current_page

    def still() -> bool:
        timers = isinstance(page, LetterPage) and (page._saving.isActive() or page.preview._timer.isActive())
        return not timers and not window.bench.jobs.busy

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
    for part in words.split("\n"):
        commit(field, part)


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
    found = page.list._lines
    return [(found[page.list.model.id_at(row)].enterprise, found[page.list.model.id_at(row)].state)
            for row in range(page.list.model.rowCount())]  # fmt: skip


# -- the list ------------------------------------------------------------------------------------------------------


def test_visits_that_want_a_letter_stand_first_then_drafts_then_issued_ones(
    qtbot: QtBot, window: MainWindow, workspace: Workspace
) -> None:
    for name, issue in (("澄州木青服饰有限公司", False), ("澄州穗丰食品有限公司", True)):
        draft = draft_letter(workspace, visit_with(workspace, add_enterprise(workspace, name, None), "M01"))
        if issue:
            issue_letter(workspace, draft.row.id, draw_letter)
    visit_with(workspace, add_enterprise(workspace, "没有问题的企业", None))
    page = opened(qtbot, window, Place("letters"))

    assert lines(page) == [
        ("浙江陆盛精密机械有限公司", "wanted"),
        ("澄州木青服饰有限公司", "draft"),
        ("澄州穗丰食品有限公司", "issued"),
    ]
    assert page.list._count.text() == "2 份待起草或签发"


def test_without_any_letter_the_list_says_what_will_stand_there(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Workspace.create(tmp_path_factory.mktemp("empty") / "workspace") as empty, desk_window(qtbot, empty) as window:
        page = opened(qtbot, window, Place("letters"))

        assert not page.list.table.isVisible()


def test_enter_composes_the_letter_of_a_visit_from_what_failed(
    qtbot: QtBot, window: MainWindow, stored: Stored
) -> None:
    page = opened(qtbot, window, Place("letters"))
    press(K.Key_Return)
    draft = stored()

    assert [item.measure for item in draft.content.items] == ["M06", "M14"]
    assert [block.fact.toPlainText() for block in page.editor.blocks] == ["M06现场缺记录", "M14现场缺记录"]
    assert [block.person.text() for block in page.editor.blocks] == ["顾言", "顾言"]
    assert all(block.advice.toPlainText() for block in page.editor.blocks)
    assert "M14现场缺记录" in paper(page.preview.pdf)


def test_escape_goes_back_to_the_same_line_of_the_list(qtbot: QtBot, window: MainWindow, workspace: Workspace) -> None:
    for name in ("甲有限公司", "乙有限公司"):
        draft_letter(workspace, visit_with(workspace, add_enterprise(workspace, name, None), "M01"))
    page = opened(qtbot, window, Place("letters"))
    press(K.Key_Down, K.Key_Return)
    rest(qtbot, window)
    assert page.head().crumb == "乙有限公司"
    press(K.Key_Escape)
    rest(qtbot, window)

    assert page.list.table.hasFocus()
    assert page.list.table.currentIndex().row() == 1


# -- editing -------------------------------------------------------------------------------------------------------


def test_an_edit_is_kept_in_the_database_and_drawn_on_the_pages(page: LetterPage, stored: Stored) -> None:
    replace(page.editor.blocks[1].fact, "试纸实测约150 mg/L。")
    replace(page.editor.opening.field, "改写的开头。")
    draft = stored()

    assert draft.content.items[1].fact == "试纸实测约150 mg/L。"
    assert draft.content.opening == "改写的开头。"
    assert page.footer.saved_words == "已保存"
    assert "改写的开头。" in paper(page.preview.pdf)
    assert "试纸实测约150mg/L（M14）。" in paper(page.preview.pdf)


def test_headings_owner_dates_layout_and_signers_are_kept_too(page: LetterPage, stored: Stored) -> None:
    block = page.editor.blocks[0]
    due, day = block.due.day, page.bar.day
    assert due is not None
    replace(block.heading, "预案缺项")
    replace(block.advice_heading, "补充预案")
    replace(block.person, "陆知秋")
    block.due.setFocus(Qt.FocusReason.TabFocusReason)
    press(K.Key_Up)
    replace(page.editor.signers.field, "服务员 陆知秋")
    page.bar.layout_choice.segment("correspondence").click()
    page.bar.date.setFocus(Qt.FocusReason.TabFocusReason)
    press(K.Key_Up, K.Key_Up)
    content = stored().content

    assert (content.items[0].heading, content.items[0].advice_heading) == ("预案缺项", "补充预案")
    assert (content.deadlines[0].problem, content.deadlines[0].person) == ("预案缺项", "陆知秋")
    assert content.deadlines[0].due_on == due + timedelta(days=1)
    assert content.issued_on == day + timedelta(days=2)
    assert content.layout == "correspondence"
    assert [(signer.post, signer.name) for signer in content.signers] == [("服务员", "陆知秋")]
    assert "服务员（签名）" in paper(page.preview.pdf)


def test_a_name_alone_signs_as_the_health_instructor(page: LetterPage, stored: Stored) -> None:
    replace(page.editor.signers.field, "周砚秋")
    signers = stored().content.signers

    assert [(signer.post, signer.name) for signer in signers] == [("健康指导员", "周砚秋")]


def test_every_line_of_a_text_can_be_seen_and_its_characters_are_counted(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage
) -> None:
    field = page.editor.blocks[0].advice
    replace(field, "字" * 130)
    for width in (1366, 1920, 1180):
        window.resize(width, 768)
        rest(qtbot, window)
        qtbot.waitUntil(lambda: field._lines() * field.fontMetrics().lineSpacing() <= field.viewport().height())
        assert field.verticalScrollBar().maximum() == 0, f"a line is hidden at {width}"
    replace(page.editor.blocks[0].fact, "长" * 300)
    rest(qtbot, window)
    press(K.Key_Escape, K.Key_Escape)
    opened(qtbot, window, Place("letters", letters(workspace)[0].id))
    for each in (page.editor.opening.field, page.editor.blocks[0].fact, page.editor.blocks[0].advice):
        line = each.fontMetrics().lineSpacing()
        qtbot.waitUntil(lambda: 0 <= each.viewport().height() - each._lines() * line < line)  # noqa: B023
    counters = [label.text() for label in page.editor.findChildren(QLabel)]
    assert "130/200 字" in counters


def test_the_wheel_scrolls_the_page_and_changes_no_date(page: LetterPage, stored: Stored) -> None:
    field = page.editor.blocks[0].due
    before = field.day
    field.setFocus()
    turn = QWheelEvent(
        QPointF(5, 5), field.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, turn)

    assert field.day == before
    assert stored().content.deadlines[0].due_on == before


def test_a_deadline_is_taken_away_by_delete_and_begins_again_near_the_letters_date(
    page: LetterPage, stored: Stored
) -> None:
    field = page.editor.blocks[0].due
    field.setFocus(Qt.FocusReason.TabFocusReason)
    press(K.Key_Delete)
    assert stored().content.deadlines[0].due_on is None
    assert "缺期限" in page.footer.checks.texts
    press(K.Key_Up)
    assert stored().content.deadlines[0].due_on == page.bar.day


def test_the_tabulator_walks_through_the_letter_from_top_to_bottom(page: LetterPage) -> None:
    editor = page.editor
    first, second = editor.blocks
    wanted = [
        editor.situation.field,
        *first.fields,
        *second.fields,
        editor.contacts.field,
        editor.signers.field,
    ]
    editor.opening.field.setFocus()
    walked = []
    for _ in wanted:
        press(K.Key_Tab)
        walked.append(QApplication.focusWidget())

    assert walked == wanted


def test_what_the_visit_says_now_is_taken_over_on_request(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage, visit: str, stored: Stored
) -> None:
    assert not page.editor.opening.renew.isVisible()
    window.open(Place("enterprises"))
    record_answer(workspace, visit, "M09", AnswerEntry(Result.FAIL, note="后来才发现"))
    opened(qtbot, window, Place("letters"))
    assert "不符合2项" in page.editor.opening.text, "the officer's words are not changed behind the back"
    assert page.editor.left_out == ["M09"]
    page.editor.opening.renew.click()
    page.editor.add_button.click()
    content = stored().content

    assert "不符合3项" in content.opening
    assert not page.editor.opening.renew.isVisible()
    assert [item.measure for item in content.items] == ["M06", "M09", "M14"]


# -- leaving out ---------------------------------------------------------------------------------------------------


def test_a_measure_left_out_comes_back_with_its_edits_by_ctrl_z(
    window: MainWindow, page: LetterPage, stored: Stored
) -> None:
    replace(page.editor.blocks[0].fact, "改过的事实。")
    page.editor.blocks[0].drop.click()
    assert [item.measure for item in stored().content.items] == ["M14"]
    assert "改过的事实" not in paper(page.preview.pdf)
    assert "M06" in window.toast.text
    press(K.Key_Z, modifier=CTRL)
    content = stored().content

    assert [item.measure for item in content.items] == ["M06", "M14"]
    assert content.items[0].fact == "改过的事实。"
    assert len(content.deadlines) == 2
    assert "改过的事实" in paper(page.preview.pdf)


def test_measures_left_out_are_offered_above_the_list(page: LetterPage, stored: Stored) -> None:
    for _ in range(2):
        page.editor.blocks[0].drop.click()
    assert stored().content.items == ()
    page.editor.add_button.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    menu.close()

    assert [item.measure for item in stored().content.items] == ["M14"]


def test_undo_after_opening_another_letter_goes_back_to_the_first(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage, stored: Stored
) -> None:
    other = draft_letter(workspace, visit_with(workspace, add_enterprise(workspace, "另一企业", None), "M01"))
    page.editor.blocks[0].drop.click()
    opened(qtbot, window, Place("letters", other.row.id))
    press(K.Key_Z, modifier=CTRL)
    rest(qtbot, window)

    assert [item.measure for item in letter(workspace, other.row.id).content.items] == ["M01"]
    assert [item.measure for item in stored().content.items] == ["M06", "M14"]


# -- nothing is lost -----------------------------------------------------------------------------------------------


def last_opening(workspace: Workspace, visit: str) -> str:
    with Workspace.open_to_read(workspace.folder) as again:
        return letter(again, letters(again, visit)[0].id).content.opening


def test_closing_the_window_in_the_middle_of_typing_keeps_the_text(
    window: MainWindow, page: LetterPage, workspace: Workspace, visit: str
) -> None:
    replace(page.editor.opening.field, "写到一半")
    window.close()

    assert last_opening(workspace, visit) == "写到一半"


def test_closing_the_window_while_a_long_import_runs_keeps_the_text(
    window: MainWindow, page: LetterPage, workspace: Workspace, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(progress: object) -> None:
        while True:
            threading.Event().wait(0.01)
            progress.step(0, 0)  # type: ignore[attr-defined]

    monkeypatch.setattr(type(page.writes).settle, "__defaults__", (0.2,))
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


# -- issuing -------------------------------------------------------------------------------------------------------


def test_issuing_asks_once_numbers_freezes_and_keeps_the_bytes(
    workspace: Workspace, page: LetterPage, stored: Stored, yes: list[int], window: MainWindow
) -> None:
    replace(page.editor.blocks[0].fact, "签发前最后一句。")
    press(K.Key_Return, modifier=CTRL)
    row = stored().row

    assert yes == [1]
    assert (row.state, row.number) == ("issued", f"健指〔2020〕{workspace.device.code}-1号")
    assert page.preview.pdf == letter_pdf(workspace, row.id)
    assert hashlib.sha256(page.preview.pdf).hexdigest() == row.sha256
    assert "签发前最后一句" in paper(page.preview.pdf)
    assert f"{row.number}" in page.bar.number.text()
    assert f"{row.number}" in window.toast.text
    assert f"{row.sha256}"[:8] in " ".join(page.footer.checks.texts)


def test_an_issued_letter_takes_no_edit(page: LetterPage, stored: Stored, yes: list[int]) -> None:
    press(K.Key_Return, modifier=CTRL)
    before = stored().content
    editor = page.editor
    for field in (editor.opening.field, editor.blocks[0].fact, editor.blocks[0].heading, editor.contacts.field):
        field.setFocus()
        type_text("x")
    press(K.Key_Return, modifier=CTRL)

    assert stored().content == before
    assert yes == [1]
    assert "x" not in editor.opening.text
    assert not any(block.drop.isVisible() or block.person.isVisible() for block in editor.blocks)
    assert not page.bar.date.isVisible()
    assert not page.footer.issue_button.isVisible()


def test_the_question_says_what_is_missing_and_no_leaves_the_draft(page: LetterPage, stored: Stored) -> None:
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, IssueDialog)
        seen.extend(label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text"))
        QTest.keyClick(dialog, K.Key_Escape)

    QTimer.singleShot(0, look)
    press(K.Key_Return, modifier=CTRL)

    assert "缺签名人" in " ".join(seen)
    assert stored().row.state == "draft"
    assert not page.editor.opening.field.isReadOnly()
    assert page.editor.isEnabled()


def test_enter_in_the_question_issues(page: LetterPage, stored: Stored) -> None:
    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, IssueDialog)
        QTest.keyClick(dialog, K.Key_Return)

    QTimer.singleShot(0, agree)
    page.footer.issue_button.click()

    assert stored().row.state == "issued"


def test_issuing_again_while_the_database_is_busy_asks_no_second_time_and_locks_the_fields(
    qtbot: QtBot, window: MainWindow, page: LetterPage, stored: Stored, yes: list[int]
) -> None:
    with busy(window):
        press(K.Key_Return, modifier=CTRL)
        press(K.Key_Return, modifier=CTRL)
        page.issue()
        assert not page.footer.issue_button.isEnabled()
        assert not page.editor.opening.field.isEnabled()
    row = stored().row

    assert yes == [1]
    assert row.state == "issued"
    assert not window.strip.isVisible()
    assert page.editor.isEnabled()


def test_going_to_the_list_while_it_is_issued_does_not_pull_the_person_back(
    qtbot: QtBot, window: MainWindow, page: LetterPage, stored: Stored, yes: list[int]
) -> None:
    with busy(window):
        press(K.Key_Return, modifier=CTRL)
        press(K.Key_Escape)
    row = stored().row

    assert page.list.isVisible()
    assert lines(page) == [("浙江陆盛精密机械有限公司", "issued")]
    assert f"{row.number}" in window.toast.text


def test_what_may_not_be_issued_is_said_before_asking_and_its_field_is_shown(
    window: MainWindow, page: LetterPage, stored: Stored, yes: list[int]
) -> None:
    replace(page.editor.blocks[1].advice, "")
    press(K.Key_Return, modifier=CTRL)

    assert yes == []
    assert stored().row.state == "draft"
    assert "建议" in window.strip.text
    assert QApplication.focusWidget() is page.editor.blocks[1].advice
    replace(page.editor.blocks[1].advice, "责令整改")
    press(K.Key_Return, modifier=CTRL)
    assert yes == []
    assert "责令" in window.strip.text


def test_a_letter_that_cannot_be_written_stays_a_draft_and_can_be_edited(
    window: MainWindow, page: LetterPage, workspace: Workspace, stored: Stored, yes: list[int]
) -> None:
    folder = workspace.folder / "letters"
    folder.rmdir()
    folder.write_bytes(b"a file stands where the folder should be")
    press(K.Key_Return, modifier=CTRL)

    assert stored().row.state == "draft"
    assert window.strip.isVisible()
    assert page.editor.isEnabled()
    folder.unlink()
    press_issue(page)
    assert stored().row.number == f"健指〔2020〕{workspace.device.code}-1号"


def press_issue(page: LetterPage) -> None:
    page.footer.issue_button.click()


# -- replacing -----------------------------------------------------------------------------------------------------


@pytest.fixture
def issued(qtbot: QtBot, window: MainWindow, page: LetterPage, stored: Stored, yes: list[int]) -> LetterDraft:
    replace(page.editor.contacts.field, "疾控中心，电话0999-0001208。")
    press_issue(page)
    return stored()


def test_a_replacement_is_a_new_letter_that_names_the_old_one(
    workspace: Workspace, page: LetterPage, issued: LetterDraft, stored: Stored
) -> None:
    page.bar.reissue_button.click()
    press(K.Key_Return)
    assert page.reissue.isVisible(), "without a reason nothing begins"
    commit(page.reissue.reason, "责任人姓名有误")
    press(K.Key_Return)
    draft = stored()
    assert draft.row.id != issued.row.id
    assert draft.content.supersedes == issued.row.number
    assert draft.content.contacts == issued.content.contacts
    assert f"{issued.row.number}" in page.bar.number.text()
    replace(page.editor.blocks[0].person, "陆知秋")
    press_issue(page)
    new = stored()

    assert f"本建议书替代{issued.row.number}。" in paper(page.preview.pdf)
    assert new.row.number == f"健指〔{new.content.issued_on.year}〕{workspace.device.code}-" + (
        "2号" if new.content.issued_on.year == 2020 else "1号"
    )
    old = letter(workspace, issued.row.id).row
    assert (old.state, old.reason, old.sha256) == ("void", "责任人姓名有误", issued.row.sha256)
    assert letter_pdf(workspace, issued.row.id) != page.preview.pdf


def test_a_replacement_begun_twice_is_the_same_draft(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage, issued: LetterDraft, visit: str
) -> None:
    for _ in range(2):
        opened(qtbot, window, Place("letters", issued.row.id))
        page.bar.reissue_button.click()
        commit(page.reissue.reason, "日期有误")
        press(K.Key_Return)
        rest(qtbot, window)

    assert [row.state for row in letters(workspace, visit)] == ["draft", "issued"]


def test_escape_closes_the_question_why_and_leaves_the_letter_open(page: LetterPage, issued: LetterDraft) -> None:
    page.bar.reissue_button.click()
    press(K.Key_Escape)

    assert not page.reissue.isVisible()
    assert page.pane.isVisible()


def test_a_void_letter_says_so_with_its_reason(
    qtbot: QtBot, window: MainWindow, page: LetterPage, issued: LetterDraft
) -> None:
    page.bar.reissue_button.click()
    commit(page.reissue.reason, "企业更名")
    press(K.Key_Return)
    rest(qtbot, window)
    press_issue(page)
    rest(qtbot, window)
    opened(qtbot, window, Place("letters", issued.row.id))

    assert page.bar.state.text == "作废"
    assert "企业更名" in " ".join(page.footer.checks.texts)
    assert not page.bar.reissue_button.isVisible()


# -- paper ---------------------------------------------------------------------------------------------------------


def test_ctrl_s_saves_the_very_bytes_of_an_issued_letter(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage, issued: LetterDraft, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    proposed: list[str] = []
    target = tmp_path / "建议书 1.2.pdf"

    def redrawn(_content: LetterContent) -> None:
        raise AssertionError("the frozen bytes are the letter; it is not drawn again")

    monkeypatch.setattr("desktop.documents.letter_pdf.draw_letter", redrawn)
    press(K.Key_Escape)
    opened(qtbot, window, Place("letters", issued.row.id))

    def choose(_parent: QWidget, _title: str, name: str) -> Path:
        proposed.append(name)
        return target

    monkeypatch.setattr(letter_printing, "choose_file", choose)
    press(K.Key_S, modifier=CTRL)
    rest(qtbot, window)

    assert target.read_bytes() == letter_pdf(workspace, issued.row.id)
    assert proposed == [issued.row.number]
    assert "建议书 1.2.pdf" in window.toast.text


def test_a_draft_is_saved_as_it_stands_in_the_fields_not_as_it_was_drawn_before(
    qtbot: QtBot, window: MainWindow, page: LetterPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_printing, "choose_file", lambda *_: tmp_path / "a.pdf")
    replace(page.editor.opening.field, "刚刚改写的开头。")
    press(K.Key_S, modifier=CTRL)
    rest(qtbot, window)

    assert "刚刚改写的开头。" in paper((tmp_path / "a.pdf").read_bytes())


def test_a_file_that_cannot_be_written_is_said_in_words(
    qtbot: QtBot, window: MainWindow, page: LetterPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_printing, "choose_file", lambda *_: tmp_path / "nowhere" / "a.pdf")
    press(K.Key_S, modifier=CTRL)
    rest(qtbot, window)

    assert "a.pdf" in window.strip.text


def test_neither_file_nor_printer_chosen_changes_nothing(
    qtbot: QtBot, window: MainWindow, page: LetterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(letter_printing, "choose_file", lambda *_: asked.append("file"))
    monkeypatch.setattr(letter_printing, "choose_printer", lambda *_: asked.append("printer"))
    press(K.Key_S, K.Key_P, modifier=CTRL)
    rest(qtbot, window)

    assert asked == ["file", "printer"]
    assert not window.toast.isVisible()
    assert not window.strip.isVisible()


def test_the_file_dialog_proposes_a_name_every_system_takes(window: MainWindow, tmp_path: Path) -> None:
    def accept() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.setDirectory(str(tmp_path))
        dialog.accept()

    QTimer.singleShot(0, accept)

    assert letter_printing.choose_file(window, "存为 PDF", "a/b: <b>x</b>?") == tmp_path / "a_b_ _b_x__b__.pdf"


def test_ctrl_p_prints_the_pages_of_the_letter(
    qtbot: QtBot, window: MainWindow, page: LetterPage, issued: LetterDraft, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked: list[tuple[str, int]] = []
    target = tmp_path / "printed.pdf"

    def choose(_parent: QWidget, title: str, copies: int) -> QPrinter:
        asked.append((title, copies))
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setResolution(72)
        printer.setOutputFileName(str(target))
        return printer

    monkeypatch.setattr(letter_printing, "choose_printer", choose)
    press(K.Key_P, modifier=CTRL)
    rest(qtbot, window)

    assert asked == [(issued.row.number, 2)]
    assert len(page_sizes(target.read_bytes())) == issued.row.pages
    assert window.toast.isVisible()


def test_only_the_pages_asked_for_are_printed(page: LetterPage, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(tmp_path / "one.pdf"))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    assert page.preview.pages > 1
    letter_printing.print_pages(Progress(), content=page.pane.content(), pdf=page.preview.pdf, printer=printer)

    assert len(page_sizes((tmp_path / "one.pdf").read_bytes())) == 1


# -- pages beside the blocks ---------------------------------------------------------------------------------------


def test_the_pages_shown_are_those_of_the_letter_that_is_open(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage
) -> None:
    other = draft_letter(workspace, visit_with(workspace, add_enterprise(workspace, "另一企业", None), "M01"))
    for _ in range(3):
        window.open(Place("letters", other.row.id))
        qtbot.waitUntil(lambda: page.head().crumb == "另一企业")
        assert "浙江陆盛" not in paper(page.preview.pdf)
        rest(qtbot, window)
        qtbot.waitUntil(lambda: page.preview.view.settled)
        alone = LetterSheets(window.bench)
        qtbot.addWidget(alone)
        alone.resize(page.preview.view.size())
        alone.show()
        alone.show_pages(page.preview.pdf, page_sizes(page.preview.pdf))
        qtbot.waitUntil(lambda: alone.settled)  # noqa: B023
        rest(qtbot, window)
        assert page.preview.view.viewport().grab().toImage() == alone.viewport().grab().toImage()
        alone.close()
        opened(qtbot, window, Place("letters", letters(workspace)[-1].id))


def test_a_rendering_that_arrives_late_for_another_letter_is_thrown_away(
    qtbot: QtBot, window: MainWindow, page: LetterPage
) -> None:
    view = page.preview.view
    qtbot.waitUntil(lambda: view.settled)
    asked, image = view._wanted(0), view._images[0]
    view.clear()
    view._arrived(0, asked, image)
    assert view._images == {}


def test_zoom_and_the_page_in_front_are_said(qtbot: QtBot, window: MainWindow, page: LetterPage) -> None:
    preview = page.preview
    before = preview.view.zoom
    preview.zoom_in()
    assert preview.view.zoom == pytest.approx(before * 1.25)
    assert f"{preview.view.zoom:.0%}" == preview._zoom.text()
    for _ in range(12):
        preview.zoom_in()
    assert preview.view.zoom == 3
    for _ in range(24):
        preview.zoom_out()
    assert preview.view.zoom == 0.25
    preview.view.zoom_by(4)
    assert "1 / " in preview._words.text()
    preview.view.setFocus()
    press(K.Key_PageDown, K.Key_PageDown, K.Key_PageDown)
    assert f"{preview.pages} / {preview.pages}" in preview._words.text()
    rest(qtbot, window)
    qtbot.waitUntil(lambda: preview.view.settled)


def test_a_character_no_font_has_is_named_and_the_letter_before_is_not_offered_instead(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, page: LetterPage, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = draft_letter(workspace, visit_with(workspace, add_enterprise(workspace, "另一企业", None), "M01"))
    content = draft_letter(workspace, other.row.visit_id).content
    save_draft(workspace, other.row.id, msgspec.structs.replace(content, opening="表情\U0001f600"))
    opened(qtbot, window, Place("letters", other.row.id))

    assert "\U0001f600" in window.strip.text
    assert page.preview.pdf == b""
    monkeypatch.setattr(letter_printing, "choose_file", lambda *_: tmp_path / "a.pdf")
    press(K.Key_S, modifier=CTRL)
    rest(qtbot, window)
    assert not (tmp_path / "a.pdf").exists()


def test_f4_hides_and_shows_the_pages_and_a_small_window_hides_them(
    qtbot: QtBot, window: MainWindow, page: LetterPage
) -> None:
    assert page.preview.isVisible()
    window.resize(1180, 700)
    qtbot.waitUntil(lambda: not page.preview.isVisible())
    press(K.Key_F4)
    assert page.preview.isVisible()
    window.resize(1366, 768)
    press(K.Key_F4)
    assert not page.preview.isVisible()


# -- the foot ------------------------------------------------------------------------------------------------------


def test_the_foot_names_what_is_missing_and_falls_silent_when_it_is_mended(
    qtbot: QtBot, window: MainWindow, page: LetterPage, stored: Stored
) -> None:
    replace(page.editor.blocks[0].person, "")
    replace(page.editor.blocks[0].fact, "")
    stored()
    assert page.footer.checks.failing == ["有问题未填", "缺责任人", "缺联系人", "缺签名人"]
    checks = page.footer.checks
    for width in (1366, 1240):
        window.resize(width, 768)
        rest(qtbot, window)
        *shown, rest_of_them = checks.texts
        assert shown[1:] == checks.failing[: len(shown) - 1], "as many as fit, worst first"
        assert rest_of_them == f"另有 {5 - len(shown)} 项"
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: checks.texts[1:] == ["有问题未填", "缺责任人", "缺联系人", "另有 1 项"])
    replace(page.editor.blocks[0].person, "顾言")
    replace(page.editor.blocks[0].fact, "台账缺签名。")
    replace(page.editor.contacts.field, "疾控中心，电话0999-0001208。")
    replace(page.editor.signers.field, "周砚秋")
    stored()

    assert page.footer.checks.failing == []
    assert page.footer.checks.texts[-1] == "可以签发"


def test_a_visit_without_a_problem_gives_a_letter_that_says_so(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, yes: list[int]
) -> None:
    clean = visit_with(workspace, add_enterprise(workspace, "没有问题的企业", None))
    page = opened(qtbot, window, Place("letters", clean, "compose"))
    assert page.editor.blocks == []
    assert page.footer.checks.failing[0] == "没有列出问题"
    press_issue(page)
    rest(qtbot, window)

    assert letters(workspace, clean)[0].state == "issued"
    assert "本次未发现需要整改的问题" in paper(page.preview.pdf)


def test_a_visit_where_all_failed_gives_a_letter_with_every_measure(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, yes: list[int]
) -> None:
    worst = begin_visit(workspace, add_enterprise(workspace, "全部不符合的企业", None))
    answer_all(workspace, worst, Result.FAIL)
    page = opened(qtbot, window, Place("letters", worst, "compose"))
    assert len(page.editor.blocks) == 23
    page.editor.blocks[11].drop.click()
    press(K.Key_Z, modifier=CTRL)
    rest(qtbot, window)
    assert [block.item.measure for block in page.editor.blocks] == [f"M{n:02}" for n in range(1, 24)]
    press_issue(page)
    rest(qtbot, window)

    written = paper(page.preview.pdf)
    assert all(f"（M{n:02}）" in written for n in range(1, 24))


def test_a_very_long_text_is_kept_whole_marked_and_printed(page: LetterPage, stored: Stored) -> None:
    long = "台账缺用量和签名。" * 400
    replace(page.editor.blocks[0].fact, long)
    draft = stored()

    assert draft.content.items[0].fact == long
    assert page.editor.blocks[0].fact.height() < 400, "it scrolls inside its field"
    assert "问题过长" in page.footer.checks.failing
    assert long[:-1] in paper(page.preview.pdf)


def test_line_breaks_in_a_text_are_kept_and_printed_as_one_paragraph(page: LetterPage, stored: Stored) -> None:
    field = page.editor.blocks[0].fact
    replace(field, "第一行")
    press(K.Key_Return)
    commit(field, "第二行")

    assert stored().content.items[0].fact == "第一行\n第二行"
    assert "第一行第二行" in paper(page.preview.pdf)


# -- text from data ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [MARKUP, "=1+1", "a/b\\c: *?"])
def test_names_from_data_are_characters_everywhere(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, yes: list[int], name: str
) -> None:
    made = visit_with(workspace, add_enterprise(workspace, name, None), "M14")
    page = opened(qtbot, window, Place("letters"))
    assert (name, "wanted") in lines(page)
    opened(qtbot, window, Place("letters", made, "compose"))
    assert page.head().crumb == name
    replace(page.editor.blocks[0].fact, name)
    replace(page.editor.blocks[0].person, name)
    press_issue(page)
    rest(qtbot, window)

    written = paper(page.preview.pdf)
    seen = "".join(name.split())
    assert f"关于{seen}复工复产疫情防控工作的专业建议书" in written
    assert f"{seen}（M14）" in written
    assert page.editor.blocks[0].fact.toPlainText() == name
    row = letters(workspace, made)[0]
    with workspace.read() as session:
        titles = list(session.scalars(text("SELECT title FROM attachments WHERE owner_id = :id"), {"id": row.id}))
    assert titles == [row.number]


# -- keys ----------------------------------------------------------------------------------------------------------


def test_escape_leaves_a_field_first_and_the_letter_then(page: LetterPage) -> None:
    block = page.editor.blocks[0]
    for field in (page.editor.opening.field, block.fact, block.heading, block.person, block.due, page.bar.date):
        field.setFocus()
        press(K.Key_Escape)
        assert page.pane.isVisible()
        assert QApplication.focusWidget() is page.editor, f"{field} keeps the focus"
    press(K.Key_Escape)
    assert page.list.isVisible()


def test_letters_and_digits_typed_in_a_block_are_text(page: LetterPage, stored: Stored) -> None:
    replace(page.editor.opening.field, "")
    type_text("j1 v/n")

    assert stored().content.opening == "j1 v/n"
