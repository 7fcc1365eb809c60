"""The table every register is shown in: 32 px rows, one delegate, keyboard first.

    view = RegisterView(look)
    view.setModel(lazy_table_model)          # or any model that answers CellRole with a Cell
    view.opened(str) / view.current_changed(str) / view.marked_changed()

Enter or a double click opens, Space marks and goes on, the header sorts.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui.lazy_table_model import Cell, CellRole, Column, Index, LazyTableModel
from desktop.ui.look import Look
from desktop.ui.painting import paint_box, paint_chip
from desktop.ui.state_painting import paint_state
from desktop.ui.theme import tokens

_PAD = 8
_BAR = 96
"""Width of the bar of a share."""


class RowDelegate(QStyledItemDelegate):
    """Paints a `Cell`: tint of the row, shape or icon, words or chip, hairline. `hovered` is kept by the view."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.hovered = -1

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One row's height."""
        return QSize(80, self._look.px(tokens()["row"]["default"]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        look = self._look
        rect: QRect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        tint = index.data(Qt.ItemDataRole.BackgroundRole)
        view = self.parent()
        current = isinstance(view, QTableView) and view.hasFocus() and index.row() == view.currentIndex().row()
        if selected or current or index.row() == self.hovered or isinstance(tint, str):
            role = "selected" if selected else tint if isinstance(tint, str) else "hover"
            painter.fillRect(rect, look.color(role))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("border"))
        cell = index.data(CellRole)
        if isinstance(cell, Cell):
            right = bool(index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight)
            pad = look.px(_PAD)
            self._cell(painter, QRectF(rect.adjusted(pad, 0, -pad, -1)), cell, right)
        if current and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), look.px(3), rect.height() - 1, look.color("focus"))
        painter.restore()

    def _cell(self, painter: QPainter, room: QRectF, cell: Cell, right: bool) -> None:
        look = self._look
        if cell.chip:
            if cell.text:
                paint_chip(painter, look, room, cell.text, cell.chip, cell.icon)
            return
        style = "body-strong" if cell.strong else "body"
        metrics = look.metrics(style)
        front = look.px(20) if cell.state or cell.icon else 0
        if cell.share is not None:  # the bar gives way to the words
            front = max(0, min(look.px(_BAR + _PAD), int(room.width()) - metrics.horizontalAdvance(cell.text) - 2))
        words = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, max(0, int(room.width()) - front))
        left = room.right() - metrics.horizontalAdvance(words) - front if right else room.left()
        edge = look.px(15)
        if cell.state:
            paint_state(painter, look, QRectF(left, room.top(), edge, room.height()), cell.state)
        elif cell.icon:
            at = QPointF(left, room.center().y() - edge / 2)
            painter.drawPixmap(at, look.pixmap(cell.icon, cell.role, 15))
        elif cell.share is not None:
            bar = QRectF(left, room.center().y() - look.px(4), max(0, front - look.px(_PAD)), look.px(8))
            paint_box(painter, bar, look.px(4), look.color("border"))
            bar.setWidth(bar.width() * min(max(cell.share, 0), 1))
            if bar.width() > 0:
                paint_box(painter, bar, min(look.px(4), bar.width() / 2), look.color("accent"))
        painter.setFont(look.font(style))
        painter.setPen(look.color(cell.role))
        spot = QRectF(left + front, room.top(), room.right() - left - front + 1, room.height())
        painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class RegisterView(QTableView):
    """A register.

    Signals:
        opened(str): the id a person wants to open.
        current_changed(str): the id the keyboard stands on; "" when there is none.
        marked_changed(): the set of marked rows changed.
    """

    opened = Signal(str)
    current_changed = Signal(str)
    marked_changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._delegate = RowDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setDefaultSectionSize(look.px(tokens()["row"]["default"]))
        head = self.horizontalHeader()
        head.setFixedHeight(look.px(tokens()["row"]["table-header"]) + 1)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(look.px(40))
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sectionClicked.connect(self._sort)
        self.activated.connect(self._open)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; widths come from its columns if it has any."""
        super().setModel(model)
        self._share_width()

    def current_id(self) -> str:
        """The id of the current row, "" without one."""
        model = self.model()
        row = self.currentIndex().row()
        return model.id_at(row) if isinstance(model, LazyTableModel) and 0 <= row < model.rowCount() else ""

    def marked_ids(self) -> list[str]:
        """Ids of all selected rows, from top to bottom."""
        model = self.model()
        if not isinstance(model, LazyTableModel):
            return []
        return [model.id_at(index.row()) for index in sorted(self.selectionModel().selectedRows())]

    def go_to(self, row: int) -> None:
        """Make a row current and selected."""
        if self.model() is not None and 0 <= row < self.model().rowCount():
            self.setCurrentIndex(self.model().index(row, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which record is current."""
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not previous.isValid():
            self.current_changed.emit(self.current_id())
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space marks and goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._mark()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are shortcuts of the page, not a search in the first column."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the row under the pointer."""
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: object) -> None:
        """No row is under the pointer."""
        self._hover(-1)
        super().leaveEvent(event)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the wide column what is left."""
        super().resizeEvent(event)
        self._share_width()

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.current_id():
            self.opened.emit(self.current_id())

    def _mark(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        selection = self.selectionModel()
        selection.select(index, selection.SelectionFlag.Toggle | selection.SelectionFlag.Rows)
        below = index.siblingAtRow(index.row() + 1)
        if below.isValid():
            selection.setCurrentIndex(below, selection.SelectionFlag.NoUpdate)
        self.marked_changed.emit()

    def _sort(self, column: int) -> None:
        model = self.model()
        if isinstance(model, LazyTableModel) and model.columns[column].order:
            model.toggle_order(column)

    def _columns(self) -> list[Column]:
        return getattr(self.model(), "columns", [])

    def _share_width(self) -> None:
        columns = self._columns()
        if not columns:
            return
        wide = next((number for number, column in enumerate(columns) if column.stretch), 0)
        widths = [self._look.px(column.width) for column in columns]
        taken = sum(widths) - widths[wide]
        widths[wide] = max(widths[wide], self.viewport().width() - taken)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width)
