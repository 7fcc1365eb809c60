"""Invented people of the demo enterprise with five days of readings: two fevers, some gaps, one observed."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

from desktop.models.desk.employee_file import QueryEntry, add_employee, observe, record_query
from desktop.models.desk.health_readings import paste_readings
from desktop.models.desk.health_register import Moment
from desktop.models.device.workspace import Workspace
from desktop.models.health_terms import Slot
from desktop.models.resident_id import check_character
from desktop.ui.health_work import this_moment

_SURNAMES = "石韦何蓝覃丁方甘贺纪孔黎麦宁裴秦阮沈田汪许严袁周"
_GIVEN = "明远思齐若谷采薇海舟知夏怀瑾兰云书令泽望冬青听澜景行子衿闻笛"
_DEPARTMENTS = ("装配一班", "装配二班", "机加", "包装", "质检", "仓储", "食堂", "行政")
_HOUSING = ("dormitory", "rented", "own")
_FEVERS = {0: 37.8, 1: 37.3}
_GAPS = (2, 4, 9)
_PLACE = "330499"


def add_demo_people(workspace: Workspace, enterprise: str, count: int = 60) -> None:
    """Files, readings and queries; the same every time but for the days."""
    chance, today = random.Random(20200228), date.today()
    now = this_moment()
    moment = Moment(today, Slot.AM)
    people = [add_employee(workspace, enterprise, _facts(chance, order, today), today=today) for order in range(count)]
    observe(workspace, [people[3]])
    block = [_readings(chance, order, moment) for order in range(count)]
    paste_readings(workspace, enterprise, block, people, moment.slots[: 9 if now.half is Slot.AM else 10], today=today)
    asked = datetime.combine(today - timedelta(days=1), datetime.min.time()).replace(hour=9)
    for person in people[: count - 1]:
        record_query(workspace, person, QueryEntry(asked, "mobile", ({"place": "杭州", "risk": "low"},), True),
                     now=datetime.now())  # fmt: skip


def _facts(chance: random.Random, order: int, today: date) -> dict[str, Any]:
    first = f"{_PLACE}{chance.randint(1965, 1999)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{order:03}"
    surname = "欧阳" if order == 2 else chance.choice(_SURNAMES)
    housing = chance.choice(_HOUSING)
    return {
        "name": surname + "".join(chance.sample(_GIVEN, 1 if order == 2 else chance.choice((1, 2)))),
        "id_kind": "resident_id",
        "id_number": first + check_character(first),
        "phone": f"1000000{order:04}",
        "department": chance.choice(_DEPARTMENTS),
        "post": chance.choice(("普工", "班长", "质检员", "仓管")),
        "employment": "own",
        "housing": housing,
        "dormitory_room": str(chance.randint(301, 318)) if housing == "dormitory" else None,
        "return_status": "on_duty",
        "arrived_on": (today - timedelta(days=chance.randint(1, 13))).isoformat(),
        "origin": chance.choice(("山东菏泽", "四川达州", "江苏盐城", "安徽阜阳")),
        "transport": "train",
        "health_code": "yellow" if order == 3 else "green",
        "health_code_on": (today - timedelta(days=chance.randint(0, 8))).isoformat(),
        "emergency_contact": f"家属 1000000{order:04}",
    }


def _readings(chance: random.Random, order: int, moment: Moment) -> list[str]:
    cells = [f"{chance.gauss(36.5, 0.15):.1f}" for _ in moment.slots]
    if order in _GAPS:
        cells[-2:] = "", ""
    if order in _FEVERS:
        cells[-2] = f"{_FEVERS[order]}"
    return cells
