"""The catalogue: measure sets read from data and checked, with the rules for answering them.

The front door of `measure_set` (what a set is), `catalogue_faults` (what can be wrong with one) and `answer_rules`
(what may be answered).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from desktop.models.answer_rules import (
    AnswerProblem,
    answer_problems,
    na_allowed,
    photo_required,
    suggested_finding,
    value_problems,
)
from desktop.models.catalogue_faults import Fault, faults
from desktop.models.catalogue_faults import Path as FaultPath
from desktop.models.measure_set import (
    Choice,
    FocusArea,
    Group,
    Measure,
    MeasureSet,
    PhotoRule,
    SetStatus,
    Value,
    ValueType,
    Words,
)
from desktop.models.problems import Language, UserProblem, words
from desktop.resource_paths import resource

__all__ = [
    "AnswerProblem",
    "CatalogueProblem",
    "Choice",
    "Fault",
    "FocusArea",
    "Group",
    "Measure",
    "MeasureSet",
    "PhotoRule",
    "SetStatus",
    "Value",
    "ValueType",
    "Words",
    "answer_problems",
    "as_json",
    "bundled",
    "load_measure_set",
    "na_allowed",
    "photo_required",
    "suggested_finding",
    "value_problems",
]

BUNDLED = "zhejiang-2020-reconstructed.json"
SIZE_LIMIT = 4 * 1024 * 1024  # bytes; the bundled set has about 0.15 MB
_PLACE = re.compile(r"^(?P<reason>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<index>\d+)\]")


class CatalogueProblem(UserProblem):
    """A set that cannot be used. The problem is its first fault; `faults` are all of them, each with `where`."""

    def __init__(self, found: list[Fault], where: list[str]) -> None:
        first, place = found[0], where[0]
        super().__init__(first.code, **{**first.fields, "where": place, "more": len(found) - 1})
        self.faults = tuple(found)
        self.where = tuple(where)

    def sentences(self, language: Language = "zh") -> list[str]:
        """One sentence for each fault, in the order of the set."""
        pairs = zip(self.faults, self.where, strict=True)
        return [words(fault.code, {**fault.fields, "where": place}, language) for fault, place in pairs]


def load_measure_set(source: Path | bytes) -> MeasureSet:
    """Read a set from a JSON file or its bytes and check it; raises `CatalogueProblem` with every fault."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            source = file.read(SIZE_LIMIT + 1)
    if len(source) > SIZE_LIMIT:
        raise UserProblem("catalogue_too_big", limit=SIZE_LIMIT // 1024 // 1024)
    try:
        plain: Any = msgspec.json.decode(source)
    except (msgspec.DecodeError, RecursionError) as error:
        raise UserProblem("catalogue_not_json") from error
    try:
        measure_set = msgspec.convert(plain, MeasureSet)
    except msgspec.ValidationError as error:
        fault = _shape_fault(str(error))
        raise CatalogueProblem([fault], [place_of(plain, fault.path)]) from error
    require_usable(measure_set)
    return measure_set


def require_usable(measure_set: MeasureSet) -> None:
    """Raise `CatalogueProblem` unless the set has no fault."""
    found = faults(measure_set)
    if found:
        plain = msgspec.to_builtins(measure_set)
        raise CatalogueProblem(found, [place_of(plain, fault.path) for fault in found])


def as_json(measure_set: MeasureSet) -> bytes:
    """The one JSON form of a set: the same set gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(measure_set), indent=2) + b"\n"


@cache
def bundled() -> MeasureSet:
    """The set shipped with the program."""
    return load_measure_set(resource("catalogue", BUNDLED))


def place_of(plain: Any, path: FaultPath) -> str:
    """A path as people find it: `M04 values[queried_percent].label.zh`."""
    text = ""
    here = plain
    for step in path:
        here = _inside(here, step)
        name = _name(here) if isinstance(step, int) else None
        if isinstance(step, int) and text == "measures" and name:
            text = f"{name} "
        elif isinstance(step, int):
            text += f"[{name or step + 1}]"
        else:
            text += f".{step}" if text and not text.endswith(" ") else step
    return text.strip() or "$"


def _inside(here: Any, step: str | int) -> Any:
    try:
        return here[step]
    except (KeyError, IndexError, TypeError):
        return None


def _name(item: Any) -> str | None:
    """What an item of a list is called by: its code or key."""
    found = (item.get("code") or item.get("key")) if isinstance(item, dict) else None
    return found if isinstance(found, str) else None


def _shape_fault(message: str) -> Fault:
    """A fault from the decoder's message, which ends in the path of the place."""
    match = _PLACE.match(message)
    reason, path = (match["reason"], match["path"] or "") if match else (message, "")
    steps: FaultPath = tuple(
        step["name"] if step["name"] is not None else int(step["index"]) for step in _STEP.finditer(path)
    )
    missing = re.match(r"Object missing required field `(\w+)`", reason)
    if missing:
        return Fault("catalogue_field_missing", steps, {"field": missing[1]})
    unknown = re.match(r"Object contains unknown field `(.*)`", reason, re.DOTALL)
    if unknown:
        return Fault("catalogue_field_unknown", steps, {"field": unknown[1]})
    wanted = re.match(r"Expected (.*?)(?:, got .*)?$", reason, re.DOTALL)
    if wanted:
        return Fault("catalogue_field_wrong", steps, {"expected": wanted[1].replace("`", "")})
    value = re.match(r"Invalid enum value '?(.*?)'?$", reason, re.DOTALL)
    return Fault("catalogue_field_choice", steps, {"value": value[1] if value else reason})
