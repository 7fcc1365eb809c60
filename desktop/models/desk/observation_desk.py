"""Who is observed where: taking somebody in, moving rooms, the steps of an emergency, and the end of a stay.

Each function is one unit of work. Never two people in one room: it is looked up and written in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy import select

from desktop.models.desk.isolation_setup import room_row, site_row
from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id
from desktop.models.observation_rules import Reading, expected_end, release_remarks, step_remarks
from desktop.models.premises_terms import EmergencyStep, RoomState, StayOutcome, StayReason
from desktop.models.problems import UserProblem
from desktop.models.records.health_files import Employee, HealthEntry
from desktop.models.records.isolation import IsolationRoom, IsolationStay
from desktop.models.rule_book import RuleBook, rule_book
from desktop.models.rule_remarks import Remark, refuse_hard


def take_in(
    workspace: Workspace,
    room_id: str,
    employee_id: str,
    reason: StayReason,
    start_on: date,
    last_exposure_on: date | None = None,
    *,
    today: date,
) -> str:
    """Take a person into a free room and return the stay's id.

    Raises:
        UserProblem: `room_unknown`, `room_not_ready`, `room_occupied`, `site_closed`, `employee_unknown`,
            `enterprise_of_site_differs`, `stay_already`, `stay_day_wrong`.
    """
    if start_on > today or (last_exposure_on or start_on) > today:
        raise UserProblem("stay_day_wrong", day=max(start_on, last_exposure_on or start_on).isoformat())
    book = rule_book(workspace.folder)
    with workspace.write() as session:
        room = _free_room(session, room_id)
        site = site_row(session, room.site_id)
        if site.closed_on is not None:
            raise UserProblem("site_closed")
        person = session.get(Employee, employee_id)
        if person is None or person.deleted_at is not None:
            raise UserProblem("employee_unknown")
        if site.enterprise_id not in (None, person.enterprise_id):
            raise UserProblem("enterprise_of_site_differs")
        if _open_stays(session, employee_id=employee_id):
            raise UserProblem("stay_already")
        stay = IsolationStay(
            id=new_id(), grid_id=person.grid_id, site_id=site.id, room_id=room.id, enterprise_id=person.enterprise_id,
            employee_id=employee_id, reason=reason, start_on=start_on.isoformat(),
            last_exposure_on=last_exposure_on.isoformat() if last_exposure_on else None,
            expected_end_on=expected_end(start_on, last_exposure_on, book).isoformat(),
        )  # fmt: skip
        session.add(stay)
        return stay.id


def move_room(workspace: Workspace, stay_id: str, room_id: str) -> None:
    """Move a person to another free room; the one left waits for its disinfection.

    Raises:
        UserProblem: `stay_unknown`, `stay_ended`, `room_unknown`, `room_not_ready`, `room_occupied`, `site_closed`.
    """
    with workspace.write() as session:
        stay = _open_stay(session, stay_id)
        room = _free_room(session, room_id)
        site = site_row(session, room.site_id)
        if site.closed_on is not None:
            raise UserProblem("site_closed")
        if site.enterprise_id not in (None, stay.enterprise_id):
            raise UserProblem("enterprise_of_site_differs")
        _leave_room(session, stay)
        stay.room_id, stay.site_id = room.id, room.site_id


def release(workspace: Workspace, stay_id: str, released_by: str, today: date) -> None:
    """End an observation whose time is over, with nothing against it.

    Raises:
        UserProblem: `stay_unknown`, `stay_ended`, `stay_release_name_missing`, or a `stay_release_*` reason.
    """
    if not released_by.strip():
        raise UserProblem("stay_release_name_missing")
    book = rule_book(workspace.folder)
    with workspace.write() as session:
        stay = _open_stay(session, stay_id)
        refuse_hard(_against_release(session, stay, today, book))
        stay.released_by = released_by.strip()
        _end(session, stay, StayOutcome.RELEASED, today, today)


def transfer(workspace: Workspace, stay_id: str, transferred_to: str, ended_on: date, today: date) -> None:
    """End a stay because the person was taken elsewhere.

    Raises:
        UserProblem: `stay_unknown`, `stay_ended`, `stay_transfer_missing`, `stay_day_wrong`.
    """
    if not transferred_to.strip():
        raise UserProblem("stay_transfer_missing")
    with workspace.write() as session:
        stay = _open_stay(session, stay_id)
        stay.transferred_to = transferred_to.strip()
        _end(session, stay, StayOutcome.TRANSFERRED, ended_on, today)


def left(workspace: Workspace, stay_id: str, ended_on: date, note: str, today: date) -> None:
    """End a stay because the person left without permission.

    Raises:
        UserProblem: `stay_unknown`, `stay_ended`, `stay_day_wrong`.
    """
    with workspace.write() as session:
        stay = _open_stay(session, stay_id)
        stay.note = note.strip() or stay.note
        _end(session, stay, StayOutcome.LEFT_WITHOUT_PERMISSION, ended_on, today)


def note_steps(
    workspace: Workspace, stay_id: str, moments: Mapping[EmergencyStep, datetime | None]
) -> tuple[Remark, ...]:
    """Note when steps of the emergency sequence were done, None for not yet; returns what is late.

    Args:
        moments: local where they have no time zone; a step not named keeps its moment.

    Raises:
        UserProblem: `stay_unknown`, `stay_step_before`.
    """
    book = rule_book(workspace.folder)
    with workspace.write() as session:
        stay = session.get(IsolationStay, stay_id)
        if stay is None or stay.deleted_at is not None:
            raise UserProblem("stay_unknown")
        steps = {name: moment for name, moment in (stay.steps or {}).items() if name not in moments}
        steps |= {str(step): utc_text(moment) for step, moment in moments.items() if moment is not None}
        remarks = step_remarks(step_moments(steps), book, date.fromisoformat(stay.start_on))
        refuse_hard(remarks)
        if steps != (stay.steps or {}):
            stay.steps = steps
        return remarks


def utc_text(moment: datetime) -> str:
    """A moment as it is kept; local where it has no time zone."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def step_moments(stored: dict[str, str]) -> dict[EmergencyStep, datetime]:
    """Stored steps with their moments; one of a newer program is left out."""
    return {step: datetime.fromisoformat(stored[step]) for step in EmergencyStep if step in stored}


