"""Buttons: primary (one a page), secondary, text; with an icon in front and a key hint behind.

    Button(look, self.tr("Start visit"), kind="primary", icon="play", key="V", pressed=self._start)

The key is only a picture of the shortcut: the page owns the QShortcut. Also `SegmentedControl` (list | map) and
`IconButton` for a bare icon with an accessible name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.ui.look import Look
from desktop.ui.painting import key_width, paint_box, paint_focus, paint_key

Kind = Literal["primary", "secondary", "text"]


class Button(QPushButton):
    """A button that names an act and its object."""

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        kind: Kind = "secondary",
        icon: str | None = None,
        key: str | None = None,
        pressed: Callable[[], object] | None = None,
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._kind: Kind = kind
        self._icon_name = icon
        self._key = key
        self._height = 40 if large else 32
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if pressed is not None:
            self.clicked.connect(lambda: pressed())
        look.changed.connect(self.updateGeometry)

    def set_kind(self, kind: Kind) -> None:
        """Become another kind of button."""
        self._kind = kind
        self.update()

    def set_icon(self, name: str | None) -> None:
        """Show another icon."""
        self._icon_name = name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as icon, words and key need; 32 or 40 px high."""
        look = self._look
        side = look.px(8 if self._kind == "text" else 13)
        width = 2 * side + look.metrics(self._style()).horizontalAdvance(self.text())
        if self._icon_name:
            width += look.px(16) + (look.px(8) if self.text() else 0)
        if self._key:
            width += key_width(look, self._key) + look.px(8)
        return QSize(width, look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """The same: words on a button are never cut."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without the pointer."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, icon, words, key, focus."""
        look, painter = self._look, QPainter(self)
        ink, fill, line = self._roles()
        box = QRectF(self.rect())
        radius = look.px(6)
        if fill or line:
            paint_box(painter, box, radius, look.color(fill) if fill else None, look.color(line) if line else None)
        words = look.metrics(self._style()).horizontalAdvance(self.text())
        icon = look.px(16) + (look.px(8) if self.text() else 0) if self._icon_name else 0
        key = key_width(look, self._key) + look.px(8) if self._key else 0
        at = (self.width() - words - icon - key) / 2
        if self._icon_name:
            painter.drawPixmap(QPointF(at, (self.height() - look.px(16)) / 2), look.pixmap(self._icon_name, ink))
            at += icon
        painter.setFont(look.font(self._style()))
        painter.setPen(look.color(ink))
        painter.drawText(
            QRectF(at, 0, words + 2, self.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.text(),
        )
        if self._key:
            primary = self._kind == "primary" and self.isEnabled()
            edge = look.color(ink if primary else "border")
            paint_key(
                painter,
                look,
                at + words + key,
                self.height() / 2,
                self._key,
                look.color(ink if primary else "muted"),
                edge,
            )
        if self.hasFocus():
            if self._kind == "primary":
                paint_box(painter, box.adjusted(2, 2, -2, -2), radius - 2, None, look.color("raised"))
            paint_focus(painter, look, self.rect(), radius)
        painter.end()

    def _style(self) -> str:
        return "body-strong" if self._kind == "primary" or self.isChecked() else "body"

    def _roles(self) -> tuple[str, str | None, str | None]:
        """Ink, fill and line of the present state."""
        down, over = self.isDown(), self.underMouse()
        if not self.isEnabled():
            return ("disabled", None, None) if self._kind == "text" else ("disabled", "sunken", "border")
        if self._kind == "primary":
            return "accent-text", "accent-pressed" if down else "accent-hover" if over else "accent", None
        if self._kind == "text":
            return "accent", "selected" if down else "hover" if over else None, None
        if self.isChecked():
            return "accent-soft-text", "accent-soft", "accent"
        return "text", "selected" if down else "hover" if over else "raised", "border-strong"


class IconButton(QAbstractButton):
    """A square button with an icon only; its name is the tooltip and what a screen reader says."""

    def __init__(
        self,
        look: Look,
        icon: str,
        name: str,
        *,
        role: str = "text",
        framed: bool = False,
        size: int = 32,
        pressed: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._icon_name, self._role, self._framed, self._edge = look, icon, role, framed, size
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if pressed is not None:
            self.clicked.connect(lambda: pressed())

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._look.px(self._edge), self._look.px(self._edge))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without the pointer."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, icon, focus."""
        look, painter = self._look, QPainter(self)
        fill = "selected" if self.isDown() or self.isChecked() else "hover" if self.underMouse() else None
        line = look.color("border-strong") if self._framed else None
        fill = fill or ("raised" if self._framed else None)
        if fill or line:
            paint_box(painter, QRectF(self.rect()), look.px(6), look.color(fill) if fill else None, line)
        role = self._role if self.isEnabled() else "disabled"
        corner = QPointF((self.width() - look.px(16)) / 2, (self.height() - look.px(16)) / 2)
        painter.drawPixmap(corner, look.pixmap(self._icon_name, role))
        if self.hasFocus():
            paint_focus(painter, look, self.rect(), look.px(6))
        painter.end()


class SegmentedControl(QWidget):
    """Two to four choices side by side, one of them taken.

    Signals:
        chosen(str): the code of the segment a person took.
    """

    chosen = Signal(str)

    def __init__(
        self, look: Look, segments: Sequence[tuple[str, str, str | None]], parent: QWidget | None = None
    ) -> None:
        """Args:
        segments: (code, words, icon or None) from left to right; the first is taken.
        """
        super().__init__(parent)
        self._look = look
        self._group = QButtonGroup(self)
        self._codes = [code for code, _, _ in segments]
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for number, (_, words, icon) in enumerate(segments):
            button = _Segment(look, words, icon)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._clicked)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def current(self) -> str:
        """The code of the segment taken."""
        return self._codes[self._group.checkedId()]

    def take(self, code: str) -> None:
        """Show a segment as taken, without a signal."""
        self._group.button(self._codes.index(code)).setChecked(True)

    def segment(self, code: str) -> QAbstractButton:
        """The button of a segment."""
        return self._group.button(self._codes.index(code))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The common frame."""
        painter = QPainter(self)
        look = self._look
        paint_box(painter, QRectF(self.rect()), look.px(6), look.color("raised"), look.color("border-strong"))
        painter.end()

    @Slot(int)
    def _clicked(self, number: int) -> None:
        self.chosen.emit(self._codes[number])


class _Segment(QPushButton):
    def __init__(self, look: Look, words: str, icon: str | None) -> None:
        super().__init__(words)
        self._look, self._icon_name = look, icon
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        look = self._look
        width = look.metrics("body-strong").horizontalAdvance(self.text()) + look.px(24)
        return QSize(width + (look.px(22) if self._icon_name else 0), look.px(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        if self.isChecked() or self.underMouse():
            fill = "accent-soft" if self.isChecked() else "hover"
            paint_box(painter, QRectF(self.rect()), look.px(5), look.color(fill))
        ink = "disabled" if not self.isEnabled() else "accent-soft-text" if self.isChecked() else "muted"
        style = "body-strong" if self.isChecked() else "body"
        words = look.metrics(style).horizontalAdvance(self.text())
        at = (self.width() - words - (look.px(22) if self._icon_name else 0)) / 2
        if self._icon_name:
            painter.drawPixmap(QPointF(at, (self.height() - look.px(16)) / 2), look.pixmap(self._icon_name, ink))
            at += look.px(22)
        painter.setFont(look.font(style))
        painter.setPen(look.color(ink))
        painter.drawText(QRectF(at, 0, words + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            paint_focus(painter, look, self.rect(), look.px(5))
        painter.end()
