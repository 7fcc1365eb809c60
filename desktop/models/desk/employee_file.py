"""The file of one person (一人一档): what it says, numbers masked; its edits, queries and leaving. Never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import text

from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.health_rules import (
    REFUSING,
    QueryFacts,
    Remark,
    arrival_fault,
    code_is_old,
    earliest_on_duty,
    has_high_risk_place,
    query_remarks,
)
from desktop.models.health_terms import IdKind, ReturnStatus
from desktop.models.identity import new_id
from desktop.models.masks import masked_id, masked_name, masked_phone
from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Enterprise
from desktop.models.records.health_files import Employee, RoamingQuery
from desktop.models.resident_id import birth_date, fault, sex, tidy
from desktop.models.rule_book import rule_book

OPEN_FIELDS = (
    "department", "team", "post", "employment", "housing", "dormitory_room", "return_status", "arrived_on", "origin",
    "transport", "transport_detail", "key_post", "health_code", "health_code_on", "contact_case", "remark",
)  # fmt: skip
"""Fields shown as they stand inside the file."""
MASKED_FIELDS = ("name", "id_kind", "id_number", "phone", "emergency_contact", "vulnerable")
"""Fields that can be set here and are read only by unmasking."""
_LOCAL_FORM = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True, slots=True)
class QueryRow:
    """One roaming query. `queried_at` is UTC."""

    queried_at: str
    carrier: str
    places: tuple[Mapping[str, Any], ...]
    matches_declaration: bool | None
    high_risk: bool
    no_result_reason: str | None


@dataclass(frozen=True, slots=True)
class EmployeeFile:
    """One person's file. `name`, `number` and `phone` are masked; `facts` are the open fields."""

    id: str
    enterprise_id: str
    name: str
    number: str
    id_kind: str | None
    phone: str
    has_contact: bool
    has_condition: bool
    facts: Mapping[str, Any]
    left_on: str | None
    queries: tuple[QueryRow, ...]
    observed_since: str | None
    earliest_on: date | None
    code_old: bool


def employee_file(workspace: Workspace, employee_id: str, *, today: date) -> EmployeeFile:
    """Open a file.

    Raises:
        UserProblem: `employee_unknown`.
    """
    book = rule_book(workspace.folder)
    with workspace.read() as session:
        person = session.get(Employee, employee_id)
        if person is None or person.deleted_at:
            raise UserProblem("employee_unknown")
        found = session.execute(
            text(
                "SELECT queried_at, carrier, places, matches_declaration, high_risk, no_result_reason"
                " FROM roaming_queries WHERE employee_id = :id AND deleted_at IS NULL ORDER BY queried_at DESC"
            ).columns(places=RoamingQuery.places.type),
            {"id": employee_id},
        )
        queries = tuple(
            QueryRow(
                row[0], row[1], tuple(row[2] or ()), None if row[3] is None else bool(row[3]), bool(row[4]), row[5]
            )
            for row in found
        )
        stay = session.execute(
            text(
                "SELECT max(start_on), max(last_exposure_on) FROM isolation_stays"
                " WHERE employee_id = :id AND ended_on IS NULL AND deleted_at IS NULL"
            ),
            {"id": employee_id},
        ).one()
        code_on = _day(person.health_code_on)
        return EmployeeFile(
            person.id,
            person.enterprise_id,
            masked_name(person.name),
            masked_id(person.id_number or ""),
            person.id_kind,
            masked_phone(person.phone or ""),
            bool(person.emergency_contact),
            bool(person.vulnerable),
            {name: getattr(person, name) for name in OPEN_FIELDS},
            person.left_on,
            queries,
            stay[0],
            earliest_on_duty(
                person.health_code, code_on, _day(person.arrived_on), book, today,
                high_risk=any(query.high_risk for query in queries), last_exposure_on=_day(stay[1]),
            ),
            code_is_old(code_on, book, today),
        )  # fmt: skip


def add_employee(workspace: Workspace, enterprise_id: str, facts: Mapping[str, Any], *, today: date) -> str:
    """Open a file for a person; its id.

    Raises:
        UserProblem: `enterprise_unknown`, `employee_no_name`, or of a field (`staff_…`, `arrival_too_far_ahead`).
    """
    values = _checked(workspace, {"return_status": str(ReturnStatus.ON_DUTY), **facts}, today)
    if not values.get("name"):
        raise UserProblem("employee_no_name")
    with workspace.write() as session:
        enterprise = session.get(Enterprise, enterprise_id)
        if enterprise is None or enterprise.deleted_at:
            raise UserProblem("enterprise_unknown", enterprise=enterprise_id)
        person = Employee(id=new_id(), grid_id=enterprise.grid_id, enterprise_id=enterprise_id, **values)
        session.add(person)
        return person.id


