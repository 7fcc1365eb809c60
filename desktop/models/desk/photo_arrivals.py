"""Which photos and papers have arrived at the centre: counts for a record ("3 of 5"), and reasons for those that wait.

A file has arrived when the centre has said that it holds these very bytes for the record's grid. What was taken on
another laptop counts once this one has heard of it at a sync.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import String, bindparam, text

from desktop.models.device.workspace import Workspace

Table = Literal["visits", "letters"]

_ARRIVALS = text("""
SELECT a.owner_id, count(*), count(c.sha256) FROM attachments a
LEFT JOIN confirmed_attachments c ON c.sha256 = a.sha256 AND c.grid_id = a.grid_id
WHERE a.owner_table = :table AND a.owner_id IN :owners AND a.deleted_at IS NULL
GROUP BY a.owner_id
""").bindparams(bindparam("owners", expanding=True, type_=String))

_WAITING = text("""
SELECT a.id, a.sha256, a.owner_table, a.owner_id, e.name, v.visited_on, a.title, a.size,
  coalesce(u.received, 0), u.code
FROM attachments a
LEFT JOIN attachment_uploads u ON u.sha256 = a.sha256
LEFT JOIN visits v ON a.owner_table = 'visits' AND v.id = a.owner_id
LEFT JOIN letters l ON a.owner_table = 'letters' AND l.id = a.owner_id
LEFT JOIN finding_steps s ON a.owner_table = 'finding_steps' AND s.id = a.owner_id
LEFT JOIN findings f ON f.id = s.finding_id
LEFT JOIN enterprises e ON e.id = coalesce(v.enterprise_id, l.enterprise_id, f.enterprise_id, a.owner_id)
WHERE a.deleted_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM confirmed_attachments c WHERE c.sha256 = a.sha256 AND c.grid_id = a.grid_id)
ORDER BY u.code IS NULL, a.id LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many files of a record there are, and how many of them the centre holds."""

    total: int = 0
    arrived: int = 0


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file the centre does not hold yet.

    `received` of its `size` bytes are there already; `code` is the centre's reason for not taking it, if it gave one.
    `enterprise` and `visited_on` (a local day) say where it belongs.
    """

    id: str
    sha256: str
    owner_table: str
    owner_id: str
    enterprise: str | None
    visited_on: str | None
    title: str | None
    size: int
    received: int
    code: str | None


def arrivals(workspace: Workspace, table: Table, ids: Sequence[str]) -> dict[str, Arrivals]:
    """The counts of these records, by id; all of them are in it."""
    with workspace.read() as session:
        rows = session.execute(_ARRIVALS, {"table": table, "owners": list(ids)}).all()
    return {row_id: Arrivals() for row_id in ids} | {owner: Arrivals(total, came) for owner, total, came in rows}


def waiting_files(workspace: Workspace, limit: int = 200) -> list[WaitingFile]:
    """Files that have not arrived: those with a reason first, then in the order they were taken."""
    with workspace.read() as session:
        return [WaitingFile(*row) for row in session.execute(_WAITING, {"limit": limit})]
