"""What the page of isolation and disinfection can ask for: each form with what stands in it, and what keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.models.desk.isolation_desk import Premises, RoomRow, SiteCard, StayRow
from desktop.models.premises_terms import (
    Ownership,
    PlaceType,
    RoomState,
    SiteKind,
    StayOutcome,
    StayReason,
)
from desktop.ui import isolation_work as work
from desktop.ui import premises_forms as forms
from desktop.ui.isolation_work import Opened
from desktop.ui.premises_words import word
from desktop.ui.record_form import Section


@dataclass(frozen=True)
class Ask:
    """A form. `keep`: the work that keeps what was `filled` in; `warning`: why it cannot be kept as things stand."""

    title: str
    sections: Sequence[Section]
    table: str
    values: Mapping[str, Any]
    keep: Callable[..., Any]
    warning: str = ""


def ask_for(which: str, found: Opened, premises: Premises, target: str) -> Ask:
    """A form by its name; `target` is the site or stay it is for."""
    return _ASKS[which](found, premises, target)


def disinfection_ask(found: Opened, premises: Premises, filled: Mapping[str, Any]) -> Ask:
    """One disinfection, with what the calculator knows of it."""
    waiting = [room for room in _rooms(premises) if room.state == RoomState.CLEANING]
    values = {
        "place_type": PlaceType.WORKSHOP, "operator": found.officer, "done_at": datetime.now(), **filled,
    }  # fmt: skip
    title = QCoreApplication.translate("PremisesForms", "Record a disinfection")
    form = forms.disinfection_form(found.targets.values(), waiting)
    return Ask(title, form, "disinfections", values, partial(work.record, enterprise_id=premises.enterprise_id))


def _new_site(_found: Opened, premises: Premises, _target: str) -> Ask:
    values = {"kind": SiteKind.OBSERVATION_POINT, "ownership": Ownership.OWN}
    keep = partial(work.new_site, enterprise_id=premises.enterprise_id)
    return Ask(
        QCoreApplication.translate("PremisesForms", "New isolation site"),
        forms.new_site_form(),
        "isolation_sites",
        values,
        keep,
    )


def _setup(_found: Opened, premises: Premises, target: str) -> Ask:
    site = _site(premises, target)
    values = {**forms.site_values(dict(site.columns)), "checked_on": date.today()}
    title = f"{word('site_kind', site.kind)} · {site.location}"
    keep = partial(_keep_setup, site_id=target)
    return Ask(title, forms.site_form(site.kind), "isolation_sites", values, keep)


def _keep_setup(workspace: Any, progress: Any, *, site_id: str, filled: dict[str, Any]) -> Any:
    return work.keep_site(workspace, progress, site_id=site_id, filled=forms.site_columns(filled))


def _new_rooms(_found: Opened, _premises: Premises, target: str) -> Ask:
    keep = partial(work.new_rooms, site_id=target)
    return Ask(
        QCoreApplication.translate("PremisesForms", "Add rooms"),
        forms.rooms_form(),
        "isolation_rooms",
        {"ensuite": True},
        keep,
    )


def _room_state(_found: Opened, premises: Premises, target: str) -> Ask:
    rooms = _site(premises, target).rooms
    values = {"state": RoomState.READY}
    return Ask(
        QCoreApplication.translate("PremisesForms", "State of a room"),
        forms.room_state_form(rooms),
        "isolation_rooms",
        values,
        work.room_state,
    )


def _take_in(found: Opened, premises: Premises, target: str) -> Ask:
    rooms = _site(premises, target).free
    values = {"reason": StayReason.HIGH_RISK_AREA, "start_on": date.today(), "room_id": rooms[0].id if rooms else None}
    warning = ""
    if not found.people:
        warning = QCoreApplication.translate(
            "PremisesForms", "No employee to choose: make the person's file under health files first."
        )
    elif not rooms:
        warning = QCoreApplication.translate(
            "PremisesForms", "No free room: add one, or disinfect one that waits for it."
        )
    form = forms.take_in_form(found.people, rooms)
    return Ask(
        QCoreApplication.translate("PremisesForms", "Take in"), form, "isolation_stays", values, work.take, warning
    )


def _move(_found: Opened, premises: Premises, target: str) -> Ask:
    free = [room for site in premises.sites for room in site.free]
    keep = partial(work.move, stay_id=target)
    return Ask(
        _of(premises, target, QCoreApplication.translate("PremisesForms", "Other room")),
        forms.move_form(free),
        "isolation_stays",
        {},
        keep,
    )


def _steps(_found: Opened, premises: Premises, target: str) -> Ask:
    values = {str(step): moment.astimezone() for step, moment in _stay(premises, target).steps.items()}
    title = _of(premises, target, QCoreApplication.translate("PremisesForms", "Steps of the emergency"))
    return Ask(title, forms.steps_form(), "isolation_stays", values, partial(work.steps, stay_id=target))


def _end(found: Opened, premises: Premises, target: str) -> Ask:
    outcome = StayOutcome.TRANSFERRED if _stay(premises, target).against else StayOutcome.RELEASED
    values = {"outcome": outcome, "ended_on": date.today(), "released_by": found.officer}
    title = _of(premises, target, QCoreApplication.translate("PremisesForms", "End of the observation"))
    return Ask(title, forms.end_form(), "isolation_stays", values, partial(work.end, stay_id=target))


_ASKS: dict[str, Callable[[Opened, Premises, str], Ask]] = {
    "site": _new_site,
    "setup": _setup,
    "rooms": _new_rooms,
    "room_state": _room_state,
    "take_in": _take_in,
    "move": _move,
    "steps": _steps,
    "end": _end,
}


def _site(premises: Premises, site_id: str) -> SiteCard:
    return next(site for site in premises.sites if site.id == site_id)


def _stay(premises: Premises, stay_id: str) -> StayRow:
    return next(stay for stay in premises.stays if stay.id == stay_id)


def _rooms(premises: Premises) -> Iterator[RoomRow]:
    return (room for site in premises.sites for room in site.rooms)


def _of(premises: Premises, stay_id: str, words: str) -> str:
    return f"{words} · {_stay(premises, stay_id).person}"
