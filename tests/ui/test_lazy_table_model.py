"""A table of any length: ids at once, rows when painted, sorting left to the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.ui.lazy_table_model import BLOCK, KEPT_BLOCKS, Cell, Column, LazyTableModel
from desktop.ui.look import Look
from desktop.ui.register_view import RegisterView

COLUMNS = [
    Column("name", "Name", lambda row: Cell(row.name), order="name"),
    Column("size", "Size", lambda row: Cell(str(row.size)), right=True),
]
Arrived = Callable[[Sequence[Any]], None]


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    size: int


class Store:
    """Answers at once, or holds its answers until they are let go."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.hold = False
        self._held: list[tuple[list[str], Arrived]] = []
        self.version = ""

    def __call__(self, ids: list[str], arrived: Arrived) -> None:
        self.asked.append(ids)
        if self.hold:
            self._held.append((ids, arrived))
        else:
            arrived(self.rows(ids))

    def rows(self, ids: list[str]) -> list[Row]:
        return [Row(record, f"name {record}{self.version}", int(record)) for record in ids]

    def let_go(self) -> None:
        for ids, arrived in self._held:
            arrived(self.rows(ids))
        self._held.clear()


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def model(qtbot: QtBot, store: Store) -> LazyTableModel:
    return LazyTableModel(COLUMNS, store)


def ids(count: int) -> list[str]:
    return [str(number) for number in range(count)]


def shown(model: LazyTableModel, row: int, column: int = 0) -> str:
    return str(model.index(row, column).data())


def test_the_model_keeps_the_rules_of_qt(model: LazyTableModel, qtmodeltester: ModelTester) -> None:
    model.set_ids(ids(250))

    qtmodeltester.check(model)


def test_a_hundred_thousand_rows_are_there_at_once_and_nothing_is_fetched(model: LazyTableModel, store: Store) -> None:
    model.set_ids(ids(100_000))

    assert model.rowCount() == 100_000
    assert store.asked == []


def test_a_row_is_a_placeholder_until_its_block_arrives(qtbot: QtBot, model: LazyTableModel, store: Store) -> None:
    model.set_ids(ids(1000))

    assert shown(model, 250) == "…"
    qtbot.waitUntil(lambda: shown(model, 250) == "name 250")

    assert store.asked == [ids(1000)[200:300]]


def test_what_is_on_screen_is_fetched_before_what_was_scrolled_past(
    qtbot: QtBot, model: LazyTableModel, store: Store
) -> None:
    model.set_ids(ids(100_000))
    store.hold = True
    for row in range(0, 50 * BLOCK, BLOCK):
        shown(model, row)
    QApplication.processEvents()

    assert len(store.asked) == 1
    assert store.asked[0][0] == str(49 * BLOCK)


def test_answers_to_an_older_question_are_thrown_away(qtbot: QtBot, model: LazyTableModel, store: Store) -> None:
    store.hold = True
    model.set_ids(ids(10))
    shown(model, 0)
    QApplication.processEvents()
    model.set_ids(list(reversed(ids(10))))
    store.let_go()

    assert shown(model, 0) == "…"


def test_refreshing_keeps_the_old_words_until_the_new_arrive(qtbot: QtBot, model: LazyTableModel, store: Store) -> None:
    model.set_ids(ids(10))
    shown(model, 0)
    qtbot.waitUntil(lambda: shown(model, 0) == "name 0")
    store.hold, store.version = True, " anew"
    model.refresh(["0"])
    QApplication.processEvents()

    assert shown(model, 0) == "name 0"
    store.let_go()
    assert shown(model, 0) == "name 0 anew"


def test_memory_stays_bounded_while_scrolling_through_everything(model: LazyTableModel, store: Store) -> None:
    model.set_ids(ids(100_000))
    for row in range(0, 100_000, BLOCK):
        shown(model, row)
        QApplication.processEvents()

    assert len(model._blocks) <= KEPT_BLOCKS


def test_sorting_asks_for_another_order_and_turns_it_round(qtbot: QtBot, model: LazyTableModel) -> None:
    asked: list[tuple[str, bool]] = []
    model.order_asked.connect(lambda order, descending: asked.append((order, descending)))
    model.toggle_order(0)
    model.set_ids(ids(3), ("name", False))
    model.toggle_order(0)

    assert asked == [("name", False), ("name", True)]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Name ↑"


def test_numbers_stand_right(model: LazyTableModel) -> None:
    model.set_ids(ids(1))

    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


@pytest.fixture
def view(qtbot: QtBot, model: LazyTableModel) -> RegisterView:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    table = RegisterView(Look(app, "light"))
    qtbot.addWidget(table)
    table.setModel(model)
    table.resize(600, 400)
    table.show()
    return table


def test_enter_opens_the_current_record(qtbot: QtBot, view: RegisterView, model: LazyTableModel) -> None:
    model.set_ids(ids(5))
    view.go_to(3)

    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)

    assert opened.args == ["3"]


def test_space_marks_and_goes_on(qtbot: QtBot, view: RegisterView, model: LazyTableModel) -> None:
    model.set_ids(ids(5))
    view.go_to(0)
    view.clearSelection()
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_Space)

    assert view.marked_ids() == ["0", "1"]
    assert view.current_id() == "2"


def test_only_rows_on_screen_are_fetched(qtbot: QtBot, view: RegisterView, model: LazyTableModel, store: Store) -> None:
    model.set_ids(ids(100_000))
    qtbot.waitUntil(lambda: bool(store.asked))
    view.grab()

    assert {asked[0] for asked in store.asked} == {"0"}
