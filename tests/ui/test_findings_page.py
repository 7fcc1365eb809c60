"""The closed loop as an officer works it: board and list by keyboard, moves with what they need, one finding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.models.closed_loop import Stage
from desktop.models.desk.finding_moves import Evidence, move, set_terms
from desktop.models.desk.visiting import AnswerEntry, complete_visit, record_answer, start_visit
from desktop.models.device.workspace import Workspace
from desktop.models.records.findings import Finding
from desktop.models.vocabulary import FindingState, Result, Route, VisitKind
from desktop.ui.findings_page import FindingsPage
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from desktop.ui.photo_strip import _png
from desktop.ui.visit_page import VisitPage
from tests.ui.desk_window import desk_window, press, settle, type_text

K = Qt.Key
TODAY = date.today()

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def findings(workspace: Workspace, enterprise: str) -> dict[str, str]:
    """By measure: M14 overdue and on the spot, M06 triaged, M18 for several departments."""
    visit = start_visit(workspace, enterprise, VisitKind.ROUTINE, (TODAY - timedelta(days=3)).isoformat())
    ids = {}
    for measure in ("M14", "M06", "M18"):
        found = record_answer(workspace, visit, measure, AnswerEntry(Result.FAIL, note=f"{measure}现场")).finding
        assert found is not None
        ids[measure] = found.id
        set_terms(workspace, found.id, severity="medium")
    with workspace.write() as session:
        routes = (("M14", "on_site", -3), ("M06", "health_department", 1), ("M18", "cross_department", 2))
        for measure, route, days in routes:
            row = session.get_one(Finding, ids[measure])
            row.route, row.due_on = route, (TODAY + timedelta(days=days)).isoformat()
    complete_visit(workspace, visit)
    move(workspace, ids["M06"], FindingState.TRIAGED, TODAY)
    return ids


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace) -> Iterator[MainWindow]:
    with desk_window(qtbot, workspace) as shown:
        settle(qtbot, shown)
        yield shown


def opened(qtbot: QtBot, window: MainWindow, finding: str | None = None) -> FindingsPage:
    page = window.open(Place("findings", finding))
    assert isinstance(page, FindingsPage)
    settle(qtbot, window)
    return page


def stored(workspace: Workspace, finding: str) -> Finding:
    with workspace.read() as session:
        return session.get_one(Finding, finding)


def pick(digit: K) -> None:
    """Choose from the menu that is open, as a person does."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(each for each in menu.actions() if each.text().startswith(f"&{digit - K.Key_0} "))
    assert action.isEnabled()
    action.trigger()
    menu.close()


def test_before_the_first_finding_the_page_says_where_they_come_from(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(qtbot, window)
    assert page.views.currentWidget() is page.empty


def test_the_board_is_walked_and_worked_by_keyboard(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, findings: dict[str, str]
) -> None:
    page = opened(qtbot, window)
    assert list(page.board.columns[Stage.FOUND].cards.ids) == [findings["M14"], findings["M18"]]
    assert page.current() == findings["M14"]
    press(K.Key_Right)
    assert page.current() == findings["M06"]
    press(K.Key_Left, K.Key_M)
    settle(qtbot, window)
    pick(K.Key_1)
    settle(qtbot, window)
    assert stored(workspace, findings["M14"]).state == "triaged"
    assert page.current() == findings["M14"]
    press(K.Key_R)
    settle(qtbot, window)
    pick(K.Key_2)
    settle(qtbot, window)
    assert stored(workspace, findings["M14"]).route == "health_department"


def test_what_is_somebody_elses_is_grey_and_says_why(
    qtbot: QtBot, window: MainWindow, findings: dict[str, str]
) -> None:
    page = opened(qtbot, window)
    page.board.go_to(findings["M18"])
    press(K.Key_M)
    settle(qtbot, window)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.isEnabled() for action in menu.actions()] == [False, False]
    assert "跨部门由县级管理员" in menu.actions()[0].toolTip()
    menu.close()


