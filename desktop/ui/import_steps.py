"""The three steps of the import as a line: done, now, still to come."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.cards import IconText
from desktop.ui.look import Look


class ImportSteps(QWidget):
    """The line."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12))
        words = (self.tr("Choose file"), self.tr("Match and preview"), self.tr("Import"))
        self._parts = [IconText(look, "circle-dashed", word) for word in words]
        for number, part in enumerate(self._parts):
            if number:
                row.addWidget(IconText(look, "chevron-right", ""))
            row.addWidget(part)

    def show_step(self, step: int) -> None:
        """Mark the step that is open, counted from 0."""
        self.step = step
        for number, part in enumerate(self._parts):
            if number < step:
                part.say(part.text, "pass-fg", "circle-check")
            elif number == step:
                part.say(part.text, "accent", "pen-line")
            else:
                part.say(part.text, "muted", "circle-dashed")
