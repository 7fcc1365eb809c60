"""Whose files to open: the enterprises, those with files first, found as everywhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.models.desk.health_register import StaffedEnterprise
from desktop.ui import health_work, wording
from desktop.ui.bench import Bench
from desktop.ui.cards import Card
from desktop.ui.fields import SearchField
from desktop.ui.key_legend import KeyLegend
from desktop.ui.lazy_table_model import Cell, Column, LazyTableModel
from desktop.ui.notices import EmptyState
from desktop.ui.register_view import RegisterView


class HealthChooser(QWidget):
    """The list.

    Signals:
        chosen(str, str): id and name of an enterprise.
    """

    chosen = Signal(str, str)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._found: dict[str, StaffedEnterprise] = {}
        look = bench.look
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(16), look.px(16), look.px(16), look.px(16))
        card = Card(look, self.tr("Whose files?"))
        card.body.setSpacing(look.px(8))
        self.search = SearchField(look, self.tr("Name, pinyin, initials or credit code"), "/")
        self.search.setMaximumWidth(look.px(420))
        self.search.textChanged.connect(self.load)
        self.search.moved.connect(self._move)
        card.body.addWidget(self.search)
        columns = [
            Column("name", self.tr("Enterprise"), lambda row: Cell(row.name, tip=row.name), 320),
            Column("people", self.tr("Files"), _people, 90, right=True),
            Column("entered", self.tr("Entered today"), _entered, 120, right=True),
        ]
        self._model = LazyTableModel(columns, self._fetch, self)
        self.table = RegisterView(look)
        self.table.setModel(self._model)
        self.table.setAccessibleName(self.tr("Enterprises"))
        self.table.opened.connect(self._open)
        self.search.returnPressed.connect(lambda: self._open(self.table.current_id()))
        host = QWidget()
        self._stack = QStackedLayout(host)
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            EmptyState(look, "building-2", self.tr("No enterprise found"),
                       self.tr("Health files belong to an enterprise: import a roster of enterprises first."))
        )  # fmt: skip
        card.body.addWidget(host, 1)
        card.body.addWidget(KeyLegend(look, [("↑↓", self.tr("select")), ("Enter", self.tr("open"))]))
        outer.addWidget(card)

    @Slot()
    def load(self) -> None:
        """Read the list."""
        work = partial(health_work.enterprises, search=self.search.text())
        self._bench.read(self, work, self._show)

    def _show(self, found: list[StaffedEnterprise]) -> None:
        before = self.table.current_id()
        self._found = {row.id: row for row in found}
        self._model.set_ids(list(self._found))
        self._stack.setCurrentIndex(0 if found else 1)
        self.table.go_to(self._model.row_of(before) or 0)

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        arrived([self._found[enterprise] for enterprise in ids])

    @Slot(int)
    def _move(self, step: int) -> None:
        self.table.go_to(max(0, min(self._model.rowCount() - 1, self.table.currentIndex().row() + step)))

    @Slot(str)
    def _open(self, enterprise: str) -> None:
        if enterprise in self._found:
            self.chosen.emit(enterprise, self._found[enterprise].name)


def _people(row: StaffedEnterprise) -> Cell:
    return Cell(wording.count(row.people) if row.people else "—", role="text" if row.people else "muted")


def _entered(row: StaffedEnterprise) -> Cell:
    return Cell(f"{row.entered}/{row.people}" if row.people else "—", role="muted")
