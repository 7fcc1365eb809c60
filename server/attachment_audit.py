"""Comparing what the database says is held with what the object store holds, after one of them came from a backup."""

from __future__ import annotations

from sqlalchemy import delete, select

from server.attachment_store import AttachmentStore
from server.store import Store
from server.tables import attachment_files as files


def forget_lost(store: Store, attachments: AttachmentStore) -> int:
    """Strike out the files whose bytes are not there, or not all of them; return how many rows that were.

    A laptop keeps its copies. When it meets another generation it asks for every file anew, and sends these again.
    """
    with store.reading() as connection:
        known = connection.execute(select(files.c.sha256, files.c.size).distinct()).all()
    lost = [row.sha256 for row in known if attachments.objects.size(row.sha256) != row.size]
    gone = 0
    for sha256 in lost:
        with store.writing() as connection:
            gone += connection.execute(delete(files).where(files.c.sha256 == sha256)).rowcount
    return gone
