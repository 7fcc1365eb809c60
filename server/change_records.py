"""The change log: every operation as it came, with its answer; and the quarantine that is part of it.

Rows are only ever added. The exceptions are an operation held for a missing parent, whose answer is completed when
the parent has come, and one in a grid that was taken away, on which an administrator decides. What the server makes
itself carries no device.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, and_, bindparam, select, update

from desktop.models.identity import utc_now
from desktop.models.vocabulary import OperationStatus
from desktop.sync.wire.batch_body import line_of, operation_of
from desktop.sync.wire.messages import Operation, OperationResult
from server.bulk_rows import insert_rows, select_in
from server.decisions import Decision
from server.grid_clocks import GridClock
from server.received_lines import Line
from server.rights import Actor
from server.tables import change_log, refused_lines

_COLUMNS = [
    "op_id", "batch_id", "account_id", "device_id", "received_at", "table_name", "row_id", "grid_id",
    "base_version", "body", "status", "version", "sequence", "taken", "code", "field",
]  # fmt: skip


AHEAD = "sync_row_ahead"
"""Held until its device offers it again in its place: nobody waits for it, and it is tried at no other moment."""

_HELD = and_(change_log.c.status == "held", change_log.c.code != AHEAD)


@dataclass
class Batch:
    """One batch under way: who sent it, the clocks it has locked, and the text of each operation as it came.

    `trusted` marks the server's own rows, for which no rights are asked. `something_held`: it has turned out that an
    operation waits in one of its grids.
    """

    connection: Connection
    batch_id: str
    actor: Actor
    clocks: dict[str, GridClock]
    bodies: dict[str, str] = field(default_factory=dict)
    received_at: str = field(default_factory=utc_now)
    trusted: bool = False
    belated: bool = False
    something_held: bool = False
    asked_again: set[str] = field(default_factory=set)


class KnownOperation(NamedTuple):
    """An operation received before: the text that was kept, the answer given, and the device it came from."""

    body: str
    result: OperationResult
    device_id: str


class Sender(NamedTuple):
    """Whose operation it is."""

    account_id: str
    device_id: str


def known_operations(connection: Connection, op_ids: Iterable[str], grids: Iterable[str]) -> dict[str, KnownOperation]:
    """Which of these operations are in the log, by their ids, whatever grid they name.

    Args:
        grids: where they are looked for first; an id these do not know is looked for everywhere.
    """
    columns = ["op_id", "body", "status", "version", "code", "field", "device_id"]
    wanted = set(op_ids)
    found = select_in(connection, change_log, columns, "op_id", sorted(wanted), grids)
    elsewhere = sorted(wanted - {row[0] for row in found})
    return {
        op_id: KnownOperation(body, OperationResult(op_id, OperationStatus(status), version, code, about), device)
        for op_id, body, status, version, code, about, device in [
            *found,
            *select_in(connection, change_log, columns, "op_id", elsewhere),
        ]
    }


def log(batch: Batch, decisions: Iterable[Decision]) -> None:
    """Add decided operations to the log, each as soon as it is decided."""
    rows = (
        (
            d.operation.op_id, batch.batch_id, batch.actor.account_id,
            "" if d.made_here else batch.actor.device_id, batch.received_at,
            d.operation.table, d.operation.row_id, d.operation.grid_id, d.operation.base_version,
            batch.bodies.get(d.operation.op_id) or line_of(d.operation).decode(), d.result.status, *_outcome(d),
        )
        for d in decisions
    )  # fmt: skip
    insert_rows(batch.connection, change_log, _COLUMNS, rows)


def log_or_complete(batch: Batch, decisions: Iterable[Decision]) -> None:
    """Add decided operations to the log, and note the answers of those that were held in it."""
    if batch.asked_again:
        decisions = list(decisions)
        again = [d for d in decisions if d.operation.op_id in batch.asked_again]
        _complete(batch, again, OperationStatus.HELD, also_waiting=True)
    log(batch, (d for d in decisions if d.operation.op_id not in batch.asked_again))


def complete_held(batch: Batch, decisions: Iterable[Decision]) -> None:
    """Note the answers of operations that were held and no longer are."""
    _complete(batch, decisions, OperationStatus.HELD)


def complete_late(batch: Batch, decisions: Iterable[Decision]) -> None:
    """Note the answers of operations that were kept for an administrator and have been let through."""
    _complete(batch, decisions, OperationStatus.FORBIDDEN)


def _complete(
    batch: Batch, decisions: Iterable[Decision], before: OperationStatus, *, also_waiting: bool = False
) -> None:
    """Note the answers of operations that had another one before; `also_waiting`: perhaps for another reason now."""
    decisions = list(decisions)
    log(batch, [d for d in decisions if d.made_here])
    done = [d for d in decisions if (also_waiting or d.result.status is not before) and not d.made_here]
    if not done:
        return
    names = ("status", "version", "sequence", "taken", "code", "field")
    statement = (
        update(change_log)
        .where(
            change_log.c.op_id == bindparam("of_op"),
            change_log.c.grid_id == bindparam("of_grid"),
            change_log.c.status == before,
        )
        .values({name: bindparam(f"new_{name}") for name in names})
    )
    values: list[tuple[object, ...]] = [(d.result.status, *_outcome(d)) for d in done]
    batch.connection.execute(
        statement,
        [
            {"of_op": d.operation.op_id, "of_grid": d.operation.grid_id}
            | {f"new_{name}": value for name, value in zip(names, row, strict=True)}
            for d, row in zip(done, values, strict=True)
        ],
    )


def keep_refused(batch: Batch, lines: Iterable[tuple[Line, OperationResult]]) -> None:
    """Keep lines that cannot stand in the log: malformed ones and reused operation ids."""
    insert_rows(
        batch.connection,
        refused_lines,
        ["batch_id", "account_id", "device_id", "received_at", "op_id", "body", "code"],
        [
            (
                batch.batch_id, batch.actor.account_id, batch.actor.device_id, batch.received_at,
                line.op_id, line.body, answer.code or "",
            )
            for line, answer in lines
        ],
    )  # fmt: skip


def held_operations(connection: Connection, grids: set[str], most: int) -> list[tuple[Sender, list[Operation]]]:
    """Operations of these grids that wait for a parent, oldest first, in runs of one sender each."""
    rows = connection.execute(
        select(change_log.c.account_id, change_log.c.device_id, change_log.c.body)
        .where(_HELD, change_log.c.grid_id.in_(grids))
        .order_by(change_log.c.position)
        .limit(most)
    ).all()
    return [
        (sender, [operation_of(row.body.encode()) for row in run])
        for sender, run in groupby(rows, key=lambda row: Sender(row.account_id, row.device_id))
    ]


def rows_with_held_operations(connection: Connection, grids: Iterable[str], but_for: set[str]) -> set[str]:
    """Ids of rows in these grids for which an operation is held, other than these."""
    held = connection.execute(
        select(change_log.c.op_id, change_log.c.row_id).where(_HELD, change_log.c.grid_id.in_(grids))
    )
    return {row_id for op_id, row_id in held if op_id not in but_for}


def _outcome(d: Decision) -> tuple[int | None, int | None, str | None, str | None, str | None]:
    taken = msgspec.json.encode(d.taken).decode() if d.taken is not None else None
    return d.result.version, d.sequence, taken, d.result.code, d.result.field
