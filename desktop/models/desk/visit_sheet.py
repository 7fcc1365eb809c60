"""A visit as a page shows it: the enterprise, every answer with its finding and photos, and what was said last time.

Frozen rows only; nothing here is attached to a session.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from desktop.models.desk.enterprise_register import EnterpriseRow, enterprise_rows
from desktop.models.device.unit_of_work import ReadSession
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.records.attachments import Attachment
from desktop.models.records.enterprises import Contact
from desktop.models.records.findings import Finding, FindingStep
from desktop.models.records.visits import Answer, Visit
from desktop.models.vocabulary import FindingState, Result, StepKind

PHOTO_OF = "photo/"
"""Purpose of an evidence photo: `photo/` and the measure's code; its owner is the visit."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The judgement of one measure; `answered_at` is UTC."""

    id: str
    measure: str
    result: str
    points: Mapping[str, bool]
    measured: Mapping[str, Any]
    note: str | None
    fact: str | None
    advice: str | None
    answered_at: str
    saved_at: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding beside its answer; days are local."""

    id: str
    number: str
    measure: str
    title: str
    fact: str | None
    advice: str | None
    severity: str
    route: str
    state: str
    responsible: str | None
    found_on: str
    due_on: str | None
    look_back_on: str | None


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo's record; the bytes are in the attachment folder under `sha256`."""

    id: str
    measure: str
    sha256: str
    title: str | None


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """Everything the visit page needs."""

    id: str
    enterprise: EnterpriseRow
    kind: str
    visited_on: str
    state: str
    measure_set: str
    officer_name: str | None
    companions: str | None
    started_at: str
    completed_at: str | None
    gaps: tuple[str, ...]
    situation: Mapping[str, Any]
    contacts: tuple[tuple[str, str | None, str | None], ...]
    answers: Mapping[str, AnswerRow]
    findings: Mapping[str, FindingRow]
    photos: Mapping[str, tuple[PhotoRow, ...]]
    previous_on: str | None = None
    previous: Mapping[str, AnswerRow] = field(default_factory=dict)
    previous_photos: Mapping[str, tuple[PhotoRow, ...]] = field(default_factory=dict)

    def results(self) -> dict[str, str]:
        """Measure → result of what has been answered."""
        return {code: answer.result for code, answer in self.answers.items()}


def visit_sheet(workspace: Workspace, visit_id: str) -> VisitSheet:
    """Read a visit.

    Raises:
        UserProblem: `visit_unknown`.
    """
    with workspace.read() as session:
        visit = session.get(Visit, visit_id)
        if visit is None:
            raise UserProblem("visit_unknown", visit=visit_id)
        before = _visit_before(session, visit)
        contacts = session.scalars(
            select(Contact).where(Contact.enterprise_id == visit.enterprise_id, Contact.deleted_at.is_(None))
        )
        return VisitSheet(
            id=visit.id,
            enterprise=enterprise_rows(session, [visit.enterprise_id])[0],
            kind=visit.kind,
            visited_on=visit.visited_on,
            state=visit.state,
            measure_set=visit.measure_set,
            officer_name=visit.officer_name,
            companions=visit.companions,
            started_at=visit.started_at,
            completed_at=visit.completed_at,
            gaps=tuple(visit.gaps or ()),
            situation=visit.situation or {},
            contacts=tuple((contact.name, contact.duty, contact.phone) for contact in contacts),
            answers=_answers(session, visit.id),
            findings=_findings(session, visit.id),
            photos=_photos(session, visit.id),
            previous_on=before.visited_on if before else None,
            previous=_answers(session, before.id) if before else {},
            previous_photos=_photos(session, before.id) if before else {},
        )


def answer_row(answer: Answer) -> AnswerRow:
    """The frozen form of an answer."""
    return AnswerRow(
        answer.id, answer.measure, answer.result, answer.points or {}, answer.measured or {}, answer.note,
        answer.fact, answer.advice, answer.answered_at, answer.edited_at,
    )  # fmt: skip


def finding_row(finding: Finding) -> FindingRow:
    """The frozen form of a finding."""
    return FindingRow(
        finding.id, finding.number, finding.measure, finding.title, finding.fact, finding.advice, finding.severity,
        finding.route, finding.state, finding.responsible, finding.found_on, finding.due_on, finding.look_back_on,
    )  # fmt: skip


def _visit_before(session: ReadSession, visit: Visit) -> Visit | None:
    return session.scalars(
        select(Visit)
        .where(
            Visit.enterprise_id == visit.enterprise_id,
            Visit.id != visit.id,
            Visit.deleted_at.is_(None),
            Visit.visited_on <= visit.visited_on,
            Visit.started_at < visit.started_at,
        )
        .order_by(Visit.visited_on.desc(), Visit.started_at.desc())
        .limit(1)
    ).first()


def _answers(session: ReadSession, visit_id: str) -> dict[str, AnswerRow]:
    found = session.scalars(select(Answer).where(Answer.visit_id == visit_id, Answer.deleted_at.is_(None)))
    return {answer.measure: answer_row(answer) for answer in found}


def _findings(session: ReadSession, visit_id: str) -> dict[str, FindingRow]:
    """The findings of a visit's answers: its own, and those a failed answer found still there or back again."""
    looked_back = (
        select(FindingStep.finding_id)
        .join(Finding, Finding.id == FindingStep.finding_id)
        .join(Answer, (Answer.visit_id == FindingStep.visit_id) & (Answer.measure == Finding.measure))
        .where(
            FindingStep.visit_id == visit_id,
            FindingStep.kind == StepKind.LOOKED_BACK,
            Answer.deleted_at.is_(None),
            Answer.result.in_((Result.FAIL, Result.PARTIAL)),
            Finding.state != FindingState.CLOSED,
        )
    )
    found = session.scalars(
        select(Finding)
        .where((Finding.visit_id == visit_id) | Finding.id.in_(looked_back), Finding.state != FindingState.VOID)
        .order_by(Finding.visit_id == visit_id)
    )
    return {finding.measure: finding_row(finding) for finding in found}


def _photos(session: ReadSession, visit_id: str) -> dict[str, tuple[PhotoRow, ...]]:
    found = session.scalars(
        select(Attachment)
        .where(
            Attachment.owner_table == "visits",
            Attachment.owner_id == visit_id,
            Attachment.purpose.startswith(PHOTO_OF),
            Attachment.deleted_at.is_(None),
        )
        .order_by(Attachment.id)
    )
    photos: dict[str, tuple[PhotoRow, ...]] = {}
    for photo in found:
        measure = photo.purpose.removeprefix(PHOTO_OF)
        photos[measure] = (*photos.get(measure, ()), PhotoRow(photo.id, measure, photo.sha256, photo.title))
    return photos
