"""The answers file of `zhuqi visit`: checked as a whole before the first answer is saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from desktop.models.problems import UserProblem
from desktop.models.vocabulary import Result, VisitKind

_SIZE_LIMIT = 4 * 1024 * 1024  # bytes
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
Words = Annotated[str, Meta(max_length=4000, pattern=r"\A[^\x00]*\Z")]
Count = Annotated[int, Meta(ge=0, le=999_999)]
Figure = Literal[
    "staff_due", "staff_on_duty", "out_of_province", "observing", "dormitory_rooms", "dormitory_residents",
    "canteen_seats", "canteen_shifts",
]  # fmt: skip
"""`letter_composition.SITUATION_FIGURES` as a type; a test compares."""


class VisitHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When and why."""

    on: date
    kind: VisitKind = VisitKind.ROUTINE


class GivenAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer as the file gives it; `photos` are paths beside the file."""

    measure: str
    result: Result
    values: dict[str, Any] = {}
    points: dict[str, bool] = {}
    note: Words | None = None
    fact: Words | None = None
    advice: Words | None = None
    photos: tuple[str, ...] = ()


class AnswersFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. `situation` holds head counts asked on arrival."""

    visit: VisitHead
    answers: tuple[GivenAnswer, ...]
    situation: dict[Figure, Count] = {}


def read_answers(path: Path) -> AnswersFile:
    """Read the file.

    Raises:
        UserProblem: `answers_file_missing`, `answers_file_wrong` (with the place), `answers_file_twice`.
    """
    if not path.is_file():
        raise UserProblem("answers_file_missing", file=path.name)
    content = path.read_bytes()
    if len(content) > _SIZE_LIMIT:
        raise UserProblem("answers_file_wrong", file=path.name, reason=f"> {_SIZE_LIMIT} bytes")
    try:
        given = msgspec.json.decode(content, type=AnswersFile)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserProblem("answers_file_wrong", file=path.name, reason=str(error)) from None
    if not _FIRST_YEAR <= given.visit.on.year <= _LAST_YEAR:
        raise UserProblem("answers_file_wrong", file=path.name, reason=f"{given.visit.on} - at `$.visit.on`")
    seen: set[str] = set()
    for answer in given.answers:
        if answer.measure in seen:
            raise UserProblem("answers_file_twice", file=path.name, measure=answer.measure)
        seen.add(answer.measure)
    return given
