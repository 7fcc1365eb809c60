"""The bar above a letter: its state, number and date, the layout, and what can be done with its pages."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.models.desk.letter_desk import LetterRow
from desktop.models.letter_content import LetterContent
from desktop.models.vocabulary import LetterState
from desktop.ui import wording
from desktop.ui.buttons import Button, SegmentedControl
from desktop.ui.cards import Text
from desktop.ui.chips import Chip
from desktop.ui.day_field import DayField
from desktop.ui.look import Look
from desktop.ui.theme import tokens


class LetterBar(QFrame):
    """The bar.

    Signals:
        changed(): date or layout were changed.
    """

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "filters")
        self.setFixedHeight(look.px(tokens()["frame"]["top"]))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.setSpacing(look.px(8))
        self.state = Chip(look, "", "na")
        self.number = Text(look, "", elide=True)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.date = DayField(look, self.tr("Date of the letter"))
        self.date.edited.connect(self._changed)
        self.layout_choice = SegmentedControl(
            look, [("official", self.tr("Official form"), None), ("correspondence", self.tr("Letter form"), None)]
        )
        self.layout_choice.chosen.connect(self._changed)
        self.reissue_button = Button(look, self.tr("Replace…"), icon="copy")
        self.save_button = Button(look, self.tr("Save PDF"), icon="save")
        self.print_button = Button(look, self.tr("Print"), icon="printer")
        row.addWidget(Text(look, self.tr("Recommendation letter")))
        row.addWidget(self.state)
        row.addWidget(self.number, 1)
        for widget in (self.date, self.layout_choice, self.reissue_button, self.save_button, self.print_button):
            row.addWidget(widget)

    def show_letter(self, letter: LetterRow, content: LetterContent) -> None:
        """Show a letter's own."""
        draft = letter.state == LetterState.DRAFT
        tone, icon = {"draft": ("na", "pen-line"), "issued": ("pass", "check")}.get(letter.state, ("fail", "x"))
        self.state.say(wording.letter_state(letter.state), tone, icon)
        if letter.number:
            words = f"{letter.number} · {wording.day(content.issued_on.isoformat())}"
        elif content.supersedes:
            words = self.tr("replaces {number}").format(number=content.supersedes)
        else:
            words = self.tr("number given at issue")
        self.number.say(words, "text" if letter.number else "muted")
        self.date.show_day(content.issued_on)
        self.date.setVisible(draft)
        self.layout_choice.take(content.layout)
        self.layout_choice.setVisible(draft)
        self.reissue_button.setVisible(letter.state == LetterState.ISSUED)

    @property
    def day(self) -> date:
        """The date shown."""
        day = self.date.day
        assert day is not None  # noqa: S101 - only an optional field has none
        return day

    @property
    def layout_code(self) -> str:
        """The layout taken."""
        return self.layout_choice.current

    @Slot()
    def _changed(self) -> None:
        self.changed.emit()
