"""Hard rules refuse an answer, soft ones only warn; the limits are those of the domain notes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.answer_rules import Recorded
from desktop.models.catalogue import (
    answer_problems,
    bundled,
    na_allowed,
    photo_required,
    suggested_finding,
    value_problems,
)
from desktop.models.measure_set import PhotoRule, ValueType
from desktop.models.problems import known_codes
from desktop.models.vocabulary import Result, Route, Severity

DAY = date(2020, 2, 27)


def _codes(
    measure: str, key: str, value: Recorded, others: dict[str, Recorded] | None = None
) -> list[tuple[str, bool]]:
    found = value_problems(bundled().measure(measure), key, value, others, DAY)
    return [(problem.code.removeprefix("answer_value_"), problem.hard) for problem in found]


@pytest.mark.parametrize(
    ("measure", "key", "value"),
    [
        ("M14", "chlorine_mg_l", 250),
        ("M14", "chlorine_mg_l", 500),
        ("M18", "persons_per_room", 6),
        ("M18", "area_per_person_m2", 2.5),
        ("M03", "observed_days", 14),
        ("M08", "entry_rate", 95.0),
        ("M05", "duty_roles", 5),
        ("M13", "vent_minutes", 30),
        ("M17", "seat_spacing_m", 1),
        ("M19", "mask_days", 7),
        ("M21", "extinguisher_expires", "2020-02-27"),
        ("M23", "minutes_to_isolation", 15),
        ("M02", "county_level", "green"),
        ("M14", "chlorine_mg_l", None),
    ],
)
def test_a_value_on_the_boundary_is_as_expected(measure: str, key: str, value: Recorded) -> None:
    assert _codes(measure, key, value) == []


@pytest.mark.parametrize(
    ("measure", "key", "value"),
    [
        ("M14", "chlorine_mg_l", 150),
        ("M14", "chlorine_mg_l", 501),
        ("M18", "persons_per_room", 7),
        ("M18", "area_per_person_m2", 2.48),
        ("M03", "observed_days", 13),
        ("M08", "entry_rate", 94.9),
        ("M08", "fever_count", 1),
        ("M05", "duty_roles", 4),
        ("M13", "vent_minutes", 29),
        ("M17", "seat_spacing_m", 0.8),
        ("M19", "mask_days", 6),
        ("M21", "extinguisher_expires", "2020-02-26"),
        ("M23", "minutes_to_report", 61),
    ],
)
def test_a_value_beyond_the_boundary_warns_and_is_kept(measure: str, key: str, value: Recorded) -> None:
    assert _codes(measure, key, value) == [("unexpected", False)]


@pytest.mark.parametrize(
    ("measure", "key", "value", "code"),
    [
        ("M14", "chlorine_mg_l", -1, "range"),
        ("M08", "entry_rate", 100.1, "range"),
        ("M06", "completeness_score", 11, "range"),
        ("M14", "chlorine_mg_l", "150", "not_int"),
        ("M14", "chlorine_mg_l", 150.5, "not_int"),
        ("M14", "chlorine_mg_l", True, "not_int"),
        ("M08", "entry_rate", float("nan"), "not_decimal"),
        ("M08", "entry_rate", float("inf"), "not_decimal"),
        ("M02", "county_level", "purple", "not_enum"),
        ("M21", "extinguisher_expires", "2020-02-30", "not_date"),
        ("M21", "extinguisher_expires", "20200227", "not_date"),
        ("M23", "had_event", "yes", "not_bool"),
        ("M14", "colour", 1, "unknown"),
    ],
)
def test_a_value_that_cannot_be_is_refused(measure: str, key: str, value: Recorded, code: str) -> None:
    assert _codes(measure, key, value) == [(code, True)]


def test_a_warning_says_on_which_side_the_value_lies() -> None:
    def side(key: str, value: Recorded, measure: str = "M14") -> object:
        (problem,) = value_problems(bundled().measure(measure), key, value, on=DAY)
        return problem.fields["side"]

    assert side("chlorine_mg_l", 150) == "below"
    assert side("chlorine_mg_l", 900) == "above"
    assert side("extinguisher_expires", "2020-01-31", "M21") == "past"


def test_seats_in_use_are_compared_with_all_seats() -> None:
    assert _codes("M17", "seats_open", 120, {"seats_total": 240}) == []
    assert _codes("M17", "seats_open", 121, {"seats_total": 240}) == [("unexpected", False)]
    assert _codes("M17", "seats_open", 241, {"seats_total": 240}) == [("above_other", True)]
    assert _codes("M17", "seats_open", 120) == []
    assert _codes("M17", "seats_open", 0, {"seats_total": 0}) == []


def test_each_open_entrance_needs_a_thermometer() -> None:
    assert _codes("M09", "thermometers", 2, {"open_entrances": 2}) == []
    assert _codes("M09", "thermometers", 1, {"open_entrances": 2}) == [("unexpected", False)]


def test_not_applicable_needs_a_reason_and_is_refused_on_a_compulsory_measure() -> None:
    canteen, plan = bundled().measure("M17"), bundled().measure("M06")
    assert [p.code for p in answer_problems(canteen, Result.NA)] == ["answer_na_reason"]
    assert [p.code for p in answer_problems(canteen, Result.NA, note="  ")] == ["answer_na_reason"]
    assert answer_problems(canteen, Result.NA, note="无食堂") == ()
    assert [p.code for p in answer_problems(plan, Result.NA, note="无")] == ["answer_na_not_allowed"]
    assert not na_allowed(plan)


def test_the_alcohol_store_always_needs_its_photo() -> None:
    store = bundled().measure("M21")
    assert [photo_required(store, result) for result in (Result.PASS, Result.PARTIAL, Result.FAIL)] == [True] * 3
    assert not photo_required(store, Result.NA)
    assert not photo_required(store, None)
    missing = answer_problems(store, Result.FAIL, photo_count=0)
    assert [(problem.code, problem.hard) for problem in missing] == [("answer_photo_missing", False)]
    assert answer_problems(store, Result.FAIL, photo_count=1) == ()


def test_a_case_response_photo_is_needed_only_after_an_event() -> None:
    response = bundled().measure("M23")
    assert not photo_required(response, Result.PASS)
    assert not photo_required(response, Result.PASS, {"had_event": False})
    assert photo_required(response, Result.PASS, {"had_event": True})


def test_a_failed_measure_suggests_its_finding_and_a_partial_one_a_lower_one() -> None:
    store = bundled().measure("M21")
    assert suggested_finding(store, Result.FAIL) == (Severity.HIGH, Route.CROSS_DEPT, 2)
    assert suggested_finding(store, Result.PARTIAL) == (Severity.MEDIUM, Route.CROSS_DEPT, 2)
    assert suggested_finding(store, Result.PASS) is None
    assert suggested_finding(store, Result.NA) is None


def test_hard_problems_come_first() -> None:
    found = answer_problems(bundled().measure("M14"), Result.FAIL, {"contact_min": 5, "chlorine_mg_l": -3})
    assert [problem.hard for problem in found] == [True, False, False]


def test_every_problem_of_an_answer_reads_in_both_languages() -> None:
    (problem,) = value_problems(bundled().measure("M14"), "chlorine_mg_l", 150)
    assert "试纸实测有效氯" in problem.sentence()
    assert "250–500" in problem.sentence("en")
    for kind in ValueType:
        assert f"answer_value_not_{kind}" in known_codes()


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)


@given(st.sampled_from(bundled().measures), ANYTHING, ANYTHING)
def test_any_value_is_judged_without_an_error(measure: object, value: Recorded, other: Recorded) -> None:
    for found in bundled().measures:
        if found is not measure:
            continue
        for definition in found.values:
            others = {each.key: other for each in found.values}
            problems = value_problems(found, definition.key, value, others, DAY)
            assert all(problem.code in known_codes() for problem in problems)
            assert all("—" not in problem.sentence(language) for problem in problems for language in ("zh", "en"))


def test_no_measure_needs_a_photo_when_its_rule_is_none_or_useful() -> None:
    for measure in bundled().measures:
        if measure.photo.rule in (PhotoRule.NONE, PhotoRule.USEFUL):
            assert not any(photo_required(measure, result) for result in Result)
