"""Isolation sites, stays and disinfections as they are kept: each act one unit of work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from desktop.models.desk.disinfection_desk import disinfection_log, record_disinfection, required_places
from desktop.models.desk.isolation_desk import people_to_take_in, premises
from desktop.models.desk.isolation_setup import add_rooms, open_site, save_site, set_room_state
from desktop.models.desk.observation_desk import left, move_room, note_steps, release, take_in, transfer
from desktop.models.desk.premises_overview import enterprise_at_hand, premises_overview
from desktop.models.desk.register_words import in_words
from desktop.models.device.workspace import Workspace
from desktop.models.disinfection_rules import Disinfection
from desktop.models.identity import new_id
from desktop.models.isolation_rules import Verdict
from desktop.models.premises_terms import (
    Agent,
    DisinfectionMethod,
    EmergencyStep,
    PlaceType,
    RoomState,
    SiteKind,
    Situation,
    StayReason,
)
from desktop.models.problems import UserProblem
from desktop.models.records.health_files import Employee, HealthEntry
from desktop.models.registers import REGISTERS, register_rows
from tests.builders import add_enterprise

START, END = date(2020, 2, 13), date(2020, 2, 27)
NOON = datetime(2020, 2, 27, 12)


def add_person(workspace: Workspace, enterprise: str, name: str = "林小满") -> str:
    grid = workspace.device.local_grid_id
    with workspace.write() as session:
        person = Employee(
            id=new_id(), grid_id=grid, enterprise_id=enterprise, name=name, team="装配二班", return_status="observing"
        )
        session.add(person)
        return person.id


def add_room(workspace: Workspace, site: str, number: str, **fields: float) -> str:
    return add_rooms(workspace, site, [number], fields, END)[0]


def take_readings(workspace: Workspace, enterprise: str, person: str, temperature: float = 36.5) -> None:
    with workspace.write() as session:
        session.add_all(
            HealthEntry(
                grid_id=workspace.device.local_grid_id, enterprise_id=enterprise, employee_id=person, slot=slot,
                day=(START + timedelta(days=day)).isoformat(), temperature_c=temperature,
                recorded_at="2020-02-27T00:00:00.000Z",
            )
            for day in range(14)
            for slot in ("am", "pm")
        )  # fmt: skip


@pytest.fixture
def site(workspace: Workspace, enterprise: str) -> str:
    return open_site(workspace, enterprise, SiteKind.OBSERVATION_POINT, "综合楼5层")


@pytest.fixture
def room(workspace: Workspace, site: str) -> str:
    return add_room(workspace, site, "503", ensuite=1, area_m2=12)


@pytest.fixture
def person(workspace: Workspace, enterprise: str) -> str:
    return add_person(workspace, enterprise)


@pytest.fixture
def stay(workspace: Workspace, room: str, person: str) -> str:
    return take_in(workspace, room, person, StayReason.HIGH_RISK_AREA, START, today=START)


def test_what_was_found_at_a_site_is_judged_worst_first(workspace: Workspace, enterprise: str, site: str) -> None:
    save_site(workspace, site, {"distance_m": 16.0, "transfer_vehicle": "none", "independent": 1}, END)
    card = premises(workspace, enterprise, NOON).sites[0]
    verdicts = {check.rule.id: check.verdict for check in card.checks}

    assert card.columns["checked_on"] == "2020-02-27"
    assert (verdicts["ISO-20"], verdicts["ISO-02"], verdicts["ISO-01"]) == (Verdict.FAIL, Verdict.PARTIAL, Verdict.PASS)
    assert [check.verdict for check in card.checks] == sorted(verdicts.values(), key=list(Verdict).index)


def test_odd_numbers_and_empty_places_are_refused(workspace: Workspace, enterprise: str, site: str, room: str) -> None:
    with pytest.raises(UserProblem, match="site_number_wrong") as refused:
        save_site(workspace, site, {"vent_times": 25}, END)
    assert refused.value.fields["high"] == 24
    with pytest.raises(UserProblem, match="site_location_missing"):
        save_site(workspace, site, {"location": " "}, END)
    with pytest.raises(UserProblem, match="site_location_missing"):
        open_site(workspace, enterprise, SiteKind.EMERGENCY_AREA, "")
    with pytest.raises(UserProblem, match="room_number_taken"):
        add_rooms(workspace, site, ["502", " 503"], {}, END)
    card = premises(workspace, enterprise, NOON).sites[0]
    assert (card.location, len(card.rooms)) == ("综合楼5层", 1)


def test_a_stay_shows_a_masked_name_its_days_and_the_readings_of_today(
    workspace: Workspace, enterprise: str, person: str, stay: str
) -> None:
    take_readings(workspace, enterprise, person)
    row = premises(workspace, enterprise, datetime(2020, 2, 18, 9)).stays[0]
    assert (row.person, row.room_no, row.end_on, row.due) == ("林**", "503", END, ())
    assert (row.progress.done, row.progress.days, row.progress.present) == (5, 14, 10)
    assert [each.code for each in row.against] == ["stay_release_early"]
    assert people_to_take_in(workspace, enterprise) == []


def test_never_two_people_in_one_room_nor_one_person_in_two(
    workspace: Workspace, enterprise: str, site: str, room: str, stay: str, person: str
) -> None:
    other = add_person(workspace, enterprise, "顾南乔")
    with pytest.raises(UserProblem, match="room_occupied"):
        take_in(workspace, room, other, StayReason.OTHER, START, today=START)
    free = add_room(workspace, site, "505")
    with pytest.raises(UserProblem, match="stay_already"):
        take_in(workspace, free, person, StayReason.OTHER, START, today=START)
    with pytest.raises(UserProblem, match="stay_day_wrong"):
        take_in(workspace, free, other, StayReason.OTHER, END, today=START)
    elsewhere = add_person(workspace, add_enterprise(workspace, "桐庐织造厂", None))
    with pytest.raises(UserProblem, match="enterprise_of_site_differs"):
        take_in(workspace, free, elsewhere, StayReason.OTHER, START, today=START)


def test_a_room_that_was_left_takes_nobody_until_it_is_disinfected(
    workspace: Workspace, enterprise: str, site: str, room: str, stay: str
) -> None:
    free = add_room(workspace, site, "505")
    move_room(workspace, stay, free)
    rooms = {each.room_no: each for each in premises(workspace, enterprise, NOON).sites[0].rooms}
    assert (rooms["503"].state, rooms["503"].persons, rooms["505"].persons) == ("cleaning", 0, 1)
    with pytest.raises(UserProblem, match="room_not_ready"):
        move_room(workspace, stay, room)
    set_room_state(workspace, room, RoomState.READY, END)
    move_room(workspace, stay, room)


def test_neither_a_site_nor_a_room_is_closed_over_somebody(
    workspace: Workspace, site: str, room: str, stay: str
) -> None:
    with pytest.raises(UserProblem, match="site_not_empty"):
        save_site(workspace, site, {"closed_on": "2020-02-27"}, END)
    with pytest.raises(UserProblem, match="room_occupied"):
        set_room_state(workspace, room, RoomState.CLOSED, END)
    transfer(workspace, stay, "市一院", END, END)
    save_site(workspace, site, {"closed_on": "2020-02-27"}, END)


def test_a_release_needs_its_day_its_readings_and_a_name(
    workspace: Workspace, enterprise: str, person: str, stay: str
) -> None:
    with pytest.raises(UserProblem, match="stay_release_readings"):
        release(workspace, stay, "周砚秋", END)
    take_readings(workspace, enterprise, person)
    with pytest.raises(UserProblem, match="stay_release_early"):
        release(workspace, stay, "周砚秋", END - timedelta(days=1))
    with pytest.raises(UserProblem, match="stay_release_name_missing"):
        release(workspace, stay, " ", END)
    release(workspace, stay, "周砚秋", END)
    with pytest.raises(UserProblem, match="stay_ended"):
        release(workspace, stay, "周砚秋", END)
    assert premises(workspace, enterprise, NOON).stays == ()


def test_somebody_who_is_taken_away_or_leaves_ends_the_stay_early(
    workspace: Workspace, enterprise: str, site: str, room: str, stay: str, person: str
) -> None:
    with pytest.raises(UserProblem, match="stay_transfer_missing"):
        transfer(workspace, stay, "", END, END)
    with pytest.raises(UserProblem, match="stay_day_wrong"):
        transfer(workspace, stay, "市一院", START - timedelta(days=1), END)
    transfer(workspace, stay, "市一院", START, END)
    set_room_state(workspace, room, RoomState.READY, END)
    again = take_in(workspace, room, person, StayReason.SYMPTOM, START, today=END)
    left(workspace, again, END, "夜间离开", END)
    with workspace.read() as session:
        outcomes = session.execute(text("SELECT outcome FROM isolation_stays ORDER BY id")).scalars().all()
    assert outcomes == ["transferred", "left_without_permission"]


def test_steps_of_an_emergency_keep_their_moments_and_say_what_came_late(
    workspace: Workspace, enterprise: str, stay: str
) -> None:
    found = datetime(2020, 2, 13, 1, tzinfo=UTC)
    assert note_steps(workspace, stay, {EmergencyStep.FOUND: found}) == ()
    late = note_steps(workspace, stay, {EmergencyStep.ISOLATED: found + timedelta(minutes=16)})
    assert [each.code for each in late] == ["stay_isolated_late"]
    with pytest.raises(UserProblem, match="stay_step_before"):
        note_steps(workspace, stay, {EmergencyStep.MASKED: found - timedelta(minutes=1)})
    note_steps(workspace, stay, {EmergencyStep.ISOLATED: None})
    assert premises(workspace, enterprise, NOON).stays[0].steps == {EmergencyStep.FOUND: found}


DONE = Disinfection(
    place_type=PlaceType.TOILET, place="观察点卫生间", target="D10", situation=Situation.PREVENTIVE,
    agent=Agent.CHLORINE, method=DisinfectionMethod.WIPE, operator="周砚秋",
    done_at=datetime(2020, 2, 27, 8), conc_mg_l=500, contact_min=30,
)  # fmt: skip


def test_a_disinfection_is_kept_with_its_next_one_and_a_bad_one_is_not(workspace: Workspace, enterprise: str) -> None:
    saved = record_disinfection(workspace, enterprise, replace(DONE, contact_min=20))
    assert [each.code for each in saved.remarks] == ["disinfection_contact_short"]
    with pytest.raises(UserProblem, match="disinfection_mixed_acid"):
        record_disinfection(workspace, enterprise, replace(DONE, mixed_with=["acid"]))
    with pytest.raises(UserProblem, match="disinfection_in_future"):
        record_disinfection(workspace, enterprise, replace(DONE, done_at=datetime.now() + timedelta(minutes=2)))
    assert len(disinfection_log(workspace, enterprise)) == 1


def test_the_log_shows_what_is_due_first_and_only_the_latest_of_a_place_is_due(
    workspace: Workspace, enterprise: str
) -> None:
    hours = (("甲车间", 2), ("乙车间", 1), ("甲车间", 0))
    for place, hour in hours:
        record_disinfection(workspace, enterprise, replace(DONE, place=place, done_at=datetime(2020, 2, 27, hour)))
    log = disinfection_log(workspace, enterprise)
    assert [(line.place, line.latest) for line in log] == [("乙车间", 1), ("甲车间", 1), ("甲车间", 0)]


def test_todays_required_places_are_those_disinfected_by_the_day_before(workspace: Workspace, enterprise: str) -> None:
    yesterday = datetime(2020, 2, 26, 8)
    for place, moment in (("甲", yesterday), ("乙", yesterday), ("甲", DONE.done_at), ("甲", DONE.done_at)):
        record_disinfection(workspace, enterprise, replace(DONE, place=place, done_at=moment))
    record_disinfection(workspace, enterprise, replace(DONE, target="D22", place="班车", done_at=yesterday))
    places = [(each.place, each.done, each.planned) for each in required_places(workspace, enterprise, END)]
    assert places == [("乙", 0, 2), ("甲", 2, 2)]
    assert required_places(workspace, enterprise, END + timedelta(days=8)) == []


def test_a_terminal_disinfection_makes_the_room_ready(
    workspace: Workspace, enterprise: str, room: str, stay: str
) -> None:
    transfer(workspace, stay, "市一院", END, END)
    record_disinfection(workspace, enterprise, DONE, room_id=room)
    assert premises(workspace, enterprise, NOON).sites[0].free[0].room_no == "503"


def test_all_enterprises_are_listed_with_what_is_due(workspace: Workspace, enterprise: str, stay: str) -> None:
    record_disinfection(workspace, enterprise, DONE)
    add_enterprise(workspace, "没有隔离点的企业", None)
    (line,) = premises_overview(workspace, datetime(2020, 2, 27, 21))
    assert (line.sites, line.rooms, line.persons, line.ending, line.overdue) == (1, 1, 1, 1, 1)
    assert enterprise_at_hand(workspace) == enterprise
    record_disinfection(workspace, enterprise, replace(DONE, done_at=datetime(2020, 2, 27, 10)))
    assert premises_overview(workspace, datetime(2020, 2, 27, 21))[0].overdue == 0
    assert premises_overview(workspace, datetime(2020, 2, 27, 23))[0].overdue == 1


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("isolation_sites", {"综合楼5层", "集中隔离观察点"}),
        ("isolation_stays", {"林**", "503", "高风险地区返岗"}),
        ("disinfections", {"观察点卫生间", "含氯消毒剂", "2020-02-27 08:00"}),
    ],
)
def test_registers_are_in_words_and_without_full_names(
    workspace: Workspace, enterprise: str, stay: str, name: str, cells: set[str]
) -> None:
    record_disinfection(workspace, enterprise, DONE)
    with workspace.read() as session:
        rows = list(in_words(workspace, REGISTERS[name], register_rows(session, REGISTERS[name], {}), "zh"))
    assert cells <= set(rows[0])
    assert "林小满" not in rows[0]
