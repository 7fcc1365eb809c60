"""One finding with all that is kept about it: facts, what was agreed, its timeline, and the moves there are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from desktop.models.closed_loop import STAGES, Stage, Verdict, moves, verdict
from desktop.models.deadlines import days_overdue
from desktop.models.desk.finding_moves import found, role_here, standing
from desktop.models.desk.finding_steps import StepRow, timeline
from desktop.models.desk.visit_sheet import PHOTO_OF, PhotoRow
from desktop.models.device.workspace import Workspace
from desktop.models.records.enterprises import Enterprise
from desktop.models.records.findings import Finding
from desktop.models.vocabulary import FindingState, Route

_FOUND_PHOTOS = text("""
SELECT a.id, a.sha256, a.title FROM attachments a
WHERE a.owner_table = 'visits' AND a.owner_id = :visit AND a.purpose = :purpose AND a.deleted_at IS NULL ORDER BY a.id
""")
_NEGATIVE = text("""
SELECT DISTINCT n.type FROM negative_entries n
WHERE n.enterprise_id = :enterprise AND n.lifted_on IS NULL AND n.deleted_at IS NULL ORDER BY n.type
""")
_PEOPLE = text("""
SELECT c.name FROM contacts c WHERE c.enterprise_id = :enterprise AND c.deleted_at IS NULL
ORDER BY c.duty <> 'epidemic_lead', c.id
""")


@dataclass(frozen=True, slots=True)
class FindingFile:
    """What the page of one finding shows. `facts` are the finding's own fields by name; days are local.

    `verdicts`: the moves there are from here, the usual one first, each with what stands against it.
    """

    id: str
    enterprise_id: str
    enterprise: str
    facts: Mapping[str, Any]
    stage: Stage | None
    overdue: int
    negative_types: tuple[str, ...]
    people: tuple[str, ...]
    found_photos: tuple[PhotoRow, ...]
    steps: tuple[StepRow, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def after_photos(self) -> tuple[PhotoRow, ...]:
        """The photos of the timeline, the latest last."""
        return tuple(photo for step in self.steps for photo in step.photos)


def finding_file(workspace: Workspace, finding_id: str, today: date) -> FindingFile:
    """Read a finding.

    Raises:
        UserProblem: `finding_unknown`.
    """
    with workspace.read() as session:
        row = found(session, finding_id)
        state = FindingState(row.state)
        here, role = standing(session, row), role_here(workspace)
        photos = session.execute(_FOUND_PHOTOS, {"visit": row.visit_id, "purpose": PHOTO_OF + row.measure})
        of_enterprise = {"enterprise": row.enterprise_id}
        return FindingFile(
            id=row.id,
            enterprise_id=row.enterprise_id,
            enterprise=session.get_one(Enterprise, row.enterprise_id).name,
            facts={column.name: getattr(row, column.name) for column in Finding.__table__.columns},
            stage=STAGES.get(state),
            overdue=days_overdue(state, date.fromisoformat(row.due_on) if row.due_on else None, today),
            negative_types=tuple(session.scalars(_NEGATIVE, of_enterprise)),
            people=tuple(session.scalars(_PEOPLE, of_enterprise)),
            found_photos=tuple(PhotoRow(photo[0], row.measure, photo[1], photo[2]) for photo in photos),
            steps=timeline(session, row.id),
            verdicts=tuple(verdict(here, to, role) for to in moves(state, Route(row.route))),
        )
