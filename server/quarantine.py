"""What the centre keeps without having applied it, for the administrators of its grid to see and decide on.

An operation is in scope at the moment its batch is received, by the grants as they stand then; the laptop's clock has
no say. Late work in a grid that was taken away is therefore forbidden and kept; an administrator of the grid lets it
through, in the name of who sent it, or discards it. Either way the text that came stays on file.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, Select, func, select, text, update

from desktop.models.records.enterprises import Grid
from desktop.sync.wire.batch_body import operation_of
from server.accounts import actor_of
from server.ingest import apply_late
from server.rights import Action, Actor, actions_on
from server.tables import accounts, change_log, devices

PAGE_ROWS = 100
LATE, DISCARDED = "sync_grid_withdrawn", "sync_discarded"

_c = change_log.c
_REFUSED = text("change_log.status IN ('held', 'rejected', 'forbidden')")
"""Written out, so that the database sees that its index serves."""

Query = Select[*tuple[Any, ...]]


def refused_operations(connection: Connection, actor: Actor, page: int) -> list[dict[str, Any]]:
    """Operations of the actor's grids that were not applied, latest first; one more than a page.

    What they wanted to write is shown only of kinds the actor may read.
    """
    query = (
        select(
            _c.op_id, _c.received_at, _c.table_name, _c.row_id, _c.status, _c.code, _c.field, _c.body,
            accounts.c.name.label("officer"), devices.c.code.label("device"), Grid.code.label("grid"),
        )
        .join(accounts, accounts.c.id == _c.account_id)
        .join(Grid, Grid.id == _c.grid_id)
        .outerjoin(devices, devices.c.id == _c.device_id)
        .where(_c.grid_id.in_(actor.grids), _REFUSED)
        .order_by(_c.position.desc())
    )  # fmt: skip
    rows = connection.execute(query.offset(page * PAGE_ROWS).limit(PAGE_ROWS + 1)).mappings()
    return [{**row, "fields": _fields(row) if Action.READ in actions_on(actor.role, row["table_name"]) else {}}
            for row in rows]  # fmt: skip


def late_work(connection: Connection, actor: Actor) -> list[RowMapping]:
    """Late work in the actor's grids, by officer and grid: how much, and from when to when it arrived."""
    query = (
        select(
            _c.account_id, _c.grid_id, accounts.c.name.label("officer"), Grid.code.label("grid"),
            func.count().label("operations"), func.min(_c.received_at).label("first"),
            func.max(_c.received_at).label("last"),
        )
        .join(accounts, accounts.c.id == _c.account_id)
        .join(Grid, Grid.id == _c.grid_id)
        .where(_c.grid_id.in_(actor.grids), _REFUSED, _c.status == "forbidden", _c.code == LATE)
        .group_by(_c.account_id, _c.grid_id, accounts.c.name, Grid.code)
        .order_by(Grid.code, accounts.c.name)
    )  # fmt: skip
    return list(connection.execute(query).mappings())


def let_through(connection: Connection, account_id: str, grid_id: str) -> int:
    """Apply an officer's late work in a grid, oldest first; return how many operations were looked at."""
    rows = connection.execute(
        _late(select(_c.device_id, _c.body), account_id, grid_id).order_by(_c.position).with_for_update()
    ).all()
    for device_id, run in groupby(rows, key=lambda row: row.device_id):
        sender = actor_of(connection, account_id, device_id)
        apply_late(connection, grid_id, sender, [operation_of(row.body.encode()) for row in run])
    return len(rows)


def discard(connection: Connection, account_id: str, grid_id: str) -> int:
    """Decide not to use an officer's late work in a grid; return how many operations that are."""
    ids = connection.scalars(_late(select(_c.position), account_id, grid_id).with_for_update()).all()
    connection.execute(update(change_log).where(_c.position.in_(ids)).values(status="rejected", code=DISCARDED))
    return len(ids)


def _late(query: Query, account_id: str, grid_id: str) -> Query:
    late = (_c.status == "forbidden") & (_c.code == LATE)
    return query.where(_c.grid_id == grid_id, _c.account_id == account_id, _REFUSED, late)


def _fields(row: RowMapping) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.json.decode(row["body"])["fields"]
    return fields
