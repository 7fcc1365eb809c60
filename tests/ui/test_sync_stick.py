"""Exchange on a stick as an officer does it: write, carry, read the receipt; enrol by a file; trust one authority."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from desktop.models.device.local_tables import Enrolment
from desktop.models.device.workspace import Workspace
from desktop.models.progress import Progress
from desktop.models.vocabulary import Result
from desktop.sync.enrolment import enrol
from desktop.ui import bundle_work, file_choice, letter_printing
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from desktop.ui.sync_page import SyncPage
from server.device_tokens import revoke_device
from tests.builders import answer_all, begin_visit
from tests.flows.centre_process import CentreProcess
from tests.flows.courier import Courier, add_photo
from tests.flows.sameness import assert_nothing_lost_or_doubled, unsent
from tests.ui.desk_window import desk_window, press, settle

K = Qt.Key


@pytest.fixture
def courier(tmp_path: Path) -> Courier:
    return Courier(f"sqlite:///{tmp_path / 'server.db'}", tmp_path / "centre")


@pytest.fixture
def centre(courier: Courier) -> Iterator[CentreProcess]:
    with courier.running() as running:
        yield running


@pytest.fixture
def work(workspace: Workspace, enterprise: str) -> Workspace:
    """A visit and a photo that wait, on a computer that is not enrolled."""
    answer_all(workspace, begin_visit(workspace, enterprise), Result.FAIL)
    return workspace


@pytest.fixture
def enrolled(work: Workspace, centre: CentreProcess, enterprise: str) -> Workspace:
    enrol(work, centre.url, centre.code(centre.officer()), adopt_into="G1")
    add_photo(work, enterprise)
    return work


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace) -> Iterator[MainWindow]:
    with desk_window(qtbot, workspace) as shown:
        settle(qtbot, shown)
        yield shown


class Chosen:
    """What a person picks in the dialogs of this test."""

    def __init__(self, stick: Path) -> None:
        self.stick = stick
        self.proposed: list[str] = []
        self.existing: Path | None = None

    def target(self, _parent: object, _title: str, name: str, ending: str = "pdf") -> Path:
        """A name on the stick, as proposed."""
        self.proposed.append(f"{name}.{ending}")
        return self.stick / self.proposed[-1]

    def source(self, *_: object) -> Path | None:
        """The file that was brought."""
        return self.existing


@pytest.fixture
def chosen(courier: Courier, monkeypatch: pytest.MonkeyPatch) -> Chosen:
    courier.stick.mkdir(parents=True, exist_ok=True)
    picks = Chosen(courier.stick)
    monkeypatch.setattr(letter_printing, "choose_file", picks.target)
    monkeypatch.setattr(file_choice, "choose_existing", picks.source)
    return picks


def opened(qtbot: QtBot, window: MainWindow) -> SyncPage:
    found = window.open(Place("sync"))
    settle(qtbot, window)
    assert isinstance(found, SyncPage)
    return found


def click(qtbot: QtBot, window: MainWindow, page: SyncPage, button: str) -> None:
    getattr(page.stick, button).click()
    settle(qtbot, window)


def test_before_enrolment_the_card_says_why_nothing_can_be_written(
    qtbot: QtBot, work: Workspace, window: MainWindow
) -> None:
    page = opened(qtbot, window)

    assert "请先用登记码或登记文件登记" in page.stick.words
    assert not page.stick.write_button.isEnabled()


def test_without_keys_the_card_says_how_to_get_them(qtbot: QtBot, enrolled: Workspace, window: MainWindow) -> None:
    with enrolled.write() as session:
        session.execute(update(Enrolment).values(bundle_recipient=None))
    enrolled.refresh_enrolment()
    page = opened(qtbot, window)

    assert "还没有与中心交换数据包所用的密钥" in page.stick.words
    assert not page.stick.write_button.isEnabled()


def test_a_bundle_is_written_carried_and_answered(
    qtbot: QtBot, enrolled: Workspace, centre: CentreProcess, courier: Courier, window: MainWindow, chosen: Chosen
) -> None:
    page = opened(qtbot, window)
    waiting = unsent(enrolled)
    click(qtbot, window, page, "write_button")
    bundle = chosen.stick / chosen.proposed[0]
    assert bundle.exists()
    assert page.stick.on_the_way == [bundle.name]
    assert "已写好" in page.stick.said.text()
    assert "1 张照片" in page.stick.said.text()
    assert unsent(enrolled) == waiting, "a bundle is a copy"

    _, chosen.existing = courier.hand_over(bundle)
    click(qtbot, window, page, "read_button")
    assert "已读入第 1 号数据包的回执" in page.stick.said.text()
    assert page.stick.on_the_way == []
    assert page.hero.title.text() in ("与中心一致", "没有新内容要发送")
    assert page.waiting.model.rowCount() == 0
    assert unsent(enrolled) == 0
    qtbot.waitUntil(lambda: window.rail.buttons["sync"].count == "")
    assert_nothing_lost_or_doubled(enrolled, centre)


def test_bundles_without_a_receipt_are_listed_newest_first(
    qtbot: QtBot, enrolled: Workspace, window: MainWindow, chosen: Chosen
) -> None:
    page = opened(qtbot, window)
    for _ in range(2):
        click(qtbot, window, page, "write_button")

    assert page.stick.on_the_way == chosen.proposed[::-1]
    assert len(set(chosen.proposed)) == 2


def test_writing_shows_bytes_and_esc_calls_it_off_without_a_file(
    qtbot: QtBot, enrolled: Workspace, window: MainWindow, chosen: Chosen, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = bundle_work.write

    def slow(workspace: Workspace, progress: Progress, *, target: Path) -> object:
        while not progress.cancelled:
            progress.step(3_200_000, 13_100_000, "bundle")
        return write(workspace, progress, target=target)

    monkeypatch.setattr(bundle_work, "write", slow)
    page = opened(qtbot, window)
    page.stick.write_button.click()
    qtbot.waitUntil(lambda: page.stick.amount.text() == "3.2 / 13.1 MB")
    assert not page.stick.write_button.isVisible()
    page.setFocus()
    press(K.Key_Escape)
    settle(qtbot, window)

    assert "已取消" in page.stick.said.text()
    assert page.stick.write_button.isVisible()
    assert list(chosen.stick.iterdir()) == []


@pytest.mark.parametrize(("content", "said"), [(b"nonsense", "不是数据包的回执"), (None, "读不了这个文件")])
def test_a_file_that_is_no_receipt_changes_nothing_and_is_said_in_words(
    qtbot: QtBot, enrolled: Workspace, window: MainWindow, chosen: Chosen, content: bytes | None, said: str
) -> None:
    page = opened(qtbot, window)
    waiting = unsent(enrolled)
    chosen.existing = chosen.stick / "a.zqr"
    if content is not None:
        chosen.existing.write_bytes(content)
    click(qtbot, window, page, "read_button")

    assert said in page.said_above.text
    assert unsent(enrolled) == waiting
    assert page.stick.read_button.isEnabled()


def test_a_receipt_that_says_put_aside_is_told_as_such(
    qtbot: QtBot, enrolled: Workspace, centre: CentreProcess, courier: Courier, window: MainWindow, chosen: Chosen
) -> None:
    page = opened(qtbot, window)
    click(qtbot, window, page, "write_button")
    with centre.store.writing() as connection:
        revoke_device(connection, enrolled.device.id)
    _, chosen.existing = courier.hand_over(chosen.stick / chosen.proposed[0])
    waiting = unsent(enrolled)
    click(qtbot, window, page, "read_button")

    assert "已被中心注销" in page.stick.said.text()
    assert unsent(enrolled) == waiting


def test_a_ticket_file_enrols_and_the_first_bundle_can_be_written(
    qtbot: QtBot, work: Workspace, centre: CentreProcess, courier: Courier, window: MainWindow, chosen: Chosen
) -> None:
    chosen.existing = courier.stick / "ticket.zqe"
    done = courier.command("enrol-ticket", centre.officer("周砚秋"), "--out", str(chosen.existing), "--days", "7")
    assert done.returncode == 0, done.stderr
    page = opened(qtbot, window)
    page.enrolment.ticket_button.click()
    settle(qtbot, window)
    assert work.enrolment is not None
    assert work.enrolment.officer_name == "周砚秋"
    assert not page.enrolment.isVisible()

    page.adoption.button.click()
    settle(qtbot, window)
    click(qtbot, window, page, "write_button")
    _, chosen.existing = courier.hand_over(chosen.stick / chosen.proposed[0])
    click(qtbot, window, page, "read_button")
    assert unsent(work) == 0


def test_a_file_that_is_no_ticket_is_refused_in_words(
    qtbot: QtBot, work: Workspace, window: MainWindow, chosen: Chosen
) -> None:
    chosen.existing = chosen.stick / "ticket.zqe"
    chosen.existing.write_bytes(b"nonsense")
    page = opened(qtbot, window)
    page.enrolment.ticket_button.click()
    settle(qtbot, window)

    assert "不是登记文件" in page.enrolment.problem
    assert page.enrolment.code.property("state") != "fail"
    assert page.enrolment.ticket_button.isEnabled()
    assert work.enrolment is None


def test_a_certificate_that_is_none_is_refused_and_can_be_taken_back(
    qtbot: QtBot, work: Workspace, centre: CentreProcess, window: MainWindow, chosen: Chosen, tmp_path: Path
) -> None:
    page = opened(qtbot, window)
    chosen.existing = tmp_path / "ca.pem"
    chosen.existing.write_text("nonsense")
    page.enrolment.ca_button.click()
    page.enrolment.server.setText(centre.url)
    page.enrolment.code.setText(centre.code(centre.officer()))
    page.enrolment.ask()
    settle(qtbot, window)
    assert "ca.pem" in page.enrolment.problem
    assert work.enrolment is None

    page.enrolment.ca_button.click()
    assert page.enrolment.authority is None
    page.enrolment.ask()
    settle(qtbot, window)
    assert work.enrolment is not None
    assert work.enrolment.ca_pem is None


def test_the_authority_that_was_chosen_is_the_only_one_trusted_from_then_on(
    qtbot: QtBot, work: Workspace, centre: CentreProcess, window: MainWindow, chosen: Chosen, tmp_path: Path
) -> None:
    chosen.existing = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(chosen.existing))
    page = opened(qtbot, window)
    page.enrolment.ca_button.click()
    page.enrolment.server.setText(centre.url)
    page.enrolment.code.setText(centre.code(centre.officer()))
    page.enrolment.ask()
    settle(qtbot, window)

    assert work.enrolment is not None
    assert (work.enrolment.ca_pem or "").startswith("-----BEGIN CERTIFICATE-----")
