"""All enterprises with isolation sites, people under observation or disinfections: one line each, worst first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from desktop.models.desk.observation_desk import utc_text
from desktop.models.device.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PremisesLine:
    """One enterprise: sites, rooms, people under observation with how many of them end by today, and what is due."""

    id: str
    enterprise: str
    sites: int
    rooms: int
    persons: int
    ending: int
    overdue: int
    last_done_at: str | None


# Beside max(done_at), SQLite takes next_due_at from the row that has it: the latest of each place and target.
_LINES = """
WITH sites AS (
  SELECT i.enterprise_id AS id, count(DISTINCT i.id) AS sites, count(r.id) AS rooms FROM isolation_sites i
  LEFT JOIN isolation_rooms r ON r.site_id = i.id AND r.deleted_at IS NULL
  WHERE i.deleted_at IS NULL AND i.closed_on IS NULL AND i.enterprise_id IS NOT NULL GROUP BY i.enterprise_id
), stays AS (
  SELECT enterprise_id AS id, count(*) AS persons, sum(expected_end_on <= :today) AS ending FROM isolation_stays
  WHERE outcome IS NULL AND deleted_at IS NULL GROUP BY enterprise_id
), places AS (
  SELECT enterprise_id AS id, max(done_at) AS done_at, next_due_at FROM disinfections WHERE deleted_at IS NULL
  GROUP BY enterprise_id, place_type, place, target
), done AS (
  SELECT id, max(done_at) AS done_at, sum(coalesce(next_due_at < :now, 0)) AS overdue FROM places GROUP BY id
)
SELECT e.id, e.name, coalesce(sites.sites, 0), coalesce(sites.rooms, 0), coalesce(stays.persons, 0),
  coalesce(stays.ending, 0), coalesce(done.overdue, 0) AS late, done.done_at
FROM (SELECT id FROM sites UNION SELECT id FROM stays UNION SELECT id FROM done) known
JOIN enterprises e ON e.id = known.id AND e.deleted_at IS NULL
LEFT JOIN sites ON sites.id = e.id LEFT JOIN stays ON stays.id = e.id LEFT JOIN done ON done.id = e.id
ORDER BY late DESC, 6 DESC, 5 DESC, e.name
"""


def premises_overview(workspace: Workspace, now: datetime) -> list[PremisesLine]:
    """The lines; `now` is local."""
    facts = {
        "today": now.date().isoformat(),
        "now": utc_text(now),
    }
    with workspace.read() as session:
        return [PremisesLine(*row) for row in session.execute(text(_LINES), facts)]


def enterprise_at_hand(workspace: Workspace) -> str | None:
    """The enterprise an officer most likely means: of the visit begun last, else one that has a site."""
    with workspace.read() as session:
        found = session.scalar(
            text(
                "SELECT id FROM (SELECT enterprise_id AS id, 0 AS rank, started_at AS at FROM visits"
                " WHERE deleted_at IS NULL UNION ALL SELECT enterprise_id, 1, edited_at FROM isolation_sites"
                " WHERE deleted_at IS NULL AND enterprise_id IS NOT NULL) ORDER BY rank, at DESC LIMIT 1"
            )
        )
        return None if found is None else str(found)
