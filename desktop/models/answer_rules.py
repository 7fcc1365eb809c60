"""What may be answered to a measure: hard rules refuse the save, soft ones warn and are kept.

Pure functions over the catalogue; they know nothing of the database or the window.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from desktop.models.measure_set import Expected, Measure, PhotoRule, Value, ValueType
from desktop.models.problems import Language, words
from desktop.models.vocabulary import Result, Route, Severity

Recorded: TypeAlias = int | float | str | bool | None
TEXT_LENGTH = 200
_LOWER = {Severity.HIGH: Severity.MEDIUM, Severity.MEDIUM: Severity.LOW, Severity.LOW: Severity.LOW}


@dataclass(frozen=True)
class AnswerProblem:
    """Something about an answer: `hard` refuses it, otherwise it is shown and saved.

    The fields of `answer_value_unexpected` say on which `side` the value lies: `below`, `above` or `past`.
    """

    code: str
    hard: bool
    key: str | None
    fields: dict[str, str | int | float | None]

    def sentence(self, language: Language = "zh") -> str:
        """The problem in words."""
        return words(self.code, self.fields, language)


def na_allowed(measure: Measure) -> bool:
    """Whether 不适用 may be answered; it always needs a reason."""
    return measure.na_allowed


def photo_required(measure: Measure, result: Result | None, values: Mapping[str, Recorded] | None = None) -> bool:
    """Whether this answer needs an evidence photo. Not judged or not applicable never does."""
    if result is None or result is Result.NA:
        return False
    if measure.photo.rule is PhotoRule.IF_EVENT and measure.photo.event_value is not None:
        return (values or {}).get(measure.photo.event_value) is True
    return measure.photo.rule is PhotoRule.REQUIRED


def suggested_finding(measure: Measure, result: Result) -> tuple[Severity, Route, int] | None:
    """Severity, route and days a new finding starts with; 基本符合 starts one severity lower, and the rest has none."""
    default = measure.finding
    if result is Result.FAIL:
        return default.severity, default.route, default.due_days
    if result is Result.PARTIAL:
        return _LOWER[default.severity], default.route, default.due_days
    return None


def value_problems(
    measure: Measure,
    key: str,
    value: Recorded,
    others: Mapping[str, Recorded] | None = None,
    on: date | None = None,
) -> tuple[AnswerProblem, ...]:
    """What is wrong with one recorded value: one hard problem, or any soft ones, or nothing.

    `others` are the measure's other values (some rules compare), `on` is the day of the visit (for dates).
    """
    definition = measure.value(key)
    if definition is None:
        return (AnswerProblem("answer_value_unknown", True, key, {"measure": measure.code, "key": key}),)
    if value is None:
        return ()
    hard = _hard(measure, definition, value, others or {})
    if hard is not None:
        return (hard,)
    soft = _soft(measure, definition, value, others or {}, on)
    return () if soft is None else (soft,)


def answer_problems(
    measure: Measure,
    result: Result,
    values: Mapping[str, Recorded] | None = None,
    note: str = "",
    photo_count: int = 0,
    on: date | None = None,
) -> tuple[AnswerProblem, ...]:
    """Everything about one answer, hard problems first."""
    given = values or {}
    found: list[AnswerProblem] = []
    if result is Result.NA and not measure.na_allowed:
        found.append(AnswerProblem("answer_na_not_allowed", True, None, {"measure": measure.code}))
    elif result is Result.NA and not note.strip():
        found.append(AnswerProblem("answer_na_reason", True, None, {"measure": measure.code}))
    for key, value in given.items():
        found.extend(value_problems(measure, key, value, given, on))
    if photo_required(measure, result, given) and photo_count == 0:
        found.append(AnswerProblem("answer_photo_missing", False, None, {"measure": measure.code}))
    return tuple(sorted(found, key=lambda problem: not problem.hard))


def _problem(
    code: str, hard: bool, measure: Measure, definition: Value, **fields: str | int | float | None
) -> AnswerProblem:
    label = {"measure": measure.code, "label_zh": definition.label.zh, "label_en": definition.label.en}
    return AnswerProblem(code, hard, definition.key, {**label, **fields})


def _hard(measure: Measure, definition: Value, value: Recorded, others: Mapping[str, Recorded]) -> AnswerProblem | None:
    def problem(code: str, **fields: str | int | float | None) -> AnswerProblem:
        return _problem(code, True, measure, definition, **fields)

    if not _fits_type(definition, value):
        return problem(f"answer_value_not_{definition.type}")
    if definition.type is ValueType.TEXT:
        longest = int(definition.max or TEXT_LENGTH)
        return problem("answer_value_long", high=longest) if len(str(value)) > longest else None
    number = _number(value)
    if number is None:
        return None
    low, high = definition.min, definition.max
    if (low is not None and number < low) or (high is not None and number > high):
        if low is None:
            return problem("answer_value_above", high=high)
        if high is None:
            return problem("answer_value_below", low=low)
        return problem("answer_value_range", low=low, high=high)
    other = measure.value(definition.not_above) if definition.not_above else None
    limit = _number(others.get(other.key)) if other else None
    if other is not None and limit is not None and number > limit:
        return problem("answer_value_above_other", other_zh=other.label.zh, other_en=other.label.en, high=limit)
    return None


def _fits_type(definition: Value, value: Recorded) -> bool:
    match definition.type:
        case ValueType.BOOL:
            return isinstance(value, bool)
        case ValueType.INT:
            number = _number(value)
            return number is not None and number == int(number)
        case ValueType.DECIMAL:
            return _number(value) is not None
        case ValueType.ENUM:
            return value in {choice.code for choice in definition.choices}
        case ValueType.DATE:
            return _day(value) is not None
        case ValueType.TEXT:
            return isinstance(value, str)


def _number(value: Recorded) -> int | float | None:
    """The value as a finite number; a yes or no is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value


def _day(value: Recorded) -> date | None:
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _soft(
    measure: Measure, definition: Value, value: Recorded, others: Mapping[str, Recorded], on: date | None
) -> AnswerProblem | None:
    expected = definition.expected
    side = None if expected is None else _side(expected, value, others, on)
    if expected is None or side is None:
        return None
    return _problem(
        "answer_value_unexpected",
        False,
        measure,
        definition,
        expected_zh=expected.words.zh,
        expected_en=expected.words.en,
        side=side,
    )


def _side(expected: Expected, value: Recorded, others: Mapping[str, Recorded], on: date | None) -> str | None:
    """Where a value lies outside of what is expected: `below`, `above` or, for dates, `past`."""
    if expected.not_past:
        day = _day(value)
        return "past" if on is not None and day is not None and day < on else None
    number = _number(value)
    if number is None:
        return None
    if expected.share_of is not None:
        whole = _number(others.get(expected.share_of))
        if not whole:
            return None
        number = number * 100 / whole
    if expected.low is not None and number < expected.low:
        return "below"
    return "above" if expected.high is not None and number > expected.high else None
