"""员工档案 of one enterprise: the day in figures and everybody's line; worked on in the health files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.models.desk.health_register import HealthFilter, Moment
from desktop.ui import health_work
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.enterprise_lookup import Opened
from desktop.ui.health_columns import HealthModel
from desktop.ui.health_figures import HealthFigures
from desktop.ui.health_work import Shown
from desktop.ui.notices import EmptyState
from desktop.ui.register_view import RegisterView


class EnterpriseStaff(QWidget):
    """The tab.

    Signals:
        opened(str): the enterprise whose files a person wants to work on.
    """

    opened = Signal(str)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._enterprise = ""
        look = bench.look
        self.figures = HealthFigures(look)
        self.figures.row.addWidget(Button(look, self.tr("Open health files"), icon="thermometer", pressed=self._open))
        self.table = RegisterView(look)
        self.table.setAccessibleName(self.tr("Staff"))
        self.table.setModel(HealthModel(health_work.this_moment(), self._fetch, self))
        self.table.opened.connect(self._open)
        empty = EmptyState(
            look, "users", self.tr("No health files yet"),
            self.tr("In the health files the enterprise's own list of staff is imported."),
        )  # fmt: skip
        empty.add_action(Button(look, self.tr("Open health files"), icon="thermometer", pressed=self._open))
        filled = QWidget()
        inside = QVBoxLayout(filled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.figures)
        inside.addWidget(self.table, 1)
        self.views = QStackedWidget()
        self.views.addWidget(filled)
        self.views.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.views)

    def show_enterprise(self, found: Opened) -> None:
        """Show an enterprise's people, fever and absence first."""
        self._enterprise = found.file.row.id
        moment = health_work.this_moment()
        work = partial(health_work.listing, chosen=HealthFilter(self._enterprise), moment=moment)
        self._bench.read(self, work, partial(self._show, self._enterprise, moment))

    def _show(self, enterprise: str, moment: Moment, found: Shown) -> None:
        if enterprise != self._enterprise:
            return
        model = HealthModel(moment, self._fetch, self)
        self.table.setModel(model)
        model.set_ids(found.listing.ids)
        self.figures.show_figures(found.listing.figures)
        self.views.setCurrentIndex(0 if found.listing.ids else 1)

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        model = self.table.model()
        moment = model.moment if isinstance(model, HealthModel) else health_work.this_moment()
        self._bench.read(self, partial(health_work.rows, ids=ids, moment=moment), arrived)

    def _open(self, _person: str = "") -> None:
        self.opened.emit(self._enterprise)
