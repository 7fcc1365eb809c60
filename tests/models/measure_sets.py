"""Measure sets for tests: any valid one (hypothesis), and the bundled one as plain data to be broken."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from desktop.models.catalogue import as_json, bundled
from desktop.models.catalogue_faults import ORDERING_WORDS
from desktop.models.measure_set import (
    Basis,
    BasisMark,
    Choice,
    Expected,
    FindingDefaults,
    FocusArea,
    Group,
    Measure,
    MeasureSet,
    Photo,
    PhotoRule,
    Phrase,
    SetStatus,
    Source,
    Value,
    ValueType,
    Words,
)
from desktop.models.vocabulary import Route, Severity


def plain_bundled() -> dict[str, Any]:
    """The bundled set as dictionaries and lists."""
    plain: dict[str, Any] = json.loads(as_json(bundled()))
    return plain


def plain_measure(plain: dict[str, Any], code: str) -> dict[str, Any]:
    """One measure of a plain set."""
    found: dict[str, Any] = next(measure for measure in plain["measures"] if measure["code"] == code)
    return found


def as_bytes(plain: dict[str, Any]) -> bytes:
    """A plain set as a file holds it."""
    return json.dumps(plain, ensure_ascii=False).encode()


_TEXT = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" =+-@'\"<&_"),
        min_size=1,
        max_size=20,
    )
    .map(str.strip)
    .filter(lambda text: text and text.replace(" ", "").isprintable())
    .filter(lambda text: all(char.isprintable() for char in text))
    .filter(lambda text: not any(word in text for word in ORDERING_WORDS))
)
WORDS = st.builds(Words, zh=_TEXT, en=_TEXT)
_BOUND = st.integers(0, 999) | st.integers(0, 9999).map(lambda number: number / 8)


@st.composite
def _values(draw: st.DrawFn, keys: list[str]) -> tuple[Value, ...]:
    made: list[Value] = []
    numeric: list[str] = []
    for key in keys:
        kind = draw(st.sampled_from(ValueType))
        is_number = kind in (ValueType.INT, ValueType.DECIMAL)
        low = draw(st.none() | _BOUND) if is_number else None
        high = draw(st.none() | _BOUND.map(lambda number: number + 1000)) if is_number else None
        expected = None
        if is_number and draw(st.booleans()):
            share = draw(st.none() | st.sampled_from(numeric)) if numeric else None
            expected = Expected(words=draw(WORDS), low=draw(_BOUND), share_of=share)
        elif kind is ValueType.DATE and draw(st.booleans()):
            expected = Expected(words=draw(WORDS), not_past=True)
        choices: tuple[Choice, ...] = ()
        if kind is ValueType.ENUM:
            choices = tuple(Choice(f"c{number}", draw(WORDS)) for number in range(draw(st.integers(1, 3))))
        made.append(
            Value(
                key=key,
                label=draw(WORDS),
                type=kind,
                unit=draw(st.none() | WORDS),
                decimals=draw(st.integers(0, 4)) if kind is ValueType.DECIMAL else 0,
                min=low,
                max=high,
                not_above=draw(st.none() | st.sampled_from(numeric)) if is_number and numeric else None,
                expected=expected,
                hint=draw(st.none() | WORDS),
                choices=choices,
            )
        )
        if is_number:
            numeric.append(key)
    return tuple(made)


def _finding(draw: st.DrawFn) -> FindingDefaults:
    return FindingDefaults(
        title=draw(WORDS),
        problem=draw(WORDS),
        advice=draw(WORDS),
        severity=draw(st.sampled_from(Severity)),
        route=draw(st.sampled_from(Route)),
        due_days=draw(st.integers(0, 365)),
    )


@st.composite
def measure_sets(draw: st.DrawFn) -> MeasureSet:
    """Any small set without a fault."""
    groups = [chr(ord("A") + number) for number in range(draw(st.integers(1, 3)))]
    areas = [f"F{number}" for number in range(1, draw(st.integers(0, 3)) + 1)]
    sources = [f"S{number:02}" for number in range(1, draw(st.integers(0, 3)) + 1)]
    measures: list[Measure] = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        values = draw(_values([f"v{index}" for index in range(draw(st.integers(0, 4)))]))
        event = next((value.key for value in values if value.type is ValueType.BOOL), None)
        rule = draw(st.sampled_from([r for r in PhotoRule if r is not PhotoRule.IF_EVENT or event]))
        primary = draw(st.none() | st.sampled_from(areas)) if areas else None
        others = [area for area in areas if area != primary]
        na_allowed = draw(st.booleans())
        measures.append(
            Measure(
                code=f"M{number:02}",
                identifier=f"measure_{number}",
                group=draw(st.sampled_from(groups)),
                title=draw(WORDS),
                short=draw(WORDS),
                check_points=tuple(draw(st.lists(WORDS, min_size=1, max_size=3))),
                photo=Photo(rule, draw(st.none() | WORDS), event if rule is PhotoRule.IF_EVENT else None),
                na_allowed=na_allowed,
                finding=_finding(draw),
                primary_area=primary,
                other_areas=tuple(others[: draw(st.integers(0, len(others)))]),
                values=values,
                na_reasons=tuple(draw(st.lists(WORDS, max_size=2))) if na_allowed else (),
                phrases=tuple(Phrase(draw(WORDS), draw(WORDS)) for _ in range(draw(st.integers(0, 2)))),
                basis=tuple(
                    Basis(
                        draw(st.sampled_from(BasisMark)),
                        draw(WORDS),
                        draw(st.none() | st.sampled_from([*sources, None])),
                    )
                    for _ in range(draw(st.integers(0, 2)))
                ),
            )
        )
    return MeasureSet(
        id=draw(st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)),
        version=draw(st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,2})?", fullmatch=True)),
        title=draw(WORDS),
        source=draw(WORDS),
        status=draw(st.sampled_from(SetStatus)),
        valid_from=draw(st.dates().map(lambda day: day.isoformat())),
        footnote=draw(WORDS),
        groups=tuple(Group(code, draw(WORDS)) for code in groups),
        focus_areas=tuple(FocusArea(code, draw(WORDS), draw(WORDS)) for code in areas),
        sources=tuple(
            Source(key, draw(WORDS), draw(st.sampled_from(["2020", "2020-02", "2020-02-21"]))) for key in sources
        ),
        measures=tuple(measures),
    )
