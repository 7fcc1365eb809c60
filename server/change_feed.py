"""What changed in a grid after a cursor: pages of rows as they now stand, in the order of their last change.

A page walks along the change log and takes the entries that made the rows what they are; an entry that was overtaken
is passed over, since a later one brings its row. Only what the actor may read leaves here. A row whose own operation
from this device is still held is left out: the device has something newer than we could send. Parents a page's rows
need are in the page, too, even where they changed again later, so that every page can be stored on its own.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from desktop.sync.wire.messages import Change, PageCursor, PageEnd
from desktop.sync.wire.record_codec import parents_of, to_wired
from server.bulk_rows import select_in
from server.rights import Action, Actor, may, readable_tables
from server.stored_rows import COLUMNS, TABLES, Key, Row
from server.tables import change_log, grid_clocks

Place = tuple[str, str, int]
"""(table name, row id, sequence)"""

_ROUNDS = 16
"""How often one request looks further when what it found was overtaken."""

_encode = msgspec.json.Encoder().encode


def page(connection: Connection, actor: Actor, grid_id: str, since: int, limit: int, generation: str) -> bytes | None:
    """One page as NDJSON, ending with its cursor; nothing when the actor may not read this grid or there is none.

    Args:
        limit: most rows, parents not counted. Where many entries were overtaken, a page may have fewer and still not
            be the last.
    """
    if not may(actor, Action.READ, "grids", grid_id):
        return None
    latest: dict[Key, int] = {}
    rows: dict[Key, Row] = {}
    end, more = since, True
    for _ in range(_ROUNDS):
        wanted = limit - len(latest)
        entries = _entries(connection, actor, grid_id, end, wanted)
        found = rows_by_key(connection, {(table, row_id) for table, row_id, _, _ in entries}, grid_id)
        for table, row_id, sequence, version in entries:
            row = found.get((table, row_id))
            if row is not None and row["version"] == version:
                latest[table, row_id], rows[table, row_id] = sequence, row
        more = len(entries) == wanted
        end = entries[-1][2] if entries else end
        if not more or len(latest) >= limit:
            break
    places = [(table, row_id, sequence) for (table, row_id), sequence in latest.items()]
    places = _with_parents(connection, places, rows, grid_id, end)
    lines = [encoded_row(*place, rows[place[0], place[1]]) for place in sorted(places, key=lambda place: place[2])]
    cursor = PageCursor(grid_id, end, more, generation, actor.scope_version)
    return b"\n".join([*lines, _encode(PageEnd(cursor))]) + b"\n"


def reaches(connection: Connection, grid_id: str, since: int) -> bool:
    """Whether this database has heard of a grid's number `since`; a replica that lags may not have."""
    clock = connection.scalar(select(grid_clocks.c.sequence).where(grid_clocks.c.grid_id == grid_id))
    return clock is not None and clock >= since


def rows_by_key(connection: Connection, keys: set[Key], grid_id: str) -> dict[Key, Row]:
    """These rows of a grid as they now stand."""
    wanted: dict[str, list[str]] = {}
    for table, row_id in keys:
        wanted.setdefault(table, []).append(row_id)
    return {
        (table, values[0]): dict(zip(COLUMNS[table], values, strict=True))
        for table, ids in wanted.items()
        for values in select_in(connection, TABLES[table], COLUMNS[table], "id", sorted(ids), [grid_id])
    }


def encoded_row(table: str, row_id: str, sequence: int, row: Row) -> bytes:
    """A row as a line of a page."""
    fields: dict[str, Any] = to_wired(table, row)
    return _encode(
        Change(
            table, row_id, row["grid_id"], row["version"], sequence, row["edited_at"], row["edited_by"],
            row["deleted_at"], fields,
        )
    )  # fmt: skip


def _entries(
    connection: Connection, actor: Actor, grid_id: str, since: int, limit: int
) -> list[tuple[str, str, int, int]]:
    """(table, row id, sequence, version) of the log after a number, ascending."""
    waiting = change_log.alias("waiting")
    held = (
        select(waiting.c.op_id)
        .where(
            waiting.c.status == "held",
            waiting.c.grid_id == grid_id,
            waiting.c.row_id == change_log.c.row_id,
            waiting.c.device_id == actor.device_id,
        )
        .exists()
    )
    statement = (
        select(change_log.c.table_name, change_log.c.row_id, change_log.c.sequence, change_log.c.version)
        .where(
            change_log.c.grid_id == grid_id,
            change_log.c.sequence > since,
            change_log.c.table_name.in_(readable_tables(actor.role)),
            ~held,
        )
        .order_by(change_log.c.sequence)
        .limit(limit)
    )
    return [(row.table_name, row.row_id, row.sequence, row.version) for row in connection.execute(statement)]


def _with_parents(
    connection: Connection, places: list[Place], rows: dict[Key, Row], grid_id: str, end: int
) -> list[Place]:
    """The page's places and the parents that changed only after its end."""
    later: list[Place] = []
    children = dict(rows)
    while children:
        missing = {
            (table, row_id)
            for (child, _), row in children.items()
            for _, table, row_id in parents_of(child, row)
            if (table, row_id) not in rows
        }
        new = [(*key, place) for key, place in _last_places(connection, missing, grid_id).items() if place > end]
        later += new
        children = rows_by_key(connection, {(table, row_id) for table, row_id, _ in new}, grid_id)
        rows |= children
    return places + later


def _last_places(connection: Connection, keys: set[Key], grid_id: str) -> dict[Key, int]:
    """Where each of these rows last changed in its grid's history."""
    if not keys:
        return {}
    last = func.max(change_log.c.sequence).label("last")
    found = connection.execute(
        select(change_log.c.table_name, change_log.c.row_id, last)
        .where(
            change_log.c.grid_id == grid_id,
            change_log.c.row_id.in_(sorted(row_id for _, row_id in keys)),
            change_log.c.sequence.is_not(None),
        )
        .group_by(change_log.c.table_name, change_log.c.row_id)
    )
    return {(row.table_name, row.row_id): row.last for row in found if (row.table_name, row.row_id) in keys}
