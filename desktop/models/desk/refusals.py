"""What the centre did not take: sent again after the reason is gone, or put aside by the officer.

A refused operation is settled, too, once a later edit of the same fields was taken; `sync.outbox` sees to that.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from desktop.models.device.local_tables import OutboxOperation
from desktop.models.device.requeue import queue_again
from desktop.models.device.workspace import Workspace
from desktop.models.identity import utc_now


def send_again(workspace: Workspace, op_ids: Sequence[str]) -> int:
    """Queue what these rows hold now, in the fields the refused operations were about; return how many were queued."""
    with workspace.write() as session:
        refused = session.scalars(
            select(OutboxOperation)
            .where(OutboxOperation.op_id.in_(op_ids), OutboxOperation.status.in_(("rejected", "forbidden")))
            .order_by(OutboxOperation.position)
        ).all()
        wanted: dict[tuple[str, str], set[str]] = {}
        for operation in refused:
            wanted.setdefault((operation.table_name, operation.row_id), set()).update(operation.fields)
            operation.settled_at = utc_now()
        session.flush()
        for (table, row_id), names in wanted.items():
            queue_again(session, table, row_id, names)
        return len(wanted)


def put_aside(workspace: Workspace, op_ids: Sequence[str]) -> None:
    """Note that the officer is done with these refusals; what was entered stays on this device as it is."""
    with workspace.write() as session:
        session.execute(update(OutboxOperation).where(OutboxOperation.op_id.in_(op_ids)).values(settled_at=utc_now()))
