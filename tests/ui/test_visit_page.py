"""A visit as an officer makes it: by keys, on a real workspace, saved as it happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.models.desk.answer_drafts import entered
from desktop.models.desk.visit_sheet import VisitSheet, visit_sheet
from desktop.models.desk.visiting import AnswerEntry, complete_visit, record_answer, start_visit
from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import Result, VisitKind, VisitState
from desktop.ui.day_field import DayField
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from desktop.ui.visit_page import VisitPage
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.ui.desk_window import desk_window, press, settle, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups under the offscreen platform

K = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def visit(workspace: Workspace, enterprise: str) -> str:
    return begin_visit(workspace, enterprise)


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace) -> Iterator[MainWindow]:
    with desk_window(qtbot, workspace) as shown:
        yield shown


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, visit: str) -> VisitPage:
    return opened(qtbot, window, visit)


@pytest.fixture
def stored(qtbot: QtBot, window: MainWindow, workspace: Workspace, visit: str) -> Callable[[], VisitSheet]:
    """What stands in the database once everything asked for is done."""

    def read() -> VisitSheet:
        settle(qtbot, window)
        return visit_sheet(workspace, visit)

    return read


Stored = Callable[[], VisitSheet]


def opened(qtbot: QtBot, window: MainWindow, visit: str, measure: str | None = None) -> VisitPage:
    page = window.open(Place("visits", visit, measure))
    assert isinstance(page, VisitPage)
    qtbot.waitUntil(lambda: page.keeper.sheet is not None and page.list.current != "")
    settle(qtbot, window)
    return page


def pick(page: VisitPage, choice: int) -> None:
    """Take an entry of the menu that is open; the window gets the focus back, as it does under a real desktop."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[choice].trigger()
    menu.close()
    page.window().activateWindow()
    QApplication.processEvents()


# -- answering -----------------------------------------------------------------------------------------------------


def test_a_visit_opens_at_the_first_unchecked_measure(qtbot: QtBot, window: MainWindow, workspace: Workspace,
                                                      visit: str) -> None:  # fmt: skip
    record_answer(workspace, visit, "M01", AnswerEntry(Result.PASS))
    assert opened(qtbot, window, visit).list.current == "M02"


def test_digits_answer_and_letters_move(page: VisitPage, stored: Stored) -> None:
    press(K.Key_1, K.Key_J, K.Key_2, K.Key_J, K.Key_3, K.Key_K)
    assert page.list.current == "M02"
    assert stored().results() == {"M01": "pass", "M02": "partial", "M03": "fail"}


def test_saved_is_said_only_after_the_commit(qtbot: QtBot, page: VisitPage, stored: Stored) -> None:
    press(K.Key_1)
    assert "已保存" not in page.footer.words.text
    assert page.list._results == {}
    stored()
    assert page.footer.words.text.startswith("已保存")
    assert page.list._results == {"M01": "pass"}


def test_next_unchecked_passes_over_what_is_answered_and_goes_round(page: VisitPage, stored: Stored) -> None:
    press(K.Key_J, K.Key_J, K.Key_1, K.Key_K, K.Key_1, K.Key_U)
    assert page.list.current == "M04"
    page.list.go_to("M23")
    press(K.Key_1, K.Key_U)
    assert page.list.current == "M01"
    assert stored().results() == {"M02": "pass", "M03": "pass", "M23": "pass"}


def test_a_compulsory_measure_shows_not_applicable_locked_with_its_reason(page: VisitPage, stored: Stored) -> None:
    page.list.go_to("M14")
    button = page.form.answers.buttons[Result.NA]
    assert not button.isEnabled()
    assert button.lock_reason == "本项必查"
    press(K.Key_4)
    assert stored().results() == {}


def test_not_applicable_asks_for_its_reason_first(page: VisitPage, stored: Stored) -> None:
    page.list.go_to("M17")
    press(K.Key_4)
    assert stored().results() == {}
    pick(page, 1)
    answer = stored().answers["M17"]
    assert answer.result == "na"
    assert answer.note
    assert page.form.note.toPlainText() == answer.note


def test_not_applicable_for_a_reason_of_ones_own_waits_for_the_note(page: VisitPage, stored: Stored) -> None:
    page.list.go_to("M17")
    press(K.Key_4)
    pick(page, -1)
    assert stored().results() == {}
    page.form.note.setFocus()
    type_text("own reason")
    press(K.Key_Escape)
    assert stored().answers["M17"].note == "own reason"
    assert page.form.answers.current is Result.NA


