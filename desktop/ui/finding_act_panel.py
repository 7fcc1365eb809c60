"""What an act on a finding still needs, asked in a small surface: a note, a day, a photo, terms. Enter does it.

One panel for every act: a move, another deadline, a line of progress, a reminder, a look-back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.models.closed_loop import Need
from desktop.models.problems import Problem
from desktop.ui import finding_words
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.day_field import DayField
from desktop.ui.fields import FieldRow
from desktop.ui.finding_work import Given
from desktop.ui.look import Look
from desktop.ui.notices import ProblemStrip
from desktop.ui.photo_strip import choose_photos, pictures_of
from desktop.ui.popup_panel import PopupPanel

WIDTH = 420
_TERMS = {
    Need.OWNER: "responsible",
    Need.LEAD_UNIT: "lead_unit",
    Need.INTERIM_CONTROL: "interim_control",
    Need.PLATFORM_NUMBER: "platform_number",
}
"""Needs that are terms of the finding, and the fields they are kept in."""


@dataclass(frozen=True)
class Act:
    """An act to be done: its name, what it must and what it may be given, and what does it.

    `day`: what the day field begins with. `do` is called with what was given; the panel stays until it is told
    `done()`, so that a refusal loses nothing that was typed.
    """

    title: str
    do: Callable[[Given], object]
    must: Sequence[Need] = ()
    may: Sequence[Need] = ()
    day: date | None = None
    hint: str = ""


class FindingActPanel(PopupPanel):
    """The surface; Esc closes it.

    Signals:
        closed(): the page takes the focus.
    """

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._host = look, parent
        self._act: Act | None = None
        self._picture: Path | bytes | None = None
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(16))
        column.setSpacing(look.px(8))
        self.title = Text(look, style="page", wrap=True)
        self._hint = Text(look, tone="muted", wrap=True)
        self.strip = ProblemStrip(look)
        for widget in (self.title, self._hint, self.strip):
            column.addWidget(widget)
        self.terms = {each: QLineEdit() for each in _TERMS}
        self.day = DayField(look, self.tr("Day"))
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(look.px(76))
        self.photo = Button(look, "", icon="camera", pressed=self.ask_photo)
        self._rows: dict[Need, QWidget] = {}
        for each, field in self.terms.items():
            self._rows[each] = FieldRow(look, finding_words.need(each), field)
        self._rows[Need.UNTIL] = FieldRow(look, self.tr("Day"), self.day)
        self._rows[Need.NOTE] = FieldRow(look, finding_words.need(Need.NOTE), self.note)
        self._rows[Need.PHOTO] = self.photo
        for row in self._rows.values():
            column.addWidget(row)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button(look, self.tr("Cancel"), key="Esc", pressed=self.close_panel))
        self.confirm = Button(look, self.tr("Do it"), kind="primary", key="Ctrl ↵", pressed=self.take)
        buttons.addWidget(self.confirm)
        column.addLayout(buttons)
        self.hide()

    def ask(self, act: Act) -> None:
        """Ask for what an act needs and may take."""
        self._act, self._picture = act, None
        self.title.say(act.title)
        self._hint.say(act.hint)
        self._hint.setVisible(bool(act.hint))
        self.strip.hide()
        for field in self.terms.values():
            field.clear()
        self.note.clear()
        self.day.show_day(act.day or date.today())
        asked = {*act.must, *act.may}
        for each, row in self._rows.items():
            row.setVisible(each in asked)
        self.confirm.setText(act.title)
        self.confirm.updateGeometry()
        self._show_photo()
        self._place()
        self.show()
        self.raise_()
        fields: dict[Need, QWidget] = {**self.terms, Need.UNTIL: self.day, Need.NOTE: self.note, Need.PHOTO: self.photo}
        first = [field for each, field in fields.items() if each in act.must]
        (first or [field for each, field in fields.items() if each in asked] or [self.confirm])[0].setFocus()

    def done(self) -> None:
        """The act was done."""
        self.close_panel()

    def show_problem(self, problem: Problem) -> None:
        """The act was refused; what was given stays."""
        self.strip.show_problem(problem)
        self._place()

    @Slot()
    def ask_photo(self) -> None:
        """Let a person choose the photo."""
        self.take_pictures(choose_photos(self, self.tr("Evidence photo"), self.tr("Photos")))

    def take_pictures(self, pictures: Sequence[Path | bytes]) -> None:
        """Take the first of these pictures."""
        if pictures:
            self._picture = pictures[0]
            self._show_photo()

    @Slot()
    def take(self) -> None:
        """Do the act with what was given."""
        if self._act is None or self.isHidden():
            return
        terms = {_TERMS[each]: field.text().strip() for each, field in self.terms.items() if field.text().strip()}
        day = self.day.day if Need.UNTIL in (*self._act.must, *self._act.may) else None
        self._act.do(Given(self.note.toPlainText().strip() or None, self._picture, day, terms))

    @Slot()
    def close_panel(self) -> None:
        """Close without doing anything more."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Ctrl Enter does it, Ctrl V takes a picture, P asks for one."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif enter and (event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self.note.hasFocus()):
            self.take()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.take_pictures(pictures_of(QGuiApplication.clipboard().mimeData()))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that wrap change the height."""
        super().resizeEvent(event)
        self._place()

    def _show_photo(self) -> None:
        if self._picture is None:
            words = self.tr("Add photo, or paste with Ctrl V")
        else:
            name = self._picture.name if isinstance(self._picture, Path) else self.tr("pasted picture")
            words = self.tr("Photo: {name}").format(name=name)
        self.photo.setText(words)
        self.photo.set_icon("camera" if self._picture is None else "image")

    def _place(self) -> None:
        width = min(self._look.px(WIDTH), self._host.width() - self._look.px(32))
        height = max(self._column.heightForWidth(width), self._column.sizeHint().height())
        self.setGeometry(
            self._host.width() - width - self._look.px(16), self._look.px(8), width,
            min(height, self._host.height() - self._look.px(16)),
        )  # fmt: skip
