"""Sync as an officer does it: enrol once, one button, and a plain word for whatever happens on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.models.device.unit_of_work import store_rows
from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id
from desktop.models.records.enterprises import Enterprise
from desktop.models.vocabulary import Result
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.ui import letter_printing
from desktop.ui.buttons import Button
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from desktop.ui.sync_hero import Advance
from desktop.ui.sync_page import SyncPage
from desktop.ui.visit_page import VisitPage
from tests.builders import answer_all, begin_visit
from tests.flows.centre_process import CentreProcess, running_centre
from tests.flows.middleman import Middleman, Trouble, middleman
from tests.flows.sameness import assert_nothing_lost_or_doubled, assert_same, unsent
from tests.ui.desk_window import desk_window, press, settle, type_text

K = Qt.Key

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreProcess]:
    with running_centre(f"sqlite:///{tmp_path / 'server.db'}") as running:
        yield running


@pytest.fixture
def between(centre: CentreProcess) -> Iterator[Middleman]:
    with middleman(centre.url) as man:
        yield man


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, enterprise: str) -> Iterator[MainWindow]:
    answer_all(workspace, begin_visit(workspace, enterprise), Result.FAIL)
    with desk_window(qtbot, workspace) as shown:
        settle(qtbot, shown)
        yield shown


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> SyncPage:
    found = window.open(Place("sync"))
    settle(qtbot, window)
    assert isinstance(found, SyncPage)
    return found


class Enrolled:
    """The page after enrolment and handing over, at a centre behind the man in the middle."""

    def __init__(
        self, qtbot: QtBot, window: MainWindow, page: SyncPage, centre: CentreProcess, between: Middleman,
        workspace: Workspace,
    ) -> None:  # fmt: skip
        self.qtbot, self.window, self.page, self.workspace = qtbot, window, page, workspace
        self.centre, self.between = centre, between

    def enrol(self) -> None:
        """Type address and code, press Enter, hand the earlier work over."""
        officer = self.centre.officer()
        self.page.enrolment.server.setFocus()
        type_text(self.between.url)
        press(K.Key_Return)
        type_text(self.centre.code(officer))
        press(K.Key_Return)
        self.settle()
        self.qtbot.waitUntil(self.page.adoption.isVisible)
        self.page.adoption.button.click()
        self.settle()

    def sync(self) -> None:
        """Press the keys that sync, and wait for the end."""
        press(K.Key_S, modifier=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self.settle()

    def settle(self) -> None:
        settle(self.qtbot, self.window)
        self.qtbot.waitUntil(lambda: not self.page._following.isActive(), timeout=10_000)
        settle(self.qtbot, self.window)


@pytest.fixture
def desk(
    qtbot: QtBot, window: MainWindow, page: SyncPage, centre: CentreProcess, between: Middleman, workspace: Workspace
) -> Enrolled:
    return Enrolled(qtbot, window, page, centre, between, workspace)


def test_before_enrolment_the_form_is_the_next_thing_to_do_and_what_waits_is_listed(page: SyncPage) -> None:
    assert page.enrolment.isVisible()
    assert not page.hero.isVisible()
    assert page.enrolment.server.hasFocus()
    assert page.waiting.model.rowCount() == 2  # the visit, and the enterprise with its contact


def test_an_empty_form_asks_for_what_is_missing(page: SyncPage) -> None:
    page.enrolment.button.click()

    assert page.enrolment.server.hasFocus()
    assert page.enrolment.server.property("state") == "fail"


def test_a_wrong_code_is_said_beside_the_code_and_nothing_is_changed(desk: Enrolled, page: SyncPage) -> None:
    page.enrolment.server.setText(desk.between.url)
    page.enrolment.code.setText("AAAA-BBBB")
    page.enrolment.ask()
    desk.settle()

    assert "登记码不对" in page.enrolment.problem
    assert page.enrolment.code.property("state") == "fail"
    assert desk.workspace.enrolment is None


def test_an_address_without_encryption_is_refused_beside_the_address(desk: Enrolled, page: SyncPage) -> None:
    page.enrolment.server.setText("http://centre.example")
    page.enrolment.code.setText("AAAA-BBBB")
    page.enrolment.ask()
    desk.settle()

    assert "https" in page.enrolment.problem
    assert page.enrolment.server.property("state") == "fail"


def test_a_day_is_sent_with_one_press_and_the_page_says_so(desk: Enrolled, page: SyncPage) -> None:
    desk.enrol()
    assert "待同步" in page.hero.title.text()
    desk.sync()

    assert page.hero.title.text() == "与中心一致"
    assert page.waiting.model.rowCount() == 0
    assert page.history.lines()[0].startswith("上传 ")
    assert desk.window.status.words[0].startswith("已同步")
    assert_nothing_lost_or_doubled(desk.workspace, desk.centre)


@pytest.mark.parametrize(("trouble", "said"), [(Trouble.PORTAL, "不是驻企中心"), (Trouble.LOSE_ANSWER, "连不上中心")])
def test_trouble_on_the_way_is_said_in_words_and_the_next_press_makes_it_good(
    desk: Enrolled, page: SyncPage, trouble: Trouble, said: str
) -> None:
    desk.enrol()
    queued = unsent(desk.workspace)
    desk.between.troubles = [trouble] * 3
    desk.sync()

    assert said in page.said_above.text
    assert page.history.lines()[0].startswith("没有连上")
    assert desk.window.status.words[0] == "离线"
    assert unsent(desk.workspace) == queued

    desk.between.troubles = []
    desk.sync()
    assert page.said_above.isHidden()
    assert unsent(desk.workspace) == 0
    assert_nothing_lost_or_doubled(desk.workspace, desk.centre)


def test_what_the_centre_refuses_stands_with_its_reason_and_the_way_back(desk: Enrolled, page: SyncPage) -> None:
    desk.enrol()
    desk.sync()
    with desk.centre.store.writing() as connection:
        connection.exec_driver_sql("UPDATE accounts SET role = 'county_admin' WHERE role = 'grid_instructor'")
    answer_all(desk.workspace, _visit(desk.workspace), Result.PASS)
    desk.settle()
    desk.sync()

    assert "未被接收" in page.said_above.text
    assert page.refused.isVisible()
    assert any("没有权限" in reason for reason in page.refused.reasons())
    assert desk.window.status.words[0].endswith("未被接收")

    page.refused.findChildren(Button)[0].click()
    settle(desk.qtbot, desk.window)
    assert isinstance(desk.window.current_page, VisitPage)


def test_calling_a_sync_off_loses_nothing_and_the_rest_goes_next_time(desk: Enrolled, page: SyncPage) -> None:
    desk.enrol()
    desk.between.troubles = [Trouble.DRIP]
    page.run()
    press(K.Key_Escape)
    desk.settle()

    assert "已取消" in page.said_above.text
    desk.sync()
    assert unsent(desk.workspace) == 0
    assert_nothing_lost_or_doubled(desk.workspace, desk.centre)


def test_a_device_that_was_revoked_is_asked_for_a_new_code(desk: Enrolled, page: SyncPage) -> None:
    desk.enrol()
    with desk.centre.store.writing() as connection:
        connection.exec_driver_sql(
            f"UPDATE devices SET revoked_at = '2020-01-01T00:00:00.000Z' WHERE id = '{desk.workspace.device.id}'"
        )
    desk.sync()

    assert "新的登记码" in page.said_above.text
    assert page.enrolment.isVisible()
    assert page.enrolment.code.hasFocus()
    assert page.enrolment.server.text() == desk.between.url


def test_the_share_counts_photos_heavier_and_never_says_all_before_the_end() -> None:
    advance = Advance()
    advance.step(0, 10, "push")
    assert advance.percent == 0
    advance.step(10, 10, "push")
    assert advance.percent == 99
    advance.step(1, 5, "attachments")
    assert advance.percent == (10 + 4) * 100 // (10 + 20)


def test_photos_advance_by_their_bytes_and_the_bar_ends_full(page: SyncPage) -> None:
    advance = Advance()
    advance.step(10, 10, "push")
    advance.step(0, 2, "attachments")
    assert advance.photo_share == 0
    advance.step(3_000_000, 12_000_000, "photo_bytes")
    page.hero.show_advance(advance)
    assert advance.percent == (10 + 2 * 4 // 4) * 100 // (10 + 2 * 4)
    assert "0 / 2 · 3.0 / 12.0 MB" in [label.text() for label in page.hero.findChildren(QLabel)]

    advance.step(2, 2, "attachments")
    assert advance.photo_share == 1
    assert advance.percent == 99


def _visit(workspace: Workspace) -> str:
    from sqlalchemy import text

    with workspace.read() as session:
        found: str = session.execute(text("SELECT id FROM visits")).scalar_one()
    return found


def other_laptop(desk: Enrolled, tmp_path: Path, **values: object) -> None:
    """Another officer of the grid sets fields of the same enterprise, and syncs."""
    with Workspace.create(tmp_path / "other") as other:
        enrol(other, desk.centre.url, desk.centre.code(desk.centre.officer("陆知秋")))
        run_sync(other)
        change(other, **values)
        run_sync(other)


def change(workspace: Workspace, **values: object) -> None:
    with workspace.write() as session:
        row = session.scalars(select(Enterprise)).one()
        for name, value in values.items():
            setattr(row, name, value)


def address(workspace: Workspace) -> str | None:
    with workspace.read() as session:
        return session.scalars(select(Enterprise.address)).one()


@pytest.fixture
def contested(desk: Enrolled, page: SyncPage, tmp_path: Path) -> Enrolled:
    desk.enrol()
    desk.sync()
    other_laptop(desk, tmp_path, address="别人写的")
    change(desk.workspace, address="我写的")
    desk.settle()
    desk.sync()
    return desk


def test_a_field_set_in_two_places_is_shown_side_by_side_and_decided_by_keys(
    contested: Enrolled, page: SyncPage
) -> None:
    assert page.contested.isVisible()
    page.contested.button.click()
    view = page.conflicts
    assert view.isVisible()
    assert (view.mine.value.text(), view.theirs.value.text()) == ("我写的", "别人写的")
    assert view.mine.title.text() == "我的"

    press(K.Key_1, K.Key_Return)
    contested.settle()
    assert not page.conflicts.isVisible()
    assert page.contested.isHidden()
    assert address(contested.workspace) == "我写的"
    contested.sync()
    assert_same(contested.workspace, contested.centre)


def test_a_third_value_can_be_typed(contested: Enrolled, page: SyncPage) -> None:
    page.contested.button.click()
    press(K.Key_3)
    type_text("both agreed")
    press(K.Key_Return)
    contested.settle()
    contested.sync()

    assert address(contested.workspace) == "both agreed"
    assert_same(contested.workspace, contested.centre)


def test_later_changes_nothing(contested: Enrolled, page: SyncPage) -> None:
    page.contested.button.click()
    press(K.Key_2, K.Key_Escape)
    contested.settle()

    assert page.contested.isVisible()
    assert address(contested.workspace) == "别人写的"


def test_a_great_removal_asks_and_goes_on_when_allowed(desk: Enrolled, page: SyncPage, tmp_path: Path) -> None:
    desk.enrol()
    with desk.workspace.write() as session:
        rows = {new_id(): {"name": f"示例企业{number}"} for number in range(100)}
        store_rows(session, Enterprise, grid_id("G1"), rows)
    desk.sync()
    with Workspace.create(tmp_path / "other") as other:
        enrol(other, desk.centre.url, desk.centre.code(desk.centre.officer("陆知秋")))
        run_sync(other)
        with other.write() as session:
            for row in session.scalars(select(Enterprise).where(Enterprise.name.like("示例企业%"))):
                row.deleted_at = "2020-02-27T08:00:00.000Z"
        run_sync(other)
    desk.sync()
    assert "100 条记录" in page.said_above.text
    assert page._allow.isVisible()

    page._allow.click()
    desk.settle()
    assert page.said_above.isHidden()
    assert_same(desk.workspace, desk.centre)


def test_log_receipt_and_unsent_work_become_files(
    desk: Enrolled, page: SyncPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.enrol()
    desk.sync()
    wanted: list[Path] = []

    def choose(_parent: object, _title: str, name: str, ending: str = "pdf") -> Path:
        wanted.append(tmp_path / f"{name}.{ending}")
        return wanted[-1]

    monkeypatch.setattr(letter_printing, "choose_file", choose)
    page.save_log()
    page.save_unsent()
    page.history.receipt_asked.emit(page._standing.work.runs[0].id)  # type: ignore[union-attr]
    desk.settle()

    log, unsent_file, receipt = (path.read_bytes() for path in wanted)
    assert log.startswith(b"\xef\xbb\xbfbegan,ended,outcome")
    assert log.count(b"\r\n") == 2
    assert unsent_file.startswith(b"PK")
    assert receipt.startswith(b"%PDF")


def test_syncing_by_itself_is_off_until_chosen_and_then_sends_what_waits(desk: Enrolled, page: SyncPage) -> None:
    desk.enrol()
    desk.window._auto_sync.look()
    desk.settle()
    assert unsent(desk.workspace) > 0

    page.options.automatic.click()
    desk.settle()
    desk.window.open(Place("enterprises"))
    desk.window._auto_sync.look()
    desk.qtbot.waitUntil(lambda: unsent(desk.workspace) == 0, timeout=10_000)
    desk.settle()
    assert not isinstance(desk.window.current_page, SyncPage)
