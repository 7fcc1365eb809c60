"""The blocks a letter is edited in: a text with its heading, and a problem with its one piece of advice."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.letter_composition import ADVICE_LIMIT, PROBLEM_LIMIT, chinese_number
from desktop.models.letter_content import DeadlineRow, LetterItem
from desktop.ui import wording
from desktop.ui.buttons import Button, IconButton
from desktop.ui.cards import Text
from desktop.ui.chips import Chip
from desktop.ui.day_field import DayField
from desktop.ui.look import Look
from desktop.ui.note_field import NoteField
from desktop.ui.painting import paint_focus

LINES_SHOWN = 12
"""A longer text scrolls inside its field."""

HEADING_LENGTH = 60
_TEXT_MARGIN = 4


class GrowingText(NoteField):
    """A text field as high as its text, without a frame of its own."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, name, parent)
        self._look = look
        self.setProperty("role", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_TEXT_MARGIN)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)
        self.setMinimumHeight(0)

    def sizeHint(self) -> QSize:
        """As high as its lines at the present width."""
        return QSize(super().sizeHint().width(), self._height(min(LINES_SHOWN, max(1, self._lines()))))

    def minimumSizeHint(self) -> QSize:
        """No lower bound of its own; the hint rules."""
        return QSize(self._look.px(100), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines: a bar only where they do not fit."""
        super().resizeEvent(event)
        fits = self._lines() <= LINES_SHOWN
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(bar)
        self.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The block around shows the focus."""
        super().focusInEvent(event)
        _repaint_block(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The block around shows it no more."""
        super().focusOutEvent(event)
        _repaint_block(self)

    def _height(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + 2 * _TEXT_MARGIN + 2

    def _lines(self) -> int:
        """Lines at the present width; the document's own count lags behind a resize."""
        count, block = 0, self.document().begin()
        while block.isValid():
            self.blockBoundingRect(block)  # lays the block out
            count += block.layout().lineCount()
            block = block.next()
        return count


class Block(QFrame):
    """A card with a heading line above one text; framed while its text or heading has the focus.

    Signals:
        edited(): the text changed.
    """

    edited = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "card")
        self.field = GrowingText(look, name)
        self.heading = QHBoxLayout()
        self.heading.setSpacing(look.px(8))
        self.heading.setContentsMargins(_TEXT_MARGIN, 0, _TEXT_MARGIN, 0)
        self.body = QVBoxLayout(self)
        side = look.px(12) - _TEXT_MARGIN
        self.body.setContentsMargins(side, look.px(6), side, look.px(6))
        self.body.setSpacing(look.px(2))
        self.body.addLayout(self.heading)
        self.body.addWidget(self.field)
        self.field.textChanged.connect(self.edited)

    @property
    def text(self) -> str:
        """The text as it stands in the field."""
        return self.field.toPlainText().strip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card, and its frame."""
        super().paintEvent(event)
        within = self.focusWidget()
        if within and within.hasFocus() and within.property("role") == "bare":
            painter = QPainter(self)
            paint_focus(painter, self._look, QRectF(self.rect()), self._look.px(8))
            painter.end()


class TextBlock(Block):
    """A text of its own; where the visit says something else now, a button takes that over."""

    def __init__(self, look: Look, name: str, hint: str = "") -> None:
        super().__init__(look, name)
        self._offered = ""
        self.heading.addWidget(Text(look, name))
        self.heading.addWidget(Text(look, hint, style="caption", tone="muted"), 1)
        self.renew = Button(look, self.tr("As the visit says now"), kind="text", icon="refresh-cw", pressed=self._renew)
        self.renew.setFixedHeight(look.px(24))
        self.renew.hide()
        self.heading.addWidget(self.renew)
        self.edited.connect(self._compare)

    def show_text(self, text: str, able: bool) -> None:
        """Show a text."""
        self.field.show_text(text)
        self.field.setReadOnly(not able)
        self._compare()

    def offer(self, text: str) -> None:
        """What the visit says now; "" when it says nothing."""
        self._offered = text
        self._compare()

    @Slot()
    def _compare(self) -> None:
        self.renew.setVisible(bool(self._offered) and not self.field.isReadOnly() and self._offered != self.text)

    def _renew(self) -> None:
        """Like typing it: Ctrl Z in the field takes it back."""
        cursor = self.field.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(self._offered)
        self.field.setFocus()


class ItemBlock(QWidget):
    """A problem and its advice, one to one, with who answers for it and until when.

    Signals:
        edited(): something in it changed.
        dropped(str): the measure should be left out of the letter.
    """

    edited = Signal()
    dropped = Signal(str)

    def __init__(self, look: Look, item: LetterItem, row: DeadlineRow | None, *, able: bool, day: date) -> None:
        """Args:
        day: the date of the letter, where a term that has no day begins.
        """
        super().__init__()
        self._item, self._row, self._able = item, row, able
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        problem = _Half(look, item.measure, item.heading, item.fact, PROBLEM_LIMIT, able)
        advice = _Half(look, "", item.advice_heading, item.advice, ADVICE_LIMIT, able)
        self._halves = (problem, self.tr("Problem")), (advice, self.tr("Advice"))
        self.heading, self.fact = problem.line, problem.field
        self.advice_heading, self.advice = advice.line, advice.field
        self.drop = IconButton(
            look, "x", self.tr("Leave {measure} out of the letter").format(measure=item.measure), role="muted", size=24,
            pressed=self._drop,
        )  # fmt: skip
        problem.heading.addWidget(self.drop)
        self.drop.setVisible(able)
        self.person = QLineEdit(row.person if row else "")
        self.due = DayField(look, self.tr("Due"), optional=True)
        self.back = DayField(look, self.tr("Look-back"), optional=True)
        if row is not None:
            self.due.show_day(row.due_on, day)
            self.back.show_day(row.look_back_on, row.due_on or day)
            advice.body.addLayout(self._terms(look, row) if able else self._terms_said(look, row))
        for widget in (problem, advice):
            column.addWidget(widget)
            widget.edited.connect(self.edited)
        self.person.textEdited.connect(self.edited)
        self.due.edited.connect(self.edited)
        self.back.edited.connect(self.edited)

    def number(self, place: int) -> None:
        """Take a place in the letter, from 1."""
        for half, name in self._halves:
            half.say_title(f"（{chinese_number(place)}）{name}")

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
        if self._row is None or not self._able:
            return self._row
        return DeadlineRow(self.item.heading, self.person.text().strip(), self.due.day, self.back.day)

    @property
    def fields(self) -> list[QWidget]:
        """What the tabulator key walks through."""
        terms = [self.person, self.due, self.back] if self._row is not None and self._able else []
        return [self.heading, self.fact, self.advice_heading, self.advice, *terms, self.drop]

    def _terms(self, look: Look, row: DeadlineRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(_TEXT_MARGIN, look.px(2), 0, look.px(4))
        line.setSpacing(look.px(6))
        self.person.setFixedWidth(look.px(96))
        self.person.setMaxLength(80)
        self.person.setAccessibleName(self.tr("Owner"))
        for field, words in ((self.person, self.tr("Owner")), (self.due, ""), (self.back, "")):
            line.addWidget(Text(look, words or field.accessibleName(), style="caption", tone="muted"))
            line.addWidget(field)
            line.addSpacing(look.px(6))
        line.addStretch(1)
        return line

    def _terms_said(self, look: Look, row: DeadlineRow) -> QHBoxLayout:
        """The terms of a frozen letter: words, no fields."""
        line = QHBoxLayout()
        line.setContentsMargins(_TEXT_MARGIN, 0, 0, look.px(2))
        terms = (
            (self.tr("Owner"), row.person),
            (self.tr("Due"), wording.day(row.due_on.isoformat() if row.due_on else None)),
            (self.tr("Look-back"), wording.day(row.look_back_on.isoformat() if row.look_back_on else None)),
        )
        words = "   ".join(f"{name} {value or wording.NONE}" for name, value in terms)
        line.addWidget(Text(look, words, style="caption", tone="muted", elide=True))
        return line

    def _drop(self) -> None:
        self.dropped.emit(self._item.measure)


class _Half(Block):
    """One card of the pair: number, heading, counter, text."""

    def __init__(self, look: Look, measure: str, heading: str, text: str, limit: int, able: bool) -> None:
        super().__init__(look, "")
        self._limit = limit
        if measure:
            self.heading.addWidget(Chip(look, measure, "accent"))
        self.line = _Heading(heading, able)
        self._title = Text(look, "", tone="muted")
        self.heading.addWidget(self._title)
        self.heading.addWidget(self.line, 1)
        self._count = Text(look, "", style="caption", tone="muted")
        self.heading.addWidget(self._count)
        self.field.show_text(text)
        self.field.setReadOnly(not able)
        self.field.textChanged.connect(self._recount)
        self.line.textEdited.connect(self.edited)
        self._recount()

    def say_title(self, title: str) -> None:
        self._title.say(title)
        self.field.setAccessibleName(title)
        self.line.setAccessibleName(self.tr("{place}, heading").format(place=title))

    @Slot()
    def _recount(self) -> None:
        length = len(self.text)
        words = self.tr("{count}/{limit} characters").format(count=length, limit=self._limit)
        self._count.say(words, "fail" if length > self._limit else "muted")


class _Heading(QLineEdit):
    def __init__(self, text: str, able: bool) -> None:
        super().__init__(text)
        self.setProperty("role", "bare")
        self.setMaxLength(max(HEADING_LENGTH, len(text)))
        self.setReadOnly(not able)
        self.setCursorPosition(0)
        font = self.font()
        font.setBold(True)
        self.setFont(font)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        _repaint_block(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.home(False)
        _repaint_block(self)


def _repaint_block(field: QWidget) -> None:
    block = field.parentWidget()
    if block is not None:
        block.update()
