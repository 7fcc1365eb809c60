"""A recorded value between the keyboard, the store and the page: typed text in, words out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from desktop.models.answer_rules import Recorded, value_problems
from desktop.models.measure_set import Measure, Value, ValueType
from desktop.models.problems import Language, UserProblem

_YES = {"是", "有", "yes", "y", "true", "1"}
_NO = {"否", "无", "no", "n", "false", "0"}
_DATE = re.compile(r"^(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?$")


def read_value(measure: Measure, definition: Value, text: str) -> Recorded:
    """What was typed, as it is stored; nothing typed is `None`. Raises `answer_value_not_*` when it cannot be read.

    Full-width digits, a decimal comma and the value's own unit are understood; a number is rounded half up to the
    value's decimals.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    match definition.type:
        case ValueType.TEXT:
            return text.strip()
        case ValueType.BOOL if plain.lower() in _YES | _NO:
            return plain.lower() in _YES
        case ValueType.ENUM:
            for choice in definition.choices:
                if _folded(plain) in (choice.code, _folded(choice.label.zh), _folded(choice.label.en)):
                    return choice.code
        case ValueType.DATE:
            found = _DATE.match(plain)
            try:
                return (
                    date(*(int(part) for part in found.groups())).isoformat() if found else _refuse(measure, definition)
                )
            except ValueError:
                pass
        case ValueType.INT | ValueType.DECIMAL:
            number = _read_number(definition, plain)
            if number is not None:
                return number
    return _refuse(measure, definition)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _refuse(measure: Measure, definition: Value) -> Recorded:
    raise UserProblem(
        f"answer_value_not_{definition.type}",
        measure=measure.code,
        label_zh=definition.label.zh,
        label_en=definition.label.en,
    )


def _read_number(definition: Value, plain: str) -> int | float | None:
    for unit in (definition.unit.zh, definition.unit.en) if definition.unit else ():
        plain = plain.removesuffix(unicodedata.normalize("NFKC", unit)).rstrip()
    if re.fullmatch(r"-?\d{1,12}(?:[.,]\d{1,9})?", plain) is None:
        return None
    try:
        exact = Decimal(plain.replace(",", "."))
    except InvalidOperation:  # pragma: no cover - the pattern lets only numbers through
        return None
    if definition.type is ValueType.INT:
        return int(exact) if exact == exact.to_integral_value() else None
    return float(exact.quantize(Decimal(1).scaleb(-definition.decimals), ROUND_HALF_UP))


def value_text(definition: Value, value: Recorded, language: Language = "zh", *, unit: bool = True) -> str:
    """A stored value for people: `150 mg/L`, `绿（低）`, `2020年2月27日`; nothing recorded is “—”."""
    if value is None:
        return "—"
    match definition.type:
        case ValueType.BOOL:
            return {("zh", True): "是", ("zh", False): "否", ("en", True): "yes"}.get((language, value is True), "no")
        case ValueType.ENUM:
            for choice in definition.choices:
                if choice.code == value:
                    return choice.label.in_(language)
        case ValueType.DATE if language == "zh":
            year, month, day = str(value).split("-")
            return f"{year}年{int(month)}月{int(day)}日"
        case ValueType.INT | ValueType.DECIMAL if isinstance(value, int | float):
            number = f"{value:.{definition.decimals}f}" if definition.type is ValueType.DECIMAL else f"{value:.0f}"
            if not unit or definition.unit is None:
                return number
            return _with_unit(number, definition.unit.in_(language), language)
    return str(value)


def _with_unit(number: str, unit: str, language: Language) -> str:
    """Latin symbols stand off by a space, % in Chinese and Chinese words do not (GB/T 15834 habit)."""
    tight = language == "zh" and (unit == "%" or unit == "℃" or not unit.isascii())
    return f"{number}{'' if tight else ' '}{unit}"


def value_remarks(
    measure: Measure, values: Mapping[str, Recorded], language: Language = "zh", on: date | None = None
) -> tuple[str, ...]:
    """A short remark for each value outside what is expected: `试纸实测有效氯 150 mg/L（250～500）`."""
    remarks: list[str] = []
    for definition in measure.values:
        value = values.get(definition.key)
        found = value_problems(measure, definition.key, value, values, on)
        if definition.expected is None or not any(problem.code == "answer_value_unexpected" for problem in found):
            continue
        label, shown = definition.label.in_(language), value_text(definition, value, language)
        expected = definition.expected.words.in_(language)
        remarks.append(f"{label} {shown}（{expected}）" if language == "zh" else f"{label} {shown} ({expected})")
    return tuple(remarks)
