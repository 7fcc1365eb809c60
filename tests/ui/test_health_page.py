"""The health files as an officer works in them: typing down a column, pasting, a fever, a look behind a mask."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.models.desk.employee_file import add_employee
from desktop.models.desk.health_readings import Reading, set_reading
from desktop.models.desk.staffing import import_staff
from desktop.models.desk.unmasking import FieldGroup, Purpose
from desktop.models.device.workspace import Workspace
from desktop.models.health_terms import Slot
from desktop.models.roster_rows import RowStatus
from desktop.models.staff_rows import StaffFields, StaffReading, StaffRow
from desktop.ui import health_work
from desktop.ui.enterprise_detail import STAFF
from desktop.ui.enterprises_page import EnterprisesPage
from desktop.ui.field_values import value_words
from desktop.ui.health_columns import FIRST_READING
from desktop.ui.health_page import HealthPage
from desktop.ui.lazy_table_model import RowRole
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from desktop.ui.staff_import import StaffImport
from tests.ui.desk_window import desk_window, press, settle, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups under the offscreen platform
NAMES = ("石明远", "韦思齐", "何若谷")
PHONE = "13800001234"


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace) -> Iterator[MainWindow]:
    with desk_window(qtbot, workspace) as shown:
        settle(qtbot, shown)
        yield shown


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, workspace: Workspace, enterprise: str) -> HealthPage:
    """Three people; today's cell of the first has the keyboard."""
    for name in NAMES:
        add_employee(workspace, enterprise, {"name": name, "phone": PHONE, "department": "机加"}, today=date.today())
    return opened(qtbot, window, enterprise)


def opened(qtbot: QtBot, window: MainWindow, enterprise: str) -> HealthPage:
    shown = window.open(Place("health", enterprise))
    assert isinstance(shown, HealthPage)
    settled(qtbot, window)
    return shown


def settled(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.wait(10)
    settle(qtbot, window)
    qtbot.wait(10)
    settle(qtbot, window)


def typed(text_to_type: str) -> None:
    """Each key goes to whatever has the keyboard then, as with a person."""
    for character in text_to_type:
        type_text(character)


def stored(workspace: Workspace) -> list[tuple[Any, ...]]:
    with workspace.read() as session:
        found = session.execute(
            text(
                "SELECT p.name, h.temperature_c, h.absent_reason FROM health_entries h"
                " JOIN employees p ON p.id = h.employee_id WHERE h.temperature_c IS NOT NULL"
                " OR h.absent_reason IS NOT NULL ORDER BY p.name"
            )
        )
        return [tuple(row) for row in found]


def test_readings_are_typed_down_a_column_without_the_mouse(
    qtbot: QtBot, window: MainWindow, page: HealthPage, workspace: Workspace
) -> None:
    for reading in ("365", "36.6", "37.3"):
        typed(reading)
        press(Qt.Key.Key_Return)
    settled(qtbot, window)
    assert sorted(degrees for _, degrees, _ in stored(workspace)) == [36.5, 36.6, 37.3]
    page.reload()
    settled(qtbot, window)
    assert page.fever.isVisible()
    page.fever.act.click()
    settled(qtbot, window)
    with workspace.read() as session:
        assert session.scalar(text("SELECT count(*) FROM employees WHERE return_status = 'observing'")) == 1
    press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window)
    with workspace.read() as session:
        assert session.scalar(text("SELECT count(*) FROM employees WHERE return_status = 'observing'")) == 0


