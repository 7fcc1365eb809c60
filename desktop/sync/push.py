"""Sending what waits: whole aggregates, oldest first, one batch in flight while the next is read; only a receipt
counts as sent.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from desktop.models.device.workspace import Workspace
from desktop.models.progress import Progress
from desktop.sync.outbox import (
    Offer,
    Waiting,
    acknowledge,
    batch_id_of,
    offers_at,
    refuse_here,
    too_long,
    waiting_batches,
)
from desktop.sync.wire.batch_body import line_of
from desktop.sync.wire.endpoint import BatchTooLarge, Endpoint
from desktop.sync.wire.messages import OperationResult, Receipt
from desktop.sync.wire.protocol import LINE_BYTES, Limits


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
    with ThreadPoolExecutor(1, "outbox") as reader:
        coming = [reader.submit(_read, workspace, batch) for batch in batches[:1]]
        for number, batch in enumerate(batches, start=1):
            progress.step(done, total, "push")
            offers = coming.pop().result()
            coming += [reader.submit(_read, workspace, following) for following in batches[number : number + 1]]
            _send(workspace, endpoint, offers, sent)
            done += len(batch)
    if total:
        progress.step(total, total, "push")


def _read(workspace: Workspace, batch: list[Waiting]) -> list[Offer]:
    return offers_at(workspace, [waiting.position for waiting in batch])


def _send(workspace: Workspace, endpoint: Endpoint, offers: list[Offer], sent: Sent) -> None:
    lines = [line_of(offer.operation) for offer in offers]
    if any(len(line) > LINE_BYTES for line in lines):
        refuse_here(workspace, [offer for offer in offers if too_long(offer.operation)], "sync_line_too_long")
        offers = [offer for offer in offers if not too_long(offer.operation)]
        lines = [line for line in lines if len(line) <= LINE_BYTES]
    if not offers:
        return
    try:
        receipt = endpoint.push(batch_id_of(offer.operation for offer in offers), lines)
    except BatchTooLarge:
        if len(offers) == 1:
            refuse_here(workspace, offers, "sync_body_too_large")
            return
        middle = len(offers) // 2
        _send(workspace, endpoint, offers[:middle], sent)
        _send(workspace, endpoint, offers[middle:], sent)
        return
    acknowledge(workspace, offers, receipt)
    sent.add(receipt)
