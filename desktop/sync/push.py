"""Sending what waits: whole aggregates, oldest first, one batch in flight; only a receipt counts as sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.models.device.workspace import Workspace
from desktop.models.progress import Progress
from desktop.sync.outbox import acknowledge, batch_id_of, operations_at, refuse_here, too_long, waiting_batches
from desktop.sync.wire.batch_body import line_of
from desktop.sync.wire.endpoint import BatchTooLarge, Endpoint
from desktop.sync.wire.messages import Operation, OperationResult, Receipt
from desktop.sync.wire.protocol import Limits


@dataclass
class Sent:
    """What a push has achieved so far; it grows with every receipt and survives an interruption."""

    results: list[OperationResult] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    batch_id: str | None = None

    def add(self, receipt: Receipt) -> None:
        """Take the answers of one batch in."""
        self.results += receipt.results
        self.sequences |= receipt.sequences
        self.batch_id = receipt.batch_id


def push(workspace: Workspace, endpoint: Endpoint, limits: Limits, sent: Sent, progress: Progress) -> None:
    """Offer every waiting operation once. Cancelling or breaking off between batches loses and doubles nothing.

    Args:
        limits: what one batch may carry, as the server stated it.
        sent: receives the answers batch by batch.
    """
    batches = waiting_batches(workspace, limits)
    total, done = sum(len(batch) for batch in batches), 0
    for batch in batches:
        progress.step(done, total, "push")
        operations = operations_at(workspace, [operation.position for operation in batch])
        _send(workspace, endpoint, operations, sent)
        done += len(batch)
    if total:
        progress.step(total, total, "push")


def _send(workspace: Workspace, endpoint: Endpoint, operations: list[Operation], sent: Sent) -> None:
    endless = [operation for operation in operations if too_long(operation)]
    if endless:
        refuse_here(workspace, endless, "sync_line_too_long")
        operations = [operation for operation in operations if operation not in endless]
    if not operations:
        return
    try:
        receipt = endpoint.push(batch_id_of(operations), [line_of(operation) for operation in operations])
    except BatchTooLarge:
        if len(operations) == 1:
            refuse_here(workspace, operations, "sync_body_too_large")
            return
        middle = len(operations) // 2
        _send(workspace, endpoint, operations[:middle], sent)
        _send(workspace, endpoint, operations[middle:], sent)
        return
    acknowledge(workspace, operations, receipt)
    sent.add(receipt)
