"""What the page of the health files asks of the workspace, as functions for the workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop.models.desk.employee_file import (
    EmployeeFile,
    QueryEntry,
    add_employee,
    change_employee,
    employee_file,
    observe,
    record_query,
    set_statuses,
)
from desktop.models.desk.enterprise_register import find_enterprise
from desktop.models.desk.health_readings import (
    PastedBlock,
    Reading,
    SavedReading,
    SlotOfDay,
    paste_readings,
    put_back,
    set_reading,
)
from desktop.models.desk.health_register import (
    HealthFilter,
    HealthListing,
    HealthRow,
    Moment,
    StaffedEnterprise,
    health_listing,
    health_rows,
    staffed_enterprises,
)
from desktop.models.desk.unmasking import FieldGroup, Purpose, Unmasked, note_search, unmask
from desktop.models.device.workspace import Workspace
from desktop.models.health_rules import Remark
from desktop.models.health_terms import Slot
from desktop.models.progress import Progress
from desktop.models.rule_book import rule_book

_NOON = 12


@dataclass(frozen=True)
class Shown:
    """A listing with the bounds within which a temperature is taken."""

    listing: HealthListing
    low: float
    high: float


def this_moment(now: datetime | None = None) -> Moment:
    """Today, and the half of it."""
    now = now or datetime.now()
    return Moment(now.date(), Slot.AM if now.hour < _NOON else Slot.PM)


def enterprises(workspace: Workspace, _progress: Progress, *, search: str) -> list[StaffedEnterprise]:
    """The enterprises to choose from, those with files first."""
    with workspace.read() as session:
        return staffed_enterprises(session, search, date.today().isoformat())


def name_of(workspace: Workspace, _progress: Progress, *, enterprise: str) -> str:
    """The name of an enterprise."""
    return find_enterprise(workspace, enterprise).name


def listing(
    workspace: Workspace, _progress: Progress, *, chosen: HealthFilter, moment: Moment, asked: bool = True
) -> Shown:
    """Whom to show and how the day stands; a search by a whole number is noted when somebody asked for it."""
    book = rule_book(workspace.folder)
    with workspace.read() as session:
        found = health_listing(session, chosen, moment, book)
    if found.by_number and asked:
        note_search(workspace, found.ids)
    bounds = (book.number(f"temperature_{end}_c", moment.day) for end in ("low", "high"))
    return Shown(found, *bounds)


def rows(workspace: Workspace, _progress: Progress, *, ids: list[str], moment: Moment) -> list[HealthRow]:
    """Lines of a block."""
    book = rule_book(workspace.folder)
    with workspace.read() as session:
        return health_rows(session, ids, moment, book)


def save_reading(
    workspace: Workspace, _progress: Progress, *, person: str, slot: SlotOfDay, reading: Reading
) -> SavedReading:
    """Save one reading."""
    return set_reading(workspace, person, *slot, reading, today=date.today())


def paste(
    workspace: Workspace,
    _progress: Progress,
    *,
    enterprise: str,
    block: Sequence[Sequence[str]],
    people: Sequence[str],
    slots: Sequence[SlotOfDay],
) -> PastedBlock:
    """Save a pasted block."""
    return paste_readings(workspace, enterprise, block, people, slots, today=date.today())


def restore(workspace: Workspace, _progress: Progress, *, before: Mapping[tuple[str, str, Slot], Reading]) -> None:
    """Undo readings."""
    put_back(workspace, before)


def open_file(workspace: Workspace, _progress: Progress, *, person: str) -> EmployeeFile:
    """Open one file."""
    return employee_file(workspace, person, today=date.today())


def change(workspace: Workspace, _progress: Progress, *, person: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Change fields of one file."""
    return change_employee(workspace, person, facts, today=date.today())


def add(workspace: Workspace, _progress: Progress, *, enterprise: str, name: str) -> str:
    """Open a file for a new person."""
    return add_employee(workspace, enterprise, {"name": name}, today=date.today())


def put_under_observation(workspace: Workspace, _progress: Progress, *, people: list[str]) -> dict[str, str]:
    """Take people off duty for observation."""
    return observe(workspace, people)


def back_to(workspace: Workspace, _progress: Progress, *, statuses: Mapping[str, str]) -> None:
    """Undo of it."""
    set_statuses(workspace, statuses)


def add_query(workspace: Workspace, _progress: Progress, *, person: str, entry: QueryEntry) -> list[Remark]:
    """Record a roaming query."""
    return record_query(workspace, person, entry, now=datetime.now())


def look(
    workspace: Workspace, _progress: Progress, *, person: str, group: FieldGroup, purpose: Purpose, note: str
) -> Unmasked:
    """Show one group of one person, noted."""
    return unmask(workspace, person, group, purpose, note)
