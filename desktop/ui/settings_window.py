"""How the window looks and which language it speaks; taken at once, and kept for the next start."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.models.desk.window_choices import TEXT_SIZES, Scheme, WindowChoices
from desktop.ui.buttons import SegmentedControl
from desktop.ui.cards import Card, Text
from desktop.ui.look import Look
from desktop.ui.notices import window_language


class SettingsWindow(Card):
    """The card.

    Signals:
        language_chosen(str): "zh" or "en".
        look_chosen(WindowChoices): scheme and text size.
    """

    language_chosen = Signal(str)
    look_chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, self.tr("Language and look"), parent=parent)
        self.body.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(16))
        self.language = SegmentedControl(look, [("zh", "中文", None), ("en", "English", None)])
        self.scheme = SegmentedControl(
            look,
            [("system", self.tr("As the system"), None), ("light", self.tr("Light"), None),
             ("dark", self.tr("Dark"), None)],
        )  # fmt: skip
        self.text_size = SegmentedControl(look, [(str(size), f"{size} %", None) for size in TEXT_SIZES])
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(12))
        for row, (name, control) in enumerate(
            (
                (self.tr("Language"), self.language),
                (self.tr("Colours"), self.scheme),
                (self.tr("Text size"), self.text_size),
            )
        ):
            control.setAccessibleName(name)
            grid.addWidget(Text(look, name, tone="muted"), row, 0)
            grid.addWidget(control, row, 1)
        grid.setColumnMinimumWidth(0, look.px(80))
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        self.language.take(window_language())
        self.language.chosen.connect(self.language_chosen)
        self.scheme.chosen.connect(self._look_chosen)
        self.text_size.chosen.connect(self._look_chosen)

    def show_look(self, look: Look) -> None:
        """Show how the window looks now."""
        self.scheme.take(look.choice)
        percent = min(TEXT_SIZES, key=lambda size: abs(size - look.scale * 100))
        self.text_size.take(str(percent))

    @Slot()
    def _look_chosen(self) -> None:
        scheme = cast(Scheme, self.scheme.current)
        self.look_chosen.emit(WindowChoices(None, scheme, int(self.text_size.current)))
