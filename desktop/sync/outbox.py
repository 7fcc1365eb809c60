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

from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.identity import utc_now, utc_since
from desktop.models.records.registry import RECORDS
from desktop.models.vocabulary import OperationKind, OperationStatus
from desktop.sync.wire.batch_body import line_of
from desktop.sync.wire.messages import Operation, OperationResult, Receipt
from desktop.sync.wire.protocol import LINE_BYTES, Limits

_BATCH_NAMESPACE = UUID("2b1f6c0e-7a5d-5f0b-9a63-3d1c7f2e9b54")
KEPT_DAYS = 30
"""How long an acknowledged operation stays in the outbox, for a centre that has to be restored from a backup."""
_ENVELOPE_BYTES = 320
"""What an operation's line weighs besides its fields, at most."""

# One aggregate: a visit with its answers, findings, letters, journal and their photos; an enterprise with its contacts;
# a person with all that is kept about him; an isolation site with its rooms; a training with who attended.
_WAITING = """
SELECT o.position, length(CAST(o.fields AS BLOB)), o.row_id, CASE o.table_name
    WHEN 'answers' THEN (SELECT visit_id FROM answers WHERE id = o.row_id)
    WHEN 'findings' THEN (SELECT coalesce(visit_id, enterprise_id) FROM findings WHERE id = o.row_id)
    WHEN 'letters' THEN (SELECT visit_id FROM letters WHERE id = o.row_id)
    WHEN 'contacts' THEN (SELECT enterprise_id FROM contacts WHERE id = o.row_id)
    WHEN 'finding_steps' THEN (
        SELECT coalesce(f.visit_id, f.enterprise_id) FROM finding_steps s JOIN findings f ON f.id = s.finding_id
        WHERE s.id = o.row_id)
    WHEN 'journal_entries' THEN (SELECT visit_id FROM journal_entries WHERE id = o.row_id)
    WHEN 'roaming_queries' THEN (SELECT employee_id FROM roaming_queries WHERE id = o.row_id)
    WHEN 'health_entries' THEN (SELECT employee_id FROM health_entries WHERE id = o.row_id)
    WHEN 'isolation_stays' THEN (SELECT employee_id FROM isolation_stays WHERE id = o.row_id)
    WHEN 'isolation_rooms' THEN (SELECT site_id FROM isolation_rooms WHERE id = o.row_id)
    WHEN 'attendances' THEN (SELECT training_id FROM attendances WHERE id = o.row_id)
    WHEN 'attachments' THEN (
        SELECT coalesce(
            (SELECT visit_id FROM answers WHERE id = a.owner_id),
            (SELECT visit_id FROM findings WHERE id = a.owner_id),
            (SELECT visit_id FROM letters WHERE id = a.owner_id),
            (SELECT coalesce(f.visit_id, f.enterprise_id) FROM finding_steps s JOIN findings f ON f.id = s.finding_id
             WHERE s.id = a.owner_id), a.owner_id)
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
    """Everything to offer, oldest first, cut into batches within the limits; an aggregate stays in one if it fits.

    The edits of one row always do: they travel as one, and where a batch is cut must not change what that one says.
    """
    with workspace.read() as session:
        rows = session.connection().exec_driver_sql(_WAITING, (workspace.device.local_grid_id,)).all()
    aggregates: dict[object, dict[str, list[Waiting]]] = {}
    for position, size, row_id, aggregate in rows:
        row = aggregates.setdefault(aggregate or row_id, {}).setdefault(row_id, [])
        row.append(Waiting(position, size + _ENVELOPE_BYTES))
    return _cut(aggregates.values(), limits)


@dataclass(frozen=True, slots=True)
class Offer:
    """One operation as it travels, with the ids of the older ones that are folded into it.

    `again`: it was answered before, so its row here may have moved on since.
    """

    operation: Operation
    folded: tuple[str, ...] = ()
    again: bool = False


def offers_at(workspace: Workspace, positions: Sequence[int]) -> list[Offer]:
    """What travels for the operations at these places, oldest first, consecutive edits of a row folded into one."""
    with workspace.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT op_id, table_name, row_id, grid_id, kind, fields, base_version, edited_at,"
            " CASE WHEN batch_id IS NOT NULL THEN coalesce(folded_into, op_id) END, answered_at IS NOT NULL FROM outbox"
            " WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position",
            (msgspec.json.encode(list(positions)).decode(),),
        )
        offers: dict[str, Offer] = {}
        last: dict[str, tuple[str, str | None]] = {}
        for *values, fields, base_version, edited_at, closed_under, answered in rows:
            op_id, table, row_id, grid, kind = values
            operation = Operation(
                op_id, table, row_id, grid, OperationKind(kind), msgspec.json.decode(fields), base_version, edited_at
            )
            # What was answered once, or left on a stick, travels again as it did then: the centre may hold it under
            # that id, or come to hold it.
            before, before_under = last.get(row_id, ("", None))
            joined = _folded(offers[before], operation) if before and before_under == closed_under else None
            if joined is None:
                offers[op_id] = Offer(operation, again=bool(answered))
                last[row_id] = op_id, closed_under
            else:
                offers[before] = joined
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
    """Write the answers and the rows' new envelopes in one transaction; move cursors that need no echo.

    Only `applied` tells a version this device may build on: after a merge it lacks what others wrote until it pulls.
    A receipt may be older than what was pulled since: a row that has moved on keeps what the centre said of it. But a
    row whose last version is of another operation may have been pulled while this one waited, and kept its fields: it
    goes back to a version the centre does not have, so that the comparison fetches it.
    """
    author = workspace.author
    now = utc_since(-_clock_is_behind(workspace))
    answers: list[tuple[object, ...]] = []
    versions: dict[str, list[tuple[int, str, str | None, str, int]]] = {}
    doubtful: dict[str, list[tuple[int, str, int]]] = {}
    for offer, result in zip(offers, receipt.results, strict=True):
        told = (result.status.value, now, receipt.batch_id, result.code, result.field, result.message)
        answers.append((*told, None, offer.operation.op_id))
        answers += [(*told, offer.operation.op_id, op_id) for op_id in offer.folded]
        operation, version = offer.operation, result.version
        if (known := _known_at_least(offer, result)) is not None:
            doubtful.setdefault(operation.table, []).append((known, operation.row_id, known))
        if version is not None and result.status is OperationStatus.APPLIED:
            told_of_row = (version, operation.edited_at, author, operation.row_id, version)
            versions.setdefault(operation.table, []).append(told_of_row)
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
                f"UPDATE {table} SET version = ?, edited_at = ?, edited_by = ?"  # noqa: S608 - a known table
                " WHERE id = ? AND version < ?",
                versions[table],
            )
        for table in doubtful.keys() & RECORDS.keys():
            connection.exec_driver_sql(
                f"UPDATE {table} SET version = ? WHERE id = ? AND version > ?",  # noqa: S608 - a known table
                doubtful[table],
            )
            connection.exec_driver_sql(
                "UPDATE grid_cursors SET verified = -1 WHERE grid_id IN (SELECT value FROM json_each(?))",
                (msgspec.json.encode(list(receipt.sequences)).decode(),),
            )
        for grid, sequence, own in _own_numbers(offers, receipt):
            connection.exec_driver_sql(
                "UPDATE grid_cursors SET sequence = ? WHERE grid_id = ? AND sequence + ? = ?",
                (sequence, grid, own, sequence),
            )


def _known_at_least(offer: Offer, result: OperationResult) -> int | None:
    """The version whose fields are certainly here, of a row that was perhaps pulled while the operation waited."""
    if result.version is None or (result.status is OperationStatus.APPLIED and not offer.again):
        return None
    return result.version - 1


def offer_again(session: UnitOfWork) -> None:
    """Queue everything once more, because the centre was restored from a backup; known operations are duplicates.

    Everything is pulled anew, too, and compared anew; and whether it still holds the photos it had is asked anew. Call
    it in the transaction that notes the new generation.
    """
    connection = session.connection()
    connection.exec_driver_sql(
        "UPDATE outbox SET status = NULL WHERE status IN ('applied', 'merged', 'duplicate', 'conflict')"
    )
    connection.exec_driver_sql("UPDATE grid_cursors SET sequence = 0, verified = -1")
    connection.exec_driver_sql(
        "INSERT INTO attachment_uploads (sha256, received, noted_at)"
        " SELECT DISTINCT sha256, 0, ? FROM confirmed_attachments WHERE true ON CONFLICT DO NOTHING",
        (utc_now(),),
    )
    connection.exec_driver_sql("DELETE FROM confirmed_attachments")


def held_operations(workspace: Workspace) -> dict[str, str]:
    """Operations the centre keeps until what they hang on has come, with their grids."""
    with workspace.read() as session:
        rows = session.connection().exec_driver_sql("SELECT op_id, grid_id FROM outbox WHERE status = 'held'")
        return {str(op_id): str(grid) for op_id, grid in rows}


def forget_answered(workspace: Workspace, days: int = KEPT_DAYS) -> int:
    """Remove operations the centre acknowledged so many days ago; return how many.

    What was refused stays until it is settled, and then as long. Days are counted by the centre's clock: one that jumps
    here must not make the outbox forget what a restored centre would ask for.
    """
    limit = utc_since(days - _clock_is_behind(workspace))
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


def _clock_is_behind(workspace: Workspace) -> float:
    """By how many days this device's clock was behind the centre's at the last hello."""
    return workspace.enrolment.clock_offset_ms / 86_400_000 if workspace.enrolment else 0.0


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
    return None if too_long(joined) else Offer(joined, (*older.folded, before.op_id), older.again)


def _cut(aggregates: Iterable[dict[str, list[Waiting]]], limits: Limits) -> list[list[Waiting]]:
    batches: list[list[Waiting]] = [[]]
    space = limits.batch_bytes
    for aggregate in aggregates:
        whole = [operation for row in aggregate.values() for operation in row]
        size = sum(operation.size for operation in whole)
        if size <= space and len(batches[-1]) + len(whole) <= limits.batch_operations:
            pieces = [whole]
        else:
            fits = size <= limits.batch_bytes and len(whole) <= limits.batch_operations
            batches.append([])
            space = limits.batch_bytes
            pieces = [whole] if fits else list(aggregate.values())  # one that is over the limit by itself is split
        for piece in pieces:
            weight = sum(operation.size for operation in piece)
            if batches[-1] and (weight > space or len(batches[-1]) + len(piece) > limits.batch_operations):
                batches.append([])
                space = limits.batch_bytes
            batches[-1] += piece
            space -= weight
    return [sorted(batch, key=lambda waiting: waiting.position) for batch in batches if batch]


def _own_numbers(offers: Sequence[Offer], receipt: Receipt) -> list[tuple[str, int, int]]:
    """(grid, its clock, how many numbers this batch took) where every operation was new and simply applied.

    Where the clock moved by just that many since the cursor, the only changes are our own: no need to pull them back.
    """
    by_grid: dict[str, list[bool]] = {}
    for offer, result in zip(offers, receipt.results, strict=True):
        first = result.status is OperationStatus.APPLIED and not offer.again
        plain = first and offer.operation.kind is OperationKind.PUT
        by_grid.setdefault(offer.operation.grid_id, []).append(plain)
    return [
        (grid, receipt.sequences[grid], len(plain))
        for grid, plain in by_grid.items()
        if all(plain) and grid in receipt.sequences
    ]