def test_taking_away_the_reason_is_refused_in_words(page: VisitPage, window: MainWindow, stored: Stored) -> None:
    page.list.go_to("M17")
    press(K.Key_4)
    pick(page, 1)
    before = stored().answers["M17"].note
    press(K.Key_N)
    press(K.Key_A, modifier=CTRL)
    press(K.Key_Delete, K.Key_Escape)
    assert stored().answers["M17"].note == before
    assert "理由" in window.strip.text


def test_shift_and_a_digit_turn_a_check_point(page: VisitPage, stored: Stored) -> None:
    press(K.Key_1)
    press(K.Key_1, K.Key_2, K.Key_2, modifier=SHIFT)
    assert stored().answers["M01"].points == {"1": True, "2": False}
    press(K.Key_Exclam, K.Key_Exclam, modifier=SHIFT)  # what the key sends on a keyboard of the United States
    assert stored().answers["M01"].points == {"2": False}


def test_a_failed_measure_shows_the_finding_and_the_sentences_it_creates(page: VisitPage, stored: Stored) -> None:
    page.list.go_to("M14")
    press(K.Key_3)
    finding = stored().findings["M14"]
    assert page.side.terms.isVisible()
    assert page.side.sentences.advice_words.text == finding.advice
    assert page.side.terms.responsible.text() == "顾言"
    press(K.Key_1)
    assert stored().findings == {}
    assert not page.side.terms.isVisible()


# -- writing -------------------------------------------------------------------------------------------------------


def test_letters_and_digits_are_text_while_the_note_has_the_focus(page: VisitPage, stored: Stored) -> None:
    press(K.Key_1, K.Key_N)
    type_text("3 jars, kept cool; u1")
    press(K.Key_Escape)
    assert page.list.current == "M01"
    answer = stored().answers["M01"]
    assert (answer.result, answer.note) == ("pass", "3 jars, kept cool; u1")
    assert QApplication.focusWidget() is page.list.tree


def test_chinese_from_an_input_method_is_saved_and_composing_saves_nothing(page: VisitPage, stored: Stored) -> None:
    press(K.Key_1, K.Key_N)
    note = page.form.note
    QApplication.sendEvent(note, QInputMethodEvent("xiaodu", []))
    stored()
    assert stored().answers["M01"].note is None
    committed = QInputMethodEvent()
    committed.setCommitString("消毒台账缺签名。")
    QApplication.sendEvent(note, committed)
    press(K.Key_Escape)
    assert stored().answers["M01"].note == "消毒台账缺签名。"


def test_a_note_is_saved_while_it_is_typed(qtbot: QtBot, page: VisitPage, workspace: Workspace, visit: str) -> None:
    press(K.Key_1, K.Key_N)
    type_text("abc")

    def note() -> str | None:
        answer = visit_sheet(workspace, visit).answers.get("M01")
        return answer.note if answer else None

    qtbot.waitUntil(lambda: note() == "abc", timeout=2000)


def test_moving_on_keeps_the_note(page: VisitPage, stored: Stored) -> None:
    press(K.Key_1, K.Key_N)
    type_text("half a sent")
    page.list.go_to("M05")
    assert stored().answers["M01"].note == "half a sent"
    assert page.form.note.toPlainText() == ""


def test_another_page_keeps_the_note(window: MainWindow, page: VisitPage, stored: Stored) -> None:
    press(K.Key_1, K.Key_N)
    type_text("half a sent")
    window.open(Place("enterprises"))
    assert stored().answers["M01"].note == "half a sent"


def test_coming_back_to_an_open_visit_by_keys_shows_its_head(qtbot: QtBot, window: MainWindow, page: VisitPage) -> None:
    head = page.head().title
    QTest.keyClick(window, K.Key_0, CTRL)
    settle(qtbot, window)
    assert window.top._title.text() != head
    QTest.keyClick(window, K.Key_3, CTRL)
    assert window.top._title.text() == head


def test_closing_the_window_at_once_keeps_the_note(window: MainWindow, page: VisitPage, workspace: Workspace,
                                                   visit: str) -> None:  # fmt: skip
    press(K.Key_1, K.Key_N)
    type_text("last words")
    window.close()
    with Workspace.open_to_read(workspace.folder) as again:
        assert visit_sheet(again, visit).answers["M01"].note == "last words"


