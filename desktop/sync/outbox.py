"""The outbox as the exchange sees it, by plain SQL: what waits, in batches, and the answers written beside it.

An operation is acknowledged by its id and nothing else, so an edit made while its row was being uploaded stays queued.
Consecutive edits of one row travel as one, under the id of the newest: when the answer is lost and a further edit was
made meanwhile, the next fold has another id, so one id never stands for two bodies. The outbox itself is not folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

import msgspec
from sqlalchemy import Connection

from desktop.models.device.workspace import Workspace
from desktop.models.identity import utc_now, utc_since
from desktop.models.records.registry import RECORDS
from desktop.models.vocabulary import OperationKind, OperationStatus
from desktop.sync.wire.batch_body import line_of
from desktop.sync.wire.messages import Operation, Receipt
from desktop.sync.wire.protocol import LINE_BYTES, Limits

_BATCH_NAMESPACE = UUID("2b1f6c0e-7a5d-5f0b-9a63-3d1c7f2e9b54")
KEPT_DAYS = 30
"""How long an acknowledged operation stays in the outbox, for a centre that has to be restored from a backup."""
_ENVELOPE_BYTES = 320
"""What an operation's line weighs besides its fields, at most."""

# One aggregate: a visit with its answers, findings, letters and their photos; an enterprise with its contacts.
_WAITING = """
SELECT o.position, length(CAST(o.fields AS BLOB)), CASE o.table_name
    WHEN 'answers' THEN (SELECT visit_id FROM answers WHERE id = o.row_id)
    WHEN 'findings' THEN (SELECT coalesce(visit_id, enterprise_id) FROM findings WHERE id = o.row_id)
    WHEN 'letters' THEN (SELECT visit_id FROM letters WHERE id = o.row_id)
    WHEN 'contacts' THEN (SELECT enterprise_id FROM contacts WHERE id = o.row_id)
    WHEN 'attachments' THEN (
        SELECT coalesce(
            (SELECT visit_id FROM answers WHERE id = a.owner_id),
            (SELECT visit_id FROM findings WHERE id = a.owner_id),
            (SELECT visit_id FROM letters WHERE id = a.owner_id), a.owner_id)
        FROM attachments a WHERE a.id = o.row_id)
    ELSE o.row_id END
FROM (SELECT * FROM outbox WHERE status IS NULL UNION ALL SELECT * FROM outbox WHERE status = 'held') o
WHERE o.grid_id <> ?
ORDER BY o.position
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One unanswered operation: where it stands in the outbox and about how many bytes its line takes."""

    position: int
    size: int


def waiting_batches(workspace: Workspace, limits: Limits) -> list[list[Waiting]]:
    """Everything to offer, oldest first, cut into batches within the limits; an aggregate stays in one if it fits."""
    with workspace.read() as session:
        rows = session.connection().exec_driver_sql(_WAITING, (workspace.device.local_grid_id,)).all()
    aggregates: dict[object, list[Waiting]] = {}
    for position, size, aggregate in rows:
        aggregates.setdefault(aggregate or position, []).append(Waiting(position, size + _ENVELOPE_BYTES))
    return _cut(aggregates.values(), limits)


@dataclass(frozen=True, slots=True)
class Offer:
    """One operation as it travels, with the ids of the older ones that are folded into it."""

    operation: Operation
    folded: tuple[str, ...] = ()


def offers_at(workspace: Workspace, positions: Sequence[int]) -> list[Offer]:
    """What travels for the operations at these places, oldest first, consecutive edits of a row folded into one."""
    with workspace.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT op_id, table_name, row_id, grid_id, kind, fields, base_version, edited_at, status FROM outbox"
            " WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position",
            (msgspec.json.encode(list(positions)).decode(),),
        )
        offers: dict[object, Offer] = {}
        last: dict[str, object] = {}
        for row in rows:
            kind = OperationKind(row[4])
            operation = Operation(row[0], row[1], row[2], row[3], kind, msgspec.json.decode(row[5]), row[6], row[7])
            before = last.get(row[2])
            joined = _folded(offers[before], operation) if before is not None and row[8] is None else None
            if joined is not None:
                offers[before] = joined
                continue
            offers[row[0]] = Offer(operation)
            # What the centre holds keeps its own id there, and a deletion stands for itself.
            last[row[2]] = row[0] if kind is OperationKind.PUT and row[8] is None else None
        return list(offers.values())


def batch_id_of(operations: Iterable[Operation]) -> str:
    """The batch's id follows from its operations: a batch sent again after a lost answer is the same batch."""
    return str(uuid5(_BATCH_NAMESPACE, " ".join(operation.op_id for operation in operations)))


def too_long(operation: Operation) -> bool:
    """Whether an operation can never travel."""
    return len(line_of(operation)) > LINE_BYTES


def refuse_here(workspace: Workspace, offers: Sequence[Offer], code: str) -> None:
    """Note that operations cannot be sent, so that they block nobody and show in the list of what was refused."""
    with workspace.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE outbox SET status = 'rejected', answered_at = ?, code = ? WHERE op_id = ?",
            [(utc_now(), code, op_id) for offer in offers for op_id in (offer.operation.op_id, *offer.folded)],
        )


