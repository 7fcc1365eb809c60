"""The outbox as the exchange sees it, by plain SQL: what waits, in batches, and the answers written beside it.

An operation is acknowledged by its id and nothing else, so an edit made while its row was being uploaded stays queued.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

import msgspec

from desktop.models.device.workspace import Workspace
from desktop.models.identity import utc_now
from desktop.models.records.registry import RECORDS
from desktop.models.vocabulary import OperationKind, OperationStatus
from desktop.sync.wire.batch_body import line_of
from desktop.sync.wire.messages import Operation, Receipt
from desktop.sync.wire.protocol import LINE_BYTES, Limits

_BATCH_NAMESPACE = UUID("2b1f6c0e-7a5d-5f0b-9a63-3d1c7f2e9b54")
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


def operations_at(workspace: Workspace, positions: Sequence[int]) -> list[Operation]:
    """The operations at these places, oldest first."""
    with workspace.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT op_id, table_name, row_id, grid_id, kind, fields, base_version, edited_at FROM outbox"
            " WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position",
            (msgspec.json.encode(list(positions)).decode(),),
        )
        return [
            Operation(
                row[0], row[1], row[2], row[3], OperationKind(row[4]), msgspec.json.decode(row[5]), row[6], row[7]
            )
            for row in rows
        ]


def batch_id_of(operations: Iterable[Operation]) -> str:
    """The batch's id follows from its operations: a batch sent again after a lost answer is the same batch."""
    return str(uuid5(_BATCH_NAMESPACE, " ".join(operation.op_id for operation in operations)))


def too_long(operation: Operation) -> bool:
    """Whether an operation can never travel."""
    return len(line_of(operation)) > LINE_BYTES


def refuse_here(workspace: Workspace, operations: Sequence[Operation], code: str) -> None:
    """Note that operations cannot be sent, so that they block nobody and show in the list of what was refused."""
    with workspace.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE outbox SET status = 'rejected', answered_at = ?, code = ? WHERE op_id = ?",
            [(utc_now(), code, operation.op_id) for operation in operations],
        )


def acknowledge(workspace: Workspace, operations: Sequence[Operation], receipt: Receipt) -> None:
    """Write the answers and the rows' new versions and author in one transaction; move cursors that need no echo.

    Only `applied` tells a version this device may build on: after a merge it lacks what others wrote until it pulls.
    """
    author = workspace.author
    now = utc_now()
    sent = {operation.op_id: operation for operation in operations}
    answers = [
        (result.status.value, now, receipt.batch_id, result.code, result.field, result.message, result.op_id)
        for result in receipt.results
        if result.op_id in sent
    ]
    versions: dict[str, list[tuple[int, str | None, str]]] = {}
    for result in receipt.results:
        if result.status is OperationStatus.APPLIED and result.version is not None and result.op_id in sent:
            operation = sent[result.op_id]
            versions.setdefault(operation.table, []).append((result.version, author, operation.row_id))
    with workspace.write() as session:
        connection = session.connection()
        connection.exec_driver_sql(
            "UPDATE outbox SET status = ?, answered_at = ?, batch_id = ?, code = ?, field = ?, message = ?"
            " WHERE op_id = ?",
            answers,
        )
        for table in versions.keys() & RECORDS.keys():
            connection.exec_driver_sql(
                f"UPDATE {table} SET version = max(version, ?), edited_by = ? WHERE id = ?",  # noqa: S608 - a known table
                versions[table],
            )
        for grid, sequence, own in _own_numbers(operations, receipt):
            connection.exec_driver_sql(
                "UPDATE grid_cursors SET sequence = ? WHERE grid_id = ? AND sequence + ? = ?",
                (sequence, grid, own, sequence),
            )


def offer_again(workspace: Workspace) -> None:
    """Queue everything once more, because the centre was restored from a backup; known operations are duplicates."""
    with workspace.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE outbox SET status = NULL WHERE status IN ('applied', 'merged', 'duplicate')")
        connection.exec_driver_sql("UPDATE grid_cursors SET sequence = 0")


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


def _own_numbers(operations: Sequence[Operation], receipt: Receipt) -> list[tuple[str, int, int]]:
    """(grid, its clock, how many numbers this batch took) where every operation was simply applied.

    Where the clock moved by just that many since the cursor, the only changes are our own: no need to pull them back.
    """
    by_grid: dict[str, list[bool]] = {}
    for operation, result in zip(operations, receipt.results, strict=True):
        plain = result.status is OperationStatus.APPLIED and operation.kind is OperationKind.PUT
        by_grid.setdefault(operation.grid_id, []).append(plain)
    return [
        (grid, receipt.sequences[grid], len(plain))
        for grid, plain in by_grid.items()
        if all(plain) and grid in receipt.sequences
    ]