def test_what_cannot_be_a_reading_stays_in_the_field_until_it_is_mended(
    qtbot: QtBot, window: MainWindow, page: HealthPage, workspace: Workspace
) -> None:
    typed("88.8")
    press(Qt.Key.Key_Return)
    settled(qtbot, window)
    assert (page.grid.field.isVisible(), page.grid.field.text()) == (True, "88.8")
    press(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    typed("36.8")
    press(Qt.Key.Key_Return)
    settled(qtbot, window)
    assert [degrees for _, degrees, _ in stored(workspace)] == [36.8]
    assert page.grid.currentIndex().row() == 1


def test_a_symptom_stands_beside_a_reading_and_outlives_a_better_one(
    qtbot: QtBot, window: MainWindow, page: HealthPage, workspace: Workspace
) -> None:
    row, column = page.grid.currentIndex().row(), page.grid.currentIndex().column()
    typed("36.5")
    press(Qt.Key.Key_Return)
    settled(qtbot, window)
    page.entering.toggle_symptom(row, column, "cough")
    settled(qtbot, window)
    page.grid.setCurrentIndex(page.model.index(row, column))
    typed("36.7")
    press(Qt.Key.Key_Return)
    settled(qtbot, window)
    shown = page.model.row_at(row)
    assert shown is not None
    assert (shown.state, shown.cells[column - FIRST_READING].symptoms) == ("fever", ("cough",))


def test_a_block_is_pasted_by_name_told_in_part_and_taken_back(
    qtbot: QtBot, window: MainWindow, page: HealthPage, workspace: Workspace
) -> None:
    QApplication.clipboard().setText("何若谷\t36.6\n石明远\t36.4\n没有此人\t36.5\n")
    page.grid.setCurrentIndex(page.model.index(0, page.model.columnCount() - 2))
    press(Qt.Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window)
    assert [(name, degrees) for name, degrees, _ in stored(workspace)] == [("何若谷", 36.6), ("石明远", 36.4)]
    assert page.report.isVisible()
    assert "没有***" not in page.report.lines.text()
    assert "没***" in page.report.lines.text()
    page.report.copy()
    assert "36.5" in QApplication.clipboard().text()
    press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window)
    assert stored(workspace) == []


def test_no_window_text_holds_a_whole_name_or_phone_until_somebody_looks(
    qtbot: QtBot, window: MainWindow, page: HealthPage, workspace: Workspace
) -> None:
    press(Qt.Key.Key_O)
    settled(qtbot, window)
    assert page.pane.isVisible()

    def seen() -> str:
        model = page.model
        cells = [str(model.index(r, c).data()) for r in range(model.rowCount()) for c in range(model.columnCount())]
        labels = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
        return "\n".join([window.windowTitle(), *cells, *labels])

    assert not any(secret in seen() for secret in (*NAMES, PHONE))
    page.pane.masked.ask(FieldGroup.CONTACT, Purpose.FOLLOW_UP)
    settled(qtbot, window)
    assert page.pane.masked.values_shown
    assert PHONE in seen()
    page.grid.setCurrentIndex(page.model.index(1, FIRST_READING))
    settled(qtbot, window)
    assert PHONE not in seen()
    page.pane.masked.ask(FieldGroup.CONTACT, Purpose.FOLLOW_UP)
    settled(qtbot, window)
    page.pane.masked._left = 1
    page.pane.masked._tick()
    assert not page.pane.masked.values_shown
    page.pane.masked.ask(FieldGroup.CONTACT, Purpose.FOLLOW_UP)
    settled(qtbot, window)
    window.open(Place("enterprises"))
    assert not page.pane.masked.values_shown


def test_a_conflict_about_a_person_shows_masks() -> None:
    assert value_words("employees", "id_number", "330499198803121234") == "330***********1234"
    assert value_words("employees", "name", "石明远") == "石**"
    assert value_words("employees", "vulnerable", "孕期") == "***"


def test_a_field_of_the_file_is_saved_when_it_is_left_and_a_refused_one_is_marked(
    qtbot: QtBot, window: MainWindow, page: HealthPage, workspace: Workspace
) -> None:
    press(Qt.Key.Key_O)
    settled(qtbot, window)
    person = page.pane.person
    team, number = page.pane.fields.fields["team"], page.pane.fields.fields["id_number"]
    for field, words in ((team, "B2"), (number, "330499198803120012")):
        field.setFocus()
        typed(words)
        press(Qt.Key.Key_Return)
        settled(qtbot, window)
    with workspace.read() as session:
        row = session.execute(text("SELECT team, id_number FROM employees WHERE id = :id"), {"id": person}).one()
    assert tuple(row) == ("B2", None)
    assert number.property("state") == "fail"


