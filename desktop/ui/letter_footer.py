"""The foot of a letter's blocks: its checks, whether it is saved, and the button that issues it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.letter_checks import LetterChecks
from desktop.ui.look import Look
from desktop.ui.theme import tokens


class LetterFooter(QFrame):
    """The foot.

    Signals:
        issue_asked(): the button was pressed.
    """

    issue_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "footer")
        self.setFixedHeight(look.px(tokens()["frame"]["footer-bar"]))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.setSpacing(look.px(12))
        self.checks = LetterChecks(look)
        self._saved = Text(look, "", style="caption", tone="pass")
        self.issue_button = Button(
            look, self.tr("Issue…"), kind="primary", icon="lock", key="Ctrl ↵", pressed=self.issue_asked.emit
        )
        row.addWidget(self.checks, 1)
        row.addWidget(self._saved)
        row.addWidget(self.issue_button)

    @property
    def saved_words(self) -> str:
        """What is said about saving."""
        return self._saved.text()

    def say_nothing(self) -> None:
        """Something is typed and not saved yet."""
        self._saved.say("")

    def say_saved(self) -> None:
        """All is saved."""
        self._saved.say(self.tr("Saved"), "pass")

    def say_refused(self) -> None:
        """It could not be saved."""
        self._saved.say(self.tr("Not saved"), "fail")

    def say_issuing(self) -> None:
        """It is being numbered and frozen."""
        self._saved.say(self.tr("Being issued…"), "muted")
