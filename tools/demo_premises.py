"""Invented isolation and disinfection for pictures: two sites, three people observed, a log of the last days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from desktop.models.desk.disinfection_desk import record_disinfection
from desktop.models.desk.isolation_setup import add_rooms, open_site, save_site
from desktop.models.desk.observation_desk import take_in
from desktop.models.device.workspace import Workspace
from desktop.models.disinfection_rules import Disinfection
from desktop.models.identity import new_id
from desktop.models.premises_terms import (
    Agent,
    DisinfectionMethod,
    PlaceType,
    SiteKind,
    Situation,
    StayReason,
    StockUnit,
)
from desktop.models.records.enterprises import Enterprise
from desktop.models.records.health_files import Employee, HealthEntry

_POINT = {
    "independent": 1, "distance_m": 16.0, "single_occupancy": 1, "ventilation": "natural", "vent_times": 3,
    "vent_minutes": 30, "separate_access": 1, "zones_marked": 1, "sewage": "collected_disinfected", "waste_bins": 2,
    "contactless_meals": 1, "readings_per_day": 2, "cleanings_per_day": 2, "duty_name": "沈岚",
    "duty_phone": "0999-0001233", "protection_written": 1, "transfer_passage": 1,
    "transfer_hospital": "澄州市第一医院发热门诊",
    "transfer_phone": "0999-0001120", "transfer_vehicle": "none", "cdc_contact": "市疾控 0999-0001110",
    "persons_expected": 5,
}  # fmt: skip
_AREA = {
    "independent": 1, "distance_m": 12.0, "ventilation": "natural", "vent_times": 3, "vent_minutes": 30, "signage": 1,
    "waste_bins": 2, "cleanings_per_day": 1, "protection_written": 1, "transfer_hospital": "澄州市第一医院发热门诊",
    "transfer_phone": "0999-0001120", "transfer_vehicle": "ambulance_120", "cdc_contact": "市疾控 0999-0001110",
    "kit": {"thermometer": 2, "surgical_mask": 50, "n95": 3, "gloves": 60, "gown": 5, "eye_protection": 2,
            "hand_rub": 2, "alcohol": 2, "chlorine": 1, "pedal_bin": 2},
}  # fmt: skip
_OBSERVED = (
    ("林小满", "503", StayReason.HIGH_RISK_AREA, 10), ("欧阳雁", "505", StayReason.HIGH_RISK_AREA, 5),
    ("顾南乔", "506", StayReason.OTHER, 2),
)  # fmt: skip


def add_demo_premises(workspace: Workspace, enterprise_id: str) -> None:
    """Fill one enterprise."""
    today = date.today()
    with workspace.read() as session:
        grid = session.get_one(Enterprise, enterprise_id).grid_id
    point = open_site(workspace, enterprise_id, SiteKind.OBSERVATION_POINT, "综合楼5层")
    numbers = [str(number) for number in range(501, 507)]
    rooms = dict(
        zip(numbers, add_rooms(workspace, point, numbers, {"ensuite": 1, "area_m2": 14.0}, today), strict=True)
    )
    save_site(workspace, point, _POINT, today)
    area = open_site(workspace, enterprise_id, SiteKind.EMERGENCY_AREA, "门卫旁")
    add_rooms(workspace, area, ["1"], {"ensuite": 1, "area_m2": 12.0}, today)
    save_site(workspace, area, _AREA, today)
    for name, room, reason, days in _OBSERVED:
        start = today - timedelta(days=days)
        person = _person(workspace, enterprise_id, grid, name, start)
        take_in(workspace, rooms[room], person, reason, start, today=today)
    _disinfections(workspace, enterprise_id)


def _person(workspace: Workspace, enterprise_id: str, grid: str, name: str, start: date) -> str:
    """An employee with two readings a day since then, this morning's of the last one still missing."""
    person = new_id()
    days = (date.today() - start).days
    with workspace.write() as session:
        session.add(
            Employee(id=person, grid_id=grid, enterprise_id=enterprise_id, name=name, team="装配二班",
                     return_status="observing")
        )  # fmt: skip
        session.add_all(
            HealthEntry(
                id=new_id(), grid_id=grid, enterprise_id=enterprise_id, employee_id=person,
                day=(start + timedelta(days=day)).isoformat(), slot=slot, temperature_c=36.3 + (day % 4) / 10,
                recorded_at=f"{start + timedelta(days=day)}T{hour}:00:00.000Z",
            )
            for day in range(days + (name != _OBSERVED[-1][0]))
            for slot, hour in (("am", "00"), ("pm", "08"))
        )  # fmt: skip
    return person


def _disinfections(workspace: Workspace, enterprise_id: str) -> None:
    now = datetime.now().replace(second=0, microsecond=0)
    usual = Disinfection(
        place_type=PlaceType.WORKSHOP, place="二楼装配车间 门把手", target="D01", situation=Situation.PREVENTIVE,
        agent=Agent.CHLORINE, product_name="84消毒液", stock_value=5, stock_unit=StockUnit.PERCENT, conc_mg_l=500,
        volume_l=10, contact_min=30, method=DisinfectionMethod.WIPE, people_present=False, rinsed=True,
        operator="沈岚", done_at=now - timedelta(hours=20),
    )  # fmt: skip
    for done in (
        replace(usual, done_at=now - timedelta(hours=44)),
        usual,
        replace(usual, place_type=PlaceType.TOILET, place="观察点卫生间", target="D11", conc_mg_l=1000, trained=True,
                situation=Situation.EPIDEMIC_FOCUS, product_name="含氯泡腾片", done_at=now - timedelta(hours=26),
                ppe=("mask", "gloves", "gown", "eye_protection")),
        replace(usual, place_type=PlaceType.CANTEEN, place="食堂", target="D08", method=DisinfectionMethod.MOP,
                done_at=now - timedelta(hours=18)),
        replace(usual, place_type=PlaceType.VEHICLE, place="班车2号", target="D22", done_at=now - timedelta(hours=3)),
    ):  # fmt: skip
        record_disinfection(workspace, enterprise_id, done)
