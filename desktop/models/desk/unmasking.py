"""Looking at personal data that is masked: one person, one group of fields, for a purpose, and noted (SEC-81).

The note is in the database before the value is given. It says who looked at whose data for what, never the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from desktop.models.device.local_tables import Unmasking
from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.identity import utc_now, utc_since
from desktop.models.problems import UserProblem
from desktop.models.records.health_files import Employee

SECONDS_SHOWN = 60
"""How long an unmasked value stays on screen."""
HOURLY_LIMIT = 30
"""More looks than these in an hour are pointed out."""
SHORTEST_NOTE, LONGEST_NOTE = 6, 120
_HOUR = 1 / 24


class FieldGroup(StrEnum):
    """What is shown together."""

    IDENTITY = "identity"
    CONTACT = "contact"
    CONDITION = "condition"


class Purpose(StrEnum):
    """Why somebody looks; another purpose is written out."""

    FOLLOW_UP = "follow_up"
    TRANSFER = "transfer"
    REPORT = "report"
    VERIFY = "verify"
    OTHER = "other"


FIELDS: Mapping[FieldGroup, tuple[str, ...]] = {
    FieldGroup.IDENTITY: ("name", "id_kind", "id_number", "sex", "birth_year"),
    FieldGroup.CONTACT: ("phone", "emergency_contact"),
    FieldGroup.CONDITION: ("vulnerable",),
}
"""The fields of an employee in each group."""


@dataclass(frozen=True, slots=True)
class Unmasked:
    """The values of one group; `repr` shows none of them. `many`: more were looked at this hour than is usual."""

    group: FieldGroup
    values: Mapping[str, str | int | None]
    many: bool

    def __repr__(self) -> str:
        return f"Unmasked({self.group})"


def unmask(workspace: Workspace, employee_id: str, group: FieldGroup, purpose: Purpose, note: str = "") -> Unmasked:
    """Note the look, then give the values.

    Raises:
        UserProblem: `employee_unknown`, `unmask_note_short`.
    """
    note = note.strip()[:LONGEST_NOTE]
    if purpose is Purpose.OTHER and len(note) < SHORTEST_NOTE:
        raise UserProblem("unmask_note_short", least=SHORTEST_NOTE)
    with workspace.write() as session:
        person = session.get(Employee, employee_id)
        if person is None or person.deleted_at:
            raise UserProblem("employee_unknown")
        values = {name: getattr(person, name) for name in FIELDS[group]}
        _note(session, workspace, employee_id, group, purpose, note or None)
        session.flush()
        looks = session.scalar(select(func.count()).select_from(Unmasking).where(Unmasking.at >= utc_since(_HOUR)))
    return Unmasked(group, values, (looks or 0) > HOURLY_LIMIT)


def note_search(workspace: Workspace, employee_ids: list[str]) -> None:
    """Note that people were found by a whole number or phone (SEC-80)."""
    with workspace.write() as session:
        for employee_id in employee_ids:
            _note(session, workspace, employee_id, "search", Purpose.VERIFY, None)


def _note(
    session: UnitOfWork, workspace: Workspace, employee_id: str, group: str, purpose: Purpose, note: str | None
) -> None:
    enrolment = workspace.enrolment
    session.add(
        Unmasking(
            at=utc_now(),
            officer_id=enrolment.officer_id if enrolment else None,
            officer_name=enrolment.officer_name if enrolment else None,
            employee_id=employee_id,
            group_name=group,
            purpose=purpose,
            note=note,
        )
    )