def test_a_note_before_any_answer_is_kept_and_comes_back(qtbot: QtBot, window: MainWindow, page: VisitPage,
                                                         workspace: Workspace, stored: Stored) -> None:  # fmt: skip
    press(K.Key_N)
    type_text("seen at the gate")
    press(K.Key_Escape)
    sheet = stored()
    assert sheet.answers == {}
    assert entered(workspace, sheet)["M01"].note == "seen at the gate"
    page.keeper.close()
    again = opened(qtbot, window, sheet.id, "M01")
    assert again.form.note.toPlainText() == "seen at the gate"
    press(K.Key_2)
    assert stored().answers["M01"].note == "seen at the gate"


def test_a_slash_at_the_start_of_a_word_offers_the_phrases(page: VisitPage, stored: Stored) -> None:
    page.list.go_to("M14")
    press(K.Key_3, K.Key_Slash)
    pick(page, 1)
    assert page.form.note.toPlainText() == "消毒台账缺用量和签名。"
    assert stored().answers["M14"].note == "消毒台账缺用量和签名。"


def test_a_slash_inside_a_word_is_a_slash(page: VisitPage) -> None:
    page.list.go_to("M14")
    press(K.Key_N)
    type_text("150 mg/L")
    assert page.form.note.toPlainText() == "150 mg/L"
    assert QApplication.activePopupWidget() is None


# -- values --------------------------------------------------------------------------------------------------------


def test_a_value_out_of_range_is_marked_in_words_and_saved(page: VisitPage, stored: Stored) -> None:
    page.list.go_to("M14")
    press(K.Key_3)
    row = page.form._values["M14"].rows["chlorine_mg_l"]
    row.field.setFocus()
    type_text("150")
    press(K.Key_Return)
    assert stored().answers["M14"].measured == {"chlorine_mg_l": 150}
    assert row._problem.text == "低于 250～500"


def test_a_value_no_rule_allows_is_refused_in_words_and_the_rest_is_saved(page: VisitPage, stored: Stored) -> None:
    page.list.go_to("M14")
    press(K.Key_3)
    fields = page.form._values["M14"]
    fields.rows["contact_min"].field.setFocus()
    type_text("30")
    fields.rows["chlorine_mg_l"].field.setFocus()
    type_text("60000")
    press(K.Key_Return)
    assert stored().answers["M14"].measured == {"contact_min": 30}
    assert "50000" in fields.refusal
    page.form.note.setFocus()
    type_text("x")
    press(K.Key_Escape)
    assert stored().answers["M14"].note == "x"


def test_tab_from_the_answers_enters_the_first_value(page: VisitPage) -> None:
    page.list.go_to("M14")
    press(K.Key_3)
    page.form.answers.buttons[Result.FAIL].setFocus()
    press(K.Key_Tab)
    assert QApplication.focusWidget() is page.form._values["M14"].first_field()


# -- taking back ---------------------------------------------------------------------------------------------------


def test_undo_takes_back_the_last_write_by_another_write(page: VisitPage, window: MainWindow, stored: Stored) -> None:
    press(K.Key_1)
    press(K.Key_3)
    assert stored().results() == {"M01": "fail"}
    assert window.toast.isVisible()
    assert "M01" in window.toast.text
    press(K.Key_Z, modifier=CTRL)
    assert stored().results() == {"M01": "pass"}
    assert stored().findings == {}
    assert page.form.answers.current is Result.PASS


def test_undo_of_a_first_answer_makes_it_unchecked_again(page: VisitPage, window: MainWindow, stored: Stored) -> None:
    press(K.Key_3)
    stored()
    press(K.Key_Z, modifier=CTRL)
    assert stored().results() == {}
    assert page.list._results == {}


def test_undo_goes_to_the_measure_it_changes(page: VisitPage, window: MainWindow, stored: Stored) -> None:
    press(K.Key_3, K.Key_J, K.Key_J)
    stored()
    press(K.Key_Z, modifier=CTRL)
    stored()
    assert page.list.current == "M01"


def test_a_finding_set_by_hand_survives_undo_of_its_answer(page: VisitPage, stored: Stored) -> None:
    press(K.Key_3)
    stored()
    page.side.terms.changed.emit({"severity": "low", "responsible": "陆知秋"})
    stored()
    press(K.Key_1)
    stored()
    press(K.Key_Z, modifier=CTRL)
    finding = stored().findings["M01"]
    assert (finding.severity, finding.responsible) == ("low", "陆知秋")


# -- finding and letter --------------------------------------------------------------------------------------------


