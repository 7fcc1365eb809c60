"""The grid of readings: a register in which digits typed on a reading go into it.

Digits begin a reading, Enter keeps it and goes to the next person, Tab to the next cell, Esc gives it up; A asks why
somebody is absent, S notes a symptom, Delete empties, Ctrl+V pastes a block from here on. What cannot be a reading
stays in the field.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.models.problems import UserProblem
from desktop.models.reading_text import TypedReading, typed_reading
from desktop.ui.health_columns import FIRST_READING, HealthModel
from desktop.ui.lazy_table_model import Cell, CellRole, Index
from desktop.ui.look import Look
from desktop.ui.notices import window_language
from desktop.ui.register_view import RegisterView, RowDelegate

_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Return: (1, 0), Qt.Key.Key_Enter: (1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Tab: (0, 1), Qt.Key.Key_Backtab: (0, -1),
}  # fmt: skip
_PRESSES = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
_DIGITS = frozenset("0123456789０１２３４５６７８９")


class _ReadingDelegate(RowDelegate):
    """As every register; readings by a short way, and the current one has a frame: there typing goes."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(look, parent)
        self._frame, self._view = look, parent
        self._pad = look.px(8)
        self._forget()
        look.changed.connect(self._forget)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        at = index.column() - FIRST_READING
        if at < 0:
            option.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
            super().paint(painter, option, index)
            return
        rect: QRect = option.rect
        tint = index.data(Qt.ItemDataRole.BackgroundRole) or ("hover" if index.row() == self.hovered else None)
        if tint:
            painter.fillRect(rect, self._frame.color(tint))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line)
        if at % 2 == 0:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), self._line)
        cell = index.data(CellRole)
        if isinstance(cell, Cell):
            painter.setFont(self._strong if cell.strong else self._plain)
            painter.setPen(self._frame.color(cell.role))
            room = rect.adjusted(0, 0, -self._pad, -1)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, cell.text)
        if index == self._view.currentIndex():
            painter.setPen(QPen(self._frame.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    @Slot()
    def _forget(self) -> None:
        look = self._frame
        self._plain, self._strong, self._line = look.font("body"), look.font("body-strong"), look.color("border")


class HealthGrid(RegisterView):
    """The grid.

    Signals:
        entered(int, int, TypedReading): row, column and what was typed there; empty: take away what stands there.
        pasted(int, int, str): row, column and the text of the clipboard.
        reason_wanted(int, int): why is this person absent?
        symptom_wanted(int, int): a symptom is to be noted, or taken away.
    """

    entered = Signal(int, int, object)
    pasted = Signal(int, int, str)
    reason_wanted = Signal(int, int)
    symptom_wanted = Signal(int, int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._delegate = _ReadingDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.bounds = (0.0, 100.0)
        self.field = QLineEdit(self.viewport())
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.field.setMaxLength(80)
        self.field.setAccessibleName(self.tr("Reading"))
        self.field.installEventFilter(self)
        self.field.hide()
        self._at = QModelIndex()
        self.verticalScrollBar().valueChanged.connect(self._place_field)
        self.horizontalScrollBar().valueChanged.connect(self._place_field)

    @property
    def health(self) -> HealthModel:
        """The model."""
        model = self.model()
        if not isinstance(model, HealthModel):
            raise TypeError("the grid shows a HealthModel")
        return model

    def is_reading(self, index: QModelIndex) -> bool:
        """Whether a cell takes a reading."""
        return index.isValid() and index.column() >= FIRST_READING

    def go_to_reading(self, row: int) -> None:
        """Stand on today's reading of a row: the one due now."""
        model = self.model()
        if 0 <= row < model.rowCount():
            half = 0 if self.health.moment.half == "am" else 1
            self.setCurrentIndex(model.index(row, model.columnCount() - 2 + half))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a sheet."""
        index, key = self.currentIndex(), event.key()
        if event.matches(QKeySequence.StandardKey.Paste) and index.isValid():
            column = index.column() if self.is_reading(index) else self.model().columnCount() - 2
            self.pasted.emit(index.row(), column, QApplication.clipboard().text())
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) or (
            self.is_reading(index) and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._step(*_STEPS[key])
        elif self.is_reading(index) and event.text()[:1] in _DIGITS:
            self.begin(event.text())
        elif self.is_reading(index) and key == Qt.Key.Key_F2:
            self.begin(str(index.data() or "").strip("·"))
        elif self.is_reading(index) and key == Qt.Key.Key_Delete:
            self.entered.emit(index.row(), index.column(), TypedReading())
        elif self.is_reading(index) and key == Qt.Key.Key_A and not event.modifiers():
            self.reason_wanted.emit(index.row(), index.column())
        elif self.is_reading(index) and key == Qt.Key.Key_S and not event.modifiers():
            self.symptom_wanted.emit(index.row(), index.column())
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab walks through the cells; F6 leaves the grid."""
        return False

    def begin(self, text: str) -> None:
        """Open the field on the current cell."""
        self._at = self.currentIndex()
        self.scrollTo(self._at)
        self.field.setText(text)
        self.field.setProperty("state", "")
        self._place_field()
        self.field.show()
        self.field.setFocus()
        self.field.end(False)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Keys of the open field."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() in _PRESSES:
            key = event.key()
            if key in _STEPS or key == Qt.Key.Key_Escape:
                if event.type() == QEvent.Type.KeyPress:
                    self._key_in_field(key)
                event.accept()
                return True
        elif watched is self.field and event.type() == QEvent.Type.FocusOut and self.field.isVisible():
            self._keep()
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _key_in_field(self, key: int) -> None:
        if key == Qt.Key.Key_Escape:
            self._close()
        elif self._keep():
            self._step(*_STEPS[key])

    def _keep(self) -> bool:
        """Hand over what was typed; False when it cannot be meant: then it stays to be mended."""
        try:
            typed = typed_reading(self.field.text())
            low, high = self.bounds
            if typed.temperature_c is not None and not low <= typed.temperature_c <= high:
                raise UserProblem("health_temperature_range", text=self.field.text(), low=low, high=high)
        except UserProblem as problem:
            self.field.setProperty("state", "fail")
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)
            spot = self.field.mapToGlobal(QPoint(0, self.field.height()))
            QToolTip.showText(spot, problem.sentence(window_language()), self.field)
            self.field.setAccessibleDescription(problem.sentence(window_language()))
            return False
        at = self._at
        self._close()
        if not typed.empty:
            self.entered.emit(at.row(), at.column(), typed)
        return True

    def _close(self) -> None:
        self.field.hide()
        QToolTip.hideText()
        self.setFocus()

    def _step(self, down: int, right: int) -> None:
        model, index = self.model(), self.currentIndex()
        if not model.rowCount():
            return
        row, column = index.row() + down, index.column() + right
        if right and column >= model.columnCount():
            row, column = row + 1, FIRST_READING
        elif right and column < FIRST_READING and index.column() >= FIRST_READING:
            row, column = row - 1, model.columnCount() - 1
        elif right and column < FIRST_READING:
            column = FIRST_READING
        self.setCurrentIndex(model.index(min(max(row, 0), model.rowCount() - 1), column))

    @Slot()
    def _place_field(self) -> None:
        if self._at.isValid():
            self.field.setGeometry(self.visualRect(self._at).adjusted(0, 0, 1, 0))