def _against_release(session: UnitOfWork, stay: IsolationStay, today: date, book: RuleBook) -> tuple[Remark, ...]:
    start, end = date.fromisoformat(stay.start_on), date.fromisoformat(stay.expected_end_on)
    entries = session.scalars(
        select(HealthEntry).where(
            HealthEntry.employee_id == stay.employee_id,
            HealthEntry.day >= stay.start_on,
            HealthEntry.deleted_at.is_(None),
        )
    )
    readings = [
        Reading(date.fromisoformat(each.day), each.slot, each.temperature_c, len(each.symptoms or ()))
        for each in entries
    ]
    return release_remarks(start, end, readings, today, book)


def _end(session: UnitOfWork, stay: IsolationStay, outcome: StayOutcome, ended_on: date, today: date) -> None:
    if not date.fromisoformat(stay.start_on) <= ended_on <= today:
        raise UserProblem("stay_day_wrong", day=ended_on.isoformat())
    stay.outcome, stay.ended_on = outcome, ended_on.isoformat()
    _leave_room(session, stay)


def _leave_room(session: UnitOfWork, stay: IsolationStay) -> None:
    room = session.get(IsolationRoom, stay.room_id) if stay.room_id else None
    if room is not None and room.state == RoomState.READY:
        room.state = RoomState.CLEANING


def _free_room(session: UnitOfWork, room_id: str) -> IsolationRoom:
    room = room_row(session, room_id)
    if _open_stays(session, room_id=room_id):
        raise UserProblem("room_occupied", room=room.room_no)
    if room.state != RoomState.READY:
        raise UserProblem("room_not_ready", room=room.room_no)
    return room


def _open_stay(session: UnitOfWork, stay_id: str) -> IsolationStay:
    stay = session.get(IsolationStay, stay_id)
    if stay is None or stay.deleted_at is not None:
        raise UserProblem("stay_unknown")
    if stay.outcome is not None:
        raise UserProblem("stay_ended")
    return stay


def _open_stays(session: UnitOfWork, **where: str) -> list[str]:
    query = select(IsolationStay.id).filter_by(**where)
    return list(
        session.scalars(query.where(IsolationStay.outcome.is_(None), IsolationStay.deleted_at.is_(None)).limit(1))
    )
