"""What a measure set is made of: groups, focus areas, measures with check points, typed values, phrases, basis.

Plain frozen data, closed against unknown fields. A set says what is asked and in which words; what an officer found
is an answer (`records`). Nothing here is a citation: measures are named 检查项 M07, never an item of a document.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, TypeAlias

import msgspec

from desktop.models.problems import Language, UserProblem
from desktop.models.vocabulary import Route, Severity


class SetStatus(StrEnum):
    """Whether an authority stands behind the set."""

    RECONSTRUCTED = "reconstructed"
    OFFICIAL = "official"


class ValueType(StrEnum):
    """How a recorded value is written down."""

    INT = "int"
    DECIMAL = "decimal"
    ENUM = "enum"
    DATE = "date"
    TEXT = "text"
    BOOL = "bool"


class PhotoRule(StrEnum):
    """Whether a measure asks for an evidence photo."""

    NONE = "none"
    USEFUL = "useful"
    REQUIRED = "required"
    IF_EVENT = "if_event"


class BasisMark(StrEnum):
    """How sure the basis is: read, known but not re-read (依据待核), or our own proposal."""

    READ = "V"
    KNOWN = "K"
    PROPOSED = "P"


# Together at most 79 characters: a visit stores `id@version`.
SetId: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,46}$")]
Version: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9.-]{0,30}$")]
Code: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[A-Z][A-Z0-9]{0,7}$")]
Key: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
IsoDate: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Number: TypeAlias = int | float


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Common ground of every part of a set."""


class Words(_Part, frozen=True):
    """One text in both languages."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


class Group(_Part, frozen=True):
    """A heading the measures are listed under."""

    code: Code
    title: Words


class FocusArea(_Part, frozen=True):
    """One of the key areas a look-back must always cover. Which measures belong to it, the measures say."""

    code: Code
    name: Words
    short: Words


class Source(_Part, frozen=True):
    """A document a basis refers to. `date` is as exact as it is known: year, month or day."""

    key: Code
    title: Words
    date: Annotated[str, msgspec.Meta(pattern=r"^\d{4}(-\d{2}){0,2}$")]


class Choice(_Part, frozen=True):
    """One allowed answer of an enum value."""

    code: Key
    label: Words


class Expected(_Part, frozen=True):
    """What a value should be. Outside of it the window warns; saving is never refused.

    `low` and `high` bound the value itself, or with `share_of` its percentage of another value of the measure.
    `not_past` is for dates: not before the day of the visit.
    """

    words: Words
    low: Number | None = None
    high: Number | None = None
    share_of: Key | None = None
    not_past: bool = False


class Value(_Part, frozen=True):
    """A value to record. `min`, `max`, `not_above` and the choices are hard; `expected` is soft.

    For text `max` is the longest length (200 when absent).
    """

    key: Key
    label: Words
    type: ValueType
    unit: Words | None = None
    decimals: Annotated[int, msgspec.Meta(ge=0, le=4)] = 0
    min: Number | None = None
    max: Number | None = None
    not_above: Key | None = None
    expected: Expected | None = None
    hint: Words | None = None
    choices: tuple[Choice, ...] = ()


class Photo(_Part, frozen=True):
    """The evidence photo; `event_value` names the yes/no value that makes it required (rule `if_event`)."""

    rule: PhotoRule
    hint: Words | None = None
    event_value: Key | None = None


class FindingDefaults(_Part, frozen=True):
    """What a failed measure turns into until the officer says better.

    `problem` (at most 120 characters) and `advice` (at most 200) are the sentences of the letter, in advising words.
    `due_days` counts from the visit; 0 is the same day.
    """

    title: Words
    problem: Words
    advice: Words
    severity: Severity
    route: Route
    due_days: Annotated[int, msgspec.Meta(ge=0, le=365)]


class Phrase(_Part, frozen=True):
    """A stock phrase for the note: `label` on its button, `text` in the note."""

    label: Words
    text: Words


class Basis(_Part, frozen=True):
    """Where a rule of the measure comes from."""

    mark: BasisMark
    note: Words
    source: Code | None = None


class Measure(_Part, frozen=True):
    """One check item."""

    code: Code
    identifier: Key
    group: Code
    title: Words
    short: Words
    check_points: tuple[Words, ...]
    photo: Photo
    na_allowed: bool
    finding: FindingDefaults
    primary_area: Code | None = None
    other_areas: tuple[Code, ...] = ()
    values: tuple[Value, ...] = ()
    na_reasons: tuple[Words, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    basis: tuple[Basis, ...] = ()

    def value(self, key: str) -> Value | None:
        """The value definition with this key."""
        return next((value for value in self.values if value.key == key), None)

    @property
    def areas(self) -> tuple[str, ...]:
        """Every focus area the measure touches, the primary one first."""
        return ((self.primary_area,) if self.primary_area else ()) + self.other_areas

    def name(self, language: Language = "zh") -> str:
        """How the measure is named in print: `检查项 M07 …`, never as an item of a document."""
        return f"{'检查项' if language == 'zh' else 'Check item'} {self.code} {self.title.in_(language)}"


class MeasureSet(_Part, frozen=True, dict=True):
    """A versioned checklist. A visit keeps the (`id`, `version`) it was judged by."""

    id: SetId
    version: Version
    title: Words
    source: Words
    status: SetStatus
    valid_from: IsoDate
    footnote: Words
    groups: tuple[Group, ...]
    focus_areas: tuple[FocusArea, ...]
    sources: tuple[Source, ...]
    measures: tuple[Measure, ...]

    @cached_property
    def _measure_by_code(self) -> dict[str, Measure]:
        return {measure.code: measure for measure in self.measures}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The measures' codes in their order."""
        return tuple(measure.code for measure in self.measures)

    def measure(self, code: str) -> Measure:
        """The measure with this code."""
        found = self._measure_by_code.get(code)
        if found is None:
            raise UserProblem("answer_measure_unknown", measure=code, set=self.id, version=self.version)
        return found

    def focus_area(self, code: str) -> FocusArea:
        """The focus area with this code."""
        for area in self.focus_areas:
            if area.code == code:
                return area
        raise UserProblem("catalogue_area_unknown", where=self.id, area=code)

    def measures_of(self, area: str, *, touched: bool = False) -> tuple[Measure, ...]:
        """The measures whose primary area this is, or with `touched` all that belong to it in any way."""
        return tuple(m for m in self.measures if (area in m.areas if touched else m.primary_area == area))

    def measures_in(self, group: str) -> tuple[Measure, ...]:
        """The measures under a heading, in their order."""
        return tuple(measure for measure in self.measures if measure.group == group)