def acknowledge(workspace: Workspace, offers: Sequence[Offer], receipt: Receipt) -> None:
    """Write the answers and the rows' new versions and author in one transaction; move cursors that need no echo.

    Only `applied` tells a version this device may build on: after a merge it lacks what others wrote until it pulls.
    """
    author = workspace.author
    now = utc_now()
    answers: list[tuple[object, ...]] = []
    versions: dict[str, list[tuple[int, str | None, str]]] = {}
    for offer, result in zip(offers, receipt.results, strict=True):
        told = (result.status.value, now, receipt.batch_id, result.code, result.field, result.message)
        answers.append((*told, None, offer.operation.op_id))
        answers += [(*told, offer.operation.op_id, op_id) for op_id in offer.folded]
        if result.status is OperationStatus.APPLIED and result.version is not None:
            operation = offer.operation
            versions.setdefault(operation.table, []).append((result.version, author, operation.row_id))
    with workspace.write() as session:
        connection = session.connection()
        connection.exec_driver_sql(
            "UPDATE outbox SET status = ?, answered_at = ?, batch_id = ?, code = ?, field = ?, message = ?,"
            " folded_into = ? WHERE op_id = ?",
            answers,
        )
        _settle_refusals(connection, offers, receipt)
        for table in versions.keys() & RECORDS.keys():
            connection.exec_driver_sql(
                f"UPDATE {table} SET version = max(version, ?), edited_by = ? WHERE id = ?",  # noqa: S608 - a known table
                versions[table],
            )
        for grid, sequence, own in _own_numbers(offers, receipt):
            connection.exec_driver_sql(
                "UPDATE grid_cursors SET sequence = ? WHERE grid_id = ? AND sequence + ? = ?",
                (sequence, grid, own, sequence),
            )


def offer_again(workspace: Workspace) -> None:
    """Queue everything once more, because the centre was restored from a backup; known operations are duplicates.

    Everything is pulled anew, too, and compared anew.
    """
    with workspace.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE outbox SET status = NULL WHERE status IN ('applied', 'merged', 'duplicate')")
        connection.exec_driver_sql("UPDATE grid_cursors SET sequence = 0, verified = -1")


def forget_answered(workspace: Workspace, days: int = KEPT_DAYS) -> int:
    """Remove operations the centre acknowledged so many days ago; return how many.

    What was refused stays until it is settled, and then as long.
    """
    limit = utc_since(days)
    with workspace.write() as session:
        gone: int = (
            session.connection()
            .exec_driver_sql(
                "DELETE FROM outbox WHERE answered_at < ? AND (status IN ('applied', 'merged', 'duplicate')"
                " OR settled_at < ? OR status = 'conflict')",
                (limit, limit),
            )
            .rowcount
        )
        return gone


def _settle_refusals(connection: Connection, offers: Sequence[Offer], receipt: Receipt) -> None:
    """A refused edit is settled once all of its fields were taken from a later one."""
    taken = {
        (offer.operation.table, offer.operation.row_id): offer.operation.fields.keys()
        for offer, result in zip(offers, receipt.results, strict=True)
        if result.status in (OperationStatus.APPLIED, OperationStatus.MERGED)
    }
    refused = connection.exec_driver_sql(
        "SELECT op_id, table_name, row_id, fields FROM outbox"
        " WHERE status IN ('rejected', 'forbidden') AND settled_at IS NULL"
        " AND row_id IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode([row_id for _, row_id in taken]).decode(),),
    ).all()
    settled = [
        (utc_now(), op_id)
        for op_id, table, row_id, fields in refused
        if msgspec.json.decode(fields).keys() <= taken.get((table, row_id), set())
    ]
    if settled:
        connection.exec_driver_sql("UPDATE outbox SET settled_at = ? WHERE op_id = ?", settled)


def _folded(older: Offer, newer: Operation) -> Offer | None:
    """Both as one under the newer id; nothing where they are not both edits, or together too long for a line."""
    before = older.operation
    if newer.kind is not OperationKind.PUT or before.kind is not OperationKind.PUT or before.grid_id != newer.grid_id:
        return None
    joined = Operation(
        newer.op_id, newer.table, newer.row_id, newer.grid_id, newer.kind, before.fields | newer.fields,
        before.base_version, newer.edited_at,
    )  # fmt: skip
    return None if too_long(joined) else Offer(joined, (*older.folded, before.op_id))


def _cut(aggregates: Iterable[list[Waiting]], limits: Limits) -> list[list[Waiting]]:
    batches: list[list[Waiting]] = [[]]
    space = limits.batch_bytes
    for aggregate in aggregates:
        size = sum(operation.size for operation in aggregate)
        if size > space or len(batches[-1]) + len(aggregate) > limits.batch_operations:
            batches.append([])
            space = limits.batch_bytes
        for operation in aggregate:  # one that is over the limit by itself is split
            if batches[-1] and (operation.size > space or len(batches[-1]) == limits.batch_operations):
                batches.append([])
                space = limits.batch_bytes
            batches[-1].append(operation)
            space -= operation.size
    return [batch for batch in batches if batch]


def _own_numbers(offers: Sequence[Offer], receipt: Receipt) -> list[tuple[str, int, int]]:
    """(grid, its clock, how many numbers this batch took) where every operation was simply applied.

    Where the clock moved by just that many since the cursor, the only changes are our own: no need to pull them back.
    """
    by_grid: dict[str, list[bool]] = {}
    for offer, result in zip(offers, receipt.results, strict=True):
        plain = result.status is OperationStatus.APPLIED and offer.operation.kind is OperationKind.PUT
        by_grid.setdefault(offer.operation.grid_id, []).append(plain)
    return [
        (grid, receipt.sequences[grid], len(plain))
        for grid, plain in by_grid.items()
        if all(plain) and grid in receipt.sequences
    ]
