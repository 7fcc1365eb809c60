"""Conflicts as an officer decides them: both values side by side, and one unit of work that settles one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text

from desktop.models.device.unit_of_work import ReadSession
from desktop.models.device.workspace import Workspace
from desktop.models.identity import member_id, utc_now
from desktop.models.problems import UserProblem
from desktop.models.records.conflicts import Conflict
from desktop.models.records.members import Member
from desktop.models.records.registry import RECORDS
from desktop.models.vocabulary import ConflictState, Resolution

# Where a contested row belongs: its enterprise, its visit and its measure.
_PLACE = """
SELECT e.id, e.name, v.id, COALESCE(a.measure, f.measure)
FROM (SELECT :row AS id) r
LEFT JOIN attachments t ON t.id = r.id
LEFT JOIN answers a ON a.id = COALESCE(t.owner_id, r.id)
LEFT JOIN findings f ON f.id = COALESCE(t.owner_id, r.id)
LEFT JOIN letters l ON l.id = COALESCE(t.owner_id, r.id)
LEFT JOIN contacts c ON c.id = r.id
LEFT JOIN visits v ON v.id = COALESCE(a.visit_id, f.visit_id, l.visit_id, t.owner_id, r.id)
LEFT JOIN enterprises e ON e.id =
  COALESCE(v.enterprise_id, f.enterprise_id, l.enterprise_id, c.enterprise_id, t.owner_id, r.id)
"""


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """An open conflict. Values are as JSON carries them; moments are UTC by the clocks of the devices that edited."""

    id: str
    table: str
    field: str
    base: Any
    theirs: Any
    mine: Any
    theirs_by: str | None
    theirs_at: str | None
    mine_by: str | None
    mine_at: str
    enterprise_id: str | None
    enterprise: str | None
    visit_id: str | None
    measure: str | None
    own: bool
    """Whether the edit that lost is this officer's own."""

    @property
    def about_deletion(self) -> bool:
        """Whether one side deleted what the other edited."""
        return self.field == "deleted_at"


def open_conflicts(workspace: Workspace) -> list[ConflictRow]:
    """What waits for somebody to decide, oldest first."""
    with workspace.read() as session:
        found = session.scalars(
            select(Conflict)
            .where(Conflict.state == ConflictState.OPEN, Conflict.deleted_at.is_(None))
            .order_by(Conflict.mine_at, Conflict.id)
        ).all()
        return [_row(session, conflict, workspace.author) for conflict in found]


def settle_conflict(workspace: Workspace, conflict_id: str, resolution: Resolution, value: Any = None) -> None:
    """Settle a conflict: the chosen value is put on the row and the conflict is closed, in one unit of work.

    Args:
        value: the third value, where that is chosen.

    Raises:
        UserProblem: `conflict_settled_already`, `conflict_row_missing`.
    """
    with workspace.write() as session:
        conflict = session.get(Conflict, conflict_id)
        if conflict is None or conflict.state != ConflictState.OPEN:
            raise UserProblem("conflict_settled_already")
        if resolution is not Resolution.THEIRS:
            row: Any = session.get(RECORDS[conflict.table_name], conflict.row_id)
            if row is None:
                raise UserProblem("conflict_row_missing")
            setattr(row, conflict.field, conflict.mine if resolution is Resolution.MINE else value)
        conflict.state = ConflictState.RESOLVED
        conflict.resolution = resolution.value
        conflict.resolved_at = utc_now()


def _row(session: ReadSession, conflict: Conflict, author: str | None) -> ConflictRow:
    enterprise_id, enterprise, visit_id, measure = session.execute(text(_PLACE), {"row": conflict.row_id}).one()
    return ConflictRow(
        conflict.id, conflict.table_name, conflict.field, conflict.base, conflict.theirs, conflict.mine,
        _name(session, conflict.theirs_by, conflict.grid_id), conflict.theirs_at,
        _name(session, conflict.mine_by, conflict.grid_id), conflict.mine_at, enterprise_id,
        enterprise, visit_id, measure,
        own=conflict.mine_by is not None and conflict.mine_by == author,
    )  # fmt: skip


def _name(session: ReadSession, account: str | None, grid: str) -> str | None:
    """The name an account goes by in a grid, as far as this device knows it."""
    if account is None:
        return None
    return session.scalar(select(Member.name).where(Member.id == member_id(account, grid)))
