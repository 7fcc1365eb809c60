"""隔离与消毒 as an officer uses it: by keyboard, with numbers that are computed while typing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.models.desk.disinfection_desk import disinfection_log
from desktop.models.desk.isolation_setup import add_rooms, open_site, save_site
from desktop.models.desk.observation_desk import take_in
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id
from desktop.models.premises_terms import SiteKind, StayReason
from desktop.models.records.health_files import Employee
from desktop.ui.enterprise_detail import DISINFECTIONS, SITES
from desktop.ui.enterprises_page import EnterprisesPage
from desktop.ui.fitted_table import FittedTable
from desktop.ui.flag_field import FlagField
from desktop.ui.isolation_page import IsolationPage
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from tests.builders import add_enterprise
from tests.ui.desk_window import desk_window, press, settle, type_text

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
TODAY = date.today()


def add_person(workspace: Workspace, enterprise: str, name: str) -> str:
    with workspace.write() as session:
        person = Employee(
            id=new_id(), grid_id=workspace.device.local_grid_id, enterprise_id=enterprise, name=name,
            return_status="observing",
        )  # fmt: skip
        session.add(person)
        return person.id


@pytest.fixture
def site(workspace: Workspace, enterprise: str) -> str:
    """A site with two rooms, in the first of which 林小满 is on the fifth day."""
    made = open_site(workspace, enterprise, SiteKind.OBSERVATION_POINT, "综合楼5层")
    rooms = add_rooms(workspace, made, ["501", "502"], {"ensuite": 1}, TODAY)
    save_site(workspace, made, {"transfer_vehicle": "none", "distance_m": 16.0}, TODAY)
    person, start = add_person(workspace, enterprise, "林小满"), TODAY - timedelta(days=5)
    take_in(workspace, rooms[0], person, StayReason.HIGH_RISK_AREA, start, today=TODAY)
    return made


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, enterprise: str) -> Iterator[MainWindow]:
    with desk_window(qtbot, workspace) as shown:
        settle(qtbot, shown)
        yield shown


def opened(qtbot: QtBot, window: MainWindow, target: str | None) -> IsolationPage:
    page = window.open(Place("isolation", target))
    assert isinstance(page, IsolationPage)
    settle(qtbot, window)
    return page


def cells(qtbot: QtBot, table: FittedTable) -> list[list[str]]:
    """The words of a table, once its rows are there."""
    model = table.rows_model
    qtbot.waitUntil(lambda: model.row_at(0) is not None)
    columns = range(model.columnCount())
    return [[str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]


def checks(qtbot: QtBot, page: IsolationPage) -> dict[str, list[str]]:
    """The words of each check by its rule."""
    return {row[1]: row for row in cells(qtbot, page.view.sites[0].table)}


def test_a_page_without_any_record_says_what_will_stand_here(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(qtbot, window, None)
    assert page.stack.currentWidget() is page._nothing


def test_the_worst_checks_stand_first_and_names_are_masked(
    qtbot: QtBot, window: MainWindow, enterprise: str, site: str
) -> None:
    page = opened(qtbot, window, None)
    view = page.view.sites[0]
    assert view.chip.text.endswith("项不符合")
    failed = checks(qtbot, page)["ISO-20"]
    assert failed[0] == "不符合"
    assert "转运车辆" in failed[3]
    assert cells(qtbot, view.table)[0][0] == "不符合"
    (person,) = cells(qtbot, page.view.stays.table)
    assert (person[0], person[2]) == ("林** · 501 室", "5/14")


def test_what_was_found_is_entered_by_keyboard_and_taken_back(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, site: str
) -> None:
    page = opened(qtbot, window, None)
    press(K.Key_E)
    flag = page.form.rows["independent"].field
    assert isinstance(flag, FlagField)
    flag.setFocus()
    press(K.Key_Y)
    page.form.rows["distance_m"].field.setFocus()
    page.form.rows["distance_m"].field.selectAll()  # type: ignore[attr-defined]
    type_text("25")
    press(K.Key_Return, modifier=CTRL)
    settle(qtbot, window)

    found = checks(qtbot, page)
    assert (found["ISO-01"][0], found["ISO-02"][0]) == ("符合", "符合")
    window.toast.take_back()
    settle(qtbot, window)
    assert checks(qtbot, page)["ISO-02"][0] == "基本符合"


def test_a_flag_is_yes_no_or_nothing_yet(qtbot: QtBot, window: MainWindow, site: str) -> None:
    page = opened(qtbot, window, None)
    press(K.Key_E)
    flag = page.form.rows["independent"].field
    assert isinstance(flag, FlagField)
    flag.setFocus()
    seen = [flag.value]
    for key in (K.Key_Space, K.Key_Space, K.Key_Space, K.Key_1, K.Key_N, K.Key_Delete):
        press(key)
        seen.append(flag.value)
    assert seen == [None, True, False, None, True, False, None]


def test_what_is_no_number_and_what_is_out_of_range_is_refused_and_never_lost(
    qtbot: QtBot, window: MainWindow, site: str
) -> None:
    page = opened(qtbot, window, None)
    press(K.Key_E)
    field = page.form.rows["vent_times"].field
    assert isinstance(field, QLineEdit)
    field.setFocus()
    type_text("x")
    press(K.Key_Return, modifier=CTRL)
    assert field.property("state") == "fail"
    field.clear()
    type_text("25")
    press(K.Key_Return, modifier=CTRL)
    settle(qtbot, window)
    assert "应在 0–24 之间" in page.form.strip.text
    assert field.text() == "25"
    press(K.Key_Escape)
    assert page.stack.currentWidget() is page.view
    window.toast.take_back()
    assert page.form.isVisible()
    assert field.text() == "25"


def test_somebody_is_taken_into_a_free_room(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, enterprise: str, site: str
) -> None:
    add_person(workspace, enterprise, "顾南乔")
    page = opened(qtbot, window, None)
    press(K.Key_N)
    person = page.form.rows["employee_id"].field
    assert isinstance(person, QComboBox)
    assert person.itemText(1) == "顾**"
    press(K.Key_Down)
    press(K.Key_Return, modifier=CTRL)
    settle(qtbot, window)
    assert page.view.stays.table.rows_model.rowCount() == 2
    press(K.Key_N)
    assert not page.form.strip.isHidden()


def test_a_release_before_its_day_is_refused_in_words(qtbot: QtBot, window: MainWindow, site: str) -> None:
    page = opened(qtbot, window, None)
    press(K.Key_X)
    outcome = page.form.rows["outcome"].field
    assert isinstance(outcome, QComboBox)
    outcome.setCurrentIndex(outcome.findData("released"))
    page.form.rows["released_by"].field.setFocus()
    type_text("officer")
    press(K.Key_Return, modifier=CTRL)
    settle(qtbot, window)
    assert "不能提前解除" in page.form.strip.text


def test_the_calculator_computes_while_typing_and_says_what_is_outside(
    qtbot: QtBot, window: MainWindow, site: str
) -> None:
    page = opened(qtbot, window, None)
    press(K.Key_D)
    card = page.view.dilution
    assert (card.result.stock.text(), card.result.water.text()) == ("100", "9.9")
    type_text("1000")
    assert (card.result.stock.text(), card.result.water.text()) == ("200", "9.8")
    assert "不在 250–500 范围内" in card.range.words.text()
    type_text("00")
    assert "高于原液" in card.problem.words.text()
    card.conc.clear()
    type_text("abc")
    assert card.result.stock.text() == "—"
    card.unit.setCurrentIndex(card.unit.findData("mg/tablet"))
    for line, text in ((card.stock, "1000"), (card.conc, "500"), (card.volume, "15")):
        line.setText(text)
    card.unit.activated.emit(0)
    assert (card.result.stock.text(), card.result.water.isHidden()) == ("8", True)


def test_what_was_prepared_goes_into_the_log(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, enterprise: str, site: str
) -> None:
    page = opened(qtbot, window, None)
    press(K.Key_D)
    press(K.Key_Return, modifier=CTRL)
    for name, text in (("place", "二楼装配车间"), ("operator", "周砚秋"), ("contact_min", "10")):
        field = page.form.rows[name].field
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.selectAll()
        field.setText(text)
    press(K.Key_Return, modifier=CTRL)
    settle(qtbot, window)
    assert "不到规定 30 分钟的一半" in page.form.strip.text
    page.form.rows["contact_min"].field.setText("20")  # type: ignore[attr-defined]
    press(K.Key_Return, modifier=CTRL)
    settle(qtbot, window)
    assert "少于规定的 30 分钟" in window.toast.text
    (line,) = disinfection_log(workspace, enterprise)
    assert (line.place, line.conc_mg_l, line.contact_min) == ("二楼装配车间", 500, 20)
    assert page.view.log.table.rows_model.rowCount() == 1


def test_all_enterprises_are_one_key_away_and_open_by_enter(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, enterprise: str, site: str
) -> None:
    other = add_enterprise(workspace, "桐庐织造厂", None)
    open_site(workspace, other, SiteKind.EMERGENCY_AREA, "门卫旁")
    page = opened(qtbot, window, enterprise)
    press(K.Key_Tab, modifier=CTRL)
    assert page.stack.currentWidget() is page.all
    page.all.table.go_to(page.all.table.rows_model.row_of(other) or 0)
    press(K.Key_Return)
    settle(qtbot, window)
    assert page.tabs.tabText(0) == "桐庐织造厂"
    assert page.view.sites[0].site.kind is SiteKind.EMERGENCY_AREA


def test_the_file_of_an_enterprise_shows_its_sites_and_leads_to_recording(
    qtbot: QtBot, window: MainWindow, enterprise: str, site: str
) -> None:
    page = window.open(Place("enterprises", enterprise))
    assert isinstance(page, EnterprisesPage)
    settle(qtbot, window)
    detail = page.detail
    detail.tabs.setCurrentIndex(SITES)
    settle(qtbot, window)
    assert detail.sites is not None
    assert [view.site.location for view in detail.sites.sites] == ["综合楼5层"]
    assert detail.sites.stays.table.rows_model.rowCount() == 1
    detail.tabs.setCurrentIndex(DISINFECTIONS)
    settle(qtbot, window)
    assert detail.disinfections is not None
    detail.disinfections.work_asked.emit("record")
    settle(qtbot, window)
    shown = window.current_page
    assert isinstance(shown, IsolationPage)
    assert "place" in shown.form.rows
