"""The clock of each grid: the last number given in its history, with count and digest of the rows of its tables.

Numbers are taken while the clock's row is locked, and the lock lives until the commit: whoever follows a grid's numbers
never steps over one that becomes visible late. Grids do not wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection, update
from sqlalchemy.dialects import postgresql, sqlite

from desktop.sync.wire.digest import changed_sum
from desktop.sync.wire.messages import RowSum
from server.bulk_rows import select_in
from server.tables import grid_clocks

_NONE = RowSum(0, 0)
_sums = msgspec.json.Decoder(dict[str, RowSum])


@dataclass(slots=True)
class GridClock:
    """One grid's clock, as it will stand at the commit."""

    sequence: int = 0
    sums: dict[str, RowSum] = field(default_factory=dict)

    def tick(self) -> int:
        """Take the next number."""
        self.sequence += 1
        return self.sequence

    def count(self, table: str, row_id: str, before: int, after: int) -> None:
        """Note that a row went from one version to the next; 0 is a row that was not there."""
        self.sums[table] = changed_sum(self.sums.get(table, _NONE), row_id, before, after)

    def copy(self) -> GridClock:
        """The clock as it stands now, for going back to."""
        return GridClock(self.sequence, dict(self.sums))


def lock_clocks(connection: Connection, grids: Iterable[str]) -> dict[str, GridClock]:
    """Lock the clocks of these grids in id order until the transaction ends."""
    locking = " FOR UPDATE" if connection.dialect.name == "postgresql" else ""
    return _read(connection, grids, " ORDER BY grid_id" + locking)


def read_clocks(connection: Connection, grids: Iterable[str]) -> dict[str, GridClock]:
    """The clocks of these grids as they stand now."""
    return _read(connection, grids, "")


def keep_clocks(connection: Connection, clocks: Mapping[str, GridClock]) -> None:
    """Write locked clocks back."""
    for grid, clock in clocks.items():
        connection.execute(
            update(grid_clocks)
            .where(grid_clocks.c.grid_id == grid)
            .values(sequence=clock.sequence, sums=msgspec.json.encode(clock.sums).decode())
        )


def ensure_clock(connection: Connection, grid_id: str) -> None:
    """Give a grid its clock if it has none."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(grid_clocks).values(grid_id=grid_id, sequence=0, sums="{}").on_conflict_do_nothing())


def _read(connection: Connection, grids: Iterable[str], rest: str) -> dict[str, GridClock]:
    found = select_in(connection, grid_clocks, ["grid_id", "sequence", "sums"], "grid_id", sorted(grids), rest=rest)
    return {str(grid): GridClock(int(sequence), _sums.decode(sums)) for grid, sequence, sums in found}
