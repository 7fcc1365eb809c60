"""The rules of the health files at their borders."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from desktop.models.health_rules import (
    QueryFacts,
    arrival_fault,
    asks_again,
    code_is_old,
    completeness,
    due_by,
    earliest_on_duty,
    is_fever,
    query_remarks,
    readings_due,
    settled_by,
    temperature_fault,
)
from desktop.models.health_terms import Slot
from desktop.models.rule_book import rule_book

BOOK, DAY = rule_book(), date(2020, 2, 28)
NOW = datetime(2020, 2, 28, 10, 0)


@pytest.mark.parametrize(("degrees", "taken"), [(33.9, False), (34.0, True), (43.0, True), (43.1, False)])
def test_a_temperature_that_cannot_be_meant_is_not_taken(degrees: float, taken: bool) -> None:
    assert (temperature_fault(degrees, BOOK, DAY) is None) is taken


def test_fever_begins_at_37_3() -> None:
    assert [is_fever(degrees, BOOK, DAY) for degrees in (37.2, 37.3, None)] == [False, True, False]


@pytest.mark.parametrize(
    ("degrees", "thermometer", "again"),
    [
        (35.9, "forehead", True),
        (36.0, "forehead", False),
        (38.5, "forehead", False),
        (38.6, "forehead", True),
        (38.6, "ear", False),
        (35.9, "mercury", False),
        (35.9, None, True),
    ],
)
def test_an_odd_reading_of_a_forehead_gun_is_taken_again(degrees: float, thermometer: str | None, again: bool) -> None:
    assert asks_again(degrees, thermometer, BOOK, DAY) is again


@pytest.mark.parametrize(
    ("readings", "abnormal"),
    [
        ([37.5], None),
        ([37.5, 37.3], True),
        ([37.5, 36.8], None),
        ([37.5, 36.8, 37.3], True),
        ([37.5, 36.8, 37.2], False),
        ([36.8, 36.9], False),
        ([36.8, 36.9, 38.0, 38.0], False),
        ([], None),
    ],
)
def test_two_of_three_readings_decide(readings: list[float], abnormal: bool | None) -> None:
    assert settled_by(readings, BOOK, DAY) is abnormal


@pytest.mark.parametrize(
    ("status", "housing", "arrived", "due"),
    [
        ("on_duty", "dormitory", None, 2),
        ("observing", "own", None, 2),
        ("on_duty", "rented", "2020-02-28", 1),
        ("on_duty", None, "2020-02-29", 0),
        ("not_returned", "dormitory", None, 0),
        ("left", "dormitory", None, 0),
    ],
)
def test_how_many_readings_a_person_owes(status: str, housing: str | None, arrived: str | None, due: int) -> None:
    assert readings_due(status, housing, arrived, BOOK, DAY) == due


def test_by_noon_one_reading_is_owed_at_most() -> None:
    assert [due_by(due, half) for half in Slot for due in (0, 1, 2)] == [0, 1, 1, 0, 1, 2]


@pytest.mark.parametrize(
    ("made", "standard"), [(950, "pass"), (949, "warn"), (800, "warn"), (799, "fail"), (1000, "pass")]
)
def test_a_day_is_complete_from_95_and_fails_below_80_percent(made: int, standard: str) -> None:
    assert completeness(made, 1000, BOOK, DAY)[1] == standard
    assert completeness(0, 0, BOOK, DAY) == (100.0, "pass")


ARRIVED, CODED = date(2020, 2, 20), date(2020, 2, 22)


@pytest.mark.parametrize(
    ("code", "high_risk", "first"),
    [
        ("green", False, ARRIVED),
        ("yellow", False, CODED + timedelta(7)),
        ("red", False, ARRIVED + timedelta(14)),
        ("green", True, ARRIVED + timedelta(14)),
        ("none", False, None),
        (None, False, None),
    ],
)
def test_the_health_code_says_when_work_may_begin(code: str | None, high_risk: bool, first: date | None) -> None:
    assert earliest_on_duty(code, CODED, ARRIVED, BOOK, DAY, high_risk=high_risk) == first


def test_a_later_exposure_counts_instead_of_the_arrival() -> None:
    exposed = date(2020, 2, 25)
    assert earliest_on_duty("red", None, ARRIVED, BOOK, DAY, last_exposure_on=exposed) == exposed + timedelta(14)


def test_a_health_code_is_old_after_seven_days() -> None:
    assert [code_is_old(day, BOOK, DAY) for day in (date(2020, 2, 21), date(2020, 2, 20), None)] == [False, True, False]


def test_an_arrival_may_be_thirty_days_ahead() -> None:
    assert arrival_fault(DAY + timedelta(30), BOOK, DAY) is None
    assert arrival_fault(DAY + timedelta(31), BOOK, DAY) is not None


PLACES = [{"place": "杭州", "risk": "low"}]


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, []),
        ({"queried_at": NOW + timedelta(minutes=1)}, ["roaming_in_future"]),
        ({"window_days": 15}, ["roaming_window"]),
        ({"places": ()}, ["roaming_no_reason"]),
        ({"places": (), "no_result_reason": "refused"}, []),
        ({"places": PLACES * 30}, []),
        ({"places": PLACES * 31}, ["roaming_too_many_places"]),
        ({"arrived_on": date(2020, 2, 27)}, []),
        ({"arrived_on": date(2020, 2, 26)}, ["roaming_late"]),
        ({"transport": "chartered_bus"}, ["roaming_no_seat"]),
        ({"transport": "chartered_bus", "transport_detail": "浙F12345 座12"}, []),
        ({"matches_declaration": False}, ["roaming_disagrees"]),
        ({"places": [{"place": "武汉", "risk": "high"}]}, ["roaming_high_risk"]),
        ({"health_code": "yellow"}, ["roaming_code_not_green"]),
    ],
)
def test_what_there_is_to_say_about_a_roaming_query(facts: dict[str, Any], codes: list[str]) -> None:
    given = {"queried_at": NOW, "window_days": 14, "places": PLACES, **facts}
    assert [code for code, _ in query_remarks(QueryFacts(**given), NOW, BOOK)] == codes
