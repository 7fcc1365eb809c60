"""A visit from arrival to completion. Each function is one unit of work: durable when it returns.

An answer and the finding it leaves (`answer_findings`) are saved together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from desktop.models.answer_rules import answer_problems
from desktop.models.desk.answer_findings import settle_finding, withdraw_finding
from desktop.models.desk.checklists import current_set, key_of, set_named
from desktop.models.desk.visit_sheet import (
    PHOTO_OF,
    AnswerRow,
    FindingRow,
    PhotoRow,
    VisitSheet,
    answer_row,
    finding_row,
    visit_sheet,
)
from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.file_title import plain_title
from desktop.models.identity import new_id, utc_now
from desktop.models.measure_set import Measure, MeasureSet
from desktop.models.problems import UserProblem
from desktop.models.records.attachments import Attachment
from desktop.models.records.enterprises import Enterprise
from desktop.models.records.visits import Answer, Visit
from desktop.models.scoring import completion_gaps
from desktop.models.vocabulary import Result, VisitKind, VisitState


@dataclass(frozen=True, slots=True)
class AnswerEntry:
    """What the officer entered for one measure. Empty `fact` and `advice` take the measure set's sentences."""

    result: Result
    points: Mapping[str, bool] = field(default_factory=dict)
    measured: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None
    fact: str | None = None
    advice: str | None = None


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What stands in the database after saving: the answer and its open finding, if it has one."""

    answer: AnswerRow
    finding: FindingRow | None


def start_visit(workspace: Workspace, enterprise_id: str, kind: VisitKind, visited_on: str) -> str:
    """Begin a visit and return its id; an open visit of the same day and kind is taken up again, never doubled.

    Args:
        visited_on: the local day, `YYYY-MM-DD`.

    Raises:
        UserProblem: `enterprise_unknown`.
    """
    measure_set = current_set(workspace)
    with workspace.write() as session:
        enterprise = session.get(Enterprise, enterprise_id)
        if enterprise is None:
            raise UserProblem("enterprise_unknown", enterprise=enterprise_id)
        open_visit = session.scalars(
            select(Visit).where(
                Visit.enterprise_id == enterprise_id,
                Visit.kind == kind,
                Visit.visited_on == visited_on,
                Visit.state == VisitState.OPEN,
                Visit.deleted_at.is_(None),
            )
        ).first()
        if open_visit is not None:
            return open_visit.id
        enrolment = workspace.enrolment
        visit = Visit(
            id=new_id(),
            grid_id=enterprise.grid_id,
            enterprise_id=enterprise_id,
            kind=kind,
            visited_on=visited_on,
            state=VisitState.OPEN,
            measure_set=key_of(measure_set),
            officer_id=enrolment.officer_id if enrolment else None,
            officer_name=enrolment.officer_name if enrolment else None,
            started_at=utc_now(),
            situation={"staff_due": enterprise.staff_due, "staff_on_duty": enterprise.staff_on_duty},
        )
        session.add(visit)
        return visit.id


def record_answer(workspace: Workspace, visit_id: str, measure: str, entry: AnswerEntry) -> SavedAnswer:
    """Save one answer, and create, update or void the finding that follows from it, in one transaction.

    Raises:
        UserProblem: `visit_unknown`, `visit_completed`, or an `answer_*` code of a hard rule.
    """
    with workspace.write() as session:
        visit = _open_visit(session, visit_id)
        asked = set_named(workspace, visit.measure_set).measure(measure)
        _refuse_hard_faults(asked, entry, visit)
        answer = _answer_of(session, visit, measure)
        before, answer.result = answer.result, entry.result
        answer.points = dict(entry.points) or None
        answer.measured = dict(entry.measured) or None
        answer.note = entry.note or None
        answer.fact = entry.fact or None
        answer.advice = entry.advice or None
        session.flush()
        finding = settle_finding(session, workspace, visit, answer, asked, before)
        session.flush()
        return SavedAnswer(answer_row(answer), finding_row(finding) if finding else None)


def clear_answer(workspace: Workspace, visit_id: str, measure: str) -> None:
    """Make a measure 未查 again (undo of a first answer); its finding becomes void."""
    with workspace.write() as session:
        visit = _open_visit(session, visit_id)
        answer = session.scalars(select(Answer).where(Answer.visit_id == visit.id, Answer.measure == measure)).first()
        if answer is None or answer.deleted_at:
            return
        answer.deleted_at = utc_now()
        withdraw_finding(session, workspace, visit, answer)


def set_situation(workspace: Workspace, visit_id: str, situation: Mapping[str, Any]) -> None:
    """Save the head counts asked on arrival; staff figures also become the enterprise's latest."""
    with workspace.write() as session:
        visit = _open_visit(session, visit_id)
        visit.situation = {**(visit.situation or {}), **situation}
        enterprise = session.get_one(Enterprise, visit.enterprise_id)
        for name in ("staff_due", "staff_on_duty"):
            if situation.get(name) is not None:
                setattr(enterprise, name, situation[name])


