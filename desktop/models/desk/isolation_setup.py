"""Isolation sites and their rooms, as an officer enters what was found there. Each function is one unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id
from desktop.models.premises_terms import Ownership, RoomState, SiteKind
from desktop.models.problems import UserProblem
from desktop.models.record_words import field_word
from desktop.models.records.enterprises import Enterprise
from desktop.models.records.isolation import IsolationRoom, IsolationSite, IsolationStay
from desktop.models.rule_book import rule_book

_NOT_EDITED = frozenset({"id", "grid_id", "enterprise_id", "kind"})


def open_site(
    workspace: Workspace, enterprise_id: str, kind: SiteKind, location: str, ownership: Ownership = Ownership.OWN
) -> str:
    """Begin the record of a site and return its id; nothing of it has been looked at yet.

    Raises:
        UserProblem: `enterprise_unknown`, `site_location_missing`.
    """
    if not location.strip():
        raise UserProblem("site_location_missing")
    with workspace.write() as session:
        enterprise = session.get(Enterprise, enterprise_id)
        if enterprise is None:
            raise UserProblem("enterprise_unknown", enterprise=enterprise_id)
        site = IsolationSite(
            id=new_id(), grid_id=enterprise.grid_id, enterprise_id=enterprise_id, kind=kind, ownership=ownership,
            location=location.strip(),
        )  # fmt: skip
        session.add(site)
        return site.id


def save_site(workspace: Workspace, site_id: str, fields: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Keep what was found at a site, and return what stood there before. The day it was found is that of the check.

    Args:
        fields: columns of the site by name; None where nobody looked.

    Raises:
        UserProblem: `site_unknown`, `site_location_missing`, `site_number_wrong`, `site_not_empty`.
    """
    _refuse_odd_numbers(workspace, "isolation_sites", fields, today)
    with workspace.write() as session:
        site = site_row(session, site_id)
        taken = {"checked_on": today.isoformat(), **fields}
        before = {name: getattr(site, name) for name in taken if name not in _NOT_EDITED}
        for name in before:
            value = taken[name]
            setattr(site, name, value.strip() or None if isinstance(value, str) else value)
        if not site.location:
            raise UserProblem("site_location_missing")
        if site.closed_on and _occupied(session, site_id=site_id):
            raise UserProblem("site_not_empty")
        return before


def add_rooms(
    workspace: Workspace, site_id: str, numbers: Sequence[str], fields: Mapping[str, Any], today: date
) -> list[str]:
    """Add rooms of one make, all of them or none, ready to take somebody in; their ids.

    Raises:
        UserProblem: `site_unknown`, `room_number_missing`, `room_number_taken`, `site_number_wrong`.
    """
    _refuse_odd_numbers(workspace, "isolation_rooms", fields, today)
    wanted = [number.strip() for number in numbers if number.strip()]
    if not wanted:
        raise UserProblem("room_number_missing")
    with workspace.write() as session:
        site = site_row(session, site_id)
        there = select(IsolationRoom.room_no).where(
            IsolationRoom.site_id == site_id, IsolationRoom.deleted_at.is_(None)
        )
        taken = set(session.scalars(there))
        rooms = []
        for number in wanted:
            if number in taken:
                raise UserProblem("room_number_taken", room=number)
            taken.add(number)
            rooms.append(
                IsolationRoom(
                    id=new_id(), grid_id=site.grid_id, site_id=site_id, room_no=number, state=RoomState.READY,
                    ensuite=fields.get("ensuite"), area_m2=fields.get("area_m2"),
                )
            )  # fmt: skip
        session.add_all(rooms)
        return [room.id for room in rooms]


def set_room_state(workspace: Workspace, room_id: str, state: RoomState, today: date) -> None:
    """Close a room, or make it ready again: from waiting for its disinfection that means it was done today.

    Raises:
        UserProblem: `room_unknown`, `room_occupied`.
    """
    with workspace.write() as session:
        room = room_row(session, room_id)
        if _occupied(session, room_id=room_id):
            raise UserProblem("room_occupied", room=room.room_no)
        if room.state == RoomState.CLEANING and state is RoomState.READY:
            room.disinfected_on = today.isoformat()
        room.state = state


def site_row(session: UnitOfWork, site_id: str) -> IsolationSite:
    """The row of a site to be changed.

    Raises:
        UserProblem: `site_unknown`.
    """
    site = session.get(IsolationSite, site_id)
    if site is None or site.deleted_at is not None:
        raise UserProblem("site_unknown")
    return site


def room_row(session: UnitOfWork, room_id: str) -> IsolationRoom:
    """The row of a room to be changed.

    Raises:
        UserProblem: `room_unknown`.
    """
    room = session.get(IsolationRoom, room_id)
    if room is None or room.deleted_at is not None:
        raise UserProblem("room_unknown")
    return room


def _occupied(session: UnitOfWork, **where: str) -> bool:
    query = select(IsolationStay.id).filter_by(**where)
    open_stays = query.where(IsolationStay.outcome.is_(None), IsolationStay.deleted_at.is_(None))
    return session.scalars(open_stays.limit(1)).first() is not None


def _refuse_odd_numbers(workspace: Workspace, table: str, fields: Mapping[str, Any], today: date) -> None:
    ranges: dict[str, list[float]] = rule_book(workspace.folder).rule("site_ranges", today).value
    for name, (low, high) in ranges.items():
        value = fields.get(name)
        if value is not None and not low <= value <= high:
            names = {f"field_{language}": field_word(table, name, language) for language in ("zh", "en")}
            raise UserProblem("site_number_wrong", low=low, high=high, **names)
