"""The typed values of a measure: three in a row, each with its unit and its range in words.

Outside the expected range the words turn red and the value is kept; what a hard rule forbids is refused in words and
the value that stood before stands. What is typed stays in its field either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.models.answer_rules import AnswerProblem, Recorded, value_problems
from desktop.models.measure_set import Measure, Value, ValueType
from desktop.models.problems import Language, UserProblem
from desktop.models.recorded_values import read_value, value_text
from desktop.ui.cards import Text
from desktop.ui.fields import FieldRow
from desktop.ui.look import Look
from desktop.ui.notices import window_language

COLUMNS = 3


class ValueFields(QWidget):
    """The fields of one measure.

    Signals:
        typed(): something in a field changed.
        settled(): a field was left or a choice taken: now is the time to save.
    """

    typed = Signal()
    settled = Signal()

    def __init__(self, look: Look, measure: Measure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measure = measure
        self._language: Language = window_language()
        self._shown: dict[str, Recorded] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(6))
        column.addLayout(grid)
        self.rows: dict[str, FieldRow] = {}
        for place, value in enumerate(measure.values):
            row = self._row(look, value)
            self.rows[value.key] = row
            grid.addWidget(row, place // COLUMNS, place % COLUMNS)
        for place in range(COLUMNS):
            grid.setColumnStretch(place, 1)
        self._refusal_words = Text(look, "", style="caption", tone="fail", wrap=True)
        column.addWidget(self._refusal_words)
        self._refusal_words.hide()

    def show_values(self, measured: Mapping[str, Recorded], on: date, enabled: bool = True) -> None:
        """Show what stands, in place of anything typed."""
        self._shown = dict(measured)
        for value in self._measure.values:
            field = self.rows[value.key].field
            field.blockSignals(True)
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(measured.get(value.key))))
            elif isinstance(field, QLineEdit):
                recorded = measured.get(value.key)
                field.setText("" if recorded is None else value_text(value, recorded, self._language, unit=False))
            field.blockSignals(False)
            field.setEnabled(enabled)
        self._judge(dict(measured), {}, on)

    def take(self, standing: Mapping[str, Recorded], on: date) -> dict[str, Any]:
        """The values to save: what is typed where it may be, else what stands; says beside each field which."""
        typed, refused = self._read()
        taken = dict(standing)
        pending = {key: value for key, value in typed.items() if taken.get(key) != value}
        together = {**taken, **pending}
        if not self._hard(together, on):
            taken, pending = together, {}
        while pending:  # a value may be allowed only after another was taken (at most so many of all)
            fit = [key for key in pending if not self._hard({**taken, key: pending[key]}, on)]
            if not fit:
                break
            for key in fit:
                taken[key] = pending.pop(key)
        for key in pending:
            hard = self._hard({**taken, key: pending[key]}, on)
            refused[key] = next((problem for problem in hard if problem.key == key), hard[0])
        self._judge({**taken, **pending}, refused, on)
        return {key: value for key, value in taken.items() if value is not None}

    def first_field(self) -> QWidget | None:
        """Where Tab from the answers leads."""
        return self.rows[self._measure.values[0].key].field if self._measure.values else None

    @property
    def refusal(self) -> str:
        """Why something typed was not saved; "" when all was."""
        return "" if self._refusal_words.isHidden() else self._refusal_words.text()

    # -- how -------------------------------------------------------------------------------------------------------

    def _row(self, look: Look, value: Value) -> FieldRow:
        language = self._language
        field: QWidget
        if value.type in (ValueType.ENUM, ValueType.BOOL):
            field = self._choice_field(value)
        else:
            line = QLineEdit()
            line.textEdited.connect(self.typed)
            line.editingFinished.connect(self.settled)
            if value.type is ValueType.DATE:
                line.setPlaceholderText("2020-02-28")
            field = line
        hint = value.hint or (value.expected.words if value.expected else None)
        return FieldRow(
            look,
            value.label.in_(language),
            field,
            unit=value.unit.in_(language) if value.unit else "",
            hint=hint.in_(language) if hint else " ",
        )

    def _choice_field(self, value: Value) -> QComboBox:
        box = QComboBox()
        box.addItem("—", None)
        if value.type is ValueType.BOOL:
            for answer in (True, False):
                box.addItem(value_text(value, answer, self._language), answer)
        for choice in value.choices:
            box.addItem(choice.label.in_(self._language), choice.code)
        box.activated.connect(self._chosen)
        return box

    @Slot()
    def _chosen(self) -> None:
        self.settled.emit()

    def _read(self) -> tuple[dict[str, Recorded], dict[str, AnswerProblem]]:
        typed: dict[str, Recorded] = {}
        refused: dict[str, AnswerProblem] = {}
        for value in self._measure.values:
            field = self.rows[value.key].field
            if isinstance(field, QComboBox):
                typed[value.key] = field.currentData()
            elif isinstance(field, QLineEdit):
                try:
                    typed[value.key] = read_value(self._measure, value, field.text())
                except UserProblem as problem:
                    refused[value.key] = AnswerProblem(problem.code, True, value.key, problem.fields)
        return typed, refused

    def _hard(self, values: Mapping[str, Recorded], on: date) -> list[AnswerProblem]:
        return [
            problem
            for key, value in values.items()
            for problem in value_problems(self._measure, key, value, values, on)
            if problem.hard
        ]

    def _judge(self, values: Mapping[str, Recorded], refused: Mapping[str, AnswerProblem], on: date) -> None:
        for value in self._measure.values:
            row = self.rows[value.key]
            if value.key in refused:
                row.complain(self.tr("not saved"))
                continue
            found = value_problems(self._measure, value.key, values.get(value.key), values, on)
            row.complain(self._range_words(value, values) if found else None)
        sentences = [problem.sentence(self._language) for problem in refused.values()]
        self._refusal_words.say(" ".join(sentences))
        self._refusal_words.setVisible(bool(sentences))

    def _range_words(self, value: Value, values: Mapping[str, Recorded]) -> str:
        """`below 250–500`; a bound on one side says itself which side it is."""
        expected = value.expected
        if expected is None:
            return ""
        words = expected.words.in_(self._language)
        number = values.get(value.key)
        if expected.low is None or expected.high is None or expected.share_of or not isinstance(number, int | float):
            return words
        side = self.tr("below {range}") if number < expected.low else self.tr("above {range}")
        return side.format(range=words)
