"""回头看: what is to be looked at again at an enterprise, and what becomes of it on the visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from desktop.models.closed_loop import may_move, verdict
from desktop.models.deadlines import due_on, look_back_after
from desktop.models.desk.finding_moves import (
    NOTHING,
    Evidence,
    enter_state,
    found,
    keep_photo,
    role_here,
    self_reviewed,
    standing,
)
from desktop.models.desk.finding_steps import add_step, hand
from desktop.models.desk.visit_sheet import PHOTO_OF
from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.records.findings import Finding
from desktop.models.records.visits import Visit
from desktop.models.rule_book import rule_book
from desktop.models.vocabulary import FindingState, LookBackOutcome, Route, Severity, StepKind

_ROWS = """
SELECT f.id, f.number, f.title, f.enterprise_id, e.name, f.measure, f.state, f.severity, f.route,
  coalesce(f.action, f.advice), f.due_on, f.look_back_on, f.closed_on,
  (SELECT s.outcome FROM finding_steps s WHERE s.finding_id = f.id AND s.visit_id = :visit
    AND s.kind = 'looked_back' AND s.deleted_at IS NULL ORDER BY s.at DESC, s.id DESC LIMIT 1),
  (SELECT a.sha256 FROM attachments a WHERE a.owner_table = 'visits' AND a.owner_id = f.visit_id
    AND a.purpose = :photo || f.measure AND a.deleted_at IS NULL ORDER BY a.id LIMIT 1),
  (SELECT count(*) FROM answers a WHERE a.visit_id = :last AND a.measure = f.measure AND a.deleted_at IS NULL
    AND a.result IN ('fail', 'partial')) AS failed_last
FROM findings f JOIN enterprises e ON e.id = f.enterprise_id
WHERE f.deleted_at IS NULL AND f.state <> 'void'
"""

_OF_A_VISIT = """
  AND f.enterprise_id = :enterprise AND coalesce(f.visit_id, '') <> :visit
  AND (f.state <> 'closed' OR f.look_back_on IS NOT NULL OR EXISTS (
    SELECT 1 FROM finding_steps s WHERE s.finding_id = f.id AND s.visit_id = :visit AND s.kind = 'looked_back'))
