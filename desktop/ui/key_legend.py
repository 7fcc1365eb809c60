"""The line under a table: counts at the left, the keys that work here at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.cards import Text
from desktop.ui.chips import KeyHint
from desktop.ui.look import Look
from desktop.ui.theme import tokens


class KeyLegend(QFrame):
    """Counts and keys."""

    def __init__(self, look: Look, keys: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Args:
        keys: (key, what it does) from left to right.
        """
        super().__init__(parent)
        self.setProperty("role", "footer")
        self.setFixedHeight(look.px(tokens()["frame"]["table-hints"]))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.setSpacing(look.px(4))
        self._words = Text(look, style="caption", tone="muted", elide=True)
        row.addWidget(self._words, 1)
        for key, words in keys:
            row.addSpacing(look.px(12))
            row.addWidget(KeyHint(look, key))
            row.addWidget(Text(look, words, style="caption", tone="muted"))

    def say(self, words: str) -> None:
        """Show other counts."""
        self._words.say(words)
