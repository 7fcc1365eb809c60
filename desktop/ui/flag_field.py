"""A yes, a no, or nothing yet: turned by Space or a click, set by Y and N (or 1 and 0), emptied by Delete."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.look import Look
from desktop.ui.painting import paint_box, paint_focus
from desktop.ui.state_painting import UNCHECKED, paint_state

_NEXT = {None: True, True: False, False: None}
_KEYS: dict[int, bool | None] = {
    Qt.Key.Key_Y: True, Qt.Key.Key_1: True, Qt.Key.Key_N: False, Qt.Key.Key_0: False,
    Qt.Key.Key_Delete: None, Qt.Key.Key_Backspace: None,
}  # fmt: skip


class FlagField(QAbstractButton):
    """The field.

    Signals:
        edited(): a person changed it.
    """

    edited = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.value: bool | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self._take(_NEXT[self.value]))
        self.show_value(None)

    def show_value(self, value: bool | None) -> None:
        """Show a value; asks nothing of anybody."""
        self.value = value
        words = {True: self.tr("Yes"), False: self.tr("No"), None: self.tr("Not looked at")}[value]
        self.setText(words)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as other fields."""
        return QSize(self._look.px(100), self._look.px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key for each value; everything else as buttons do."""
        if event.key() in _KEYS and not event.modifiers():
            self._take(_KEYS[event.key()])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, shape, word."""
        look, painter = self._look, QPainter(self)
        fill = "hover" if self.underMouse() and self.isEnabled() else "raised"
        paint_box(painter, QRectF(self.rect()), look.px(6), look.color(fill), look.color("border-strong"))
        state = {True: "pass", False: "fail", None: UNCHECKED}[self.value]
        paint_state(painter, look, QRectF(look.px(10), 0, look.px(15), self.height()), state)
        painter.setFont(look.font("body"))
        painter.setPen(look.color("muted" if self.value is None else "text"))
        left = look.px(32)
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if self.hasFocus():
            paint_focus(painter, look, self.rect(), look.px(6))
        painter.end()

    def _take(self, value: bool | None) -> None:
        if value is not self.value:
            self.show_value(value)
            self.edited.emit()