def test_severity_route_and_due_date_are_set_by_their_keys(page: VisitPage, stored: Stored) -> None:
    press(K.Key_3)
    stored()
    for key, choice in ((K.Key_S, 0), (K.Key_R, 1), (K.Key_D, 2)):
        press(key)
        pick(page, choice)
        stored()
    finding = stored().findings["M01"]
    assert (finding.severity, finding.route, finding.due_on) == ("high", "health_department", "2020-03-01")
    assert finding.look_back_on == "2020-03-02"


@pytest.mark.parametrize(("key", "days"), [(K.Key_Up, 5), (K.Key_Down, 0)])
def test_any_other_due_date_is_entered_in_the_menu_but_none_before_the_visit(
    page: VisitPage, stored: Stored, key: Qt.Key, days: int
) -> None:
    press(K.Key_3)
    found = date.fromisoformat(stored().findings["M01"].found_on)
    page.side.terms.changed.emit({"due_on": found.isoformat()})
    stored()
    press(K.Key_D)
    field = page.side.findChild(DayField)
    assert field is not None
    field.setFocus(Qt.FocusReason.TabFocusReason)
    for pressed in (*[key] * 5, K.Key_Return):
        QTest.keyClick(field, pressed)

    assert stored().findings["M01"].due_on == (found + timedelta(days=days)).isoformat()


def test_the_sentence_is_rewritten_in_place(page: VisitPage, stored: Stored) -> None:
    press(K.Key_3)
    stored()
    press(K.Key_E)
    assert QApplication.focusWidget() is page.side.sentences.fact_field
    press(K.Key_A, modifier=CTRL)
    type_text("fact of mine")
    press(K.Key_Escape)
    sheet = stored()
    assert sheet.findings["M01"].fact == "fact of mine"
    assert sheet.answers["M01"].advice is None


def test_v_takes_over_last_times_answer(qtbot: QtBot, window: MainWindow, workspace: Workspace,
                                        enterprise: str) -> None:  # fmt: skip
    before = start_visit(workspace, enterprise, VisitKind.ROUTINE, "2020-02-20")
    record_answer(workspace, before, "M14", AnswerEntry(Result.PARTIAL, measured={"contact_min": 20}, note="old"))
    complete_visit(workspace, before)
    page = opened(qtbot, window, begin_visit(workspace, enterprise), "M14")
    press(K.Key_V)
    settle(qtbot, window)
    assert page.keeper.sheet is not None
    answer = visit_sheet(workspace, page.keeper.sheet.id).answers["M14"]
    assert (answer.result, answer.measured, answer.note) == ("partial", {"contact_min": 20}, "old")


# -- photos --------------------------------------------------------------------------------------------------------


def test_a_dropped_photo_is_prepared_and_kept_with_its_measure(qtbot: QtBot, page: VisitPage, stored: Stored,
                                                               tmp_path: Path) -> None:  # fmt: skip
    file = tmp_path / "台账.png"
    Image.new("RGB", (64, 48), "white").save(file)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    page.form.note.insertFromMimeData(data)
    assert len(page.form.photos.thumbs) == 1, "a place is shown at once"
    qtbot.waitUntil(lambda: bool(page.keeper.photos.get("M01")), timeout=20_000)
    photo = stored().photos["M01"][0]
    assert photo.title == "台账"
    page.form.photos.thumbs[0].removed.emit(photo)
    assert stored().photos == {}
    press(K.Key_Z, modifier=CTRL)
    assert [each.id for each in stored().photos["M01"]] == [photo.id]


