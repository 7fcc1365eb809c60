"""What a disinfection must be like, at the borders of its rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from desktop.models.disinfection_rules import Disinfection, disinfection_remarks, next_due
from desktop.models.disinfection_targets import agents, targets
from desktop.models.premises_terms import Agent, DisinfectionMethod, PlaceType, Situation, StockUnit
from desktop.models.rule_book import rule_book

BOOK = rule_book()
DONE = datetime(2020, 2, 27, 10)
GOOD = Disinfection(
    place_type=PlaceType.WORKSHOP, place="二楼装配车间", target="D01", situation=Situation.PREVENTIVE,
    agent=Agent.CHLORINE, method=DisinfectionMethod.WIPE, operator="周砚秋", done_at=DONE, stock_value=5,
    stock_unit=StockUnit.PERCENT, conc_mg_l=500, contact_min=30, rinsed=True, people_present=True,
)  # fmt: skip
ALCOHOL: dict[str, Any] = {
    "agent": Agent.ETHANOL,
    "target": "D02",
    "stock_value": 75,
    "conc_mg_l": 750_000,
    "contact_min": 3,
}
AIR: dict[str, Any] = {
    "target": "D28", "agent": Agent.PERACETIC, "method": DisinfectionMethod.AEROSOL, "stock_value": 15,
    "conc_mg_l": 5000, "contact_min": 60, "situation": Situation.EPIDEMIC_FOCUS, "people_present": False,
    "ventilated_min": 30, "trained": True, "ppe": ("mask", "gloves", "gown", "eye_protection"),
}  # fmt: skip


def judged(**changes: Any) -> list[tuple[str, bool]]:
    return [
        (each.code.removeprefix("disinfection_"), each.hard)
        for each in disinfection_remarks(replace(GOOD, **changes), BOOK)
    ]


def test_a_disinfection_as_it_should_be_has_no_remark() -> None:
    assert judged() == judged(**ALCOHOL) == judged(**AIR) == []


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"conc_mg_l": 0}, ("strength_none", True)),
        ({"stock_value": 0.04}, ("above_stock", True)),
        ({"conc_mg_l": 249}, ("strength_unexplained", False)),
        ({"conc_mg_l": 501}, ("strength_unexplained", False)),
        ({"conc_mg_l": 501, "reason": "气味投诉"}, ("strength_outside", False)),
        ({"conc_mg_l": 2001, "target": "D17", "method": DisinfectionMethod.SPRAY}, ("people_sprayed", True)),
        ({"conc_mg_l": None}, ("strength_missing", False)),
        ({"contact_min": 29}, ("contact_short", False)),
        ({"contact_min": 15}, ("contact_short", False)),
        ({"contact_min": 14}, ("contact_refused", True)),
        ({"contact_min": None}, ("contact_missing", False)),
        ({"expires_on": date(2020, 2, 26)}, ("expired", True)),
        ({"licensed": False}, ("unlicensed", False)),
        ({"mixed_with": ["acid"]}, ("mixed_acid", True)),
        ({"mixed_with": ["ethanol"]}, ("mixed", True)),
        ({"measured_mg_l": 399}, ("strip_off", False)),
        ({"measured_mg_l": 601}, ("strip_off", False)),
        ({"rinsed": False}, ("not_rinsed", False)),
        ({"prepared_at": DONE - timedelta(hours=24, minutes=1)}, ("solution_old", False)),
        ({"place_type": PlaceType.OUTDOOR}, ("outdoors", False)),
        ({"method": DisinfectionMethod.SPRAY}, ("people_sprayed", True)),
        ({"method": DisinfectionMethod.BOIL}, ("method_unsuited", True)),
        ({"agent": Agent.CHLORHEXIDINE}, ("agent_blocked", True)),
        ({"agent": Agent.IODOPHOR}, ("agent_unusual", False)),
        ({"target": "D99"}, ("target_unknown", True)),
        ({"place": " "}, ("place_missing", True)),
        ({"operator": ""}, ("operator_missing", True)),
        ({**ALCOHOL, "method": DisinfectionMethod.SPRAY, "people_present": False}, ("alcohol_sprayed", True)),
        ({**ALCOHOL, "area_m2": 2.1}, ("alcohol_area", True)),
        ({**AIR, "people_present": True}, ("room_not_empty", True)),
        ({**AIR, "people_present": None}, ("room_not_empty", True)),
        ({**AIR, "ventilated_min": 29}, ("not_ventilated", True)),
        ({**AIR, "dose_value": 21}, ("dose_outside", False)),
        ({**AIR, "trained": None}, ("untrained", False)),
        ({**AIR, "ppe": ("mask", "gloves")}, ("unprotected", False)),
    ],
)
def test_what_a_rule_does_not_like_is_said(changes: dict[str, Any], remark: tuple[str, bool]) -> None:
    assert remark in judged(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"conc_mg_l": 250}, {"measured_mg_l": 400}, {"measured_mg_l": 600}, {"expires_on": date(2020, 2, 27)},
        {"prepared_at": DONE - timedelta(hours=24)}, {**ALCOHOL, "area_m2": 2.0}, {"stock_value": 0.05},
    ],
)  # fmt: skip
def test_on_the_border_all_is_well(changes: dict[str, Any]) -> None:
    assert judged(**changes) == []


def test_preventive_chlorine_is_too_strong_above_1000_and_refused_above_2000() -> None:
    strong = [("chlorine_strong", False), ("chlorine_refused", True)]
    found = [[each for each in judged(conc_mg_l=conc) if each in strong] for conc in (1000, 1001, 2000, 2001)]
    assert found == [[], strong[:1], strong[:1], strong[1:]]


def test_hard_remarks_come_first() -> None:
    assert [hard for _, hard in judged(conc_mg_l=249, contact_min=1, licensed=False)] == [True, False, False]


def test_the_next_one_is_due_by_the_clock_or_by_what_happens() -> None:
    table = targets(BOOK, DONE.date())
    assert next_due(DONE, table["D10"]) == DONE + timedelta(hours=12)
    assert next_due(DONE, table["D22"]) is None


def test_every_target_and_agent_of_the_table_can_be_read() -> None:
    table, sheets = targets(BOOK, DONE.date()), agents(BOOK, DONE.date())
    assert list(table) == [f"D{number:02}" for number in range(1, 30)]
    for target in table.values():
        assert target.agents.keys() <= sheets.keys(), target.id
        for agent, use in target.agents.items():
            assert use.low is None or (use.low <= (use.usual or 0) <= (use.high or 0)), target.id
            assert set(target.value.methods) & set(sheets[agent].value.methods), target.id
    assert sheets.keys() == set(Agent) - {Agent.CHLORHEXIDINE}
