"""Chips: a filled word with a tone (`Chip`), a filter that is open, set or removable (`FilterChip`), a key (`KeyHint`).

Chip(look, self.tr("Large"), tone="na")
Chip(look, words, tone="fail", icon="triangle-alert")
KeyHint(look, "Ctrl K")
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.look import Look
from desktop.ui.painting import chip_width, key_width, paint_box, paint_chip, paint_focus, paint_key


class Chip(QWidget):
    """A small filled word. Tones: pass, partial, fail, na, info, accent."""

    def __init__(
        self, look: Look, text: str, tone: str = "na", icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.text, self.tone, self.icon = text, tone, icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tone: str = "na", icon: str | None = None) -> None:
        """Show something else."""
        self.text, self.tone, self.icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(chip_width(self._look, self.text, self.icon), self._look.px(22))

    def minimumSizeHint(self) -> QSize:
        """A chip may be elided down to this."""
        return QSize(min(self._look.px(48), self.sizeHint().width()), self._look.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chip."""
        painter = QPainter(self)
        paint_chip(painter, self._look, QRectF(self.rect()), self.text, self.tone, self.icon)
        painter.end()


class KeyHint(QWidget):
    """A small outlined key; nothing to click."""

    def __init__(self, look: Look, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._keys = look, keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its keys."""
        return QSize(key_width(self._look, self._keys), self._look.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The key."""
        look, painter = self._look, QPainter(self)
        paint_key(painter, look, self.width(), self.height() / 2, self._keys, look.color("muted"), look.color("border"))
        painter.end()


class FilterChip(QAbstractButton):
    """A filter in a bar: 24 px, outlined with an arrow; tinted with a cross while set, or with a state's shape."""

    def __init__(
        self, look: Look, text: str, *, mark: str | None = "chevron-down", state: str | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Args:
        mark: icon behind the words while the filter is not set.
        state: an answer state whose shape stands in front of the words.
        """
        super().__init__(parent)
        self._look, self._mark, self._state = look, mark, state
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show other words."""
        self.setText(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as words and marks."""
        look = self._look
        width = look.metrics("caption").horizontalAdvance(self.text()) + look.px(16)
        width += look.px(18) if self._behind() else 0
        return QSize(width + (look.px(18) if self._state else 0), look.px(24))

    def nextCheckState(self) -> None:
        """What is set is decided by the page, not by the click."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without the pointer."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, shape, words, mark."""
        from desktop.ui.state_painting import paint_state

        look, painter = self._look, QPainter(self)
        on = self.isChecked()
        fill = "accent-soft" if on else "hover" if self.underMouse() else "raised"
        line = "accent" if on else "border-strong"
        ink = "accent-soft-text" if on else "text"
        paint_box(painter, QRectF(self.rect()), look.px(4), look.color(fill), look.color(line))
        at = float(look.px(8))
        if self._state:
            paint_state(painter, look, QRectF(at, 0, look.px(13), self.height()), self._state)
            at += look.px(18)
        painter.setFont(look.font("caption"))
        painter.setPen(look.color(ink))
        painter.drawText(QRectF(at, 0, self.width() - at, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if behind := self._behind():
            corner = QPointF(self.width() - look.px(20), (self.height() - look.px(12)) / 2)
            painter.drawPixmap(corner, look.pixmap(behind, ink, 12))
        if self.hasFocus():
            paint_focus(painter, look, self.rect(), look.px(4))
        painter.end()

    def _behind(self) -> str | None:
        return self._mark and ("x" if self.isChecked() else self._mark)
