"""Stock phrases for the note as small buttons: as many as fit, the rest in the note's own list (`/`)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.ui.cards import Text
from desktop.ui.chips import FilterChip, KeyHint
from desktop.ui.look import Look

MOST = 5


class PhraseRow(QWidget):
    """The phrases.

    Signals:
        chosen(str): the text of the phrase a person took.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._texts: dict[FilterChip, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.px(6))
        self._row.addStretch(1)
        self._name = Text(look, self.tr("Phrases"), style="caption", tone="muted")
        self._key = KeyHint(look, "/")
        self._row.addWidget(self._name)
        self._row.addWidget(self._key)
        self._chips = [FilterChip(look, "", mark=None) for _ in range(MOST)]
        for chip in self._chips:
            chip.clicked.connect(self._clicked)
            self._row.addWidget(chip)

    def show_phrases(self, phrases: Sequence[tuple[str, str]]) -> None:
        """Offer these (label, text) phrases."""
        self._texts.clear()
        for chip, (label, text) in zip(self._chips, phrases, strict=False):
            chip.say(label)
            chip.setToolTip(text)
            self._texts[chip] = text
        self._name.setVisible(bool(phrases))
        self._key.setVisible(bool(phrases))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit."""
        super().resizeEvent(event)
        self._fit()

    @property
    def chips(self) -> list[FilterChip]:
        """The buttons in use."""
        return list(self._texts)

    def _fit(self) -> None:
        room = self.width() - self._name.sizeHint().width() - self._key.sizeHint().width() - self._look.px(20)
        for chip in self._chips:
            room -= chip.sizeHint().width() + self._look.px(6)
            chip.setVisible(chip in self._texts and room >= 0)

    @Slot()
    def _clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self.chosen.emit(self._texts[chip])
