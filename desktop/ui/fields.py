"""Input fields: a labelled row with a unit and a hint or a problem beneath (`FieldRow`), and `SearchField`.

row = FieldRow(look, self.tr("Contact time"), QLineEdit(), unit=self.tr("min"), hint=self.tr("at least 30"))
row.complain(self.tr("below 250–500"))     # red border, icon, words; None takes it back
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.cards import IconText, Text
from desktop.ui.look import Look
from desktop.ui.painting import key_width, paint_key


class FieldRow(QWidget):
    """A field with its name above, its unit inside and one line of hint or problem below."""

    def __init__(
        self, look: Look, name: str, field: QWidget, *, unit: str = "", hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        self.name = Text(look, name, tone="muted")
        self.name.setBuddy(field)
        field.setAccessibleName(name)
        column.addWidget(self.name)
        column.addWidget(field)
        if unit and isinstance(field, QLineEdit):
            _put_unit(look, field, unit)
        self._below = Text(look, hint, style="caption", tone="muted", elide=True)
        self._problem = IconText(look, "circle-alert", "", role="fail-fg", style="caption")
        column.addWidget(self._below)
        column.addWidget(self._problem)
        self.complain(None)

    def complain(self, problem: str | None) -> None:
        """Mark the field with a problem in words, or clear it."""
        state = "fail" if problem else ""
        if self.field.property("state") != state:
            self.field.setProperty("state", state)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)
        self._problem.say(problem or "")
        self._problem.setToolTip(problem or "")
        self._problem.setVisible(bool(problem))
        self._below.setVisible(not problem and bool(self._hint))


def _put_unit(look: Look, field: QLineEdit, unit: str) -> None:
    label = Text(look, unit, style="caption", tone="muted")
    inside = QHBoxLayout(field)
    inside.setContentsMargins(0, 0, look.px(10), 0)
    inside.addStretch(1)
    inside.addWidget(label)
    field.setTextMargins(0, 0, look.metrics("caption").horizontalAdvance(unit) + look.px(12), 0)


class SearchField(QLineEdit):
    """A field with a magnifier in front and a key hint at its end while it is empty.

    Signals:
        moved(int): an arrow key asks the list below to move by so many rows.
        left(): Esc.
    """

    moved = Signal(int)
    left = Signal()

    def __init__(self, look: Look, placeholder: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._key = look, key
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTextMargins(look.px(22), 0, key_width(look, key) + look.px(4) if key else 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the list, Esc leaves; everything else is text."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if event.key() in step:
            self.moved.emit(step[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then magnifier and key."""
        super().paintEvent(event)
        look, painter = self._look, QPainter(self)
        edge = look.px(16)
        painter.drawPixmap(look.px(10), (self.height() - edge) // 2, look.pixmap("search", "muted"))
        key = "Esc" if self.hasFocus() and self._key else self._key
        if key:
            spot = QRectF(self.rect())
            paint_key(
                painter,
                look,
                spot.right() - look.px(8),
                spot.center().y(),
                key,
                look.color("muted"),
                look.color("border"),
            )
        painter.end()
