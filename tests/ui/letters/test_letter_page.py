"""Letters as an officer writes them: listed, composed from what failed, edited by hand and by keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.documents.letter_pdf import draw_letter
from desktop.models.desk.letter_desk import draft_letter, issue_letter, letter, letters
from desktop.models.desk.visiting import AnswerEntry, record_answer
from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import Result
from desktop.ui.letter_page import LetterPage
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from tests.builders import add_enterprise
from tests.ui.desk_window import desk_window, press, type_text
from tests.ui.letters.letter_acts import Stored, lines, opened, paper, press_issue, replace, rest, visit_with

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups under the offscreen platform

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


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


# -- text from data ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["<b>x</b>", "=1+1", "a/b\\c: *?"])
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
