"""Words, icons and tones of the closed loop: stages, moves, lines of a timeline, what a move needs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.closed_loop import Need, Stage
from desktop.models.vocabulary import FindingState, LookBackOutcome, StepKind
from desktop.ui import wording

if TYPE_CHECKING:
    from desktop.models.desk.finding_steps import StepRow


def stage(code: str) -> str:
    """A stage of the loop."""
    return {
        Stage.FOUND: QCoreApplication.translate("ClosedLoop", "Found and logged"),
        Stage.ANALYSIS: QCoreApplication.translate("ClosedLoop", "Triage, analysis"),
        Stage.ASSIGNMENT: QCoreApplication.translate("ClosedLoop", "Assignment"),
        Stage.EVALUATION: QCoreApplication.translate("ClosedLoop", "Evaluation"),
    }[Stage(code)]


def move(to: str) -> str:
    """What moving a finding to a state is called as an act."""
    return {
        FindingState.LOGGED: QCoreApplication.translate("ClosedLoop", "Take up again"),
        FindingState.TRIAGED: QCoreApplication.translate("ClosedLoop", "Triage"),
        FindingState.ASSIGNED: QCoreApplication.translate("ClosedLoop", "Assign"),
        FindingState.RECTIFYING: QCoreApplication.translate("ClosedLoop", "Being put right"),
        FindingState.REVIEW_DUE: QCoreApplication.translate("ClosedLoop", "Hand in for review"),
        FindingState.CLOSED: QCoreApplication.translate("ClosedLoop", "Close"),
        FindingState.REOPENED: QCoreApplication.translate("ClosedLoop", "Reopen"),
        FindingState.ESCALATED: QCoreApplication.translate("ClosedLoop", "Escalate"),
        FindingState.SUSPENDED: QCoreApplication.translate("ClosedLoop", "Suspend"),
        FindingState.VOID: QCoreApplication.translate("ClosedLoop", "Declare void"),
    }[FindingState(to)]


def state_icon(code: str | None) -> tuple[str, str]:
    """Icon and colour role of a state."""
    return {
        FindingState.LOGGED: ("flag", "fail-fg"),
        FindingState.TRIAGED: ("search", "accent"),
        FindingState.ASSIGNED: ("send", "accent"),
        FindingState.RECTIFYING: ("play", "accent"),
        FindingState.REVIEW_DUE: ("eye", "partial-fg"),
        FindingState.CLOSED: ("circle-check", "pass-fg"),
        FindingState.REOPENED: ("rotate-ccw", "fail-fg"),
        FindingState.ESCALATED: ("arrow-up", "partial-fg"),
        FindingState.SUSPENDED: ("clock", "muted"),
        FindingState.VOID: ("x", "muted"),
    }.get(FindingState(code) if code else FindingState.VOID, ("info", "muted"))


def outcome(code: str) -> str:
    """What a look-back found."""
    return {
        LookBackOutcome.FIXED: QCoreApplication.translate("ClosedLoop", "Put right"),
        LookBackOutcome.PARTLY: QCoreApplication.translate("ClosedLoop", "Partly put right"),
        LookBackOutcome.NOT_FIXED: QCoreApplication.translate("ClosedLoop", "Not put right"),
        LookBackOutcome.REBOUND: QCoreApplication.translate("ClosedLoop", "Came back"),
    }[LookBackOutcome(code)]


def outcome_look(code: str) -> tuple[str, str]:
    """Tone and icon of an outcome."""
    return {
        LookBackOutcome.FIXED: ("pass", "circle-check"),
        LookBackOutcome.PARTLY: ("partial", "circle-alert"),
        LookBackOutcome.NOT_FIXED: ("fail", "triangle-alert"),
        LookBackOutcome.REBOUND: ("fail", "rotate-ccw"),
    }[LookBackOutcome(code)]


def step_title(step: StepRow) -> str:
    """The heading of a line of the timeline."""
    translate = QCoreApplication.translate
    match step.kind:
        case StepKind.FOUND:
            return stage(Stage.FOUND)
        case StepKind.MOVED if step.to_state:
            return wording.finding_state(step.to_state)
        case StepKind.EXTENDED:
            return translate("ClosedLoop", "Deadline put off")
        case StepKind.REMINDED:
            return translate("ClosedLoop", "Reminded")
        case StepKind.LOOKED_BACK:
            words = translate("ClosedLoop", "Look-back")
            return f"{words} · {outcome(step.outcome)}" if step.outcome else words
    return translate("ClosedLoop", "Progress")


def step_icon(step: StepRow) -> tuple[str, str]:
    """Icon and colour role of a line of the timeline."""
    match step.kind:
        case StepKind.FOUND:
            return state_icon(FindingState.LOGGED)
        case StepKind.MOVED:
            return state_icon(step.to_state)
        case StepKind.EXTENDED:
            return "clock", "partial-fg"
        case StepKind.REMINDED:
            return "megaphone", "partial-fg"
        case StepKind.LOOKED_BACK if step.outcome:
            tone, icon = outcome_look(step.outcome)
            return icon, f"{tone}-fg"
    return "notebook-pen", "muted"


def need(code: str) -> str:
    """What a move asks for."""
    return {
        Need.NOTE: QCoreApplication.translate("ClosedLoop", "Note"),
        Need.PHOTO: QCoreApplication.translate("ClosedLoop", "Photo"),
        Need.OWNER: QCoreApplication.translate("ClosedLoop", "Responsible at the enterprise"),
        Need.LEAD_UNIT: QCoreApplication.translate("ClosedLoop", "Lead unit"),
        Need.INTERIM_CONTROL: QCoreApplication.translate("ClosedLoop", "Interim control"),
        Need.PLATFORM_NUMBER: QCoreApplication.translate("ClosedLoop", "Number on the platform"),
        Need.UNTIL: QCoreApplication.translate("ClosedLoop", "Until"),
    }[Need(code)]


def due(state: str, due_on: str | None, today: date | None = None) -> tuple[str, str, str | None]:
    """A deadline in words with colour role and icon; in review the deadline is the review's."""
    if state == FindingState.CLOSED:
        return wording.finding_state(state), "pass-fg", "circle-check"
    if state == FindingState.SUSPENDED:
        return wording.finding_state(state), "muted", "clock"
    words, role = wording.due(due_on, today)
    if not words:
        return wording.NONE, "muted", None
    return words, role, "triangle-alert" if role == "fail-fg" else "clock"
