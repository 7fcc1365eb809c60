"""Fields two people set differently, decided one after the other: base, mine and theirs side by side.

Keys: 1 mine · 2 the centre's · 3 another value · Enter takes it and goes on · ↑ ↓ another one · Esc back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.models.desk.conflict_desk import ConflictRow
from desktop.models.record_words import field_word, record_word
from desktop.models.vocabulary import Resolution
from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.choice_card import ChoiceCard
from desktop.ui.field_values import editable, value_words
from desktop.ui.lazy_table_model import Cell, Column, LazyTableModel
from desktop.ui.look import Look
from desktop.ui.notices import window_language
from desktop.ui.register_view import RegisterView


class ConflictView(QWidget):
    """The list and the decision.

    Signals:
        decided(str, Resolution, object): a conflict's id, how it is settled, and the third value if that is chosen.
        left(): Esc, or nothing is left to decide.
    """

    decided = Signal(str, object, object)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, ConflictRow] = {}
        self._current: ConflictRow | None = None
        self._choice = Resolution.MINE
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._build_list(look))
        row.addWidget(self._build_decision(look), 1)

    @property
    def current(self) -> ConflictRow | None:
        """The conflict to be decided now."""
        return self._current

    def show_conflicts(self, rows: Sequence[ConflictRow]) -> None:
        """Show these; the one that stood stays if it is still open."""
        self._rows = {row.id: row for row in rows}
        self._count.say(wording.count(len(rows)))
        self.model.set_ids(list(self._rows))
        if not rows:
            self._current = None
            self.left.emit()
            return
        kept = self._current.id if self._current is not None and self._current.id in self._rows else rows[0].id
        self.table.go_to(self.model.row_of(kept) or 0)
        self._show(kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, Enter takes, Esc leaves."""
        choices = {
            Qt.Key.Key_1: Resolution.MINE, Qt.Key.Key_2: Resolution.THEIRS, Qt.Key.Key_3: Resolution.OTHER,
        }  # fmt: skip
        if event.key() in choices:
            self.choose(choices[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.table.go_to(self.table.currentIndex().row() + step)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def choose(self, choice: Resolution) -> None:
        """Mark a value as the one to be taken."""
        if choice is Resolution.OTHER and not self.other.isEnabled():
            return
        self._choice = choice
        self.mine.show_chosen(choice is Resolution.MINE)
        self.theirs.show_chosen(choice is Resolution.THEIRS)
        self.take_button.setText(
            {
                Resolution.MINE: self.tr("Take mine"),
                Resolution.THEIRS: self.tr("Take the centre's"),
                Resolution.OTHER: self.tr("Take the other value"),
            }[choice]
        )
        self.take_button.updateGeometry()
        if choice is Resolution.OTHER:
            self.other.setFocus()
            self.other.selectAll()
        else:
            self.setFocus()

    @Slot()
    def take(self) -> None:
        """Settle the current conflict with the chosen value."""
        conflict = self._current
        if conflict is None:
            return
        value: Any = None
        if self._choice is Resolution.OTHER:
            value = self._typed(conflict)
            if value is None:
                self.other.setFocus()
                return
        self.decided.emit(conflict.id, self._choice, value)

    def _build_list(self, look: Look) -> QWidget:
        pane = QFrame()
        pane.setProperty("role", "pane")
        pane.setFixedWidth(look.px(296))
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        head.setContentsMargins(look.px(12), look.px(10), look.px(12), look.px(10))
        head.addWidget(Text(look, self.tr("To decide"), style="body-strong"))
        self._count = Text(look, "", tone="muted")
        head.addWidget(self._count)
        head.addStretch(1)
        column.addLayout(head)
        columns = [
            Column("field", self.tr("Field"), lambda row: Cell(_field(row), icon="git-merge", tip=_field(row)), 140),
            Column("where", self.tr("Where"), lambda row: Cell(_where(row), "muted", tip=_where(row)), 140),
        ]
        self.model = LazyTableModel(columns, self._fetch, self)
        self.table = RegisterView(look)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("To decide"))
        self.table.current_changed.connect(self._show)
        self.table.opened.connect(self.setFocus)
        column.addWidget(self.table, 1)
        words = self.tr("Changes of different fields are both kept; only one field with two values has to be decided.")
        foot = Text(look, words, style="caption", tone="muted", wrap=True)
        foot.setContentsMargins(*[look.px(12)] * 4)
        column.addWidget(foot)
        return pane

    def _build_decision(self, look: Look) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(16))
        column.setSpacing(look.px(12))
        self._path = Text(look, "", tone="muted", elide=True)
        self._title = Text(look, "", style="title", elide=True)
        column.addWidget(self._path)
        column.addWidget(self._title)
        before = Card(look)
        line = QHBoxLayout()
        line.addWidget(Text(look, self.tr("Before"), style="body-strong", tone="muted"))
        self._base = Text(look, "", wrap=True)
        line.addWidget(self._base, 1)
        before.body.addLayout(line)
        column.addWidget(before)
        cards = QHBoxLayout()
        cards.setSpacing(look.px(16))
        self.mine = ChoiceCard(look, self.tr("The other edit"), "1")
        self.theirs = ChoiceCard(look, self.tr("At the centre"), "2")
        self.mine.pressed.connect(self._choose_mine)
        self.theirs.pressed.connect(self._choose_theirs)
        cards.addWidget(self.mine, 1)
        cards.addWidget(self.theirs, 1)
        column.addLayout(cards)
        column.addLayout(self._acts(look))
        hint = self.tr("The decision is sent as a new edit; both values stay on record.")
        column.addWidget(Text(look, hint, style="caption", tone="muted"))
        column.addStretch(1)
        return body

    def _acts(self, look: Look) -> QHBoxLayout:
        acts = QHBoxLayout()
        acts.setSpacing(look.px(8))
        self.other_button = Button(look, self.tr("Another value"), key="3", pressed=self._choose_other)
        self.other = QLineEdit()
        self.other.setAccessibleName(self.tr("Another value"))
        self.other.setMaximumWidth(look.px(280))
        self.other.returnPressed.connect(self.take)
        self.other.textEdited.connect(self._choose_other)
        later = Button(look, self.tr("Later"), key="Esc", pressed=self.left.emit)
        self.take_button = Button(look, self.tr("Take mine"), kind="primary", key="↵", pressed=self.take)
        acts.addWidget(self.other_button)
        acts.addWidget(self.other, 1)
        acts.addStretch(1)
        acts.addWidget(later)
        acts.addWidget(self.take_button)
        return acts

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        arrived([self._rows[row] for row in ids if row in self._rows])

    @Slot(str)
    def _show(self, conflict_id: str) -> None:
        row = self._rows.get(conflict_id)
        if row is None:
            return
        self._current = row
        kind = record_word(row.table, window_language())
        self._path.say(" › ".join(part for part in (row.enterprise, kind, row.measure) if part))
        deleted, twice = self.tr("{field}: deleted in one place, changed in another"), self.tr("{field}: two values")
        self._title.say((deleted if row.about_deletion else twice).format(field=_field(row)))
        self.mine.title.say(self.tr("Mine") if row.own else self.tr("The other edit"))
        self._base.say(value_words(row.table, row.field, row.base))
        self.mine.show_value(_who(row.mine_by, row.mine_at), value_words(row.table, row.field, row.mine))
        self.theirs.show_value(_who(row.theirs_by, row.theirs_at), value_words(row.table, row.field, row.theirs))
        able = editable(row.mine, row.theirs) and not row.about_deletion
        self.other.setEnabled(able)
        self.other_button.setEnabled(able)
        self.other.setText(str(row.mine or "") if able else "")
        self.other.setCursorPosition(0)
        focus = self.focusWidget()
        self.choose(Resolution.MINE)
        if focus is self.table:
            self.table.setFocus()

    def _typed(self, row: ConflictRow) -> str | int | None:
        """The third value in the type of the others; nothing while it is not one."""
        typed = self.other.text().strip()
        if any(isinstance(value, int) for value in (row.mine, row.theirs)):
            return int(typed) if typed.isascii() and typed.isdigit() else None
        return typed or None

    @Slot()
    def _choose_mine(self) -> None:
        self.choose(Resolution.MINE)

    @Slot()
    def _choose_theirs(self) -> None:
        self.choose(Resolution.THEIRS)

    @Slot()
    def _choose_other(self) -> None:
        if self._choice is not Resolution.OTHER:
            text = self.other.text()
            self.choose(Resolution.OTHER)
            self.other.setText(text)
            self.other.deselect()


def _field(row: ConflictRow) -> str:
    language = window_language()
    if row.about_deletion:
        return record_word(row.table, language)
    name = field_word(row.table, row.field, language)
    return f"{row.measure} {name}" if row.measure else name


def _where(row: ConflictRow) -> str:
    return row.enterprise or record_word(row.table, window_language())


def _who(name: str | None, moment: str | None) -> str:
    return " · ".join(part for part in (name, wording.moment(moment) if moment else None) if part)
