"""What the page of isolation and disinfection asks of the workspace, as functions for the workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from desktop.models.desk.disinfection_desk import (
    LogLine,
    RequiredPlace,
    SavedDisinfection,
    disinfection_log,
    record_disinfection,
    required_places,
)
from desktop.models.desk.isolation_desk import PersonChoice, Premises, people_to_take_in, premises
from desktop.models.desk.isolation_setup import add_rooms, open_site, save_site, set_room_state
from desktop.models.desk.observation_desk import left, move_room, note_steps, release, take_in, transfer
from desktop.models.desk.premises_overview import PremisesLine, enterprise_at_hand, premises_overview
from desktop.models.device.workspace import Workspace
from desktop.models.disinfection_rules import Disinfection
from desktop.models.disinfection_targets import AgentSheet, Target, agents, targets
from desktop.models.premises_terms import (
    Agent,
    DisinfectionMethod,
    EmergencyStep,
    Ownership,
    PlaceType,
    RoomState,
    SiteKind,
    Situation,
    StayOutcome,
    StayReason,
    StockUnit,
)
from desktop.models.progress import Progress
from desktop.models.rule_book import rule_book
from desktop.models.rule_remarks import Remark


@dataclass(frozen=True)
class Opened:
    """What the page shows: all enterprises, and one of them with its log and the tables of the calculator."""

    lines: list[PremisesLine]
    premises: Premises | None
    log: list[LogLine]
    required: list[RequiredPlace]
    targets: Mapping[str, Target]
    agents: Mapping[Agent, AgentSheet]
    people: list[PersonChoice]
    officer: str


@dataclass(frozen=True)
class TakeBack:
    """The work that takes back what was just kept."""

    work: Callable[[Workspace, Progress], object]


def opened(workspace: Workspace, _progress: Progress, *, enterprise_id: str | None) -> Opened:
    """Look up an enterprise, or the one most likely meant."""
    now = datetime.now()
    book = rule_book(workspace.folder)
    chosen = enterprise_id or enterprise_at_hand(workspace)
    enrolment = workspace.enrolment
    return Opened(
        premises_overview(workspace, now),
        premises(workspace, chosen, now) if chosen else None,
        disinfection_log(workspace, chosen) if chosen else [],
        required_places(workspace, chosen, now.date()) if chosen else [],
        targets(book, now.date()),
        agents(book, now.date()),
        people_to_take_in(workspace, chosen) if chosen else [],
        (enrolment.officer_name or "") if enrolment else "",
    )


def new_site(workspace: Workspace, _progress: Progress, *, enterprise_id: str, filled: Mapping[str, Any]) -> str:
    """Begin a site."""
    kind = SiteKind(filled["kind"])
    ownership = Ownership(filled["ownership"])
    return open_site(workspace, enterprise_id, kind, filled["location"] or "", ownership)


def keep_site(workspace: Workspace, _progress: Progress, *, site_id: str, filled: Mapping[str, Any]) -> TakeBack:
    """Keep what was found at a site; the answer takes it back."""
    before = save_site(workspace, site_id, filled, date.today())
    return TakeBack(partial(keep_site, site_id=site_id, filled=before))


def new_rooms(workspace: Workspace, _progress: Progress, *, site_id: str, filled: Mapping[str, Any]) -> None:
    """Add rooms; their numbers stand one after the other."""
    numbers = (filled["room_no"] or "").replace("、", " ").replace("，", " ").replace(",", " ").split()
    ensuite = None if filled["ensuite"] is None else int(filled["ensuite"])
    add_rooms(workspace, site_id, numbers, {"ensuite": ensuite, "area_m2": filled["area_m2"]}, date.today())


def room_state(workspace: Workspace, _progress: Progress, *, filled: Mapping[str, Any]) -> None:
    """Close a room or make it ready."""
    set_room_state(workspace, filled["room_id"] or "", RoomState(filled["state"]), date.today())


def take(workspace: Workspace, _progress: Progress, *, filled: Mapping[str, Any]) -> None:
    """Take somebody in."""
    today = date.today()
    take_in(
        workspace, filled["room_id"] or "", filled["employee_id"] or "", StayReason(filled["reason"]),
        filled["start_on"] or today, filled["last_exposure_on"], today=today,
    )  # fmt: skip


def move(workspace: Workspace, _progress: Progress, *, stay_id: str, filled: Mapping[str, Any]) -> None:
    """Move to another room."""
    move_room(workspace, stay_id, filled["room_id"] or "")


def end(workspace: Workspace, _progress: Progress, *, stay_id: str, filled: Mapping[str, Any]) -> None:
    """End an observation."""
    today = date.today()
    ended_on = filled["ended_on"] or today
    match filled["outcome"]:
        case StayOutcome.TRANSFERRED:
            transfer(workspace, stay_id, filled["transferred_to"] or "", ended_on, today)
        case StayOutcome.LEFT_WITHOUT_PERMISSION:
            left(workspace, stay_id, ended_on, filled["note"] or "", today)
        case _:
            release(workspace, stay_id, filled["released_by"] or "", today)


def steps(workspace: Workspace, _progress: Progress, *, stay_id: str, filled: Mapping[str, Any]) -> tuple[Remark, ...]:
    """Note the steps of the emergency sequence."""
    return note_steps(workspace, stay_id, {EmergencyStep(name): moment for name, moment in filled.items()})


def record(
    workspace: Workspace, _progress: Progress, *, enterprise_id: str, filled: Mapping[str, Any]
) -> SavedDisinfection:
    """Keep a disinfection."""
    stock_unit = filled["stock_unit"]
    done = Disinfection(
        **{
            **{name: value for name, value in filled.items() if name != "room_id"},
            "place_type": PlaceType(filled["place_type"]),
            "place": filled["place"] or "",
            "situation": Situation(filled["situation"]),
            "agent": Agent(filled["agent"]),
            "method": DisinfectionMethod(filled["method"]),
            "operator": filled["operator"] or "",
            "done_at": filled["done_at"] or datetime.now(),
            "stock_unit": StockUnit(stock_unit) if stock_unit else None,
        }
    )
    return record_disinfection(workspace, enterprise_id, done, room_id=filled.get("room_id"))
