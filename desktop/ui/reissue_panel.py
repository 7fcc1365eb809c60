"""Why an issued letter is replaced: a reason, asked beside its button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.look import Look

WIDTH = 440


class ReissuePanel(QFrame):
    """A small surface; Esc closes it.

    Signals:
        decided(str): the reason.
    """

    decided = Signal(str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._host = look, parent
        self.setProperty("role", "popup")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Text(look, self.tr("Replace this letter"), style="page"))
        self._words = Text(look, "", tone="muted", wrap=True)
        column.addWidget(self._words)
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(self.tr("Reason, such as: owner's name was wrong"))
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.textChanged.connect(self._check)
        self.reason.returnPressed.connect(self._decide)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.addStretch(1)
        self.begin = Button(look, self.tr("Draft the new letter"), kind="primary", pressed=self._decide)
        row.addWidget(self.begin)
        column.addLayout(row)
        self.hide()

    def offer(self, number: str) -> None:
        """Open for the letter with this number."""
        self._words.say(
            self.tr("{number} stays on file as void once the new letter is issued; the new one names it.").format(
                number=number
            )
        )
        self.reason.clear()
        self._check()
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self.reason.setFocus()

    def place(self) -> None:
        """Stand below the button, at the right of the page."""
        width = self._look.px(WIDTH)
        left = self._host.width() - width - self._look.px(16)
        self.setGeometry(left, self._look.px(56), width, self.heightForWidth(width) or self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _check(self) -> None:
        self.begin.setEnabled(bool(self.reason.text().strip()))

    @Slot()
    def _decide(self) -> None:
        if self.begin.isEnabled():
            self.hide()
            self.decided.emit(self.reason.text().strip())
