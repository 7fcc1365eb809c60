"""Settings: letterhead and number as letters will have them, language and look kept for the next start, this device."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import _chosen
from desktop.models.desk.letter_desk import OfficeSettings, draft_letter, keep_office_settings, office_settings
from desktop.models.desk.sync_choices import auto_sync
from desktop.models.desk.window_choices import WindowChoices, keep_window_choices, window_choices
from desktop.models.device.workspace import Workspace
from desktop.models.problems import StorageProblem
from desktop.models.vocabulary import Result
from desktop.sync.enrolment import enrol
from desktop.ui import settings_work
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from desktop.ui.settings_page import SettingsPage
from desktop.ui.sync_page import SyncPage
from tests.builders import answer_all, begin_visit
from tests.flows.centre_process import running_centre
from tests.ui.desk_window import desk_window, press, settle
from tests.ui.letters.letter_acts import CTRL, K, busy, commit, replace


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace) -> Iterator[MainWindow]:
    with desk_window(qtbot, workspace) as shown:
        settle(qtbot, shown)
        yield shown


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> SettingsPage:
    return opened(qtbot, window)


def opened(qtbot: QtBot, window: MainWindow) -> SettingsPage:
    found = window.open(Place("settings"))
    assert isinstance(found, SettingsPage)
    rest(qtbot, window)
    return found


def rest(qtbot: QtBot, window: MainWindow) -> None:
    page = window.current_page
    if isinstance(page, SettingsPage):
        qtbot.waitUntil(lambda: not page.letterhead._timer.isActive())
    settle(qtbot, window)


def test_letterhead_and_prefix_are_saved_as_they_are_typed_and_stand_in_the_next_letter(
    qtbot: QtBot, window: MainWindow, page: SettingsPage, workspace: Workspace, enterprise: str
) -> None:
    replace(page.letterhead.letterhead, "澄州市复工复产健康指导组")
    replace(page.letterhead.prefix, "澄健指")
    replace(page.letterhead.contacts, "周砚秋，电话0999-0001208。")
    assert page.letterhead.sample.startswith("澄健指〔")
    assert workspace.device.code in page.letterhead.sample
    rest(qtbot, window)
    assert page.letterhead.count.text() == "已保存"

    visit = begin_visit(workspace, enterprise)
    answer_all(workspace, visit, Result.FAIL)
    content = draft_letter(workspace, visit).content
    assert content.letterhead == "澄州市复工复产健康指导组"
    assert content.issuer == content.letterhead, "an empty issuing body is the letterhead"
    assert content.contacts == ("周砚秋，电话0999-0001208。",)
    assert office_settings(workspace).prefix == "澄健指"


def test_leaving_the_page_keeps_what_was_just_typed(
    qtbot: QtBot, window: MainWindow, page: SettingsPage, workspace: Workspace
) -> None:
    page.letterhead.issuer.setFocus()
    commit(page.letterhead.issuer, "健康指导组办公室")
    window.open(Place("enterprises"))
    rest(qtbot, window)

    assert office_settings(workspace).issuer == "健康指导组办公室"


def test_leaving_before_the_page_knows_what_is_set_changes_nothing(
    qtbot: QtBot, window: MainWindow, workspace: Workspace
) -> None:
    keep_office_settings(workspace, OfficeSettings("已设的机关", "落款", "澄健指", ("电话",)))
    with busy(window, lane="reading"):
        page = window.open(Place("settings"))
        assert isinstance(page, SettingsPage)
        assert not page.letterhead.isEnabled()
        window.open(Place("enterprises"))
        window.speak("zh")
    rest(qtbot, window)

    assert office_settings(workspace) == OfficeSettings("已设的机关", "落款", "澄健指", ("电话",))


def test_what_could_not_be_saved_is_saved_when_the_page_is_left(
    qtbot: QtBot, window: MainWindow, page: SettingsPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageProblem("disk_full")

    monkeypatch.setattr(settings_work, "keep_office", full)
    replace(page.letterhead.prefix, "澄健指")
    rest(qtbot, window)
    assert page.letterhead.count.text() == "未保存"

    monkeypatch.undo()
    window.open(Place("enterprises"))
    settle(qtbot, window)
    assert office_settings(workspace).prefix == "澄健指"


def test_without_a_letterhead_the_field_says_what_that_means(page: SettingsPage) -> None:
    page.letterhead.letterhead.setFocus()
    press(K.Key_A, modifier=CTRL)
    press(K.Key_Delete)

    assert page.letterhead.letterhead.property("state") == "fail"


def test_the_language_changes_at_once_and_is_kept_for_the_next_start(
    qtbot: QtBot, window: MainWindow, page: SettingsPage, workspace: Workspace
) -> None:
    page.window_card.language.segment("en").click()
    qtbot.waitUntil(lambda: window.current_page is not page)
    rest(qtbot, window)

    again = window.current_page
    assert isinstance(again, SettingsPage)
    assert again.head().title == "Settings"
    assert again.window_card.language.current == "en"
    assert _chosen(["--workspace", str(workspace.folder)]).language == "en"
    assert _chosen(["--workspace", str(workspace.folder), "--language", "zh"]).language == "zh"


def test_scheme_and_text_size_are_taken_at_once_and_kept(
    qtbot: QtBot, window: MainWindow, page: SettingsPage, workspace: Workspace
) -> None:
    page.window_card.scheme.segment("dark").click()
    qtbot.waitUntil(lambda: window.bench.look.theme.scheme == "dark")
    rest(qtbot, window)
    again = window.current_page
    assert isinstance(again, SettingsPage)
    again.window_card.text_size.segment("115").click()
    qtbot.waitUntil(lambda: window.bench.look.scale == pytest.approx(1.15))
    rest(qtbot, window)

    assert window_choices(workspace.folder) == WindowChoices(None, "dark", 115)
    chosen = _chosen(["--workspace", str(workspace.folder)])
    assert (chosen.scheme, chosen.text_size) == ("dark", 115)
    window.bench.look.choose("light", 1.0)
    QApplication.processEvents()


@pytest.mark.parametrize("damaged", [b"", b"\xff\xfe", b'{"language": "fr"}', b'{"text_size": "large"}'])
def test_choices_nobody_can_read_count_as_none(workspace: Workspace, damaged: bytes) -> None:
    (workspace.folder / "window.json").write_bytes(damaged)

    assert window_choices(workspace.folder) == WindowChoices()
    assert keep_window_choices(workspace.folder, language="en") == WindowChoices("en")


def test_before_enrolment_the_page_leads_to_the_form(qtbot: QtBot, window: MainWindow, page: SettingsPage) -> None:
    assert page.device.shown["令牌"] == ""
    assert not page.device.automatic.isEnabled()
    page.device.enrol_button.click()
    settle(qtbot, window)

    assert isinstance(window.current_page, SyncPage)
    assert window.current_page.enrolment.isVisible()


def test_an_enrolled_computer_says_for_whom_where_and_where_its_token_lies(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with running_centre(f"sqlite:///{tmp_path_factory.mktemp('centre') / 'server.db'}") as centre:
        enrol(workspace, centre.url, centre.code(centre.officer("周砚秋")))
        page = opened(qtbot, window)

        assert page.device.shown["指导员"] == "周砚秋"
        assert page.device.shown["岗位"] == "网格健康指导员"
        assert page.device.shown["中心"] == centre.url.partition("://")[2]
        assert page.device.shown["令牌"] == "存放在工作区文件中：这个系统没有可用的密钥库"
        assert page.device.shown["数据包"] == "已与中心交换密钥"
        page.device.automatic.click()
        settle(qtbot, window)
        assert auto_sync(workspace)
