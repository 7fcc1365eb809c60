"""What changed in a grid after a cursor: pages of rows as they now stand, in the order of their last change.

Only what the actor may read leaves here. A row whose own operation from this device is still held is left out: the
device has something newer than we could send. Parents a page's rows need are in the page, too, even where they
changed again later, so that every page can be stored on its own.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from desktop.sync.wire.messages import Change, PageCursor, PageEnd
from desktop.sync.wire.record_codec import parents_of, to_wired
from server.bulk_rows import select_in
from server.rights import Action, Actor, may, readable_tables
from server.stored_rows import COLUMNS, TABLES, Row
from server.tables import change_log, row_positions

Place = tuple[str, str, int]
"""(table name, row id, sequence)"""

_encode = msgspec.json.Encoder().encode


def page(connection: Connection, actor: Actor, grid_id: str, since: int, limit: int, generation: str) -> bytes | None:
    """One page as NDJSON, ending with its cursor; nothing when the actor may not read this grid or there is none."""
    if not may(actor, Action.READ, "grids", grid_id):
        return None
    places = _places(connection, actor, grid_id, since, limit)
    more = len(places) == limit
    end = places[-1][2] if places else since
    rows = _rows(connection, places)
    places = _with_parents(connection, places, rows, end)
    lines = [_encode(_change(*place, rows[place[0], place[1]])) for place in places]
    cursor = PageCursor(grid_id, end, more, generation, actor.scope_version)
    return b"\n".join([*lines, _encode(PageEnd(cursor))]) + b"\n"


def _places(connection: Connection, actor: Actor, grid_id: str, since: int, limit: int) -> list[Place]:
    held = (
        select(change_log.c.op_id)
        .where(
            change_log.c.status == "held",
            change_log.c.grid_id == grid_id,
            change_log.c.row_id == row_positions.c.row_id,
            change_log.c.device_id == actor.device_id,
        )
        .exists()
    )
    statement = (
        select(row_positions.c.table_name, row_positions.c.row_id, row_positions.c.sequence)
        .where(
            row_positions.c.grid_id == grid_id,
            row_positions.c.sequence > since,
            row_positions.c.table_name.in_(readable_tables(actor.role)),
            ~held,
        )
        .order_by(row_positions.c.sequence)
        .limit(limit)
    )
    return [(row.table_name, row.row_id, row.sequence) for row in connection.execute(statement)]


def _rows(connection: Connection, places: list[Place]) -> dict[tuple[str, str], Row]:
    wanted: dict[str, list[str]] = {}
    for table, row_id, _ in places:
        wanted.setdefault(table, []).append(row_id)
    return {
        (table, values[0]): dict(zip(COLUMNS[table], values, strict=True))
        for table, ids in wanted.items()
        for values in select_in(connection, TABLES[table], COLUMNS[table], "id", ids)
    }


def _with_parents(
    connection: Connection, places: list[Place], rows: dict[tuple[str, str], Row], end: int
) -> list[Place]:
    """The page's places and, after them, the parents that changed only after its end, ascending."""
    later: list[Place] = []
    children = dict(rows)
    while children:
        missing = {
            (table, row_id)
            for (child, _), row in children.items()
            for _, table, row_id in parents_of(child, row)
            if (table, row_id) not in rows
        }
        columns = ["table_name", "row_id", "sequence"]
        found = select_in(connection, row_positions, columns, "row_id", sorted(row_id for _, row_id in missing))
        new = [(table, row_id, place) for table, row_id, place in found if (table, row_id) in missing and place > end]
        later += new
        children = _rows(connection, new)
        rows |= children
    return places + sorted(later, key=lambda place: place[2])


def _change(table: str, row_id: str, sequence: int, row: Row) -> Change:
    fields: dict[str, Any] = to_wired(table, row)
    return Change(
        table, row_id, row["grid_id"], row["version"], sequence, row["edited_at"], row["edited_by"],
        row["deleted_at"], fields,
    )  # fmt: skip
