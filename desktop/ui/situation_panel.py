"""The head counts asked on arrival; they open the letter (一、基本情况). Saved as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.models.letter_composition import SITUATION_FIGURES
from desktop.ui.cards import Text
from desktop.ui.fields import FieldRow
from desktop.ui.look import Look
from desktop.ui.note_field import SAVE_AFTER_MS

WIDTH = 400
LARGEST = 999_999


class SituationPanel(QFrame):
    """A small surface under its button; Esc closes it.

    Signals:
        written(dict): figure key → number or None, those that changed.
        closed(): the page takes the focus.
    """

    written = Signal(dict)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._host = look, parent
        self._shown: dict[str, int | None] = {}
        self.setProperty("role", "popup")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(16))
        column.addWidget(Text(look, self.tr("Head counts"), style="page"))
        column.addWidget(Text(look, self.tr("They open the letter; what stays empty is left out."), tone="muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        column.addLayout(grid)
        self.fields: dict[str, QLineEdit] = {}
        for place, key in enumerate(SITUATION_FIGURES):
            name, unit = self._words(key)
            field = QLineEdit()
            field.setValidator(QIntValidator(0, LARGEST, field))
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.textEdited.connect(self._typed)
            field.editingFinished.connect(self.write_down)
            self.fields[key] = field
            grid.addWidget(FieldRow(look, name, field, unit=unit), place // 2, place % 2)
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self.write_down)
        self.hide()

    def offer(self, situation: Mapping[str, Any]) -> None:
        """Open with what stands."""
        self._shown = {key: situation.get(key) for key in self.fields}
        for key, field in self.fields.items():
            number = self._shown[key]
            field.setText("" if number is None else str(number))
        self.adjustSize()
        width = self._look.px(WIDTH)
        left = self._host.width() - width - self._look.px(16)
        self.setGeometry(left, self._look.px(8), width, self.sizeHint().height())
        self.show()
        self.raise_()
        first = self.fields["staff_due"]
        first.setFocus()
        first.selectAll()

    @Slot()
    def write_down(self) -> None:
        """Save what changed."""
        self._timer.stop()
        now = {key: int(field.text()) if field.text() else None for key, field in self.fields.items()}
        changed = {key: number for key, number in now.items() if number != self._shown.get(key)}
        if changed:
            self._shown = now
            self.written.emit(changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.write_down()
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _typed(self) -> None:
        self._timer.start()

    def _words(self, key: str) -> tuple[str, str]:
        people, rooms, seats, turns = self.tr("people"), self.tr("rooms"), self.tr("seats"), self.tr("turns")
        return {
            "staff_due": (self.tr("Staff due"), people),
            "staff_on_duty": (self.tr("Staff on duty"), people),
            "out_of_province": (self.tr("Back from other provinces"), people),
            "observing": (self.tr("Under observation"), people),
            "dormitory_rooms": (self.tr("Dormitory rooms"), rooms),
            "dormitory_residents": (self.tr("In dormitories"), people),
            "canteen_seats": (self.tr("Canteen seats open"), seats),
            "canteen_shifts": (self.tr("Canteen turns"), turns),
        }[key]
