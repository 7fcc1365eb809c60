"""The rows of a register as people read them: codes as words, recorded values with their names and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

import msgspec

from desktop.models.answer_rules import Recorded
from desktop.models.desk.checklists import set_named
from desktop.models.device.workspace import Workspace
from desktop.models.measure_set import Value
from desktop.models.problems import Language, UserProblem
from desktop.models.recorded_values import value_text
from desktop.models.register_form import MEASURED, Register
from desktop.models.value_words import value_word


def in_words(
    workspace: Workspace, register: Register, rows: Iterable[tuple[Any, ...]], language: Language
) -> Iterator[tuple[Any, ...]]:
    """Rows of `register_rows` in a language; read as they are asked for."""
    definitions = cache(partial(_definitions, workspace))

    def measured(stored: str) -> str:
        told = msgspec.json.decode(stored)
        return _values(definitions(told["set"], told["measure"]), told["values"] or {}, language)

    special: dict[str, Callable[[Any], Any]] = {MEASURED: measured}
    spelled = [special.get(column.words) or partial(_word, column.words, language) for column in register.columns]
    return (tuple(spell(value) for spell, value in zip(spelled, row, strict=True)) for row in rows)


def _values(definitions: tuple[Value, ...], recorded: Mapping[str, Recorded], language: Language) -> str:
    """What was recorded, each with its name and unit; by its key where nobody here knows what it is."""
    known = {each.key: each for each in definitions}
    said = [
        f"{known[key].label.in_(language)} {value_text(known[key], value, language)}"
        if key in known
        else f"{key} {value}"
        for key, value in recorded.items()
        if value is not None
    ]
    return ("；" if language == "zh" else "; ").join(said)


def _definitions(workspace: Workspace, set_key: str, measure: str) -> tuple[Value, ...]:
    """What can be recorded for a measure; nothing where a visit of somebody else names a set that is not kept here."""
    try:
        return set_named(workspace, set_key).measure(measure).values
    except UserProblem:
        return ()


def _word(kind: str, language: Language, code: Any) -> Any:
    if not kind or code is None:
        return code
    if str(code).startswith("["):
        return ("、" if language == "zh" else ", ").join(
            str(value_word(kind, each, language)) for each in msgspec.json.decode(code)
        )
    return value_word(kind, code, language)
