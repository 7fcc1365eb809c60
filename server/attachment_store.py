"""Photos and papers by hash. A grid's bytes are its own: the same photo in two grids is kept twice, and asking for a
hash of another grid tells nothing.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from desktop.models.identity import utc_now
from desktop.models.problems import UserProblem
from desktop.models.records.attachments import Attachment
from server.rights import Action, Actor, may
from server.tables import attachment_bytes


def size_held(connection: Connection, actor: Actor, sha256: str) -> int | None:
    """How many bytes are held under this hash in a grid the actor may read; nothing when there are none."""
    rows = connection.execute(
        select(attachment_bytes.c.grid_id, attachment_bytes.c.size).where(attachment_bytes.c.sha256 == sha256)
    )
    return next((row.size for row in rows if may(actor, Action.READ, "attachments", row.grid_id)), None)


def keep(connection: Connection, actor: Actor, sha256: str, content: bytes) -> bool:
    """Keep the bytes for every grid of the actor that has a record of them; false when no such grid has.

    Raises:
        UserProblem: `sync_attachment_differs` when the bytes do not have this hash.
    """
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UserProblem("sync_attachment_differs")
    grids = set(connection.scalars(select(Attachment.grid_id).where(Attachment.sha256 == sha256)))
    allowed = sorted(grid for grid in grids if may(actor, Action.WRITE, "attachments", grid))
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    for grid in allowed:
        connection.execute(
            insert(attachment_bytes)
            .values(sha256=sha256, grid_id=grid, size=len(content), content=content, received_at=utc_now())
            .on_conflict_do_nothing()
        )
    return bool(allowed)
