"""What is not yet at the centre, told in the trade's words: visits, rosters, letters, with their counts.

Operations are grouped under the visit they belong to, else under the enterprise, else under their table. Counts are
operations; a photo is counted once however often it is attached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text

from desktop.models.device.local_tables import SyncRun
from desktop.models.device.workspace import Workspace

# Every synced table's way to its visit and its enterprise; photos and papers hang on a visit or a letter.
_WAITING = """
WITH waiting AS (
  SELECT o.table_name AS kind, o.row_id, o.edited_at,
    CASE o.table_name
      WHEN 'visits' THEN o.row_id
      WHEN 'answers' THEN (SELECT a.visit_id FROM answers a WHERE a.id = o.row_id)
      WHEN 'findings' THEN (SELECT f.visit_id FROM findings f WHERE f.id = o.row_id)
      WHEN 'finding_steps' THEN (SELECT f.visit_id FROM finding_steps s JOIN findings f ON f.id = s.finding_id
        WHERE s.id = o.row_id)
      WHEN 'journal_entries' THEN (SELECT j.visit_id FROM journal_entries j WHERE j.id = o.row_id)
      WHEN 'attachments' THEN (SELECT t.owner_id FROM attachments t WHERE t.id = o.row_id AND t.owner_table = 'visits')
    END AS visit_id,
    CASE o.table_name
      WHEN 'letters' THEN (SELECT l.enterprise_id FROM letters l WHERE l.id = o.row_id)
      WHEN 'attachments' THEN (SELECT l.enterprise_id FROM letters l, attachments t
        WHERE t.id = o.row_id AND t.owner_table = 'letters' AND l.id = t.owner_id)
    END AS letter_of
  FROM outbox o WHERE o.status IS NULL
)
SELECT COALESCE(w.visit_id, w.letter_of, '') AS place,
  CASE WHEN w.visit_id IS NOT NULL THEN 'visit' WHEN w.letter_of IS NOT NULL THEN 'letter'
    WHEN w.kind IN ('enterprises', 'contacts') THEN 'register' ELSE w.kind END AS subject,
  e.name, v.visited_on, count(*), count(DISTINCT w.row_id),
  count(DISTINCT CASE WHEN w.kind = 'attachments' AND w.visit_id IS NOT NULL THEN w.row_id END), max(w.edited_at)
FROM waiting w
LEFT JOIN visits v ON v.id = w.visit_id
LEFT JOIN enterprises e ON e.id = COALESCE(v.enterprise_id, w.letter_of)
GROUP BY subject, w.visit_id, w.letter_of
ORDER BY max(w.edited_at) DESC
LIMIT :limit
"""

# The newest operation of each row and reason; SQLite takes the other columns from the row of the maximum.
_REFUSED = """
SELECT o.op_id, o.table_name, o.row_id, o.status, o.code, o.field, o.message, o.edited_at, e.name,
  COALESCE(a.measure, f.measure), v.id, e.id
FROM (
  SELECT *, max(position) FROM outbox
  WHERE status = 'held' OR (status IN ('rejected', 'forbidden') AND settled_at IS NULL)
  GROUP BY row_id, status, code, field
) o
LEFT JOIN attachments t ON o.table_name = 'attachments' AND t.id = o.row_id
LEFT JOIN answers a ON a.id = COALESCE(t.owner_id, o.row_id)
LEFT JOIN findings f ON f.id = COALESCE(t.owner_id, o.row_id)
LEFT JOIN letters l ON l.id = COALESCE(t.owner_id, o.row_id)
LEFT JOIN contacts c ON c.id = o.row_id
LEFT JOIN visits v ON v.id = COALESCE(a.visit_id, f.visit_id, t.owner_id, o.row_id)
LEFT JOIN enterprises e ON e.id =
  COALESCE(v.enterprise_id, f.enterprise_id, l.enterprise_id, c.enterprise_id, t.owner_id, o.row_id)
ORDER BY o.position DESC LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """One line of what waits. `subject`: visit, letter, register, or a table's name; `last_edit` is UTC.

    `place` is the visit's id, for a letter its enterprise's. `operations` is what will be sent, `records` how many
    different rows that is, `photos` of them photos.
    """

    place: str
    subject: str
    enterprise: str | None
    visited_on: str | None
    operations: int
    records: int
    photos: int
    last_edit: str

    @property
    def id(self) -> str:
        """Names the line among the others."""
        return f"{self.subject}/{self.place}"


@dataclass(frozen=True, slots=True)
class RefusedOperation:
    """An operation the centre did not take as it was: `status`, the `code` of the reason, and where it was entered."""

    op_id: str
    table: str
    row_id: str
    status: str
    code: str | None
    field: str | None
    message: str | None
    edited_at: str
    enterprise: str | None
    measure: str | None
    visit_id: str | None
    enterprise_id: str | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One past exchange; moments are UTC. `outcome`: "ok", or the code of what ended it."""

    id: str
    started_at: str
    ended_at: str | None
    outcome: str | None
    receipt: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class WaitingWork:
    """Everything the sync page says about this device; counts are of operations and photos."""

    groups: tuple[WaitingGroup, ...]
    operations: int
    photos: int
    refused: tuple[RefusedOperation, ...]
    runs: tuple[RunRow, ...]


def waiting_work(workspace: Workspace, limit: int = 200) -> WaitingWork:
    """What waits (newest edit first), what was not taken, and the exchanges of the past (newest first)."""
    with workspace.read() as session:
        groups = tuple(WaitingGroup(*row) for row in session.execute(text(_WAITING), {"limit": limit}))
        refused = tuple(RefusedOperation(*row) for row in session.execute(text(_REFUSED), {"limit": limit}))
        operations = int(session.scalar(text("SELECT count(*) FROM outbox WHERE status IS NULL")) or 0)
        found = session.scalars(select(SyncRun).order_by(SyncRun.id.desc()).limit(30))
        runs = tuple(RunRow(run.id, run.started_at, run.ended_at, run.outcome, run.receipt) for run in found)
    photos = sum(group.photos for group in groups)
    return WaitingWork(groups, operations, photos, refused, runs)
