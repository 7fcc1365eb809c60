"""A value that can be changed: flat text with an icon or as a chip; the pointer and the focus show that it opens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.look import Look
from desktop.ui.painting import paint_box, paint_chip, paint_focus


class TermButton(QAbstractButton):
    """One term of a finding."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon_name: str | None = None
        self._tone: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_term(self, words: str, icon: str | None = None, tone: str | None = None) -> None:
        """Show a value; with a tone as a chip."""
        self._icon_name, self._tone = icon, tone
        self.setText(words)
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """28 px high."""
        return QSize(self._look.px(120), self._look.px(28))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without the pointer."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Chip, or icon and words."""
        look, painter = self._look, QPainter(self)
        if self.underMouse() and self.isEnabled():
            paint_box(painter, QRectF(self.rect()), look.px(4), look.color("hover"))
        room = QRectF(self.rect()).adjusted(look.px(4), 0, -look.px(4), 0)
        if self._tone:
            paint_chip(painter, look, room, self.text(), self._tone, self._icon_name)
        else:
            at = room.left()
            if self._icon_name:
                corner = QPointF(at, (self.height() - look.px(14)) / 2)
                painter.drawPixmap(corner, look.pixmap(self._icon_name, "text", 14))
                at += look.px(20)
            painter.setFont(look.font("body"))
            painter.setPen(look.color("text"))
            shown = look.metrics("body").elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.right() - at))
            painter.drawText(QRectF(at, 0, room.right() - at + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            paint_focus(painter, look, self.rect(), look.px(4))
        painter.end()
