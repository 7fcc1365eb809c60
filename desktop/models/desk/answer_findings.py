"""The finding an answer leaves, settled in the unit of work that saves the answer.

A wrong answer corrected while the visit is open voids its finding, and a finding once numbered keeps its number when
it comes back. A look-back makes no second finding of what is known: it keeps an open one open and reopens a closed one.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from desktop.models.answer_rules import suggested_finding
from desktop.models.deadlines import look_back_after
from desktop.models.desk.finding_steps import add_step
from desktop.models.desk.look_back import look_upon, take_back_rebound, told
from desktop.models.desk.visit_sheet import FindingRow, finding_row
from desktop.models.device.number_series import next_number
from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id
from desktop.models.measure_set import Measure
from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Contact
from desktop.models.records.findings import Finding, FindingStep
from desktop.models.records.visits import Answer, Visit
from desktop.models.rule_book import rule_book
from desktop.models.vocabulary import (
    FindingSource,
    FindingState,
    LookBackOutcome,
    Result,
    Route,
    Severity,
    StepKind,
    VisitKind,
)

_OUTCOMES = {Result.FAIL: LookBackOutcome.NOT_FIXED, Result.PARTIAL: LookBackOutcome.PARTLY}


def settle_finding(
    session: UnitOfWork, workspace: Workspace, visit: Visit, answer: Answer, asked: Measure, before: str | None
) -> Finding | None:
    """Make, change, keep or void the finding that follows from an answer; the finding, if there is one now.

    Args:
        before: the result the answer had until now.
    """
    suggested = suggested_finding(asked, Result(answer.result))
    if suggested is None:
        withdraw_finding(session, workspace, visit, answer)
        return None
    finding = _own(session, answer)
    if finding is None and (finding := _known(session, visit, answer)) is not None:
        _look_upon(session, workspace, finding, visit, Result(answer.result))
    elif finding is None:
        finding = _new_finding(session, workspace, visit, answer, asked)
    elif finding.state == FindingState.VOID:
        finding.state = _state_before_void(session, finding)
        add_step(session, workspace, finding, StepKind.MOVED, come_from=FindingState.VOID)
    # What the officer chose himself stays; what was only suggested for the former result follows the new one.
    former = suggested_finding(asked, Result(before)) if before else None
    if former and finding.answer_id == answer.id and finding.severity == former[0]:
        finding.severity = suggested[0]
    finding.fact = answer.fact or answer.note or asked.finding.problem.zh
    finding.advice = answer.advice or asked.finding.advice.zh
    if finding not in session:
        session.add(finding)
        session.flush()  # before its first line, which names it
        add_step(session, workspace, finding, StepKind.FOUND, visit_id=visit.id)
    return finding


def withdraw_finding(session: UnitOfWork, workspace: Workspace, visit: Visit, answer: Answer) -> None:
    """The answer leaves no finding any more: its own becomes void, one it had reopened stands as before."""
    finding = _own(session, answer)
    if finding is not None and finding.state != FindingState.VOID:
        come_from = FindingState(finding.state)
        finding.state = FindingState.VOID
        add_step(session, workspace, finding, StepKind.MOVED, come_from=come_from)
    if finding is None and (known := _known(session, visit, answer)) is not None:
        seen = _seen_on(session, known, visit)
        if known.state == FindingState.REOPENED and seen == LookBackOutcome.REBOUND:
            take_back_rebound(session, workspace, known, visit)


def edit_finding(workspace: Workspace, finding_id: str, **changes: str | None) -> FindingRow:
    """Change what an officer may set on a finding: severity, route, due_on, look_back_on, responsible, fact, advice.

    A look-back follows a new due date unless it is given with it.
    """
    allowed = {"severity", "route", "due_on", "look_back_on", "responsible", "fact", "advice"}
    if changes.keys() - allowed:
        raise ValueError(f"not an officer's field: {sorted(changes.keys() - allowed)}")
    with workspace.write() as session:
        finding = session.get(Finding, finding_id)
        if finding is None:
            raise UserProblem("finding_unknown", finding=finding_id)
        due = changes.get("due_on")
        if due and "look_back_on" not in changes:
            changes["look_back_on"] = look_back_after(rule_book(workspace.folder), date.fromisoformat(due)).isoformat()
        for name, value in changes.items():
            setattr(finding, name, value)
        session.flush()
        return finding_row(finding)


def _own(session: UnitOfWork, answer: Answer) -> Finding | None:
    return session.scalars(select(Finding).where(Finding.answer_id == answer.id)).first()


def _known(session: UnitOfWork, visit: Visit, answer: Answer) -> Finding | None:
    """On a look-back, the latest finding of the enterprise for this measure that was found before."""
    if visit.kind != VisitKind.LOOK_BACK:
        return None
    return session.scalars(
        select(Finding)
        .where(
            Finding.enterprise_id == visit.enterprise_id,
            Finding.measure == answer.measure,
            Finding.state != FindingState.VOID,
            Finding.deleted_at.is_(None),
        )
        .order_by(Finding.state == FindingState.CLOSED, Finding.found_on.desc(), Finding.id.desc())
    ).first()


def _look_upon(session: UnitOfWork, workspace: Workspace, finding: Finding, visit: Visit, result: Result) -> None:
    """Look back on a known finding, once for each outcome: an answer is saved again with every word that is typed."""
    outcome = told(FindingState(finding.state), _OUTCOMES[result])
    seen = _seen_on(session, finding, visit)
    if seen != outcome and not (seen == LookBackOutcome.REBOUND and finding.state == FindingState.REOPENED):
        look_upon(session, workspace, finding, visit, outcome)


def _seen_on(session: UnitOfWork, finding: Finding, visit: Visit) -> str | None:
    return session.scalars(
        select(FindingStep.outcome)
        .where(
            FindingStep.finding_id == finding.id,
            FindingStep.visit_id == visit.id,
            FindingStep.kind == StepKind.LOOKED_BACK,
        )
        .order_by(FindingStep.at.desc(), FindingStep.id.desc())
    ).first()


def _state_before_void(session: UnitOfWork, finding: Finding) -> FindingState:
    left = session.scalars(
        select(FindingStep.from_state)
        .where(FindingStep.finding_id == finding.id, FindingStep.to_state == FindingState.VOID)
        .order_by(FindingStep.at.desc(), FindingStep.id.desc())
    ).first()
    return FindingState(left) if left else FindingState.LOGGED


def _new_finding(session: UnitOfWork, workspace: Workspace, visit: Visit, answer: Answer, asked: Measure) -> Finding:
    severity, route, days = suggested_finding(asked, Result(answer.result)) or (Severity.LOW, Route.ON_SITE, 0)
    day = date.fromisoformat(visit.visited_on)
    due = day + timedelta(days=days)
    serial = next_number(session, f"finding/{visit.visited_on}")
    lead = session.scalars(
        select(Contact)
        .where(Contact.enterprise_id == visit.enterprise_id, Contact.deleted_at.is_(None))
        .order_by(Contact.duty != "epidemic_lead", Contact.id)
        .limit(1)
    ).first()
    return Finding(
        id=new_id(),
        grid_id=visit.grid_id,
        enterprise_id=visit.enterprise_id,
        visit_id=visit.id,
        answer_id=answer.id,
        number=f"P-{day:%Y%m%d}-{serial:02d}-{workspace.device.code}",
        measure=answer.measure,
        title=asked.finding.title.zh,
        severity=severity,
        route=route,
        state=FindingState.LOGGED,
        source=FindingSource.LOOK_BACK if visit.kind == VisitKind.LOOK_BACK else FindingSource.VISIT,
        focus_area=asked.primary_area,
        responsible=lead.name if lead else None,
        responsible_phone=lead.phone if lead else None,
        instructor=visit.officer_name,
        found_on=visit.visited_on,
        due_on=due.isoformat(),
        look_back_on=look_back_after(rule_book(workspace.folder), due).isoformat(),
    )
