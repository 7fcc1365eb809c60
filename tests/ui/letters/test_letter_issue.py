"""Letters issued: asked once, numbered, frozen, replaced; and what the foot says before."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.desk.letter_desk import LetterDraft, letter, letter_pdf, letters
from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import Result
from desktop.ui.issue_dialog import IssueDialog
from desktop.ui.letter_page import LetterPage
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.ui.desk_window import press, type_text
from tests.ui.letters.letter_acts import (
    Stored,
    busy,
    commit,
    lines,
    opened,
    paper,
    press_issue,
    replace,
    rest,
    visit_with,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups under the offscreen platform

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


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


# -- replacing -----------------------------------------------------------------------------------------------------


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
