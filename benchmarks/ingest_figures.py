"""What the server takes for a batch: unpacking, deciding, writing and answering, beside bare COPY of the rows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing

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


class IngestYard:
    """A centre that takes batches in, bare COPY beside it, and the work of one round. Close it after use."""

    def __init__(self, new_database: NewDatabase) -> None:
        self.centre = TakingCentre(new_database(), [GRID])
        self._bare = BareCopy(new_database, [GRID])
        self._work: list[Operation] = []
        self._bodies: list[Body] = []
        self._rows: Rows = {}

    def close(self) -> None:
        """Close every connection."""
        self.centre.close()
        self._bare.close()

    def prepare(self, count: int, batch: int) -> None:
        """Invent fresh work, of which only the enterprises are known already."""
        firms, self._work = fresh_work(count)
        self.centre.push(firms)
        self._bodies = bodies_of(self._work, batch)
        self._rows = self._bare.rows_of(firms, self._work)

    def take(self) -> None:
        """Let the centre take the batches in."""
        self.centre.take(self._bodies)

    def copy(self) -> None:
        """Copy the rows."""
        self._bare.copy(self._rows)

    def require_all_stored(self) -> None:
        """Raise when the centre does not have all of the round's work."""
        require_all(self.centre.stored(self._work), self._work)


def fresh_work(count: int, grid: str = GRID) -> tuple[list[Operation], list[Operation]]:
    """(the enterprises needed, operations) that were never sent before."""
    return operations(count, grid, random.randrange(10**9), new_id()[-8:])


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
    with closing(IngestYard(new_database)) as yard:

        def prepare() -> None:
            yard.prepare(size.operations, batch)
            if stored:
                yard.take()

        value, floor = interleaved(yard.take, yard.copy, size.rounds, prepare)
        yard.require_all_stored()
    return value * 1000, floor * 1000


def require_all(found: int, operations: Sequence[Operation]) -> None:
    """A figure counts only when all of the work is there."""
    if found != len(operations):
        raise AssertionError(f"{found} of {len(operations)} operations were stored")


def _unit(size: Size) -> str:
    return f"ms for {size.operations} operations"
