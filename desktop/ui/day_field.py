"""A day in a field: typed, or stepped with the arrow keys. The wheel scrolls the page and never changes a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QWidget

from desktop.ui.look import Look
from desktop.ui.notices import window_language

_NONE = QDate(2000, 1, 1)
"""What the field holds while there is no day."""


class DayField(QDateEdit):
    """A day; if `optional`, Delete takes it away, and the first key puts in the day to start from.

    Signals:
        edited(): a person changed the day.
    """

    edited = Signal()

    def __init__(self, look: Look, name: str, *, optional: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._optional = optional
        self._start = QDate.currentDate()
        self.setAccessibleName(name)
        self.setDisplayFormat("yyyy年M月d日" if window_language() == "zh" else "yyyy-MM-dd")
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setMinimumDate(_NONE)
        if optional:
            self.setSpecialValueText("—")
            self.setToolTip(self.tr("Delete: no day"))
        self.setFixedHeight(look.px(32))
        widest = QDate(2028, 12, 28).toString(self.displayFormat())
        self.setFixedWidth(look.metrics("body").horizontalAdvance(widest) + look.px(24))
        self.dateChanged.connect(self._changed)

    def show_day(self, day: date | None, start: date | None = None) -> None:
        """Show a day, or none; `start`: where the arrow keys begin then."""
        if start is not None:
            self._start = QDate(start.year, start.month, start.day)
        self.blockSignals(True)
        self.setDate(QDate(day.year, day.month, day.day) if day else _NONE)
        self.blockSignals(False)

    @property
    def day(self) -> date | None:
        """The day shown."""
        shown = self.date()
        return None if self._optional and shown == _NONE else date(shown.year(), shown.month(), shown.day())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A style sheet leaves a field without buttons no room for its text: give it the room inside the frame."""
        super().resizeEvent(event)
        side = self._look.px(8)
        self.lineEdit().setGeometry(self.rect().adjusted(side, 2, -side, -2))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page around."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arrow keys and digits begin at the day, not at the year."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and self.day is not None:
            self.setSelectedSection(QDateEdit.Section.DaySection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete empties an optional field; a key into an empty one begins at the day to start from."""
        key, empty = event.key(), self._optional and self.date() == _NONE
        if self._optional and key == Qt.Key.Key_Delete:
            self.setDate(_NONE)
        elif empty and (key in (Qt.Key.Key_Up, Qt.Key.Key_Down) or event.text().isdigit()):
            self.setDate(self._start)
            self.setSelectedSection(QDateEdit.Section.DaySection)
            if event.text().isdigit():
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def stepBy(self, steps: int) -> None:
        """A step of the day goes on into the next month."""
        if self.currentSection() != QDateEdit.Section.DaySection:
            super().stepBy(steps)
            return
        self.setDate(max(self.minimumDate(), self.date().addDays(steps)))
        self.setSelectedSection(QDateEdit.Section.DaySection)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Up always; down unless the first day is reached."""
        up, down = QAbstractSpinBox.StepEnabledFlag.StepUpEnabled, QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return up | down if self.date() > self.minimumDate() else up

    @Slot()
    def _changed(self) -> None:
        self.edited.emit()
