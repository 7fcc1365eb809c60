"""Importing a roster in the window: nothing before the last step, every row accounted for, called off at any time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.models.desk.enterprise_register import count_enterprises
from desktop.models.device.workspace import Workspace
from desktop.models.roster_rows import RowStatus
from desktop.resource_paths import resource
from desktop.ui.enterprises_page import EnterprisesPage
from desktop.ui.import_dialog import ImportDialog
from desktop.ui.main_window import MainWindow
from tests.ui.desk_window import desk_window, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

_PATIENCE_MS = 60_000


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace) -> Iterator[MainWindow]:
    with desk_window(qtbot, workspace) as shown:
        qtbot.waitUntil(lambda: isinstance(shown.current_page, EnterprisesPage))
        settle(qtbot, shown)
        yield shown


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> Iterator[ImportDialog]:
    made = ImportDialog(window.bench, window)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def stored(workspace: Workspace) -> int:
    with workspace.read() as session:
        return count_enterprises(session)


def previewed(qtbot: QtBot, dialog: ImportDialog, file: Path) -> None:
    dialog.choose(file)
    qtbot.waitUntil(lambda: dialog.steps.step == 1 and dialog.go.isVisible(), timeout=_PATIENCE_MS)


def test_choosing_a_file_shows_every_row_and_writes_nothing(
    qtbot: QtBot, dialog: ImportDialog, workspace: Workspace
) -> None:
    dialog.ask_for_roster = lambda *_: resource("demo", "roster.xlsx")
    QTest.mouseClick(dialog.pick, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.go.isVisible, timeout=_PATIENCE_MS)

    assert dialog.preview.model.rowCount() == 40
    assert dialog.go.text() == "导入 40 家，更新 0 家"
    assert stored(workspace) == 0


def test_the_last_step_imports_and_the_register_shows_it(
    qtbot: QtBot, window: MainWindow, dialog: ImportDialog, workspace: Workspace
) -> None:
    previewed(qtbot, dialog, resource("demo", "roster.xlsx"))
    with qtbot.waitSignal(dialog.imported, timeout=_PATIENCE_MS) as imported:
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page = window.current_page
    assert isinstance(page, EnterprisesPage)

    assert imported.args == ["已导入 40 家，更新 0 家"]
    assert stored(workspace) == 40
    qtbot.waitUntil(lambda: page.model.rowCount() == 40, timeout=5_000)


def test_the_same_file_again_has_nothing_to_import(qtbot: QtBot, dialog: ImportDialog, workspace: Workspace) -> None:
    previewed(qtbot, dialog, resource("demo", "roster.xlsx"))
    with qtbot.waitSignal(dialog.imported, timeout=_PATIENCE_MS):
        dialog.go.click()
    dialog.show()
    previewed(qtbot, dialog, resource("demo", "roster.xlsx"))

    assert not dialog.go.isEnabled()


def test_a_messy_roster_shows_its_rejects_first(qtbot: QtBot, dialog: ImportDialog, shared_data: Path) -> None:
    previewed(qtbot, dialog, shared_data / "rosters" / "02_messy_return_to_work_2020.xlsx")
    first = dialog.preview.model.row_at(0) or _loaded(qtbot, dialog)

    assert first.decision.status is RowStatus.REJECT
    assert dialog.preview.chips[RowStatus.REJECT].text() == "退回 46"
    assert dialog.preview.chips[RowStatus.OK].text() == "可导入 1,063"
    dialog.preview.chips[RowStatus.REJECT].click()
    assert dialog.preview.model.rowCount() == 46
    dialog.all_or_none.setChecked(True)
    assert not dialog.go.isEnabled()


def test_a_corrected_column_is_read_anew_and_kept(qtbot: QtBot, dialog: ImportDialog, workspace: Workspace) -> None:
    previewed(qtbot, dialog, resource("demo", "roster.xlsx"))
    box = next(box for box in dialog.mapping.fields.values() if box.currentData() == "address")
    box.setCurrentIndex(box.findData(""))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: not dialog.go.isVisible())
    qtbot.waitUntil(dialog.go.isVisible, timeout=_PATIENCE_MS)
    with qtbot.waitSignal(dialog.imported, timeout=_PATIENCE_MS):
        dialog.go.click()

    from desktop.models.desk.rostering import kept_mappings

    assert len(kept_mappings(workspace)) == 1


def test_calling_it_off_writes_nothing(
    qtbot: QtBot, dialog: ImportDialog, workspace: Workspace, tmp_path: Path
) -> None:
    dialog.choose(resource("demo", "roster.xlsx"))
    qtbot.waitUntil(dialog.progress.isVisible)
    dialog.progress.cancel.click()
    qtbot.waitUntil(lambda: not dialog._bench.jobs.busy, timeout=_PATIENCE_MS)

    assert dialog.steps.step == 0
    assert stored(workspace) == 0


def test_a_file_that_is_no_roster_is_refused_in_words(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> None:
    file = tmp_path / "照片.xlsx"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    dialog.choose(file)
    qtbot.waitUntil(dialog.strip.isVisible, timeout=_PATIENCE_MS)

    assert dialog.strip.text
    assert dialog.steps.step == 0


def _loaded(qtbot: QtBot, dialog: ImportDialog) -> Any:
    qtbot.waitUntil(lambda: dialog.preview.model.row_at(0) is not None)
    return dialog.preview.model.row_at(0)
