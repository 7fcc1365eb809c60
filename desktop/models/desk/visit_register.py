"""Visits as lists show them: what is open, what was done, and which still wants its letter."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from desktop.models.device.workspace import Workspace

_ROWS = """
SELECT v.id, v.enterprise_id, e.name, v.kind, v.visited_on, v.state, v.started_at, v.completed_at,
  (SELECT count(*) FROM answers a WHERE a.visit_id = v.id AND a.deleted_at IS NULL),
  (SELECT count(*) FROM findings f WHERE f.visit_id = v.id AND f.state <> 'void'),
  (SELECT l.state FROM letters l WHERE l.visit_id = v.id AND l.deleted_at IS NULL AND l.state <> 'void'
    ORDER BY l.id DESC LIMIT 1)
FROM visits v JOIN enterprises e ON e.id = v.enterprise_id
WHERE v.deleted_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit in a list. `visited_on` is a local day, moments are UTC; `letter` is the state of its latest letter."""

    id: str
    enterprise_id: str
    enterprise: str
    kind: str
    visited_on: str
    state: str
    started_at: str
    completed_at: str | None
    answers: int
    findings: int
    letter: str | None


def recent_visits(workspace: Workspace, limit: int = 100) -> list[VisitRow]:
    """Open visits first, then completed ones, each newest first."""
    order = " ORDER BY v.state <> 'open', v.visited_on DESC, v.started_at DESC"
    first = f" AND v.id IN (SELECT v.id FROM visits v WHERE v.deleted_at IS NULL{order} LIMIT :limit)"  # noqa: S608
    with workspace.read() as session:
        return [VisitRow(*row) for row in session.execute(text(_ROWS + first + order), {"limit": limit})]


def visits_without_letter(workspace: Workspace, limit: int = 100) -> list[VisitRow]:
    """Visits with findings that no letter was begun for, newest first."""
    chosen = (
        " AND v.id IN (SELECT f.visit_id FROM findings f WHERE f.state <> 'void')"
        " AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.visit_id = v.id AND l.deleted_at IS NULL)"
        " ORDER BY v.visited_on DESC, v.started_at DESC LIMIT :limit"
    )
    with workspace.read() as session:
        return [VisitRow(*row) for row in session.execute(text(_ROWS + chosen), {"limit": limit})]
