"""What is done about a finding: moved through the closed loop, given another route or deadline, noted, reminded of.

Each function is one unit of work that writes the finding and a line of its timeline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop.models.closed_loop import NEXT_ROUTE, Need, Standing, verdict
from desktop.models.deadlines import SETTLED, checked_again_by, due_on, look_back_after, may_extend
from desktop.models.desk.finding_steps import add_photo, add_step, hand, photos_since_reopening
from desktop.models.device.unit_of_work import ReadSession, UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.file_title import plain_title
from desktop.models.problems import UserProblem
from desktop.models.records.findings import Finding, FindingStep
from desktop.models.rule_book import rule_book
from desktop.models.value_words import value_word
from desktop.models.vocabulary import FindingState, LookBackOutcome, Role, Route, Severity, StepKind

TERMS = frozenset(
    {
        "severity", "responsible", "responsible_title", "responsible_phone", "instructor", "service_officer",
        "lead_unit", "co_units", "supervisor", "duty", "action", "interim_control", "platform_number",
    }
)  # fmt: skip
"""What is agreed about a finding and may be written at any time while it is open."""
_UNASSIGNED = frozenset({FindingState.LOGGED, FindingState.TRIAGED})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What comes with a step: words, a photo (already made safe and small), terms agreed on the way."""

    note: str | None = None
    photo: bytes | None = None
    photo_title: str | None = None
    until: str | None = None
    terms: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Evidence()


def move(
    workspace: Workspace, finding_id: str, to: FindingState, on: date, evidence: Evidence = NOTHING
) -> tuple[str, ...]:
    """Move a finding one step; what is worth a second thought comes back as codes.

    Raises:
        UserProblem: `finding_unknown`, `finding_move_*`, or `finding_lacks_*` for what the move needs.
    """
    with workspace.write() as session:
        finding = found(session, finding_id)
        _agree(finding, evidence.terms)
        refuse_move(session, workspace, finding, to, evidence)
        come_from, due_before = FindingState(finding.state), finding.due_on
        warned = self_reviewed(workspace, finding) if to is FindingState.CLOSED else ()
        enter_state(workspace, finding, to, on, until=evidence.until)
        due = finding.due_on if finding.due_on != due_before or to is FindingState.ASSIGNED else None
        step = add_step(
            session, workspace, finding, StepKind.MOVED, come_from=come_from, note=evidence.note, due_on=due
        )
        keep_photo(session, workspace, step, evidence)
        return warned


def note(workspace: Workspace, finding_id: str, on: date, evidence: Evidence) -> None:
    """Write down how it goes on, with a photo if there is one."""
    _write_line(workspace, finding_id, StepKind.NOTED, evidence)


def remind(workspace: Workspace, finding_id: str, on: date, evidence: Evidence = NOTHING) -> None:
    """Remind whoever is to put it right (催办)."""
    _write_line(workspace, finding_id, StepKind.REMINDED, evidence)


def set_deadline(workspace: Workspace, finding_id: str, due: date, on: date, reason: str | None = None) -> None:
    """Set another deadline; a later one for what has been assigned is an extension, and there are only so many.

    Raises:
        UserProblem: `finding_closed_or_void`, `finding_deadline_unclear`, `finding_extensions_used_up`,
            `finding_lacks_note` for an extension without a reason.
    """
    book = rule_book(workspace.folder)
    with workspace.write() as session:
        finding = found(session, finding_id)
        if FindingState(finding.state) in SETTLED:
            raise UserProblem("finding_closed_or_void")
        if due < on:
            raise UserProblem("finding_deadline_unclear", day=due.isoformat(), today=on.isoformat())
        later = finding.due_on is None or due.isoformat() > finding.due_on
        extends = later and FindingState(finding.state) not in _UNASSIGNED
        if extends:
            times = finding.extensions or 0
            if not may_extend(book, times, on):
                raise UserProblem("finding_extensions_used_up", extensions=times, due=finding.due_on)
            if not reason:
                raise UserProblem("finding_lacks_note")
            finding.extensions = times + 1
        _be_due(workspace, finding, due)
        kind = StepKind.EXTENDED if extends else StepKind.NOTED
        add_step(session, workspace, finding, kind, note=reason, due_on=due.isoformat())


def set_route(workspace: Workspace, finding_id: str, route: Route, on: date) -> None:
    """Give a finding another route; its deadline is counted anew from this day.

    Raises:
        UserProblem: `finding_closed_or_void`.
    """
    with workspace.write() as session:
        finding = found(session, finding_id)
        if FindingState(finding.state) in SETTLED:
            raise UserProblem("finding_closed_or_void")
        if finding.route == route:
            return
        words = " → ".join(str(value_word("route", code, "zh")) for code in (finding.route, route))
        finding.route = route
        _be_due_by_rule(workspace, finding, on)
        add_step(session, workspace, finding, StepKind.NOTED, note=words, due_on=finding.due_on)


def set_terms(workspace: Workspace, finding_id: str, **terms: Any) -> None:
    """Write what is agreed about a finding (`TERMS`)."""
    with workspace.write() as session:
        _agree(found(session, finding_id), terms)


