"""Emptying the table in which the first version kept photos into the object store, one file at a time.

Safe to break off and to run in several processes at once: a file is an object before its row goes.
"""

from __future__ import annotations

from io import BytesIO

from sqlalchemy import delete, select

from server.attachment_store import AttachmentStore, Held, note_held
from server.store import Store
from server.tables import attachment_bytes as old


def move_old_bytes(store: Store, attachments: AttachmentStore) -> int:
    """Move everything and return how many rows there were."""
    moved = 0
    while True:
        with store.reading() as connection:
            row = connection.execute(select(old).limit(1)).one_or_none()
        if row is None:
            return moved
        attachments.put(row.sha256, BytesIO(row.content))
        with store.writing() as connection:
            here = old.c.sha256 == row.sha256, old.c.grid_id == row.grid_id
            if connection.execute(delete(old).where(*here)).rowcount:
                note_held(connection, [Held(row.grid_id, row.sha256, row.size, None, row.received_at)])
                moved += 1
