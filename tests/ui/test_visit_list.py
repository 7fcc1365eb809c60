"""The list of visits: how many photos of each are at the centre, asked for all of them at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.models.desk import photo_arrivals
from desktop.models.desk.visiting import attach_photo
from desktop.models.device.workspace import Workspace
from desktop.ui import visit_start
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from desktop.ui.visit_page import VisitPage
from tests.builders import add_enterprise, begin_visit
from tests.photos import photo
from tests.ui.desk_window import desk_window, settle


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace) -> Iterator[MainWindow]:
    with desk_window(qtbot, workspace) as shown:
        settle(qtbot, shown)
        yield shown


def photographed(workspace: Workspace, name: str, taken: int, arrived: int) -> str:
    """A visit with so many photos, of which so many are at the centre."""
    visit = begin_visit(workspace, add_enterprise(workspace, name, None))
    photos = [attach_photo(workspace, visit, "M01", photo(n, len(name) * 100 + n), f"{n}.jpg") for n in range(taken)]
    with workspace.write() as session:
        for each in photos[:arrived]:
            session.execute(
                text("INSERT OR IGNORE INTO confirmed_attachments VALUES (:sha256, :grid, '2020-02-27T08:00:00.000Z')"),
                {"sha256": each.sha256, "grid": workspace.device.local_grid_id},
            )
    return visit


def shown(qtbot: QtBot, window: MainWindow) -> dict[str, tuple[str, str]]:
    """Words and tooltip of the column of photos, by enterprise."""
    page = window.open(Place("visits", None, "list"))
    assert isinstance(page, VisitPage)
    page.start.load()
    settle(qtbot, window)
    model = page.start.visits.model()
    names = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    column = names.index("照片")

    def cell(row: int, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
        return str(model.index(row, column).data(role) or "")

    return {
        cell(row, 0): (cell(row, column), cell(row, column, Qt.ItemDataRole.ToolTipRole))
        for row in range(model.rowCount())
    }


def test_each_visit_says_how_many_of_its_photos_are_at_the_centre(
    qtbot: QtBot, window: MainWindow, workspace: Workspace
) -> None:
    for name, taken, arrived in (("甲企业", 5, 3), ("乙的企业", 2, 2), ("没有照片的企业", 0, 0)):
        photographed(workspace, name, taken, arrived)
    cells = shown(qtbot, window)

    assert cells["甲企业"] == ("3/5", "5 张照片中有 3 张已上传到中心")
    assert cells["乙的企业"][0] == "2/2"
    assert cells["没有照片的企业"] == ("—", "")


def test_the_counts_of_all_visits_are_one_question(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = {photographed(workspace, f"{'多' * n}企业", 1, 0) for n in range(1, 6)}
    asked: list[set[str]] = []

    def counted(workspace: Workspace, table: photo_arrivals.Table, ids: list[str]) -> object:
        asked.append(set(ids))
        return photo_arrivals.arrivals(workspace, table, ids)

    monkeypatch.setattr(visit_start, "arrivals", counted)
    shown(qtbot, window)

    assert asked
    assert all(ids == visits for ids in asked)
