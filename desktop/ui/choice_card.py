"""One of two values to choose between: whose it is, when it was written, and what it says."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.cards import IconText, Text
from desktop.ui.chips import KeyHint
from desktop.ui.look import Look


class ChoiceCard(QFrame):
    """The card.

    Signals:
        pressed(): a click anywhere on it.
    """

    pressed = Signal()

    def __init__(self, look: Look, title: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "choice")
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        column.setSpacing(look.px(4))
        top = QHBoxLayout()
        self.title = Text(look, title, style="body-strong")
        top.addWidget(self.title, 1)
        top.addWidget(KeyHint(look, key))
        column.addLayout(top)
        self._who = Text(look, "", style="caption", tone="muted")
        column.addWidget(self._who)
        column.addSpacing(look.px(8))
        self.value = Text(look, "", style="page", wrap=True)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.value)
        column.addStretch(1)
        self._mark = IconText(look, "circle-dashed", "")
        column.addWidget(self._mark)
        self._chosen, self._other = self.tr("Taken"), self.tr("Take this one")
        self.show_chosen(False)

    def show_value(self, who: str, value: str) -> None:
        """Show whose value it is, and the value in words."""
        self._who.say(who)
        self.value.say(value)

    def show_chosen(self, chosen: bool) -> None:
        """Show whether it is the one to be taken."""
        self.setProperty("chosen", "true" if chosen else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self._mark.say(
            self._chosen if chosen else self._other, "accent" if chosen else "muted",
            "circle-check" if chosen else "circle-dashed",
        )  # fmt: skip

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Choose it."""
        self.pressed.emit()
