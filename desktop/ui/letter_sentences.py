"""The two sentences a finding puts into the letter, fact and advice: read as they stand, rewritten in place."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.letter_composition import ADVICE_LIMIT, PROBLEM_LIMIT
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.look import Look
from desktop.ui.note_field import NoteField


class LetterSentences(QWidget):
    """Fact and advice.

    Signals:
        written(str, str): fact and advice to save.
        left(): Esc; the page takes the focus.
    """

    written = Signal(str, str)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._fact, self._advice = "", ""
        self.edit_button = Button(look, self.tr("Edit"), kind="text", icon="pen-line", key="E", pressed=self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        self.fact_words = _Quoted(look, "border-strong")
        self.advice_words = _Quoted(look, "accent")
        column.addWidget(self.fact_words)
        column.addWidget(self.advice_words)
        self.fact_field, self._fact_count = self._field(column, self.tr("Problem"), PROBLEM_LIMIT)
        self.advice_field, self._advice_count = self._field(column, self.tr("Advice"), ADVICE_LIMIT)
        self._edit_mode(False)

    def show_sentences(self, place: str, fact: str, advice: str, *, able: bool, fresh: bool) -> None:
        """Show what stands. `fresh`: leave the editor and forget what it shows."""
        self._fact, self._advice = fact, advice
        self.fact_words.say(place + fact)
        self.advice_words.say(advice)
        self.edit_button.setEnabled(able)
        if fresh:
            self._edit_mode(False)
        for field, text in ((self.fact_field, fact), (self.advice_field, advice)):
            if fresh or not field.hasFocus():
                field.show_text(text)
        self._count()

    @Slot()
    def edit(self) -> None:
        """Rewrite in place."""
        if self.edit_button.isEnabled() and self.edit_button.isVisible():
            self._edit_mode(True)
            self.fact_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def write_down(self) -> None:
        """Save what is typed."""
        self.fact_field.write_down()
        self.advice_field.write_down()

    def _field(self, column: QVBoxLayout, name: str, limit: int) -> tuple[NoteField, Text]:
        row = QHBoxLayout()
        title, count = Text(self._look, name, style="caption", tone="muted"), Text(self._look, "", style="caption")
        count.setProperty("limit", limit)
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(count)
        column.addLayout(row)
        field = NoteField(self._look, name)
        field.setMinimumHeight(self._look.px(104))
        field.setProperty("name_row", True)
        field.textChanged.connect(self._count)
        field.written.connect(self._written)
        field.left.connect(self._leave)
        column.addWidget(field)
        self._titles = [*getattr(self, "_titles", []), title]
        return field, count

    def _edit_mode(self, on: bool) -> None:
        for widget in (self.fact_words, self.advice_words):
            widget.setVisible(not on)
        for widget in (self.fact_field, self.advice_field, self._fact_count, self._advice_count, *self._titles):
            widget.setVisible(on)

    @Slot()
    def _count(self) -> None:
        for field, count, limit in (
            (self.fact_field, self._fact_count, PROBLEM_LIMIT),
            (self.advice_field, self._advice_count, ADVICE_LIMIT),
        ):
            length = len(field.toPlainText())
            count.say(f"{length}/{limit}", "fail" if length > limit else "muted")

    @Slot(str)
    def _written(self, _text: str) -> None:
        self.written.emit(self.fact_field.toPlainText().strip(), self.advice_field.toPlainText().strip())

    @Slot()
    def _leave(self) -> None:
        self._edit_mode(False)
        self.left.emit()


class _Quoted(QWidget):
    """Words behind an upright bar."""

    def __init__(self, look: Look, role: str) -> None:
        super().__init__()
        self._look, self._role = look, role
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(14), 0, 0, 0)
        self._words = Text(look, "", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self._words)

    def say(self, words: str) -> None:
        self._words.say(words)
        self.setAccessibleName(words)

    @property
    def text(self) -> str:
        return self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        bar = QRectF(QPointF(0, 0), QPointF(self._look.px(3), self.height()))
        painter.fillRect(bar, self._look.color(self._role))
        painter.end()
