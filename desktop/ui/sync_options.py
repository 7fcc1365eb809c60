"""Choices and ways out at the side of the sync page: sync by itself, and one's unsent work as a plain file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.look import Look


class SyncOptions(Card):
    """The card.

    Signals:
        automatic_chosen(bool): sync by itself or not.
        unsent_asked(): write the unsent work to a file.
    """

    automatic_chosen = Signal(bool)
    unsent_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "", parent=parent)
        self.automatic = QCheckBox(self.tr("Sync by itself when a connection appears"))
        self.automatic.clicked.connect(self.automatic_chosen)
        self.body.addWidget(self.automatic)
        self.unsent = Button(look, self.tr("Save unsent work as a file…"), icon="save", pressed=self.unsent_asked.emit)
        self.body.addWidget(self.unsent)
        words = self.tr("Works even without sign-in. The file is not encrypted.")
        self.body.addWidget(Text(look, words, style="caption", tone="muted", wrap=True))

    def show_automatic(self, on: bool) -> None:
        """Show what was chosen."""
        self.automatic.setChecked(on)
