"""A centre without a network: batches go straight into what the push endpoint calls once a device is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.models.identity import new_id
from desktop.sync.wire.batch_body import line_of, lines_of, packed, unpacked
from desktop.sync.wire.messages import Operation
from desktop.sync.wire.protocol import LIMITS
from server import ingest
from server.accounts import actor_of
from server.memory import collect_rarely
from server.store import Store
from tests.flows.centre_process import CentreProcess


@dataclass(frozen=True)
class Body:
    """One batch as it arrives: its id and its compressed lines."""

    batch_id: str
    content: bytes


def bodies_of(operations: Sequence[Operation], most: int = LIMITS.batch_operations) -> list[Body]:
    """The operations as batches of `most`, or of fewer where their bytes say so, as a laptop cuts them."""
    batches: list[list[bytes]] = [[]]
    space = LIMITS.batch_bytes
    for line in map(line_of, operations):
        if len(batches[-1]) == most or len(line) + 1 > space:
            batches.append([])
            space = LIMITS.batch_bytes
        batches[-1].append(line)
        space -= len(line) + 1
    return [Body(new_id(), packed(lines)) for lines in batches if lines]


class TakingCentre:
    """One database and one officer with one device. Close it after use."""

    def __init__(self, url: str, grids: Sequence[str]) -> None:
        collect_rarely()  # as a server's process does
        self.url = url
        self.store = Store(url)
        account = CentreProcess(self.store, "").officer(grids=tuple(grids))
        with self.store.reading() as connection:
            self._actor = replace(actor_of(connection, account), device_id=new_id())

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def take(self, bodies: Sequence[Body]) -> None:
        """Unpack, decide, write and answer batches one after the other."""
        for body in bodies:
            lines = lines_of(unpacked(body.content, "zstd", LIMITS.batch_bytes))
            ingest.take_in(self.store, self._actor, body.batch_id, lines)

    def push(self, operations: Sequence[Operation]) -> None:
        """The same for operations."""
        self.take(bodies_of(operations))

    def stored(self, operations: Sequence[Operation]) -> int:
        """How many of these operations stand in the change log."""
        ids = [operation.op_id for operation in operations]
        with self.store.reading() as connection:
            found: int = connection.exec_driver_sql(
                "SELECT count(*) FROM change_log WHERE op_id = ANY(%s) AND status = 'applied'", (ids,)
            ).scalar_one()
        return found
