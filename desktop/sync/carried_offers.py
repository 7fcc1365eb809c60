"""Offers that left on a stick: closed as they were, and found again when their receipt comes.

What was carried away may reach the centre before or after newer edits do. So it always travels as it left, the same id
with the same body, and nothing is folded into it any more: a late or second copy is then a duplicate.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop.models.device.workspace import Workspace
from desktop.sync.outbox import Offer, offers_at

_AWAITED = """
SELECT o.position FROM outbox newest
JOIN outbox o ON o.table_name = newest.table_name AND o.row_id = newest.row_id
  AND coalesce(o.folded_into, o.op_id) = newest.op_id
WHERE newest.op_id IN (SELECT value FROM json_each(?)) AND o.batch_id IS NOT NULL
  AND (o.status IS NULL OR o.status = 'held')
"""


def close_offers(workspace: Workspace, offers: Sequence[Offer], batch_id: str) -> None:
    """Note that offers leave as they are, in a batch that may arrive at any time."""
    with workspace.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE outbox SET batch_id = ?, folded_into = ? WHERE op_id = ? AND status IS NULL",
            [
                (batch_id, offer.operation.op_id if op_id != offer.operation.op_id else None, op_id)
                for offer in offers
                for op_id in (offer.operation.op_id, *offer.folded)
            ],
        )


def awaited_offers(workspace: Workspace, op_ids: Sequence[str]) -> dict[str, Offer]:
    """Those of these operations that left and still wait for an answer, with what is folded into them, by their ids."""
    with workspace.read() as session:
        rows = session.connection().exec_driver_sql(_AWAITED, (msgspec.json.encode(op_ids).decode(),))
        positions = list(rows.scalars())
    return {offer.operation.op_id: offer for offer in offers_at(workspace, positions)}
