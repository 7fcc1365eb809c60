"""The left rail: a button for each page with its count, and at the foot 同步 and 设置. Icons only when it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.look import Look
from desktop.ui.page_table import PageEntry
from desktop.ui.painting import paint_box, paint_focus
from desktop.ui.theme import tokens


class Rail(QFrame):
    """All pages in order.

    Signals:
        chosen(str): the name of the page a person wants.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, brand: str, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self._look = look
        self._narrow = False
        self.buttons: dict[str, RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(8), look.px(7), look.px(8), look.px(8))
        column.setSpacing(look.px(2))
        self._brand = _Brand(look, brand)
        column.addWidget(self._brand)
        column.addSpacing(look.px(4))
        stretched = False
        for entry in entries:
            if entry.foot and not stretched:
                column.addStretch(1)
                stretched = True
            button = RailButton(look, entry)
            button.clicked.connect(self._clicked)
            self.buttons[entry.name] = button
            column.addWidget(button)
        self.set_narrow(False)

    @property
    def narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._narrow

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or icons with words."""
        self._narrow = narrow
        frame = tokens()["frame"]
        self.setFixedWidth(self._look.px(frame["rail-icons"] if narrow else frame["rail"]))
        self._brand.set_narrow(narrow)
        for button in self.buttons.values():
            button.set_narrow(narrow)

    def show_current(self, name: str) -> None:
        """Mark the page that is open."""
        for key, button in self.buttons.items():
            button.setChecked(key == name)

    def show_count(self, name: str, count: str) -> None:
        """Show a count beside a page; "" takes it away."""
        self.buttons[name].show_count(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk up and down."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        buttons = list(self.buttons.values())
        focused = next((n for n, button in enumerate(buttons) if button.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
        else:
            buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def focus_current(self) -> None:
        """Give the keyboard to the button of the open page."""
        for button in self.buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.TabFocusReason)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.chosen.emit(button.entry.name)


class _Brand(QWidget):
    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look, self._words, self._narrow = look, words, False
        self.setFixedHeight(look.px(38))

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        edge = look.px(24)
        box = QRectF(look.px(8), (self.height() - edge) / 2, edge, edge)
        paint_box(painter, box, look.px(5), look.color("accent"))
        painter.setFont(look.font("body-strong"))
        painter.setPen(look.color("accent-text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "驻")
        if not self._narrow:
            font = look.font("emphasis")
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(look.color("text"))
            room = QRectF(look.px(40), 0, self.width() - look.px(40), self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.end()


class RailButton(QAbstractButton):
    """One page in the rail."""

    def __init__(self, look: Look, entry: PageEntry) -> None:
        super().__init__()
        self._look, self.entry = look, entry
        self._narrow, self._count = False, ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(entry.title())
        self.show_count("")

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon only."""
        self._narrow = narrow
        self.setToolTip(self.accessibleName() if narrow else "")
        self.update()

    def show_count(self, count: str) -> None:
        """Show a count behind the words, or as a badge on the icon."""
        self._count = count
        self.setAccessibleName(f"{self.text()} {count}".strip())
        self.setToolTip(self.accessibleName() if self._narrow else "")
        self.update()

    @property
    def count(self) -> str:
        """The count shown."""
        return self._count

    def nextCheckState(self) -> None:
        """Which page is open is said by the window, not by the click."""

    def sizeHint(self) -> QSize:
        """36 px high."""
        return QSize(self._look.px(120), self._look.px(tokens()["frame"]["rail-item"]))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without the pointer."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, icon, words, count."""
        look, painter = self._look, QPainter(self)
        on = self.isChecked()
        if on:
            paint_box(painter, QRectF(self.rect()), look.px(6), look.color("raised"), look.color("border"))
        elif self.underMouse():
            paint_box(painter, QRectF(self.rect()), look.px(6), look.color("hover"))
        ink = "accent" if on else "muted"
        edge = look.px(18)
        left = (self.width() - edge) / 2 if self._narrow else look.px(11)
        painter.drawPixmap(QPointF(left, (self.height() - edge) / 2), look.pixmap(self.entry.icon, ink, 18))
        if self._narrow:
            if self._count:
                self._badge(painter, left + edge)
        else:
            self._words(painter, "accent" if on else "muted", on)
        if self.hasFocus():
            paint_focus(painter, look, self.rect(), look.px(6))
        painter.end()

    def _words(self, painter: QPainter, ink: str, strong: bool) -> None:
        look = self._look
        count = look.metrics("caption").horizontalAdvance(self._count)
        style = "body-strong" if strong else "body"
        room = QRectF(look.px(40), 0, self.width() - look.px(52) - count, self.height())
        painter.setFont(look.font(style))
        painter.setPen(look.color(ink))
        shown = look.metrics(style).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("muted"))
        end = QRectF(self.width() - count - look.px(10), 0, count + 2, self.height())
        painter.drawText(end, Qt.AlignmentFlag.AlignVCenter, self._count)

    def _badge(self, painter: QPainter, right: float) -> None:
        look = self._look
        font = look.font("caption")
        font.setPixelSize(look.px(10))
        font.setBold(True)
        painter.setFont(font)
        words = self._count if len(self._count) < 3 else "99+"
        width = max(look.px(16), painter.fontMetrics().horizontalAdvance(words) + look.px(7))
        box = QRectF(min(right - look.px(8), self.width() - width), look.px(1), width, look.px(15))
        paint_box(painter, box, box.height() / 2, look.color("accent"))
        painter.setPen(look.color("accent-text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