def test_closing_on_the_spot_asks_for_the_photo_and_keeps_what_was_typed_when_it_is_refused(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, findings: dict[str, str]
) -> None:
    move(workspace, findings["M14"], FindingState.TRIAGED, TODAY)
    page = opened(qtbot, window, findings["M14"])
    press(K.Key_1)
    settle(qtbot, window)
    assert page.panel.isVisible()
    page.panel.note.setFocus()
    type_text("signed now")
    press(K.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert "照片" in page.panel.strip.text
    assert page.panel.note.toPlainText() == "signed now"
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    page.panel.take_pictures([_png(image)])
    press(K.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert stored(workspace, findings["M14"]).state == "closed"
    assert page.panel.isHidden()
    qtbot.waitUntil(lambda: page.detail.photos.after.photo is not None)


def test_terms_are_written_where_they_stand_and_kept_when_the_page_is_left(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, findings: dict[str, str]
) -> None:
    page = opened(qtbot, window, findings["M18"])
    page.detail.facts.fields["lead_unit"].setFocus()
    type_text("zone office")
    press(K.Key_Tab)
    type_text("housing, fire brigade")
    window.open(Place("enterprises"))
    settle(qtbot, window)
    row = stored(workspace, findings["M18"])
    assert (row.lead_unit, row.co_units) == ("zone office", ["housing", "fire brigade"])


def test_a_later_deadline_of_what_was_assigned_needs_its_reason(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, findings: dict[str, str]
) -> None:
    set_terms(workspace, findings["M06"], lead_unit="卫健局")
    move(workspace, findings["M06"], FindingState.ASSIGNED, TODAY, Evidence())
    page = opened(qtbot, window, findings["M06"])
    press(K.Key_D)
    settle(qtbot, window)
    press(K.Key_Up, K.Key_Return)
    settle(qtbot, window)
    assert page.panel.strip.isVisible()
    page.panel.note.setPlainText("专家未到")
    page.panel.take()
    settle(qtbot, window)
    assert stored(workspace, findings["M06"]).extensions == 1


def test_the_list_filters_and_esc_leads_back_to_where_one_stood(
    qtbot: QtBot, window: MainWindow, findings: dict[str, str]
) -> None:
    page = opened(qtbot, window)
    press(K.Key_B)
    assert list(page.model.ids) == [findings["M14"], findings["M06"], findings["M18"]]
    press(K.Key_Down, K.Key_Return)
    settle(qtbot, window)
    assert page.detail.file is not None
    assert page.detail.file.id == findings["M06"]
    press(K.Key_Escape)
    settle(qtbot, window)
    assert page.table.current_id() == findings["M06"]
    page.filters.overdue.click()
    settle(qtbot, window)
    assert list(page.model.ids) == [findings["M14"]]
    page.filters._take("route", str(Route.CITY_PLUS))
    settle(qtbot, window)
    assert page.nothing.isVisible()


def test_checking_on_site_begins_a_look_back_at_the_enterprise(
    qtbot: QtBot, window: MainWindow, findings: dict[str, str]
) -> None:
    opened(qtbot, window, findings["M14"])
    press(K.Key_V)
    settle(qtbot, window)
    page = window.current_page
    assert isinstance(page, VisitPage)
    assert page.start.kind.current == VisitKind.LOOK_BACK


def test_an_enterprises_finding_opens_in_the_closed_loop(
    qtbot: QtBot, window: MainWindow, enterprise: str, findings: dict[str, str]
) -> None:
    from desktop.ui.enterprises_page import EnterprisesPage

    page = window.open(Place("enterprises", enterprise))
    assert isinstance(page, EnterprisesPage)
    settle(qtbot, window)
    page.detail.findings.opened.emit(findings["M18"])
    settle(qtbot, window)
    shown = window.current_page
    assert isinstance(shown, FindingsPage)
    assert shown.detail.file is not None
    assert shown.detail.file.id == findings["M18"]


def test_a_look_back_begins_with_its_findings_and_records_what_was_found_of_each(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, enterprise: str, findings: dict[str, str]
) -> None:
    visit = start_visit(workspace, enterprise, VisitKind.LOOK_BACK, TODAY.isoformat())
    page = window.open(Place("visits", visit))
    assert isinstance(page, VisitPage)
    settle(qtbot, window)
    panel = page.look_back
    qtbot.waitUntil(panel.isVisible)
    assert list(panel.model.ids) == [findings["M14"], findings["M06"], findings["M18"]]
    press(K.Key_3)
    type_text("still unsigned")
    press(K.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    row = stored(workspace, findings["M14"])
    assert (row.state, row.review_outcome, row.due_on) == ("logged", "not_fixed", TODAY.isoformat())
    assert "1/3" in page.tools.look_back.text()
    press(K.Key_Down, K.Key_1)
    press(K.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert stored(workspace, findings["M06"]).state == "review_due"
    press(K.Key_Escape)
    assert panel.isHidden()
    press(K.Key_B)
    assert panel.isVisible()
