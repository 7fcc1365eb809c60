"""The timeline of a finding: one line for whatever was done, with its photos. Lines are only added."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select, text

from desktop.models.desk.visit_sheet import PhotoRow
from desktop.models.device.unit_of_work import ReadSession, UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id, utc_now
from desktop.models.records.attachments import Attachment
from desktop.models.records.findings import Finding, FindingStep
from desktop.models.vocabulary import FindingState, LookBackOutcome, StepKind

STEPS = "finding_steps"
_PHOTO = "photo"

_TIMELINE = text("""
SELECT s.id, s.at, s.kind, s.by_name, s.from_state, s.to_state, s.outcome, s.visit_id, s.due_on,
  coalesce(s.note, a.fact, a.note, CASE s.kind WHEN 'found' THEN f.fact END)
FROM finding_steps s JOIN findings f ON f.id = s.finding_id
LEFT JOIN answers a ON a.visit_id = s.visit_id AND a.measure = f.measure AND a.deleted_at IS NULL
  AND s.kind IN ('found', 'looked_back')
WHERE s.finding_id = :finding AND s.deleted_at IS NULL ORDER BY s.at, s.id
""")
"""What was said on the visit stands in its answer, which may still be written at: it is looked up, not copied."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A line of the timeline; `at` is UTC, `due_on` the local day of a deadline it set."""

    id: str
    at: str
    kind: str
    by_name: str | None
    from_state: str | None
    to_state: str | None
    outcome: str | None
    visit_id: str | None
    due_on: str | None
    note: str | None
    photos: tuple[PhotoRow, ...] = ()


def timeline(session: ReadSession, finding_id: str) -> tuple[StepRow, ...]:
    """What was done about a finding, in the order of time."""
    photos: dict[str, tuple[PhotoRow, ...]] = {}
    for owner, photo_id, digest, title in session.execute(
        select(Attachment.owner_id, Attachment.id, Attachment.sha256, Attachment.title)
        .join(FindingStep, FindingStep.id == Attachment.owner_id)
        .where(FindingStep.finding_id == finding_id, Attachment.owner_table == STEPS, Attachment.deleted_at.is_(None))
        .order_by(Attachment.id)
    ):
        photos[owner] = (*photos.get(owner, ()), PhotoRow(photo_id, "", digest, title))
    lines = session.execute(_TIMELINE, {"finding": finding_id})
    return tuple(replace(StepRow(*line), photos=photos.get(line[0], ())) for line in lines)


def add_step(
    session: UnitOfWork, workspace: Workspace, finding: Finding, kind: StepKind, *, note: str | None = None,
    come_from: FindingState | None = None, outcome: LookBackOutcome | None = None, visit_id: str | None = None,
    due_on: str | None = None,
) -> FindingStep:  # fmt: skip
    """Add a line; with `come_from`, of the move from there to where the finding stands now."""
    step = FindingStep(
        id=new_id(),
        grid_id=finding.grid_id,
        finding_id=finding.id,
        at=utc_now(),
        kind=kind,
        by_name=hand(workspace),
        from_state=come_from,
        to_state=finding.state if come_from or kind is StepKind.FOUND else None,
        outcome=outcome,
        visit_id=visit_id,
        due_on=due_on,
        note=note or None,
    )
    session.add(step)
    return step


def add_photo(session: UnitOfWork, workspace: Workspace, step: FindingStep, content: bytes, title: str | None) -> None:
    """Keep an evidence photo (already made safe and small) with a line."""
    session.add(
        Attachment(
            id=new_id(),
            grid_id=step.grid_id,
            owner_table=STEPS,
            owner_id=step.id,
            purpose=_PHOTO,
            sha256=workspace.attachments.put(content),
            size=len(content),
            media_type="image/jpeg",
            title=title,
        )
    )


def photos_since_reopening(session: UnitOfWork | ReadSession, finding_id: str) -> int:
    """How many evidence photos were added to the timeline since the finding came up, or came up again."""
    count = session.scalar(
        text(
            "SELECT count(*) FROM attachments a JOIN finding_steps s ON s.id = a.owner_id"
            " WHERE a.owner_table = 'finding_steps' AND a.deleted_at IS NULL AND s.finding_id = :finding"
            " AND s.at > coalesce((SELECT max(r.at) FROM finding_steps r"
            "   WHERE r.finding_id = :finding AND r.to_state IN ('reopened', 'logged')), '')"
        ),
        {"finding": finding_id},
    )
    return int(count or 0)


def hand(workspace: Workspace) -> str | None:
    """Whose name stands on what is written here; nobody's before enrolment."""
    return workspace.enrolment.officer_name if workspace.enrolment else None
