"""How many fields were set in two places, and the way to deciding them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.desk.conflict_desk import ConflictRow
from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.chips import Chip
from desktop.ui.look import Look

NAMED = 3
"""Enterprises named in the card."""


class SyncConflicts(Card):
    """The card; hidden while there is nothing to decide.

    Signals:
        decide_asked(): decide them one after the other.
    """

    decide_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, self.tr("Changed in two places"), parent=parent)
        self.heading.addWidget(Chip(look, self.tr("to be decided"), "partial", "git-merge"))
        self._names = Text(look, "", tone="muted", elide=True)
        self.button = Button(look, self.tr("Decide one by one"), pressed=self.decide_asked.emit)
        row = QHBoxLayout()
        row.addWidget(self._names, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.hide()

    def show_conflicts(self, rows: Sequence[ConflictRow]) -> None:
        """Show what there is to decide."""
        self.setVisible(bool(rows))
        self.count.say(wording.count(len(rows)) if rows else "")
        names = list(dict.fromkeys(row.enterprise for row in rows if row.enterprise))
        self._names.say("、".join(names[:NAMED]) + ("…" if len(names) > NAMED else ""))