def test_ctrl_v_takes_a_picture_from_the_clipboard(qtbot: QtBot, page: VisitPage) -> None:
    image = QImage(32, 32, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(image)
    press(K.Key_V, modifier=CTRL)
    qtbot.waitUntil(lambda: bool(page.keeper.photos.get("M01")), timeout=20_000)


def test_a_file_that_is_no_photo_is_refused_in_words(qtbot: QtBot, page: VisitPage, window: MainWindow,
                                                     tmp_path: Path) -> None:  # fmt: skip
    file = tmp_path / "a.jpg"
    file.write_bytes(b"no picture at all")
    page.form.take_pictures([file])
    qtbot.waitUntil(lambda: window.strip.isVisible(), timeout=20_000)
    assert "JPEG" in window.strip.text
    assert page.form.photos.thumbs == []


# -- completing ----------------------------------------------------------------------------------------------------


def test_finishing_lists_what_is_missing_as_links(page: VisitPage, stored: Stored) -> None:
    press(K.Key_1)
    press(K.Key_Return, modifier=CTRL)
    stored()
    assert page.gaps.isVisible()
    assert len(page.gaps.links) == 22
    link = next(link for link in page.gaps.links if link.text().startswith("M09"))
    link.click()
    assert page.list.current == "M09"
    assert stored().state == VisitState.OPEN


def test_a_visit_can_be_finished_with_gaps_and_they_are_recorded(page: VisitPage, stored: Stored) -> None:
    press(K.Key_1)
    press(K.Key_Return, modifier=CTRL)
    stored()
    press(K.Key_Return, modifier=CTRL)
    sheet = stored()
    assert sheet.state == VisitState.COMPLETED
    assert len(sheet.gaps) == 22
    assert page.banner.isVisible()
    press(K.Key_3)
    assert stored().results() == {"M01": "pass"}, "a completed visit takes no answer"


def test_finishing_with_a_note_half_typed_keeps_the_note(page: VisitPage, stored: Stored) -> None:
    press(K.Key_1, K.Key_N)
    type_text("just before")
    press(K.Key_Return, modifier=CTRL)
    assert stored().answers["M01"].note == "just before"
    assert page.gaps.isVisible()


def test_head_counts_are_saved_as_they_are_typed(page: VisitPage, stored: Stored) -> None:
    page.ask_situation()
    page.situation.fields["canteen_seats"].setFocus()
    type_text("120")
    press(K.Key_Escape)
    assert stored().situation["canteen_seats"] == 120
    assert not page.situation.isVisible()


# -- beginning -----------------------------------------------------------------------------------------------------


def test_a_visit_is_begun_by_typing_a_name_and_enter(qtbot: QtBot, window: MainWindow, workspace: Workspace) -> None:
    add_enterprise(workspace, "澄州木青服饰有限公司", "913304990000000027")
    wanted = add_enterprise(workspace, "穗丰食品有限公司", "913304990000000035")
    page = window.open(Place("visits"))
    assert isinstance(page, VisitPage)
    settle(qtbot, window)
    type_text("sfsp")
    settle(qtbot, window)
    press(K.Key_Return)
    qtbot.waitUntil(lambda: page.keeper.sheet is not None)
    assert page.keeper.sheet is not None
    assert page.keeper.sheet.enterprise.id == wanted


def test_an_enterprise_from_another_page_waits_for_the_kind_of_visit(qtbot: QtBot, window: MainWindow,
                                                                     enterprise: str) -> None:  # fmt: skip
    page = window.open(Place("visits", enterprise, "start"))
    assert isinstance(page, VisitPage)
    settle(qtbot, window)
    assert page.start.found.current_id() == enterprise
    page.start.kind.take("look_back")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: page.keeper.sheet is not None)
    assert page.keeper.sheet is not None
    assert page.keeper.sheet.kind == "look_back"


def test_an_empty_register_offers_the_first_step(qtbot: QtBot, window: MainWindow) -> None:
    page = window.open(Place("visits"))
    assert isinstance(page, VisitPage)
    settle(qtbot, window)
    assert page.start._form_stack.currentIndex() == 1


# -- look ----------------------------------------------------------------------------------------------------------


def test_the_right_pane_folds_by_itself_below_1240_pixels_and_by_f4(qtbot: QtBot, window: MainWindow,
                                                                    page: VisitPage) -> None:  # fmt: skip
    assert page.side.isVisible()
    window.resize(1200, 700)
    qtbot.waitUntil(lambda: not page.side.isVisible())
    assert page.split.side_host.width() <= 40
    press(K.Key_F4)
    assert page.side.isVisible()


def test_finished_groups_fold_to_their_dots_when_they_are_left(page: VisitPage, stored: Stored) -> None:
    press(K.Key_1, K.Key_J, K.Key_1)
    group = page.list._item("M01").parent().index()
    assert page.list.tree.isExpanded(group)
    stored()
    press(K.Key_J)
    assert not page.list.tree.isExpanded(group)


def test_a_completed_visit_is_a_record_to_read(qtbot: QtBot, window: MainWindow, workspace: Workspace,
                                               visit: str) -> None:  # fmt: skip
    answer_all(workspace, visit)
    complete_visit(workspace, visit)
    page = opened(qtbot, window, visit, "M05")
    assert not page.form.answers.buttons[Result.PASS].isEnabled()
    assert page.form.note.isReadOnly()
    assert page.tools.letter.isVisible()
