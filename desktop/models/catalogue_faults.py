"""What can be wrong with a measure set whose shape is right: every fault at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.models.measure_set import Expected, Measure, MeasureSet, PhotoRule, Value, ValueType, Words

Path = tuple[str | int, ...]
PROBLEM_LENGTH = 120  # characters of a problem sentence in the letter (Chinese)
ADVICE_LENGTH = 200
TITLE_LENGTH = 80  # of a finding
LINE_LENGTH = 600  # any other text, either language
ORDERING_WORDS = ("责令", "处罚", "罚款", "必须")
_NUMBERS = (ValueType.INT, ValueType.DECIMAL)


@dataclass(frozen=True)
class Fault:
    """One thing wrong: a code with words in `problems.toml`, its facts, and the path of the field in the set."""

    code: str
    path: Path
    fields: dict[str, str | int] = field(default_factory=dict)


def faults(measure_set: MeasureSet) -> list[Fault]:
    """Everything wrong with the set; empty when it may be used."""
    return [
        *_date(measure_set),
        *_words(measure_set, ()),
        *_present("groups", measure_set.groups),
        *_present("measures", measure_set.measures),
        *_twice("groups", [group.code for group in measure_set.groups], "code"),
        *_twice("focus_areas", [area.code for area in measure_set.focus_areas], "code"),
        *_twice("sources", [source.key for source in measure_set.sources], "key"),
        *_twice("measures", [measure.code for measure in measure_set.measures], "code"),
        *_twice("measures", [measure.identifier for measure in measure_set.measures], "identifier"),
        *(
            fault
            for index, measure in enumerate(measure_set.measures)
            for fault in _measure(measure_set, measure, ("measures", index))
        ),
    ]


def _date(measure_set: MeasureSet) -> Iterator[Fault]:
    try:
        date.fromisoformat(measure_set.valid_from)
    except ValueError:
        yield Fault("catalogue_date", ("valid_from",), {"value": measure_set.valid_from})


def _present(name: str, items: Sequence[object]) -> Iterator[Fault]:
    if not items:
        yield Fault("catalogue_empty", (name,))


def _twice(name: str, keys: Sequence[str], attribute: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield Fault("catalogue_twice", (name, index, attribute), {"value": key})
        seen.add(key)


def _words(part: object, path: Path) -> Iterator[Fault]:
    """Blank, overlong or unprintable texts anywhere below a part."""
    if isinstance(part, Words):
        for language, text in (("zh", part.zh), ("en", part.en)):
            if not text.strip() or text != text.strip():
                yield Fault("catalogue_text_blank", (*path, language))
            elif not all(char.isprintable() or char == "\u3000" for char in text):
                yield Fault("catalogue_text_control", (*path, language))
            elif len(text) > LINE_LENGTH:
                yield Fault("catalogue_text_long", (*path, language), {"length": len(text), "limit": LINE_LENGTH})
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            yield from _words(item, (*path, index))
    elif hasattr(part, "__struct_fields__"):
        for name in part.__struct_fields__:
            yield from _words(getattr(part, name), (*path, name))


def _measure(measure_set: MeasureSet, measure: Measure, path: Path) -> Iterator[Fault]:
    if measure.group not in {group.code for group in measure_set.groups}:
        yield Fault("catalogue_group_unknown", (*path, "group"), {"group": measure.group})
    known = {area.code for area in measure_set.focus_areas}
    if measure.primary_area is not None and measure.primary_area not in known:
        yield Fault("catalogue_area_unknown", (*path, "primary_area"), {"area": measure.primary_area})
    for area in measure.other_areas:
        if area not in known:
            yield Fault("catalogue_area_unknown", (*path, "other_areas"), {"area": area})
        if area == measure.primary_area or measure.other_areas.count(area) > 1:
            yield Fault("catalogue_area_twice", (*path, "other_areas"), {"area": area})
    if not measure.check_points:
        yield Fault("catalogue_empty", (*path, "check_points"))
    if measure.na_reasons and not measure.na_allowed:
        yield Fault("catalogue_na_reasons", (*path, "na_reasons"))
    cited = {source.key for source in measure_set.sources}
    for index, basis in enumerate(measure.basis):
        if basis.source is not None and basis.source not in cited:
            yield Fault("catalogue_source_unknown", (*path, "basis", index, "source"), {"source": basis.source})
    yield from _letter_sentences(measure, path)
    yield from _photo(measure, path)
    yield from _inside(path, _twice("values", [value.key for value in measure.values], "key"))
    for index, value in enumerate(measure.values):
        yield from _value(measure, value, (*path, "values", index))


def _inside(path: Path, found: Iterator[Fault]) -> Iterator[Fault]:
    return (Fault(fault.code, (*path, *fault.path), fault.fields) for fault in found)


def _letter_sentences(measure: Measure, path: Path) -> Iterator[Fault]:
    for name, sentence, limit in (
        ("title", measure.finding.title.zh, TITLE_LENGTH),
        ("problem", measure.finding.problem.zh, PROBLEM_LENGTH),
        ("advice", measure.finding.advice.zh, ADVICE_LENGTH),
    ):
        place = (*path, "finding", name, "zh")
        if len(sentence) > limit:
            yield Fault("catalogue_text_long", place, {"length": len(sentence), "limit": limit})
        for word in ORDERING_WORDS:
            if word in sentence:
                yield Fault("catalogue_ordering_word", place, {"word": word})


def _photo(measure: Measure, path: Path) -> Iterator[Fault]:
    event = measure.photo.event_value
    if (measure.photo.rule is PhotoRule.IF_EVENT) is not (event is not None):
        yield Fault("catalogue_photo_event", (*path, "photo", "event_value"))
    elif event is not None:
        value = measure.value(event)
        if value is None or value.type is not ValueType.BOOL:
            yield Fault("catalogue_value_unknown", (*path, "photo", "event_value"), {"value": event})


def _value(measure: Measure, value: Value, path: Path) -> Iterator[Fault]:
    numeric = value.type in _NUMBERS
    if (value.type is ValueType.ENUM) is not bool(value.choices):
        yield Fault("catalogue_choices", (*path, "choices"))
    yield from _inside(path, _twice("choices", [choice.code for choice in value.choices], "code"))
    if value.decimals and value.type is not ValueType.DECIMAL:
        yield Fault("catalogue_field_unfit", (*path, "decimals"), {"type": value.type})
    if value.min is not None and not numeric:
        yield Fault("catalogue_field_unfit", (*path, "min"), {"type": value.type})
    if value.max is not None and not (numeric or value.type is ValueType.TEXT):
        yield Fault("catalogue_field_unfit", (*path, "max"), {"type": value.type})
    if value.min is not None and value.max is not None and value.min >= value.max:
        yield Fault("catalogue_range", (*path, "min"), {"low": str(value.min), "high": str(value.max)})
    if value.not_above is not None:
        yield from _other(measure, value, value.not_above, (*path, "not_above"))
    if value.expected is not None:
        yield from _expected(measure, value, value.expected, (*path, "expected"))


def _other(measure: Measure, value: Value, key: str, path: Path) -> Iterator[Fault]:
    """A value compared with another needs that other to exist and both to be numbers."""
    other = measure.value(key)
    if other is None or other is value:
        yield Fault("catalogue_value_unknown", path, {"value": key})
    elif value.type not in _NUMBERS or other.type not in _NUMBERS:
        yield Fault("catalogue_field_unfit", path, {"type": value.type})


def _expected(measure: Measure, value: Value, expected: Expected, path: Path) -> Iterator[Fault]:
    bounded = expected.low is not None or expected.high is not None
    if bounded and value.type not in _NUMBERS:
        yield Fault("catalogue_field_unfit", (*path, "low"), {"type": value.type})
    if expected.not_past and value.type is not ValueType.DATE:
        yield Fault("catalogue_field_unfit", (*path, "not_past"), {"type": value.type})
    if not bounded and not expected.not_past:
        yield Fault("catalogue_expected_empty", (*path, "low"))
    if expected.low is not None and expected.high is not None and expected.low > expected.high:
        yield Fault("catalogue_range", (*path, "low"), {"low": str(expected.low), "high": str(expected.high)})
    if expected.share_of is not None:
        yield from _other(measure, value, expected.share_of, (*path, "share_of"))