def change_employee(workspace: Workspace, employee_id: str, facts: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """Change fields of a file; what those fields said before, to take it back with. Leaving closes the file.

    Raises:
        UserProblem: `employee_unknown`, `employee_no_name`, or of a field.
    """
    unknown = facts.keys() - {*OPEN_FIELDS, *MASKED_FIELDS, "left_on", "sex", "birth_year"}
    if unknown:
        raise KeyError(f"not a field of the file: {sorted(unknown)}")
    values = _checked(workspace, facts, today)
    if "name" in values and not values["name"]:
        raise UserProblem("employee_no_name")
    with workspace.write() as session:
        person = _person(session, employee_id)
        if "return_status" in values and "left_on" not in values:
            gone = values["return_status"] == ReturnStatus.LEFT
            values["left_on"] = (person.left_on or today.isoformat()) if gone else None
        before = {name: getattr(person, name) for name in values}
        for name, value in values.items():
            setattr(person, name, value)
    return before


def observe(workspace: Workspace, employee_ids: list[str]) -> dict[str, str]:
    """Take people off duty for observation; what their status was."""
    before: dict[str, str] = {}
    with workspace.write() as session:
        for employee_id in employee_ids:
            person = _person(session, employee_id)
            before[employee_id], person.return_status = person.return_status, str(ReturnStatus.OBSERVING)
    return before


def set_statuses(workspace: Workspace, statuses: Mapping[str, str]) -> None:
    """Undo of `observe`."""
    with workspace.write() as session:
        for employee_id, status in statuses.items():
            _person(session, employee_id).return_status = status


@dataclass(frozen=True, slots=True)
class QueryEntry:
    """A roaming query as it is entered. `queried_at` is local time."""

    queried_at: datetime
    carrier: str
    places: tuple[Mapping[str, Any], ...] = ()
    matches_declaration: bool | None = None
    no_result_reason: str | None = None


def record_query(workspace: Workspace, employee_id: str, entry: QueryEntry, *, now: datetime) -> list[Remark]:
    """Save a roaming query; what there is to say about it. A high-risk place asks for an observation, not more.

    Raises:
        UserProblem: `employee_unknown`, or a rule's (`roaming_…`).
    """
    book = rule_book(workspace.folder)
    window = int(book.number("roaming_window_days", now.date()))
    with workspace.write() as session:
        person = _person(session, employee_id)
        facts = QueryFacts(
            entry.queried_at, window, [dict(place) for place in entry.places], entry.no_result_reason,
            entry.matches_declaration, _day(person.arrived_on), person.transport, person.transport_detail,
            person.health_code,
        )  # fmt: skip
        remarks = query_remarks(facts, now, book)
        for code, about in remarks:
            if code in REFUSING:
                raise UserProblem(code, **about)
        session.add(
            RoamingQuery(
                id=new_id(),
                grid_id=person.grid_id,
                employee_id=employee_id,
                queried_at=_utc(entry.queried_at),
                carrier=entry.carrier,
                window_days=window,
                places=[dict(place) for place in entry.places] or None,
                matches_declaration=None if entry.matches_declaration is None else int(entry.matches_declaration),
                high_risk=int(has_high_risk_place(facts.places)),
                no_result_reason=entry.no_result_reason,
            )
        )
    return remarks


def _person(session: UnitOfWork, employee_id: str) -> Employee:
    person = session.get(Employee, employee_id)
    if person is None or person.deleted_at:
        raise UserProblem("employee_unknown")
    return person


def _checked(workspace: Workspace, facts: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The fields with their values tidied, an empty text as nothing; a resident number also tells sex and birth."""
    values = {name: (value.strip() or None) if isinstance(value, str) else value for name, value in facts.items()}
    number = values.get("id_number")
    if number:
        values["id_number"] = number = tidy(number)
        kind = values.setdefault("id_kind", str(IdKind.RESIDENT_ID)) or str(IdKind.RESIDENT_ID)
        wrong = fault(kind, number, today)
        if wrong is not None:
            raise UserProblem(wrong[0], **wrong[1])
        born = birth_date(number) if kind == IdKind.RESIDENT_ID else None
        if born is not None:
            values["birth_year"], values["sex"] = born.year, sex(number)
    ahead = arrival_fault(_day(values.get("arrived_on")), rule_book(workspace.folder), today)
    if ahead is not None:
        raise UserProblem("arrival_too_far_ahead", **ahead[1])
    return values


def _day(text_of: str | None) -> date | None:
    return date.fromisoformat(text_of) if text_of else None


def _utc(local: datetime) -> str:
    return local.astimezone(UTC).strftime(_LOCAL_FORM) + ".000Z"
