"""A short table that is as high as its rows: they are all in memory, and the page around it scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from desktop.ui.lazy_table_model import Column, LazyTableModel
from desktop.ui.look import Look
from desktop.ui.register_view import RegisterView


class FittedTable(RegisterView):
    """Rows, each with an `id`."""

    def __init__(
        self, look: Look, columns: Sequence[Column], name: str, *, most: int = 6, parent: QWidget | None = None
    ) -> None:
        """Args:
        most: rows shown at once; more are scrolled to.
        """
        super().__init__(look, parent)
        self._most = most
        self._rows: dict[str, Any] = {}
        self.rows_model = LazyTableModel(columns, self._fetch, self)
        self.setModel(self.rows_model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_rows(())

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; the current one stays where it can."""
        before = self.current_id()
        self._rows = {row.id: row for row in rows}
        self.rows_model.set_ids(list(self._rows))
        head = self.horizontalHeader()
        height = self.verticalHeader().defaultSectionSize() * min(max(len(rows), 1), self._most)
        self.setFixedHeight(height + (0 if head.isHidden() else head.height()) + 2 * self.frameWidth())
        every = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(every[len(rows) > self._most])
        self.go_to(self.rows_model.row_of(before) or 0)

    def row(self, row_id: str) -> Any:
        """The row with this id."""
        return self._rows[row_id]

    def show_all(self) -> None:
        """As high as all its rows."""
        self._most = max(len(self._rows), 1)
        self.show_rows(tuple(self._rows.values()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page where everything is shown."""
        if len(self._rows) <= self._most:
            event.ignore()
        else:
            super().wheelEvent(event)

    def _share_width(self) -> None:
        """Where there is too little room, every column gives up its part: nothing is scrolled to sideways."""
        super()._share_width()
        widths = [self.columnWidth(column) for column in range(self.rows_model.columnCount())]
        room = self.viewport().width()
        if sum(widths) > room > 0:
            for column, width in enumerate(widths):
                self.setColumnWidth(column, width * room // sum(widths))

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        arrived([self._rows[row] for row in ids if row in self._rows])
