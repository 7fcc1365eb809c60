"""What a laptop compares its rows with: sums of a grid's tables, of a table's buckets, and the rows of one bucket.

The sums of tables are kept with the grid's clock and cost nothing to tell; buckets are counted when asked for.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from desktop.sync.wire.digest import bucket, bucket_sums
from desktop.sync.wire.messages import DigestAnswer, PageCursor, PageEnd
from server.change_feed import encoded_row, rows_by_key
from server.grid_clocks import read_clocks
from server.rights import Action, Actor, may, readable_tables
from server.stored_rows import TABLES


def grid_sums(connection: Connection, actor: Actor, grid_id: str) -> DigestAnswer | None:
    """Count and digest of every table of a grid; nothing when the actor may not read it."""
    if not may(actor, Action.READ, "grids", grid_id):
        return None
    clock = read_clocks(connection, [grid_id])[grid_id]
    readable = readable_tables(actor.role)
    return DigestAnswer(grid_id, clock.sequence, {t: found for t, found in clock.sums.items() if t in readable})


def table_sums(connection: Connection, actor: Actor, grid_id: str, table: str) -> DigestAnswer | None:
    """Count and digest of every bucket of a table, by two hexadecimal digits."""
    if not may(actor, Action.READ, table, grid_id):
        return None
    clock = read_clocks(connection, [grid_id])[grid_id]
    sums = bucket_sums(_versions(connection, grid_id, table))
    return DigestAnswer(grid_id, clock.sequence, {f"{number:02x}": found for number, found in sums.items()})


def bucket_page(
    connection: Connection, actor: Actor, grid_id: str, table: str, number: int, generation: str
) -> bytes | None:
    """The rows of one bucket as they now stand, in the form of a page of changes."""
    if not may(actor, Action.READ, table, grid_id):
        return None
    clock = read_clocks(connection, [grid_id])[grid_id]
    keys = {(table, row_id) for row_id, _ in _versions(connection, grid_id, table) if bucket(row_id) == number}
    rows = rows_by_key(connection, keys, grid_id)
    lines = [encoded_row(*key, clock.sequence, row) for key, row in sorted(rows.items())]
    end = PageEnd(PageCursor(grid_id, clock.sequence, False, generation, actor.scope_version))
    return b"\n".join([*lines, msgspec.json.encode(end)]) + b"\n"


def _versions(connection: Connection, grid_id: str, table: str) -> list[tuple[str, int]]:
    stored = TABLES[table]
    rows = connection.execute(select(stored.c.id, stored.c.version).where(stored.c.grid_id == grid_id))
    return [(row.id, row.version) for row in rows]
