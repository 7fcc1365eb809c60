"""The set-up check of isolation sites, and the observation of people, at their borders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from desktop.models.isolation_rules import Check, RoomFacts, SiteFacts, Verdict, rooms_needed, site_checks
from desktop.models.observation_rules import Reading, due_now, expected_end, progress, release_remarks, step_remarks
from desktop.models.premises_terms import EmergencyStep, SiteKind
from desktop.models.rule_book import Rule, RuleBook, rule_book

DAY = date(2020, 2, 27)
START = date(2020, 2, 13)
BOOK = rule_book()
GOOD = {
    "independent": 1, "distance_m": 20.0, "single_occupancy": 1, "ventilation": "natural", "vent_times": 2,
    "vent_minutes": 30, "separate_access": 1, "zones_marked": 1, "signage": 1, "sewage": "own_tank", "waste_bins": 2,
    "contactless_meals": 1, "readings_per_day": 2, "cleanings_per_day": 1, "duty_name": "顾言", "duty_phone": "0573",
    "protection_written": 1, "transfer_passage": 1, "transfer_hospital": "市一院", "transfer_phone": "0573",
    "transfer_vehicle": "designated_car", "cdc_contact": "疾控 0573", "persons_expected": 3,
    "checked_on": "2020-02-27", "kit": BOOK.rule("ISO-KIT", DAY).value,
}  # fmt: skip
ROOMS = (RoomFacts(1, 12.0, 1),) * 4


def check(
    name: str, kind: SiteKind = SiteKind.OBSERVATION_POINT, rooms: tuple[RoomFacts, ...] = ROOMS, **found: Any
) -> Check:
    checks = site_checks(SiteFacts(kind, {**GOOD, **found}, rooms, 500), BOOK, DAY)
    return next(each for each in checks if each.rule.id == name)


def test_a_site_in_order_passes_every_rule_of_its_kind() -> None:
    for kind, number in ((SiteKind.OBSERVATION_POINT, 18), (SiteKind.EMERGENCY_AREA, 12)):
        rooms = ROOMS if kind is SiteKind.OBSERVATION_POINT else ROOMS[:1]
        checks = site_checks(SiteFacts(kind, GOOD, rooms, 500), BOOK, DAY)
        assert {each.verdict for each in checks} == {Verdict.PASS}
        assert len(checks) == number


def test_of_a_site_nobody_looked_at_nothing_is_said_to_be_missing() -> None:
    checks = site_checks(SiteFacts(SiteKind.OBSERVATION_POINT, {}, ()), BOOK, DAY)
    assert {each.rule.id for each in checks if each.verdict is not Verdict.UNSEEN} == set()


@pytest.mark.parametrize(
    ("name", "found", "verdict"),
    [
        ("ISO-02", {"distance_m": 19.9}, Verdict.PARTIAL),
        ("ISO-05", {"ventilation": "central_ac"}, Verdict.FAIL),
        ("ISO-05", {"ventilation": "none"}, Verdict.FAIL),
        ("ISO-06", {"vent_minutes": 29}, Verdict.PARTIAL),
        ("ISO-06", {"vent_times": 1}, Verdict.PARTIAL),
        ("ISO-06", {"vent_times": None}, Verdict.UNSEEN),
        ("ISO-07", {"separate_access": 0}, Verdict.FAIL),
        ("ISO-10", {"sewage": "municipal_untreated"}, Verdict.FAIL),
        ("ISO-10", {"chlorine_mg_l": 9.9}, Verdict.PARTIAL),
        ("ISO-10", {"chlorine_mg_l": 10}, Verdict.PASS),
        ("ISO-13", {"readings_per_day": 1}, Verdict.FAIL),
        ("ISO-15", {"duty_phone": None}, Verdict.FAIL),
        ("ISO-15", {"guarded_24h": 0}, Verdict.PARTIAL),
        ("ISO-16", {"persons_expected": 4}, Verdict.FAIL),
        ("ISO-20", {"transfer_vehicle": "none"}, Verdict.FAIL),
        ("ISO-20", {"transfer_vehicle": None, "checked_on": None}, Verdict.UNSEEN),
    ],
)
def test_a_number_below_what_is_asked_is_told(name: str, found: dict[str, Any], verdict: Verdict) -> None:
    assert check(name, **found).verdict is verdict


def test_what_is_missing_is_named_with_what_is_asked() -> None:
    missing = check("ISO-02", distance_m=16.0).missing
    assert [(fact.name, fact.found, fact.asked) for fact in missing] == [("distance_m", 16, 20)]
    assert [fact.name for fact in check("ISO-20", transfer_vehicle="none").missing] == ["transfer_vehicle"]


def test_two_people_in_one_room_fail_and_so_does_one_room_without_a_toilet() -> None:
    assert check("ISO-03", rooms=(*ROOMS, replace(ROOMS[0], persons=2))).verdict is Verdict.FAIL
    bare = (*ROOMS, replace(ROOMS[0], ensuite=0))
    assert check("ISO-04", rooms=bare).verdict is Verdict.FAIL
    assert check("ISO-04", SiteKind.EMERGENCY_AREA, bare).verdict is Verdict.PARTIAL
    assert check("ISO-04", rooms=(*ROOMS, replace(ROOMS[0], ensuite=None))).verdict is Verdict.UNSEEN


def test_supplies_short_of_one_thing_are_partly_there() -> None:
    kit = {**BOOK.rule("ISO-KIT", DAY).value, "n95": 4}
    found = check("ISO-KIT", SiteKind.EMERGENCY_AREA, ROOMS[:1], kit=kit)
    assert found.verdict is Verdict.PARTIAL
    assert [(fact.name, fact.found, fact.asked) for fact in found.missing] == [("n95", 4, 5)]
    assert check("ISO-KIT", SiteKind.EMERGENCY_AREA, ROOMS[:2]).verdict is Verdict.PARTIAL


@pytest.mark.parametrize(("persons", "rooms"), [(0, 1), (1, 2), (10, 11), (11, 13), (20, 22)])
def test_rooms_needed_are_one_a_person_with_a_reserve(persons: int, rooms: int) -> None:
    assert rooms_needed(SiteKind.OBSERVATION_POINT, persons, 0, BOOK, DAY) == rooms


@pytest.mark.parametrize(("staff", "rooms"), [(0, 1), (500, 1), (501, 2), (1000, 2), (1001, 3)])
def test_emergency_rooms_go_by_the_staff(staff: int, rooms: int) -> None:
    assert rooms_needed(SiteKind.EMERGENCY_AREA, 0, staff, BOOK, DAY) == rooms


def test_a_rule_that_changed_judges_an_old_check_as_it_was() -> None:
    old = BOOK.rule("ISO-02", DAY)
    asked = {"observation_point": {"asked": {"distance_m": 30}, "unmet": "fail"}}
    later = Rule(old.id, asked, "V", "S19", "m", "甲", "a", valid_from=date(2020, 3, 1))
    earlier = Rule(old.id, old.value, "P", "", "m", "甲", "a", valid_until=date(2020, 2, 29))
    book = RuleBook({**BOOK.rules, "ISO-02": (earlier, later)})
    site = SiteFacts(SiteKind.OBSERVATION_POINT, GOOD, ROOMS)

    def verdict(on: date) -> Verdict:
        return next(each.verdict for each in site_checks(site, book, on) if each.rule.id == "ISO-02")

    assert [verdict(date(2020, 2, 29)), verdict(date(2020, 3, 1))] == [Verdict.PASS, Verdict.FAIL]


def readings(days: int, temperature: float = 36.5, leave_out: int = 0) -> list[Reading]:
    made = [Reading(START + timedelta(days=day), slot, temperature) for day in range(days) for slot in ("am", "pm")]
    return made[leave_out:]


def codes(found: list[Reading], today: date) -> list[str]:
    return [each.code for each in release_remarks(START, START + timedelta(days=14), found, today, BOOK)]


def test_observation_ends_fourteen_days_after_the_start_or_the_last_exposure() -> None:
    assert expected_end(START, None, BOOK) == date(2020, 2, 27)
    assert expected_end(START, date(2020, 2, 10), BOOK) == date(2020, 2, 27)
    assert expected_end(START, date(2020, 2, 14), BOOK) == date(2020, 2, 28)


def test_day_thirteen_is_too_early_and_day_fourteen_is_not() -> None:
    assert codes(readings(14), date(2020, 2, 26)) == ["stay_release_early"]
    assert codes(readings(14), date(2020, 2, 27)) == []


def test_a_fever_or_a_symptom_stands_against_a_release() -> None:
    assert codes([*readings(13), Reading(DAY - timedelta(days=1), "am", 37.2), *readings(14)[-1:]], DAY) == []
    assert codes([*readings(14), Reading(DAY, "am", 37.3)], DAY) == ["stay_release_fever"]
    assert codes([*readings(14), Reading(DAY, "am", 36.5, symptoms=1)], DAY) == ["stay_release_symptom"]


def test_nine_of_ten_due_readings_are_enough_and_fewer_are_not() -> None:
    assert codes(readings(14, leave_out=2), DAY) == []
    assert codes(readings(14, leave_out=3), DAY) == ["stay_release_readings"]


def test_progress_counts_days_and_readings_and_says_what_is_due_today() -> None:
    now = progress(START, date(2020, 2, 27), readings(5), date(2020, 2, 18))
    assert (now.done, now.days, now.present, now.due) == (5, 14, 10, 10)
    assert progress(START, date(2020, 2, 27), [], date(2020, 3, 9)).done == 14
    morning, noon = datetime(2020, 2, 27, 11, 59), datetime(2020, 2, 27, 12)
    assert [due_now([], morning), due_now([], noon)] == [("am",), ("am", "pm")]
    assert due_now([Reading(DAY, "am", 36.4)], noon) == ("pm",)


def test_steps_of_an_emergency_are_late_after_fifteen_minutes_and_an_hour() -> None:
    found = datetime(2020, 2, 27, 9)

    def late(isolated: int, told: int) -> list[str]:
        steps = {
            EmergencyStep.FOUND: found,
            EmergencyStep.ISOLATED: found + timedelta(minutes=isolated),
            EmergencyStep.AUTHORITY_TOLD: found + timedelta(minutes=told),
        }
        return [each.code for each in step_remarks(steps, BOOK, DAY)]

    assert late(15, 60) == []
    assert late(16, 61) == ["stay_isolated_late", "stay_reported_late"]
    assert late(-1, 60) == ["stay_step_before"]