ORDER BY failed_last = 0, f.state = 'closed', f.due_on, f.number
"""


@dataclass(frozen=True, slots=True)
class LookBackRow:
    """A finding to look back on: what was promised until when, what it looked like, what was seen on this visit.

    Days are local. `failed_last`: its measure failed on the visit before.
    """

    id: str
    number: str
    title: str
    enterprise_id: str
    enterprise: str
    measure: str
    state: str
    severity: str
    route: str
    promised: str | None
    due_on: str | None
    look_back_on: str | None
    closed_on: str | None
    outcome: str | None
    photo: str | None
    failed_last: int


def look_back_list(workspace: Workspace, visit_id: str) -> tuple[LookBackRow, ...]:
    """What a visit looks back on: its enterprise's open findings, and closed ones that were not checked again yet.

    A check that is late is still owed. What failed on the visit before comes first, then by deadline.

    Raises:
        UserProblem: `visit_unknown`.
    """
    with workspace.read() as session:
        visit = session.get(Visit, visit_id)
        if visit is None:
            raise UserProblem("visit_unknown", visit=visit_id)
        last = session.scalar(
            text(
                "SELECT v.id FROM visits v WHERE v.enterprise_id = :enterprise AND v.started_at < :at"
                " AND v.deleted_at IS NULL ORDER BY v.started_at DESC LIMIT 1"
            ),
            {"enterprise": visit.enterprise_id, "at": visit.started_at},
        )
        rows = session.execute(
            text(_ROWS + _OF_A_VISIT),
            {
                "enterprise": visit.enterprise_id, "visit": visit.id, "last": last, "photo": PHOTO_OF,
            },
        )  # fmt: skip
        return tuple(LookBackRow(*row) for row in rows)


def look_backs_due(workspace: Workspace, on: date, limit: int = 200) -> tuple[LookBackRow, ...]:
    """Findings whose day to be looked back on has come: open ones after their deadline, closed ones once more."""
    with workspace.read() as session:
        rows = session.execute(
            text(_ROWS + " AND f.look_back_on <= :day ORDER BY f.look_back_on, f.number LIMIT :limit"),
            {"visit": "", "last": "", "photo": PHOTO_OF, "day": on.isoformat(), "limit": limit},
        )
        return tuple(LookBackRow(*row) for row in rows)


def record_look_back(
    workspace: Workspace, finding_id: str, visit_id: str, outcome: LookBackOutcome, evidence: Evidence = NOTHING
) -> tuple[str, ...]:
    """Record what a visit found of a promised fix; what is worth a second thought comes back as codes.

    Raises:
        UserProblem: `finding_unknown`, `visit_unknown`, `look_back_not_of_enterprise`.
    """
    with workspace.write() as session:
        finding = found(session, finding_id)
        visit = session.get(Visit, visit_id)
        if visit is None:
            raise UserProblem("visit_unknown", visit=visit_id)
        if finding.enterprise_id != visit.enterprise_id:
            raise UserProblem("look_back_not_of_enterprise")
        return look_upon(session, workspace, finding, visit, outcome, evidence)


def look_upon(
    session: UnitOfWork, workspace: Workspace, finding: Finding, visit: Visit, outcome: LookBackOutcome,
    evidence: Evidence = NOTHING,
) -> tuple[str, ...]:  # fmt: skip
    """What a visit found becomes the finding's state, next deadline and a line of its timeline.

    What was put right is closed where rights and evidence allow, and awaits its check where not. What was not stays
    open with a new deadline; when it had been closed that is a rebound, however it was called.
    """
    day = date.fromisoformat(visit.visited_on)
    come_from = FindingState(finding.state)
    outcome = told(come_from, outcome)
    warned: tuple[str, ...] = ()
    if outcome is LookBackOutcome.FIXED:
        if come_from is FindingState.CLOSED:
            finding.look_back_on = None
        else:
            judged = verdict(
                standing(session, finding, evidence), FindingState.CLOSED, role_here(workspace), at_once=True
            )
            if judged.code is None:
                warned = self_reviewed(workspace, finding)
            enter_state(workspace, finding, FindingState.REVIEW_DUE if judged.code else FindingState.CLOSED, day)
    elif outcome is LookBackOutcome.REBOUND:
        enter_state(workspace, finding, FindingState.REOPENED, day)
    else:
        if come_from is FindingState.REVIEW_DUE:
            enter_state(workspace, finding, FindingState.RECTIFYING, day)
        _promise_anew(workspace, finding, day)
    finding.reviewed_on, finding.reviewer = visit.visited_on, hand(workspace)
    finding.review_outcome = outcome
    still_open = finding.state != FindingState.CLOSED
    step = add_step(
        session, workspace, finding, StepKind.LOOKED_BACK, outcome=outcome, visit_id=visit.id, note=evidence.note,
        come_from=come_from if finding.state != come_from else None, due_on=finding.due_on if still_open else None,
    )  # fmt: skip
    keep_photo(session, workspace, step, evidence)
    return warned


def told(state: FindingState, outcome: LookBackOutcome) -> LookBackOutcome:
    """An outcome as the state has it: a closed finding that is not put right came back, an open one cannot."""
    if outcome is LookBackOutcome.FIXED:
        return outcome
    if state is FindingState.CLOSED:
        return LookBackOutcome.REBOUND
    return LookBackOutcome.NOT_FIXED if outcome is LookBackOutcome.REBOUND else outcome


def take_back_rebound(session: UnitOfWork, workspace: Workspace, finding: Finding, visit: Visit) -> None:
    """A rebound turned out to be a slip, its visit still open: the finding stands as before, and the line says so.

    Where closing is somebody else's, it awaits the check.
    """
    able = may_move(role_here(workspace), Route(finding.route), FindingState.CLOSED)
    day = date.fromisoformat(visit.visited_on)
    enter_state(workspace, finding, FindingState.CLOSED if able else FindingState.REVIEW_DUE, day)
    add_step(
        session, workspace, finding, StepKind.LOOKED_BACK, outcome=LookBackOutcome.FIXED, visit_id=visit.id,
        come_from=FindingState.REOPENED,
    )  # fmt: skip


def _promise_anew(workspace: Workspace, finding: Finding, day: date) -> None:
    book = rule_book(workspace.folder)
    due = due_on(book, Route(finding.route), Severity(finding.severity), day)
    finding.due_on = due.isoformat()
    finding.look_back_on = look_back_after(book, due).isoformat()
