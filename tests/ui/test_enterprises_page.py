"""The register as an officer uses it: find, filter, sort, preview, open, start a visit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.models.desk.visiting import complete_visit
from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import Result
from desktop.ui.enterprises_page import EnterprisesPage
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Place
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.ui.desk_window import desk_window, press, settle, type_text

K = Qt.Key

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, enterprise: str) -> Iterator[MainWindow]:
    add_enterprise(workspace, "澄州穗丰食品有限公司", None)
    add_enterprise(workspace, "澄州木青服饰有限公司", None)
    visit = begin_visit(workspace, enterprise)
    answer_all(workspace, visit, Result.FAIL)
    complete_visit(workspace, visit)
    with desk_window(qtbot, workspace) as shown:
        qtbot.waitUntil(lambda: isinstance(shown.current_page, EnterprisesPage))
        settle(qtbot, shown)
        yield shown


@pytest.fixture
def page(window: MainWindow) -> EnterprisesPage:
    found = window.current_page
    assert isinstance(found, EnterprisesPage)
    return found


def names(qtbot: QtBot, page: EnterprisesPage) -> list[str]:
    rows = range(page.model.rowCount())
    qtbot.waitUntil(lambda: all(page.model.row_at(row) is not None for row in rows))
    return [found.name for row in rows if (found := page.model.row_at(row)) is not None]


def test_the_worst_enterprise_stands_first(qtbot: QtBot, page: EnterprisesPage) -> None:
    assert names(qtbot, page)[0] == "浙江陆盛精密机械有限公司"


def test_finding_narrows_the_list_while_typing(qtbot: QtBot, window: MainWindow, page: EnterprisesPage) -> None:
    page.table.setFocus()
    press(K.Key_Slash)
    type_text("suifeng")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    assert names(qtbot, page) == ["澄州穗丰食品有限公司"]


def test_nothing_found_says_so_and_offers_to_clear(qtbot: QtBot, window: MainWindow, page: EnterprisesPage) -> None:
    page.filters.search.setText("没有")
    qtbot.waitUntil(page.nothing.isVisible)
    page.filters.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)

    assert page.table.isVisible()


def test_a_click_on_a_heading_sorts_in_the_database(qtbot: QtBot, window: MainWindow, page: EnterprisesPage) -> None:
    page.model.toggle_order(0)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: page.model.order == ("name", False))

    assert names(qtbot, page) == sorted(names(qtbot, page))


def test_the_preview_follows_the_current_row(qtbot: QtBot, page: EnterprisesPage) -> None:
    page.table.setFocus()
    page.table.go_to(0)
    qtbot.waitUntil(lambda: page.preview.enterprise_id == page.table.current_id())
    press(K.Key_Down)
    qtbot.waitUntil(lambda: page.preview.enterprise_id == page.model.id_at(1))


def test_enter_opens_the_file_and_escape_goes_back(
    qtbot: QtBot, window: MainWindow, page: EnterprisesPage, enterprise: str
) -> None:
    page.table.setFocus()
    page.table.go_to(0)
    press(K.Key_Return)
    qtbot.waitUntil(lambda: bool(page.detail.name))

    assert page.head().crumb == "浙江陆盛精密机械有限公司"
    assert page.detail.tabs.tabText(1) == "走访 1"
    assert page.detail.tabs.tabText(2) == "问题 23"
    press(K.Key_Escape)
    assert page.views.currentWidget() is page.split
    assert page.table.hasFocus()


def test_v_asks_for_a_visit_to_the_current_enterprise(
    qtbot: QtBot, window: MainWindow, page: EnterprisesPage, enterprise: str
) -> None:
    page.table.setFocus()
    page.table.go_to(0)
    with qtbot.waitSignal(page.place_asked) as asked:
        press(K.Key_V)

    assert asked.args == [Place("visits", enterprise, "start")]


def test_v_is_only_a_letter_while_finding(qtbot: QtBot, page: EnterprisesPage) -> None:
    page.filters.search.setFocus()
    type_text("v")

    assert page.filters.search.text() == "v"


def test_a_write_elsewhere_refreshes_the_list(qtbot: QtBot, page: EnterprisesPage, workspace: Workspace) -> None:
    add_enterprise(workspace, "浙江砚泽新材料有限公司", None)

    qtbot.waitUntil(lambda: page.model.rowCount() == 4, timeout=5_000)


def test_the_matrix_names_its_cells_and_opens_answers(
    qtbot: QtBot, window: MainWindow, page: EnterprisesPage, enterprise: str
) -> None:
    window.open(Place("enterprises", enterprise))
    qtbot.waitUntil(lambda: bool(page.detail.name))
    matrix = page.detail.overview.matrix
    matrix.setFocus()
    QTest.keyClick(matrix, K.Key_Right)

    assert "M02" in matrix.accessibleName()
    assert "不符合" in matrix.accessibleName()
    with qtbot.waitSignal(matrix.picked) as picked:
        QTest.keyClick(matrix, K.Key_Return)
    assert picked.args[1] == "M02"


def test_a_ring_lifts_its_measures_out_of_the_matrix(
    qtbot: QtBot, window: MainWindow, page: EnterprisesPage, enterprise: str
) -> None:
    window.open(Place("enterprises", enterprise))
    qtbot.waitUntil(lambda: bool(page.detail.name))
    overview = page.detail.overview
    overview._rings["F4"].picked.emit("F4")

    assert "M14" in overview.matrix._lit
    overview._rings["F4"].picked.emit("F4")
    assert not overview.matrix._lit


def test_every_tab_of_the_file_can_be_shown(
    qtbot: QtBot, window: MainWindow, page: EnterprisesPage, enterprise: str
) -> None:
    window.open(Place("enterprises", enterprise))
    qtbot.waitUntil(lambda: bool(page.detail.name))
    for tab in range(page.detail.tabs.count()):
        page.detail.tabs.setCurrentIndex(tab)
        settle(qtbot, window)
        assert not page.detail.grab().isNull()


def test_an_empty_workspace_offers_the_first_step(qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory) -> None:
    with Workspace.create(tmp_path_factory.mktemp("empty") / "workspace") as empty, desk_window(qtbot, empty) as window:
        qtbot.waitUntil(lambda: isinstance(window.current_page, EnterprisesPage))
        page = window.current_page
        assert isinstance(page, EnterprisesPage)
        qtbot.waitUntil(page.empty.isVisible)


def test_names_from_data_are_never_markup(
    qtbot: QtBot, window: MainWindow, page: EnterprisesPage, workspace: Workspace
) -> None:
    record = add_enterprise(workspace, "<b>澄州</b><img src=x>有限公司", None)
    window.open(Place("enterprises", record))
    qtbot.waitUntil(lambda: bool(page.detail.name))

    assert page.detail._name.textFormat() is Qt.TextFormat.PlainText
    assert page.detail._name.text().startswith("<b>")