def attach_photo(workspace: Workspace, visit_id: str, measure: str, content: bytes, title: str | None) -> PhotoRow:
    """Keep an evidence photo (already made safe and small) and its record; the same photo twice is kept once.

    Args:
        title: what its file was called; characters that cannot be seen are left out.
    """
    title = (plain_title(title) or None) if title else None
    digest = workspace.attachments.put(content)
    purpose = PHOTO_OF + measure
    with workspace.write() as session:
        visit = _open_visit(session, visit_id)
        known = session.scalars(
            select(Attachment).where(
                Attachment.owner_id == visit.id, Attachment.purpose == purpose, Attachment.sha256 == digest
            )
        ).first()
        if known is None:
            known = Attachment(
                id=new_id(),
                grid_id=visit.grid_id,
                owner_table="visits",
                owner_id=visit.id,
                purpose=purpose,
                sha256=digest,
                size=len(content),
                media_type="image/jpeg",
                title=title,
            )
            session.add(known)
        known.deleted_at = None
        return PhotoRow(known.id, measure, digest, known.title)


def remove_photo(workspace: Workspace, photo_id: str) -> None:
    """Take a photo off the visit (a tombstone; the bytes stay until they are nobody's)."""
    with workspace.write() as session:
        session.get_one(Attachment, photo_id).deleted_at = utc_now()


def complete_visit(workspace: Workspace, visit_id: str) -> VisitSheet:
    """Close the visit with what it has; what is missing is recorded as a gap, never invented."""
    sheet = visit_sheet(workspace, visit_id)
    gaps = visit_gaps(workspace, sheet)
    with workspace.write() as session:
        visit = _open_visit(session, visit_id)
        visit.state = VisitState.COMPLETED
        visit.completed_at = utc_now()
        visit.gaps = gaps
    return visit_sheet(workspace, visit_id)


def visit_gaps(workspace: Workspace, sheet: VisitSheet) -> list[str]:
    """What is still missing, as `kind:measure` (`unchecked:M05`, `photo:M21`, `na_reason:M17`), in measure order."""
    measure_set: MeasureSet = set_named(workspace, sheet.measure_set)
    found: list[str] = completion_gaps(
        measure_set, sheet.answers, {code: len(rows) for code, rows in sheet.photos.items()}
    )
    return found


def _open_visit(session: UnitOfWork, visit_id: str) -> Visit:
    visit = session.get(Visit, visit_id)
    if visit is None:
        raise UserProblem("visit_unknown", visit=visit_id)
    if visit.state != VisitState.OPEN:
        raise UserProblem("visit_completed", visit=visit_id)
    return visit


def _answer_of(session: UnitOfWork, visit: Visit, measure: str) -> Answer:
    answer = session.scalars(select(Answer).where(Answer.visit_id == visit.id, Answer.measure == measure)).first()
    if answer is None:
        answer = Answer(id=new_id(), grid_id=visit.grid_id, visit_id=visit.id, measure=measure, answered_at=utc_now())
        session.add(answer)
    answer.deleted_at = None
    return answer


def _refuse_hard_faults(asked: Measure, entry: AnswerEntry, visit: Visit) -> None:
    day = date.fromisoformat(visit.visited_on)
    for fault in answer_problems(asked, entry.result, entry.measured, entry.note or "", on=day):
        if fault.hard:
            raise UserProblem(fault.code, **fault.fields)
