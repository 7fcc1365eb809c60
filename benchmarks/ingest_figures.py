"""What the server itself takes for a batch: unpacking, deciding, writing and answering, beside bare COPY of the rows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.bare_copy import BareCopy, Rows
from benchmarks.measuring import Figure, figure, interleaved
from benchmarks.officer_days import operations
from benchmarks.private_postgresql import NewDatabase
from benchmarks.sync_size import Size
from benchmarks.taking_centre import Body, TakingCentre, bodies_of
from desktop.models.identity import new_id
from desktop.sync.wire.messages import Operation
from desktop.sync.wire.protocol import LIMITS

GRID = "B1"


@dataclass(frozen=True)
class Round:
    """Work of one round: what is pushed, as batches, and what bare COPY writes of it."""

    operations: list[Operation]
    bodies: list[Body]
    rows: Rows


class IngestYard:
    """A centre that takes batches in, and bare COPY beside it."""

    def __init__(self, new_database: NewDatabase) -> None:
        self.centre = TakingCentre(new_database(), [GRID])
        self.bare = BareCopy(new_database, [GRID])

    def round(self, count: int, batch: int) -> Round:
        """Fresh work whose enterprises are known everywhere already."""
        firms, work = fresh_work(count)
        self.centre.push(firms)
        return Round(work, bodies_of(work, batch), self.bare.rows_of(firms, work))


def fresh_work(count: int, grid: str = GRID) -> tuple[list[Operation], list[Operation]]:
    """(the enterprises needed, operations) that were never sent before."""
    return operations(count, grid, random.randrange(10**9), new_id()[-8:])


@contextmanager
def ingest_yard(new_database: NewDatabase) -> Iterator[IngestYard]:
    """A yard, closed with the block."""
    yard = IngestYard(new_database)
    try:
        yield yard
    finally:
        yard.centre.close()
        yard.bare.close()


def server_full_batches(new_database: NewDatabase, size: Size) -> Figure:
    """Milliseconds for the operations in batches as large as the limits allow."""
    value, floor = _against_copy(new_database, size, LIMITS.batch_operations)
    return figure("server_full_batches", value, floor, _unit(size), must=2.5, reach=1.8)


def server_officer_day(new_database: NewDatabase, size: Size) -> Figure:
    """The same in batches of one officer-day each; the floor copies everything at once as before."""
    value, floor = _against_copy(new_database, size, size.day)
    return figure("server_officer_day", value, floor, _unit(size), must=3.0, reach=2.2)


def replay(new_database: NewDatabase, size: Size) -> Figure:
    """Milliseconds for full batches that are stored already, sent once more after a lost answer."""
    value, floor = _against_copy(new_database, size, LIMITS.batch_operations, stored=True)
    return figure("replay", value, floor, _unit(size), must=0.5, reach=0.3)


def _against_copy(new_database: NewDatabase, size: Size, batch: int, *, stored: bool = False) -> tuple[float, float]:
    with ingest_yard(new_database) as yard:
        rounds = [yard.round(size.operations, batch) for _ in range(size.rounds + 1)]
        if stored:
            for each in rounds:
                yard.centre.take(each.bodies)
        pushed, copied = iter(rounds), iter(rounds)
        value, floor = interleaved(
            lambda: yard.centre.take(next(pushed).bodies), lambda: yard.bare.copy(next(copied).rows), size.rounds
        )
        for each in rounds:
            require_all_stored(yard.centre.stored, each.operations)
    return value * 1000, floor * 1000


def require_all_stored(stored: Callable[[list[Operation]], int], operations: list[Operation]) -> None:
    """A figure counts only when all of the work is there."""
    found = stored(operations)
    if found != len(operations):
        raise AssertionError(f"{found} of {len(operations)} operations were stored")


def _unit(size: Size) -> str:
    return f"ms for {size.operations} operations"
