"""The blocks a letter is edited in: a text with its heading and counter, and a problem with its one piece of advice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.letter_composition import ADVICE_LIMIT, PROBLEM_LIMIT, chinese_number
from desktop.models.letter_content import DeadlineRow, LetterItem
from desktop.ui.buttons import IconButton
from desktop.ui.cards import Text
from desktop.ui.chips import Chip
from desktop.ui.look import Look
from desktop.ui.note_field import NoteField

LINES_SHOWN = 6
NO_DAY = QDate(2000, 1, 1)
"""What a date field holds when no date was agreed."""


class GrowingText(NoteField):
    """A text field as high as its text, without a frame of its own."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, name, parent)
        self._look = look
        self.setProperty("role", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        lines = max(1, min(LINES_SHOWN, int(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + self._look.px(20))


class TextBlock(QFrame):
    """A card with a heading and one text.

    Signals:
        edited(): the text changed.
    """

    edited = Signal()

    def __init__(self, look: Look, heading: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(6))
        column.setSpacing(look.px(2))
        row = QHBoxLayout()
        row.addWidget(Text(look, heading))
        row.addWidget(Text(look, hint, style="caption", tone="muted"), 1)
        column.addLayout(row)
        self.field = GrowingText(look, heading)
        self.field.textChanged.connect(self.edited)
        column.addWidget(self.field)

    def show_text(self, text: str, able: bool) -> None:
        """Show a text."""
        self.field.show_text(text)
        self.field.setReadOnly(not able)

    @property
    def text(self) -> str:
        """The text as it stands in the field."""
        return self.field.toPlainText().strip()


class ItemBlock(QWidget):
    """A problem and its advice, one to one, with who answers for it and until when.

    Signals:
        edited(): something in it changed.
        dropped(str): the measure should be left out of the letter.
    """

    edited = Signal()
    dropped = Signal(str)

    def __init__(self, look: Look, place: int, item: LetterItem, row: DeadlineRow | None, able: bool) -> None:
        super().__init__()
        self._item, self._row = item, row
        number = f"（{chinese_number(place)}）"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        self.heading, self.fact = _heading(item.heading, able), GrowingText(look, self.tr("Problem"))
        self.advice_heading, self.advice = _heading(item.advice_heading, able), GrowingText(look, self.tr("Advice"))
        drop = IconButton(
            look, "x", self.tr("Leave {measure} out of the letter").format(measure=item.measure), role="muted", size=24,
            pressed=self._drop,
        )  # fmt: skip
        drop.setEnabled(able)
        problem = _Half(look, number + self.tr("Problem"), self.heading, self.fact, PROBLEM_LIMIT, item.measure, drop)
        advice = _Half(look, number + self.tr("Advice"), self.advice_heading, self.advice, ADVICE_LIMIT)
        column.addWidget(problem)
        column.addWidget(advice)
        self.person, self.due, self.back = QLineEdit(row.person if row else ""), QDateEdit(), QDateEdit()
        if row is not None:
            advice.add_terms(self._terms(look, row, able))
        for field, text in ((self.fact, item.fact), (self.advice, item.advice)):
            field.show_text(text)
            field.setReadOnly(not able)
            field.textChanged.connect(self.edited)
        for line in (self.heading, self.advice_heading, self.person):
            line.textEdited.connect(self.edited)

    @property
    def item(self) -> LetterItem:
        """The item as it stands in the fields."""
        return LetterItem(
            self._item.measure,
            self.heading.text().strip().rstrip("。"),
            self.fact.toPlainText().strip(),
            self.advice_heading.text().strip().rstrip("。"),
            self.advice.toPlainText().strip(),
        )

    @property
    def row(self) -> DeadlineRow | None:
        """The line of the table of deadlines; its problem follows the heading."""
        if self._row is None:
            return None
        return DeadlineRow(self.item.heading, self.person.text().strip(), _day(self.due), _day(self.back))

    def _terms(self, look: Look, row: DeadlineRow, able: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(look.px(6))
        for words, field, width in (
            (self.tr("Owner"), self.person, 96),
            (self.tr("Due"), self.due, 116),
            (self.tr("Look-back"), self.back, 116),
        ):
            line.addWidget(Text(look, words, style="caption", tone="muted"))
            field.setFixedWidth(look.px(width))
            field.setEnabled(able)
            field.setAccessibleName(words)
            line.addWidget(field)
        line.addStretch(1)
        _set_day(self.due, row.due_on, self.edited.emit)
        _set_day(self.back, row.look_back_on, self.edited.emit)
        return line

    def _drop(self) -> None:
        self.dropped.emit(self._item.measure)


class _Half(QFrame):
    """One card of the pair: number, heading, text, counter."""

    def __init__(
        self,
        look: Look,
        title: str,
        heading: QLineEdit,
        field: GrowingText,
        limit: int,
        measure: str = "",
        drop: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._field, self._limit = field, limit
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(6))
        self._column.setSpacing(look.px(2))
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        if measure:
            row.addWidget(Chip(look, measure, "accent"))
        row.addWidget(Text(look, title, tone="muted"))
        row.addWidget(heading, 1)
        self._count = Text(look, "", style="caption", tone="muted")
        row.addWidget(self._count)
        if drop is not None:
            row.addWidget(drop)
        self._column.addLayout(row)
        self._column.addWidget(field)
        field.textChanged.connect(self._recount)
        self._recount()

    def add_terms(self, terms: QHBoxLayout) -> None:
        self._column.addLayout(terms)
        self._column.addSpacing(4)

    def _recount(self) -> None:
        length = len(self._field.toPlainText().strip())
        words = self.tr("{count}/{limit} characters").format(count=length, limit=self._limit)
        self._count.say(words, "fail" if length > self._limit else "muted")


def _heading(text: str, able: bool) -> QLineEdit:
    line = QLineEdit(text)
    line.setProperty("role", "bare")
    line.setMaxLength(60)
    line.setReadOnly(not able)
    font = line.font()
    font.setBold(True)
    line.setFont(font)
    return line


def _set_day(field: QDateEdit, day: date | None, edited: Callable[[], object]) -> None:
    field.setDisplayFormat("yyyy-MM-dd")
    field.setMinimumDate(NO_DAY)
    field.setSpecialValueText("—")
    field.setDate(QDate(day.year, day.month, day.day) if day else NO_DAY)
    field.dateChanged.connect(lambda _day: edited())


def _day(field: QDateEdit) -> date | None:
    shown = field.date()
    return None if shown == NO_DAY else date(shown.year(), shown.month(), shown.day())
