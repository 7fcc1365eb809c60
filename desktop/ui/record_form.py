"""A form whose fields come from the record: named by its words, in sections, kept with Ctrl Enter, left with Esc.

    form.ask(title, [Section("", [FormField("place", "text"), FormField("rinsed", "flag")])], "disinfections", values)
    form.kept(dict)    # what was filled in: None where nothing was

Kinds of field: text, number, whole, flag, choice, many, day, moment (local day and time).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.models.problems import Problem
from desktop.models.record_words import field_word
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.day_field import DayField
from desktop.ui.fields import FieldRow
from desktop.ui.flag_field import FlagField
from desktop.ui.look import Look
from desktop.ui.notices import ProblemStrip, window_language

Kind = Literal["text", "number", "whole", "flag", "choice", "many", "day", "moment"]
COLUMNS = 3


@dataclass(frozen=True)
class FormField:
    """One field. `choices`: (code, words); `label` where the record has no word for it; `wide`: a whole line;
    `required`: a choice that cannot be left open."""

    name: str
    kind: Kind
    choices: Sequence[tuple[str, str]] = ()
    label: str = ""
    hint: str = ""
    wide: bool = False
    required: bool = False


@dataclass(frozen=True)
class Section:
    """Fields under a heading."""

    title: str
    fields: Sequence[FormField] = field(default_factory=tuple)


class RecordForm(Card):
    """The form.

    Signals:
        kept(dict): a person wants to keep what is filled in.
        left(): a person leaves without keeping it.
    """

    kept = Signal(object)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, " ", parent=parent)
        self._look = look
        self._fields: dict[str, FormField] = {}
        self._before: dict[str, Any] = {}
        self.rows: dict[str, FieldRow] = {}
        self.body.setContentsMargins(0, 0, 0, 0)
        self.strip = ProblemStrip(look)
        self.body.addWidget(self.strip)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._scroll, 1)
        self.keep = Button(look, self.tr("Keep"), kind="primary", icon="check", key="Ctrl ↵", pressed=self._keep)
        leave = Button(look, self.tr("Back without keeping"), kind="text", key="Esc", pressed=self.left.emit)
        self.heading.addWidget(leave)
        self.heading.addWidget(self.keep)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._keep)

    def ask(self, title: str, sections: Sequence[Section], table: str, values: Mapping[str, Any]) -> None:
        """Show a form; `table` is the kind of record its fields are named by."""
        self.title.say(title)
        self.strip.hide()
        self._fields.clear()
        self.rows.clear()
        body = QFrame()
        body.setProperty("role", "pane")
        column = QVBoxLayout(body)
        look = self._look
        column.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        column.setSpacing(look.px(8))
        for section in sections:
            if section.title:
                column.addWidget(Text(look, section.title, style="body-strong"))
            column.addLayout(self._grid(section.fields, table, values))
        column.addStretch(1)
        self._scroll.setWidget(body)
        self._before = self.values()

    @property
    def changed(self) -> bool:
        """Whether a person filled in something since it was shown."""
        try:
            return self.values() != self._before
        except ValueError:
            return True

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        if self.rows:
            next(iter(self.rows.values())).field.setFocus(Qt.FocusReason.TabFocusReason)

    def complain(self, problem: Problem) -> None:
        """Say why it was not kept; what was filled in stays."""
        self.strip.show_problem(problem)

    def values(self) -> dict[str, Any]:
        """What is filled in.

        Raises:
            ValueError: something typed is no number; its field says so.
        """
        found, wrong = {}, False
        for name, row in self.rows.items():
            row.complain(None)
            try:
                found[name] = _value(self._fields[name].kind, row.field)
            except ValueError:
                row.complain(self.tr("not a number") if self._fields[name].kind != "moment" else self.tr("like 16:30"))
                wrong = True
        if wrong:
            raise ValueError
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _keep(self) -> None:
        try:
            found = self.values()
        except ValueError:
            return
        self.strip.hide()
        self.kept.emit(found)

    def _grid(self, fields: Sequence[FormField], table: str, values: Mapping[str, Any]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.px(12))
        grid.setVerticalSpacing(self._look.px(8))
        place = 0
        for each in fields:
            label = each.label or field_word(table, each.name, window_language())
            row = FieldRow(self._look, label, self._widget(each, label), hint=each.hint)
            _show(each.kind, row.field, values.get(each.name))
            self._fields[each.name], self.rows[each.name] = each, row
            if each.wide and place % COLUMNS:
                place += COLUMNS - place % COLUMNS
            span = COLUMNS if each.wide else 1
            grid.addWidget(row, place // COLUMNS, place % COLUMNS, 1, span, Qt.AlignmentFlag.AlignTop)
            place += span
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, self._look.px(120))
        return grid

    def _widget(self, each: FormField, label: str) -> QWidget:
        match each.kind:
            case "flag":
                return FlagField(self._look)
            case "choice":
                box = _Choice()
                if not each.required:
                    box.addItem("—", None)
                for code, words in each.choices:
                    box.addItem(words, code)
                return box
            case "many":
                return _Many(self._look, each.choices)
            case "day":
                made = DayField(self._look, label, optional=True)
                made.show_day(None, date.today())
                return made
            case "moment":
                return _Moment(self._look, label)
        return QLineEdit()


class _Choice(QComboBox):
    """A choice that the wheel does not change while the form is scrolled."""

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


class _Many(QWidget):
    """Several of a list."""

    def __init__(self, look: Look, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(6), 0, look.px(6))
        row.setSpacing(look.px(16))
        self.boxes = {code: QCheckBox(words) for code, words in choices}
        for box in self.boxes.values():
            row.addWidget(box)
        row.addStretch(1)
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))


class _Moment(QWidget):
    """A local day and a time of it."""

    def __init__(self, look: Look, label: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        self.day = DayField(look, label, optional=True)
        self.day.show_day(None, date.today())
        self.time = QLineEdit()
        self.time.setAccessibleName(label)
        self.time.setPlaceholderText("16:30")
        row.addWidget(self.day)
        row.addWidget(self.time, 1)
        self.setFocusProxy(self.time)


def _show(kind: Kind, widget: QWidget, value: Any) -> None:
    if isinstance(widget, FlagField):
        widget.show_value(None if value is None else bool(value))
    elif isinstance(widget, QComboBox):
        widget.setCurrentIndex(max(0, widget.findData(None if value is None else str(value))))
    elif isinstance(widget, _Many):
        for code, box in widget.boxes.items():
            box.setChecked(code in (value or ()))
    elif isinstance(widget, DayField):
        if value:
            widget.show_day(value if isinstance(value, date) else date.fromisoformat(value))
    elif isinstance(widget, _Moment):
        if value:
            widget.day.show_day(value.date())
            widget.time.setText(value.strftime("%H:%M"))
    elif isinstance(widget, QLineEdit):
        number = kind in ("number", "whole") and value is not None
        widget.setText(f"{value:.10g}" if number else value or "")


def _value(kind: Kind, widget: QWidget) -> Any:
    if isinstance(widget, FlagField):
        return widget.value
    if isinstance(widget, QComboBox):
        return widget.currentData()
    if isinstance(widget, _Many):
        return [code for code, box in widget.boxes.items() if box.isChecked()]
    if isinstance(widget, DayField):
        return widget.day
    if isinstance(widget, _Moment):
        typed = widget.time.text().strip().replace("：", ":")
        if not typed:
            return None
        return datetime.combine(widget.day.day or date.today(), datetime.strptime(typed, "%H:%M").time())
    text = widget.text().strip() if isinstance(widget, QLineEdit) else ""
    if kind == "text" or not text:
        return text or None
    number = float(text.replace(",", ""))
    if not math.isfinite(number) or (kind == "whole" and number != int(number)):
        raise ValueError(text)
    return int(number) if kind == "whole" else number
