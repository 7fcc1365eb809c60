"""How a workspace stands: what waits for the centre, and whether everything in it fits together."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import select, text

from desktop.models.device.local_tables import SyncRun
from desktop.models.device.unit_of_work import ReadSession
from desktop.models.device.workspace import Workspace
from desktop.models.records.registry import RECORDS

# Bytes this device brought in itself and the centre has not confirmed exist nowhere else.
_ATTACHMENTS = """
SELECT a.sha256, max(a.size), max(a.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM outbox o WHERE o.table_name = 'attachments' AND o.row_id = a.id)
    AND NOT EXISTS (SELECT 1 FROM confirmed_attachments c WHERE c.sha256 = a.sha256 AND c.grid_id = a.grid_id))
FROM attachments a GROUP BY a.sha256
"""


def status(workspace: Workspace) -> dict[str, Any]:
    """Counts of operations by what became of them, photos still here only, the last sync (UTC) and generation."""
    with workspace.read() as session:
        counts: dict[str | None, int] = {
            row[0]: row[1] for row in session.execute(text("SELECT status, count(*) FROM outbox GROUP BY status"))
        }
        last = session.scalars(
            select(SyncRun).where(SyncRun.outcome == "ok").order_by(SyncRun.id.desc()).limit(1)
        ).first()
        waiting = session.scalar(
            text(
                "SELECT count(*) FROM (SELECT sha256, grid_id FROM attachments WHERE deleted_at IS NULL"
                " EXCEPT SELECT sha256, grid_id FROM confirmed_attachments)"
            )
        )
        conflicts = session.scalar(text("SELECT count(*) FROM conflicts WHERE state = 'open' AND deleted_at IS NULL"))
        refused = session.scalar(
            text("SELECT count(*) FROM outbox WHERE status IN ('rejected', 'forbidden') AND settled_at IS NULL")
        )
        unadopted = session.scalar(
            text("SELECT count(*) FROM outbox WHERE status IS NULL AND grid_id = :local"),
            {"local": workspace.device.local_grid_id},
        )
    return {
        "unsent": counts.get(None, 0),
        "held": counts.get("held", 0),
        "rejected": refused,
        "conflicts": conflicts,
        "unadopted": unadopted,
        "attachments_waiting": waiting,
        "last_sync": last.ended_at if last else None,
        "generation": workspace.enrolment.generation if workspace.enrolment else None,
    }


def check(workspace: Workspace) -> dict[str, Any]:
    """Whether the database is sound, every operation has its row, every row its operation, and every file its bytes.

    A row pulled from the centre (version above 0) needs no operation of its own; the local grid's row has none.
    """
    faults: list[str] = []
    with workspace.read() as session:
        integrity = session.scalar(text("PRAGMA integrity_check"))
        if integrity != "ok":
            faults.append("database_damaged")
        faults += [f"foreign_key:{row[0]}" for row in session.execute(text("PRAGMA foreign_key_check"))]
        for table in RECORDS:
            faults += _unpaired(session, table)
        for digest, size, only_here in session.execute(text(_ATTACHMENTS)):
            content = workspace.attachments.get(digest)
            if content is None:
                faults += [f"attachment_missing:{digest[:12]}"] if only_here else []
            elif len(content) != size or hashlib.sha256(content).hexdigest() != digest:
                faults.append(f"attachment_damaged:{digest[:12]}")
        operations = session.scalar(text("SELECT count(*) FROM outbox"))
    return {"ok": not faults, "faults": faults, "operations": operations}


def _unpaired(session: ReadSession, table: str) -> list[str]:
    without_row = session.scalars(
        text(f"SELECT row_id FROM outbox o WHERE table_name = '{table}'"  # noqa: S608 - our own table names
             " AND status IS NULL AND answered_at IS NULL"  # what was answered may have been withdrawn since
             f" AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = o.row_id)")
    )  # fmt: skip
    without_operation = session.scalars(
        text(f"SELECT id FROM {table} t WHERE version = 0 AND '{table}' <> 'grids'"  # noqa: S608 - our own table names
             f" AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.table_name = '{table}' AND o.row_id = t.id)")
    )  # fmt: skip
    return [f"operation_without_row:{table}:{row}" for row in without_row] + [
        f"row_without_operation:{table}:{row}" for row in without_operation
    ]
