"""A broken set is refused, and the refusal names the measure, the field and the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.models.catalogue import CatalogueProblem, load_measure_set
from desktop.models.problems import UserProblem, known_codes
from tests.models.measure_sets import as_bytes, plain_bundled, plain_measure

Break = Callable[[dict[str, Any]], object]


def _measure(code: str, /, **changes: Any) -> Break:
    return lambda plain: plain_measure(plain, code).update(changes)


def _value(code: str, index: int, /, **changes: Any) -> Break:
    return lambda plain: plain_measure(plain, code)["values"][index].update(changes)


def _append(name: str, item: Callable[[dict[str, Any]], Any]) -> Break:
    return lambda plain: plain[name].append(item(plain))


BROKEN: dict[str, tuple[Break, str, str]] = {
    "a field is missing": (lambda p: plain_measure(p, "M04").pop("title"), "catalogue_field_missing", "M04"),
    "a field is unknown": (_measure("M09", colour="red"), "catalogue_field_unknown", "M09"),
    "a text is a number": (
        lambda p: plain_measure(p, "M09")["title"].update(en=7),
        "catalogue_field_wrong",
        "M09 title.en",
    ),
    "an English text is missing": (
        lambda p: plain_measure(p, "M03")["finding"]["advice"].pop("en"),
        "catalogue_field_missing",
        "M03 finding.advice",
    ),
    "an English text is blank": (
        lambda p: plain_measure(p, "M03")["finding"]["advice"].update(en=" "),
        "catalogue_text_blank",
        "M03 finding.advice.en",
    ),
    "a text hides a control character": (
        lambda p: plain_measure(p, "M03")["check_points"][1].update(zh="逐人\u202e记录"),
        "catalogue_text_control",
        "M03 check_points[2].zh",
    ),
    "a type is unknown": (
        _value("M14", 0, type="colour"),
        "catalogue_field_choice",
        "M14 values[chlorine_mg_l].type",
    ),
    "a code has the wrong form": (_measure("M14", code="m 14"), "catalogue_field_wrong", "m 14 code"),
    "two measures share a code": (_measure("M02", code="M01"), "catalogue_twice", "M01 code"),
    "two measures share an identifier": (
        _measure("M02", identifier="imported_risk"),
        "catalogue_twice",
        "M02 identifier",
    ),
    "a focus area is listed twice": (
        _append("focus_areas", lambda p: p["focus_areas"][0]),
        "catalogue_twice",
        "focus_areas[F1].code",
    ),
    "a measure's area is unknown": (
        _measure("M06", primary_area="F12"),
        "catalogue_area_unknown",
        "M06 primary_area",
    ),
    "an area is primary and other at once": (
        _measure("M06", other_areas=["F2"]),
        "catalogue_area_twice",
        "M06 other_areas",
    ),
    "a group is unknown": (_measure("M06", group="Z"), "catalogue_group_unknown", "M06 group"),
    "an enum has no choice": (_value("M02", 0, choices=[]), "catalogue_choices", "M02 values[county_level].choices"),
    "a number has choices": (
        lambda p: plain_measure(p, "M14")["values"][0].update(choices=plain_measure(p, "M02")["values"][0]["choices"]),
        "catalogue_choices",
        "M14 values[chlorine_mg_l].choices",
    ),
    "the hard range is upside down": (
        _value("M14", 0, min=9, max=3),
        "catalogue_range",
        "M14 values[chlorine_mg_l].min",
    ),
    "the expected range is upside down": (
        lambda p: plain_measure(p, "M14")["values"][0]["expected"].update(low=900),
        "catalogue_range",
        "M14 values[chlorine_mg_l].expected.low",
    ),
    "an expectation says nothing": (
        lambda p: plain_measure(p, "M14")["values"][1]["expected"].pop("low"),
        "catalogue_expected_empty",
        "M14 values[contact_min].expected.low",
    ),
    "a date has decimals": (
        _value("M21", 2, decimals=1),
        "catalogue_field_unfit",
        "M21 values[extinguisher_expires].decimals",
    ),
    "a value is compared with a stranger": (
        _value("M17", 1, not_above="chairs"),
        "catalogue_value_unknown",
        "M17 values[seats_open].not_above",
    ),
    "two values share a key": (_value("M14", 1, key="chlorine_mg_l"), "catalogue_twice", "values[chlorine_mg_l].key"),
    "an event photo has no event": (
        lambda p: plain_measure(p, "M23")["photo"].pop("event_value"),
        "catalogue_photo_event",
        "M23 photo.event_value",
    ),
    "an event is not a yes or no": (
        lambda p: plain_measure(p, "M23")["photo"].update(event_value="minutes_to_report"),
        "catalogue_value_unknown",
        "M23 photo.event_value",
    ),
    "a compulsory measure has reasons for not applicable": (
        _measure("M01", na_allowed=False),
        "catalogue_na_reasons",
        "M01 na_reasons",
    ),
    "a source is unknown": (
        lambda p: plain_measure(p, "M01")["basis"][0].update(source="S99"),
        "catalogue_source_unknown",
        "M01 basis[1].source",
    ),
    "a measure has nothing to check": (_measure("M01", check_points=[]), "catalogue_empty", "M01 check_points"),
    "there are no measures": (lambda p: p.update(measures=[]), "catalogue_empty", "measures"),
    "the problem is too long for the letter": (
        lambda p: plain_measure(p, "M01")["finding"]["problem"].update(zh="长" * 121),
        "catalogue_text_long",
        "M01 finding.problem.zh",
    ),
    "the advice gives orders": (
        lambda p: plain_measure(p, "M01")["finding"]["advice"].update(zh="责令立即整改。"),
        "catalogue_ordering_word",
        "M01 finding.advice.zh",
    ),
    "the date is no date": (lambda p: p.update(valid_from="2020-02-31"), "catalogue_date", "valid_from"),
    "the version could leave its folder": (
        lambda p: p.update(version="../1"),
        "catalogue_field_wrong",
        "version",
    ),
}


@pytest.mark.parametrize(("harm", "code", "where"), BROKEN.values(), ids=BROKEN)
def test_a_broken_set_is_refused_with_its_place(harm: Break, code: str, where: str) -> None:
    plain = plain_bundled()
    harm(plain)
    with pytest.raises(CatalogueProblem) as refused:
        load_measure_set(as_bytes(plain))
    problem = refused.value
    places = [place for fault, place in zip(problem.faults, problem.where, strict=True) if fault.code == code]
    assert any(where in place for place in places), (problem.faults, problem.where)
    for language in ("zh", "en"):
        assert all("—" not in sentence for sentence in problem.sentences(language))


def test_every_fault_is_told_at_once() -> None:
    plain = plain_bundled()
    plain_measure(plain, "M02")["group"] = "Z"
    plain_measure(plain, "M21")["primary_area"] = "F77"
    with pytest.raises(CatalogueProblem) as refused:
        load_measure_set(as_bytes(plain))
    assert refused.value.where == ("M02 group", "M21 primary_area")
    assert refused.value.fields["more"] == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{", b"\xff\xfe{}", b"[" * 100_000])
def test_a_file_that_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(UserProblem, match="catalogue_not_json"):
        load_measure_set(content)


@pytest.mark.parametrize("content", [b"[]", b"7", b"null", b"{}"])
def test_json_that_is_no_set_is_refused(content: bytes) -> None:
    with pytest.raises(CatalogueProblem):
        load_measure_set(content)


def test_an_enormous_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_bytes(b" " * (5 * 1024 * 1024))
    with pytest.raises(UserProblem, match="catalogue_too_big"):
        load_measure_set(path)


def test_every_code_of_the_catalogue_has_words() -> None:
    codes = {code for _, code, _ in BROKEN.values()}
    assert codes <= known_codes()
