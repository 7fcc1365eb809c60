"""One enterprise with all that is kept about it: contacts, visits with their results, findings, letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from desktop.models.desk.enterprise_register import EnterpriseRow, enterprise_rows
from desktop.models.desk.letter_desk import LetterRow, letters_of_enterprise
from desktop.models.desk.visit_sheet import FindingRow, finding_row
from desktop.models.device.unit_of_work import ReadSession
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Contact
from desktop.models.records.findings import Finding
from desktop.models.records.visits import Answer, Visit
from desktop.models.vocabulary import FindingState


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Whom to call."""

    name: str
    duty: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as one line of the matrix: measure code → result; a missing code is 未查."""

    id: str
    visited_on: str
    kind: str
    state: str
    officer_name: str | None
    measure_set: str
    results: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EnterpriseFile:
    """Everything the enterprise's page shows; visits and letters newest first, findings by deadline."""

    row: EnterpriseRow
    contacts: tuple[ContactRow, ...]
    visits: tuple[VisitRow, ...]
    findings: tuple[FindingRow, ...]
    letters: tuple[LetterRow, ...]


def enterprise_file(workspace: Workspace, enterprise_id: str) -> EnterpriseFile:
    """Read an enterprise's file.

    Raises:
        UserProblem: `enterprise_unknown`.
    """
    with workspace.read() as session:
        rows = enterprise_rows(session, [enterprise_id])
        if not rows:
            raise UserProblem("enterprise_unknown", enterprise=enterprise_id)
        contacts = session.scalars(
            select(Contact)
            .where(Contact.enterprise_id == enterprise_id, Contact.deleted_at.is_(None))
            .order_by(Contact.duty != "epidemic_lead", Contact.id)
        )
        findings = session.scalars(
            select(Finding)
            .where(Finding.enterprise_id == enterprise_id, Finding.state != FindingState.VOID)
            .order_by(Finding.state == FindingState.CLOSED, Finding.due_on, Finding.number)
        )
        return EnterpriseFile(
            row=rows[0],
            contacts=tuple(ContactRow(each.name, each.duty, each.phone) for each in contacts),
            visits=tuple(visit_rows(session, enterprise_id)),
            findings=tuple(finding_row(each) for each in findings),
            letters=tuple(letters_of_enterprise(session, enterprise_id)),
        )


def visit_rows(session: ReadSession, enterprise_id: str | None = None, limit: int = 200) -> list[VisitRow]:
    """Visits, newest first, each with its results; of one enterprise or of all."""
    query = select(Visit).where(Visit.deleted_at.is_(None))
    if enterprise_id is not None:
        query = query.where(Visit.enterprise_id == enterprise_id)
    visits = session.scalars(query.order_by(Visit.visited_on.desc(), Visit.started_at.desc()).limit(limit)).all()
    results: dict[str, dict[str, str]] = {visit.id: {} for visit in visits}
    for visit_id, measure, result in session.execute(
        select(Answer.visit_id, Answer.measure, Answer.result).where(
            Answer.visit_id.in_(results), Answer.deleted_at.is_(None)
        )
    ):
        results[visit_id][measure] = result
    return [
        VisitRow(
            visit.id, visit.visited_on, visit.kind, visit.state, visit.officer_name, visit.measure_set,
            results[visit.id],
        )
        for visit in visits
    ]  # fmt: skip