# -- shared with look-backs, which move findings too ------------------------------------------------------------------


def found(session: UnitOfWork | ReadSession, finding_id: str) -> Finding:
    """The finding.

    Raises:
        UserProblem: `finding_unknown`.
    """
    finding = session.get(Finding, finding_id)
    if finding is None:
        raise UserProblem("finding_unknown", finding=finding_id)
    return finding


def role_here(workspace: Workspace) -> Role | None:
    """The role of whoever works here; none before enrolment."""
    return Role(workspace.enrolment.role) if workspace.enrolment else None


def standing(session: UnitOfWork | ReadSession, finding: Finding, evidence: Evidence = NOTHING) -> Standing:
    """What of a finding decides about its moves, with what comes with a step."""
    there = {
        Need.NOTE: evidence.note,
        Need.PHOTO: evidence.photo or photos_since_reopening(session, finding.id),
        Need.OWNER: finding.responsible,
        Need.LEAD_UNIT: finding.lead_unit,
        Need.INTERIM_CONTROL: finding.interim_control,
        Need.PLATFORM_NUMBER: finding.platform_number,
        Need.UNTIL: evidence.until,
    }
    present = frozenset(need for need, what in there.items() if what)
    return Standing(FindingState(finding.state), Route(finding.route), Severity(finding.severity), present)


def refuse_move(
    session: UnitOfWork, workspace: Workspace, finding: Finding, to: FindingState, evidence: Evidence
) -> None:
    """Raise what stands against a move."""
    code = verdict(standing(session, finding, evidence), to, role_here(workspace)).code
    if code is None:
        return
    raise UserProblem(
        code,
        from_zh=value_word("finding_state", finding.state, "zh"), to_zh=value_word("finding_state", to, "zh"),
        from_en=value_word("finding_state", finding.state, "en"), to_en=value_word("finding_state", to, "en"),
    )  # fmt: skip


def self_reviewed(workspace: Workspace, finding: Finding) -> tuple[str, ...]:
    """The warning when the one who found it also checks it."""
    by = hand(workspace)
    return ("finding_reviewer_is_finder",) if by and by == finding.instructor else ()


def enter_state(
    workspace: Workspace, finding: Finding, to: FindingState, on: date, *, until: str | None = None
) -> None:
    """Put a finding into a state, with the days and names that go with it."""
    come_from, day = FindingState(finding.state), on.isoformat()
    finding.state = to
    finding.suspended_until = until if to is FindingState.SUSPENDED else None
    match to:
        case FindingState.ASSIGNED if finding.due_on is None:
            _be_due_by_rule(workspace, finding, on)
        case FindingState.ESCALATED:
            finding.route = NEXT_ROUTE[Route(finding.route)]
            _be_due_by_rule(workspace, finding, on)
        case FindingState.REVIEW_DUE:
            finding.done_on = day
        case FindingState.RECTIFYING if come_from is FindingState.REVIEW_DUE:
            finding.done_on = None
            _be_reviewed(workspace, finding, LookBackOutcome.NOT_FIXED, day)
        case FindingState.CLOSED:
            finding.closed_on, finding.done_on = day, finding.done_on or day
            finding.look_back_on = checked_again_by(rule_book(workspace.folder), on).isoformat()
            _be_reviewed(workspace, finding, LookBackOutcome.FIXED, day)
        case FindingState.REOPENED:
            finding.closed_on = finding.done_on = None
            _be_reviewed(workspace, finding, LookBackOutcome.REBOUND, day)
            _be_due_by_rule(workspace, finding, on)


def keep_photo(session: UnitOfWork, workspace: Workspace, step: FindingStep, evidence: Evidence) -> None:
    """Keep the photo that came with a step, if one did."""
    if evidence.photo is not None:
        title = plain_title(evidence.photo_title) if evidence.photo_title else None
        add_photo(session, workspace, step, evidence.photo, title or None)


def _write_line(workspace: Workspace, finding_id: str, kind: StepKind, evidence: Evidence) -> None:
    with workspace.write() as session:
        finding = found(session, finding_id)
        step = add_step(session, workspace, finding, kind, note=evidence.note)
        keep_photo(session, workspace, step, evidence)


def _agree(finding: Finding, terms: Mapping[str, Any]) -> None:
    if terms.keys() - TERMS:
        raise ValueError(f"not a term of a finding: {sorted(terms.keys() - TERMS)}")
    for name, value in terms.items():
        setattr(finding, name, value or None)


def _be_reviewed(workspace: Workspace, finding: Finding, outcome: LookBackOutcome, day: str) -> None:
    finding.reviewed_on, finding.reviewer, finding.review_outcome = day, hand(workspace), outcome


def _be_due_by_rule(workspace: Workspace, finding: Finding, on: date) -> None:
    book = rule_book(workspace.folder)
    _be_due(workspace, finding, due_on(book, Route(finding.route), Severity(finding.severity), on))


def _be_due(workspace: Workspace, finding: Finding, due: date) -> None:
    finding.due_on = due.isoformat()
    finding.look_back_on = look_back_after(rule_book(workspace.folder), due).isoformat()