def test_a_list_of_staff_is_previewed_and_imported(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, enterprise: str, tmp_path: Path
) -> None:
    shown = opened(qtbot, window, enterprise)
    assert shown.empty.isVisible()
    file = tmp_path / "名单.csv"
    file.write_text("姓名,手机,部门\n丁一,13800000001,机加\n,13800000002,机加\n", encoding="utf-8")
    dialog = StaffImport(shown.bench, enterprise, "企业", window, ask=lambda *_: file)
    dialog.imported.connect(shown._imported)
    dialog.open()
    dialog.ask_for_file()
    settled(qtbot, window)
    acts = [dialog.table.model().index(row, 3).data(RowRole).decision.act for row in range(2)]
    assert acts == ["none", "new"]
    dialog.store_button.click()
    settled(qtbot, window)
    assert shown.model.rowCount() == 1


def test_two_thousand_people_are_scrolled_and_typed_without_lag(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, enterprise: str
) -> None:
    rows = [
        StaffRow("s", n, RowStatus.OK, StaffFields(name=f"员工{n}", phone=f"1380{n:07}", housing="dormitory"))
        for n in range(2000)
    ]
    import_staff(workspace, enterprise, StaffReading("csv", "0" * 64, (), rows), today=date.today())
    shown = opened(qtbot, window, enterprise)
    assert shown.model.rowCount() == 2000
    times: list[float] = []
    for row in range(0, 2000, 40):
        began = time.thread_time()
        shown.grid.setCurrentIndex(shown.model.index(row, FIRST_READING + 8))
        shown.grid.viewport().repaint()
        times.append(time.thread_time() - began)
        QApplication.processEvents()
    settled(qtbot, window)
    shown.grid.setCurrentIndex(shown.model.index(0, FIRST_READING + 8))
    for _ in range(20):
        typed("36.5")
        began = time.thread_time()
        press(Qt.Key.Key_Return)
        shown.grid.viewport().repaint()
        times.append(time.thread_time() - began)
    settled(qtbot, window)
    assert len(stored(workspace)) == 20
    assert sorted(times)[len(times) * 9 // 10] < 0.05


def test_the_enterprise_s_own_page_shows_its_people_masked_and_leads_to_their_files(
    qtbot: QtBot, window: MainWindow, page: HealthPage, enterprise: str
) -> None:
    register = window.open(Place("enterprises", enterprise))
    assert isinstance(register, EnterprisesPage)
    settled(qtbot, window)
    register.detail.tabs.setCurrentIndex(STAFF)
    settled(qtbot, window)
    staff = register.detail.staff
    assert staff is not None
    model = staff.table.model()
    assert [model.index(row, 0).data() for row in range(3)] == ["何**", "石**", "韦**"]
    staff.table.opened.emit("anybody")
    settled(qtbot, window)
    assert page.isVisible()
    assert page.enterprise == enterprise


def test_a_search_by_a_whole_phone_is_noted(
    qtbot: QtBot, window: MainWindow, page: HealthPage, workspace: Workspace
) -> None:
    page.filters.search.setText(PHONE)
    qtbot.wait(200)
    settled(qtbot, window)
    assert page.model.rowCount() == 3
    page.reload()
    settled(qtbot, window)
    with workspace.read() as session:
        assert session.scalar(text("SELECT count(*) FROM unmask_log WHERE group_name = 'search'")) == 3


def test_rows_keep_their_places_while_somebody_types(
    qtbot: QtBot, window: MainWindow, page: HealthPage, workspace: Workspace
) -> None:
    before = list(page.model.ids)
    moment = health_work.this_moment()
    set_reading(workspace, before[2], moment.day.isoformat(), Slot.AM, Reading(38.0), today=moment.day)
    page.reload()
    settled(qtbot, window)
    assert list(page.model.ids) == before
    page.filters.first.click()
    page.filters.first.click()
    settled(qtbot, window)
    assert page.model.ids[0] == before[2]
