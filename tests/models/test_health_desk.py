"""The desk of the health files: who comes first, what a reading does, what a paste keeps, what a look leaves behind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from desktop.models.desk.employee_file import (
    QueryEntry,
    add_employee,
    change_employee,
    employee_file,
    observe,
    record_query,
)
from desktop.models.desk.health_readings import Reading, paste_readings, put_back, set_reading, table_of
from desktop.models.desk.health_register import (
    HealthFilter,
    HealthListing,
    HealthRow,
    Moment,
    health_listing,
    health_rows,
)
from desktop.models.desk.unmasking import HOURLY_LIMIT, FieldGroup, Purpose, unmask
from desktop.models.device.workspace import Workspace
from desktop.models.health_terms import Slot
from desktop.models.problems import UserProblem
from desktop.models.records.health_files import entry_id
from desktop.models.resident_id import check_character
from desktop.models.rule_book import rule_book

TODAY = date(2020, 2, 28)
AM = Moment(TODAY, Slot.AM)
NOW = datetime(2020, 2, 28, 10, 0)


def number(order: int) -> str:
    first = f"33049919880312{order:03}"
    return first + check_character(first)


def person(workspace: Workspace, enterprise: str, name: str, **facts: Any) -> str:
    return add_employee(workspace, enterprise, {"name": name, **facts}, today=TODAY)


def listing(workspace: Workspace, enterprise: str, moment: Moment = AM, **chosen: Any) -> HealthListing:
    with workspace.read() as session:
        return health_listing(session, HealthFilter(enterprise, **chosen), moment, rule_book())


def rows(workspace: Workspace, ids: list[str], moment: Moment = AM) -> list[HealthRow]:
    with workspace.read() as session:
        return health_rows(session, ids, moment, rule_book())


def read(workspace: Workspace, who: str, degrees: float, day: date = TODAY, slot: Slot = Slot.AM) -> None:
    set_reading(workspace, who, day.isoformat(), slot, Reading(degrees), today=TODAY)


def test_fever_comes_first_then_who_is_missing_then_the_observed_then_the_others(
    workspace: Workspace, enterprise: str
) -> None:
    well, hot, absent, observed, gone = (person(workspace, enterprise, f"员工{n}") for n in "一二三四五")
    observe(workspace, [observed])
    change_employee(workspace, gone, {"return_status": "left"}, today=TODAY)
    read(workspace, well, 37.2)
    read(workspace, hot, 37.3)
    read(workspace, observed, 36.5)
    found = listing(workspace, enterprise)
    assert found.ids == [hot, absent, observed, well]
    assert found.untended == [hot]
    figures = found.figures
    assert (figures.due, figures.taken, figures.fever, figures.missing, figures.observing) == (4, 3, 1, 1, 1)
    assert (figures.percent, figures.standard) == (75.0, "fail")
    states = [row.state for row in rows(workspace, found.ids)]
    assert states == ["fever", "missing", "observing", "on_duty"]
    assert listing(workspace, enterprise, left=True).ids == [gone]


def test_a_fever_of_yesterday_holds_until_a_lower_reading_and_an_absence_is_no_gap(
    workspace: Workspace, enterprise: str
) -> None:
    who = person(workspace, enterprise, "石明远")
    read(workspace, who, 37.4, TODAY - timedelta(1), Slot.PM)
    set_reading(workspace, who, TODAY.isoformat(), Slot.AM, Reading(absent_reason="请假"), today=TODAY)
    assert listing(workspace, enterprise).figures.fever == 1
    assert listing(workspace, enterprise).figures.missing == 0
    assert rows(workspace, [who])[0].state == "fever"
    read(workspace, who, 36.6)
    assert listing(workspace, enterprise).figures.fever == 0
    assert rows(workspace, [who])[0].state == "on_duty"


def test_who_lives_in_a_dormitory_owes_a_second_reading_in_the_afternoon(workspace: Workspace, enterprise: str) -> None:
    inside = person(workspace, enterprise, "石明远", housing="dormitory")
    outside = person(workspace, enterprise, "韦思齐", housing="own")
    for who in (inside, outside):
        read(workspace, who, 36.5)
    assert listing(workspace, enterprise).figures.missing == 0
    afternoon = Moment(TODAY, Slot.PM)
    found = listing(workspace, enterprise, afternoon, trouble_only=True)
    assert found.ids == [inside]
    assert [row.due[-1] for row in rows(workspace, [inside, outside], afternoon)] == [2, 1]


def test_names_and_numbers_leave_masked_and_a_whole_number_finds_its_person(
    workspace: Workspace, enterprise: str
) -> None:
    who = person(workspace, enterprise, "欧阳澄", id_number=number(334), phone="13800001234")
    person(workspace, enterprise, "何若谷")
    row = rows(workspace, [who])[0]
    assert (row.name, row.number) == ("欧阳*", f"330***********{number(334)[-4:]}")
    assert listing(workspace, enterprise, search="oyc").ids == [who]
    assert listing(workspace, enterprise, search="欧阳").by_number is False
    found = listing(workspace, enterprise, search="13800001234")
    assert (found.ids, found.by_number) == ([who], True)
    assert listing(workspace, enterprise, search="1380000").ids == []
    opened = employee_file(workspace, who, today=TODAY)
    for hidden in ("欧阳澄", number(334), "13800001234"):
        assert hidden not in repr(opened)


def test_a_reading_entered_twice_is_one_row_and_can_be_taken_back(workspace: Workspace, enterprise: str) -> None:
    who = person(workspace, enterprise, "石明远")
    read(workspace, who, 36.5)
    saved = set_reading(workspace, who, TODAY.isoformat(), Slot.AM, Reading(38.6), today=TODAY)
    assert (saved.before, saved.fever, saved.again) == (Reading(36.5), True, True)
    put_back(workspace, {(who, TODAY.isoformat(), Slot.AM): saved.before})
    with workspace.read() as session:
        stored = session.execute(text("SELECT id, temperature_c FROM health_entries")).all()
    assert stored == [(entry_id(who, TODAY.isoformat(), "am"), 36.5)]


@pytest.mark.parametrize(
    ("day", "degrees", "code"),
    [(TODAY, 33.9, "health_temperature_range"), (TODAY + timedelta(1), 36.5, "health_reading_ahead")],
)
def test_what_cannot_be_a_reading_is_not_stored(
    workspace: Workspace, enterprise: str, day: date, degrees: float, code: str
) -> None:
    who = person(workspace, enterprise, "石明远")
    with pytest.raises(UserProblem) as refused:
        set_reading(workspace, who, day.isoformat(), Slot.AM, Reading(degrees), today=TODAY)
    assert refused.value.code == code


def test_a_pasted_block_keeps_every_cell_that_can_be_meant_and_tells_the_others(
    workspace: Workspace, enterprise: str
) -> None:
    ids = [person(workspace, enterprise, name) for name in ("甲", "乙", "丙")]
    block = table_of("36.5\t365\r\n缺：请假\t88\r\n\t高\r\n36.6\r\n")
    done = paste_readings(workspace, enterprise, block, ids, AM.slots[-2:], today=TODAY)
    assert (done.saved, len(done.employees)) == (3, 2)
    assert [(each.row, each.problem.code) for each in done.problems] == [
        (2, "health_temperature_range"), (3, "health_reading_unreadable"), (4, "paste_below"),
    ]  # fmt: skip
    first, second, _ = rows(workspace, ids, Moment(TODAY, Slot.PM))
    assert [cell and cell.temperature_c for cell in first.cells[-2:]] == [36.5, 36.5]
    assert second.cells[-2] is not None
    assert second.cells[-2].absent_reason == "请假"
    put_back(workspace, done.before)
    assert all(cell is None for row in rows(workspace, ids) for cell in row.cells)


def test_a_block_with_names_goes_to_the_people_it_names_whatever_their_order(
    workspace: Workspace, enterprise: str
) -> None:
    first = person(workspace, enterprise, "石明远", id_number=number(1))
    second = person(workspace, enterprise, "韦思齐")
    for _ in range(2):
        person(workspace, enterprise, "张伟")
    block = table_of(f"韦思齐\t36.7\n{number(1)}\t36.8\n张伟\t36.9\n某某\t36.4\n姓名\t体温")
    done = paste_readings(workspace, enterprise, block, [first, second], AM.slots[-2:], today=TODAY)
    assert [cell and cell.temperature_c for row in rows(workspace, [first, second]) for cell in row.cells[-2:-1]] == [
        36.8, 36.7,
    ]  # fmt: skip
    assert [(each.row, each.problem.code) for each in done.problems] == [(3, "paste_several"), (4, "paste_nobody")]


def test_a_block_of_people_is_read_in_as_many_queries_as_one_person(workspace: Workspace, enterprise: str) -> None:
    ids = [person(workspace, enterprise, f"员工{n}") for n in range(30)]
    counts = []
    for wanted in (ids[:1], ids):
        asked: list[str] = []
        with workspace.read() as session:
            watch = lambda *facts, into=asked: into.append(facts[2])  # noqa: E731
            event.listen(workspace.engine, "before_cursor_execute", watch)
            health_rows(session, wanted, AM, rule_book())
            event.remove(workspace.engine, "before_cursor_execute", watch)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 3


def test_a_look_is_noted_before_the_value_is_given_and_the_note_never_holds_it(
    workspace: Workspace, enterprise: str
) -> None:
    who = person(workspace, enterprise, "石明远", id_number=number(121), phone="13800001234")
    shown = unmask(workspace, who, FieldGroup.CONTACT, Purpose.FOLLOW_UP)
    assert shown.values == {"phone": "13800001234", "emergency_contact": None}
    assert "13800001234" not in repr(shown)
    with pytest.raises(UserProblem, match="unmask_note_short"):
        unmask(workspace, who, FieldGroup.IDENTITY, Purpose.OTHER, "12345")
    looks = [unmask(workspace, who, FieldGroup.IDENTITY, Purpose.OTHER, "核对考勤名单") for _ in range(HOURLY_LIMIT)]
    assert [look.many for look in looks[-2:]] == [False, True]
    with workspace.read() as session:
        log = str(session.execute(text("SELECT * FROM unmask_log")).all())
    assert log.count("identity") == HOURLY_LIMIT
    assert not any(secret in log for secret in ("石明远", number(121), "13800001234"))


def test_a_roaming_query_counts_among_the_new_arrivals_and_high_risk_asks_for_more(
    workspace: Workspace, enterprise: str
) -> None:
    new, _late = (
        person(workspace, enterprise, name, arrived_on="2020-02-27", health_code="green") for name in ("甲员", "乙员")
    )
    person(workspace, enterprise, "丙员", arrived_on="2020-02-13")
    assert (listing(workspace, enterprise).figures.queried, listing(workspace, enterprise).figures.arrivals) == (0, 2)
    entry = QueryEntry(NOW, "mobile", ({"place": "武汉", "risk": "high"},), False)
    remarks = record_query(workspace, new, entry, now=NOW)
    assert [code for code, _ in remarks] == ["roaming_disagrees", "roaming_high_risk"]
    assert listing(workspace, enterprise).figures.queried == 1
    assert employee_file(workspace, new, today=TODAY).earliest_on == date(2020, 3, 12)
    with pytest.raises(UserProblem, match="roaming_no_reason"):
        record_query(workspace, new, QueryEntry(NOW, "mobile"), now=NOW)


def test_leaving_closes_a_file_and_coming_back_opens_it(workspace: Workspace, enterprise: str) -> None:
    who = person(workspace, enterprise, "石明远")
    before = change_employee(workspace, who, {"return_status": "left"}, today=TODAY)
    assert employee_file(workspace, who, today=TODAY).left_on == "2020-02-28"
    change_employee(workspace, who, before, today=TODAY)
    assert employee_file(workspace, who, today=TODAY).left_on is None
    with pytest.raises(UserProblem, match="staff_id_check_digit"):
        change_employee(workspace, who, {"id_number": number(1)[:-1] + "0"}, today=TODAY)
