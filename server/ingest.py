"""Taking a batch in: one transaction in which every operation is decided, written, logged and answered.

Order of locks, the same for everybody: the device's row, then the clocks of the batch's grids by id. Numbers are
taken under those locks and the locks last until the commit, so a reader that follows a grid's numbers never steps over
one that becomes visible late.

A batch is first taken in hopefully: its operations and whole rows are taken for new, and only the unique indexes look
whether they are. Where one says no, the transaction is undone and the batch is taken in by another one, asking first;
where the database still refuses, the batch is halved until the one operation it refuses stands alone.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import msgspec
import zstandard
from sqlalchemy import Connection, select
from sqlalchemy.exc import DataError, IntegrityError

from desktop.models.identity import new_id
from desktop.models.problems import UserProblem, words
from desktop.models.vocabulary import OperationStatus
from desktop.sync.wire.digest import results_digest
from desktop.sync.wire.messages import Operation, OperationResult, Receipt, counts_of
from server import audit, change_records
from server.accounts import actor_of
from server.bulk_rows import insert_rows
from server.change_records import Batch, KnownOperation, rows_with_held_operations
from server.decisions import Decision, Ruling, refusal_of, refused_by_database
from server.generation import generation_of
from server.grid_clocks import GridClock, ensure_clock, keep_clocks, lock_clocks
from server.metrics import count_batch, count_batch_told_again
from server.received_lines import Line, read_lines, same_operation
from server.rights import Actor
from server.store import Store
from server.stored_rows import load, write
from server.tables import batches, devices

HELD_AT_ONCE = 2_000
RECEIPT_BYTES = 16 * 1024 * 1024
"""Most bytes a kept receipt unpacks to."""

Note = Callable[[Batch, Iterable[Decision]], None]


def take_in(store: Store, actor: Actor, batch_id: str, lines: list[bytes], *, belated: bool = False) -> bytes:
    """The receipt of a batch, as JSON. A batch answered for good before is answered with the receipt it got then.

    Args:
        belated: it was written for this database as it was before a restore (`Ruling.belated`).

    Raises:
        UserProblem: `sync_line_without_id`, `sync_batch_id_reused`.
    """
    body_hash = hashlib.sha256(b"\n".join(lines)).hexdigest()
    try:
        return _take_in(store, actor, batch_id, body_hash, lines, hopeful=True, belated=belated)
    except (IntegrityError, DataError):
        return _take_in(store, actor, batch_id, body_hash, lines, hopeful=False, belated=belated)


def _take_in(
    store: Store, actor: Actor, batch_id: str, body_hash: str, lines: list[bytes], *, hopeful: bool, belated: bool
) -> bytes:
    begun = time.perf_counter()
    with store.writing() as connection:
        connection.execute(select(devices.c.id).where(devices.c.id == actor.device_id).with_for_update())
        told_before = _known_receipt(connection, actor, batch_id, body_hash)
        if told_before is not None:
            count_batch_told_again()
            return told_before
        received = read_lines(lines, actor)
        grids = {line.operation.grid_id for line in received if line.operation} & actor.grids
        batch = Batch(
            connection,
            batch_id,
            actor,
            lock_clocks(connection, grids),
            {line.op_id: line.body for line in reversed(received)},
            belated=belated,
        )
        op_ids = () if hopeful else [line.op_id for line in received]
        known = change_records.known_operations(connection, op_ids, batch.clocks)
        results = _answer_lines(batch, received, known, hopeful=hopeful)
        _note_forbidden(batch, results)
        keep_clocks(connection, batch.clocks)
        sequences = {grid: clock.sequence for grid, clock in batch.clocks.items()}
        counts, digest = counts_of(results), results_digest(results)
        encoded = msgspec.json.encode(Receipt(batch_id, generation_of(connection), results, counts, sequences, digest))
        if _answered_for_good(counts):
            insert_rows(
                connection,
                batches,
                ["device_id", "batch_id", "body_hash", "received_at", "receipt"],
                [(actor.device_id, batch_id, body_hash, batch.received_at, zstandard.compress(encoded))],
            )
    count_batch(counts, time.perf_counter() - begun)
    return encoded


def write_own_rows(connection: Connection, operations: Sequence[Operation], batch_id: str, author: Actor) -> None:
    """Write rows the server itself makes (grids, members, roles): versions, numbers and log as for any other."""
    grids = {operation.grid_id for operation in operations}
    for grid in sorted(grids):
        ensure_clock(connection, grid)
    batch = Batch(connection, batch_id, author, lock_clocks(connection, grids), trusted=True)
    _apply(batch, list(operations), change_records.log)
    keep_clocks(connection, batch.clocks)


def apply_late(connection: Connection, grid_id: str, sender: Actor, operations: list[Operation]) -> None:
    """Apply operations that were kept in the log for an administrator's decision, in the name of who sent them."""
    ensure_clock(connection, grid_id)
    actor = replace(sender, grids=frozenset({grid_id}))  # as it was when they were made
    batch = Batch(connection, new_id(), actor, lock_clocks(connection, {grid_id}))
    _apply(batch, operations, change_records.complete_late)
    _apply_held(batch)
    keep_clocks(connection, batch.clocks)


def _known_receipt(connection: Connection, actor: Actor, batch_id: str, body_hash: str) -> bytes | None:
    row = connection.execute(
        select(batches.c.body_hash, batches.c.receipt).where(
            batches.c.device_id == actor.device_id, batches.c.batch_id == batch_id
        )
    ).one_or_none()
    if row is not None and row.body_hash != body_hash:
        raise UserProblem("sync_batch_id_reused")
    if row is None:
        return None
    return zstandard.ZstdDecompressor().decompress(row.receipt, max_output_size=RECEIPT_BYTES)


def _answer_lines(
    batch: Batch, received: list[Line], known: dict[str, KnownOperation], *, hopeful: bool
) -> list[OperationResult]:
    """One result per line, in the order of the lines."""
    bodies = {op_id: operation.body for op_id, operation in known.items()}
    direct: dict[int, OperationResult] = {}
    fresh: dict[str, tuple[int, Operation]] = {}
    for place, line in enumerate(received):
        if line.operation is None:
            direct[place] = line.answer or _malformed(line.op_id)
        elif not same_operation(bodies.setdefault(line.op_id, line.body), line.body):
            direct[place] = _reused(line.op_id)
        elif line.op_id not in fresh and (line.op_id not in known or _waits(batch, known[line.op_id], line.operation)):
            fresh[line.op_id] = (place, line.operation)
    batch.asked_again = fresh.keys() & known.keys()
    change_records.keep_refused(batch, [(received[place], answer) for place, answer in direct.items()])
    asked = [operation for _, operation in fresh.values()]
    results = {d.operation.op_id: d.result for d in _decide(batch, asked, hopeful=hopeful)}
    held_now = [op_id for op_id, result in results.items() if _is_held(result)]
    if batch.something_held or not hopeful:
        _apply_held(batch)
    known |= _known_now(batch, [op_id for op_id, operation in known.items() if _is_held(operation.result)])
    results |= {op_id: operation.result for op_id, operation in _known_now(batch, held_now).items()}

    def answer(place: int, op_id: str) -> OperationResult:
        if place in direct:
            return direct[place]
        if op_id in fresh and fresh[op_id][0] == place:
            return results[op_id]
        return _told_again(results[op_id] if op_id in fresh else known[op_id].result)

    return [answer(place, line.op_id) for place, line in enumerate(received)]


def _decide(batch: Batch, operations: list[Operation], *, hopeful: bool) -> list[Decision]:
    """Decide and write new operations; what can be refused without a row never reaches the tables."""
    refused = [refusal for op in operations if (refusal := refusal_of(op, batch.actor))]
    change_records.log(batch, refused)
    outright = {decision.operation.op_id for decision in refused}
    possible = [op for op in operations if op.op_id not in outright]
    if hopeful:
        return refused + _rule(batch, possible, change_records.log, hopeful=True)
    return refused + _apply(batch, possible, change_records.log_or_complete)


def _waits(batch: Batch, known: KnownOperation, operation: Operation) -> bool:
    """Whether a held operation is to be decided anew, in the place its device now gives it.

    It may have come on a stick ahead of what it hangs on, to a centre restored from a backup; there is no other order
    of a device's edits than the one it tells.
    """
    own = known.device_id == batch.actor.device_id
    return own and _is_held(known.result) and refusal_of(operation, batch.actor) is None


def _rule(batch: Batch, operations: list[Operation], note: Note, *, hopeful: bool) -> list[Decision]:
    """Rule on operations and write what they change, or raise what the database refuses."""
    stored = load(batch.connection, operations, batch.clocks, hopeful=hopeful)
    held = (
        set()
        if note is change_records.complete_held
        else rows_with_held_operations(batch.connection, batch.clocks, batch.asked_again)
    )
    ruling = Ruling(batch.actor, stored, batch.clocks, held, batch.trusted, batch.belated)
    decisions: list[Decision] = []
    note(batch, _kept(map(ruling.decide, operations), decisions))  # the database takes the first in meanwhile
    note(batch, ruling.conflicts)
    write(batch.connection, stored)
    batch.something_held |= bool(ruling.held_rows)
    return decisions


def _apply(batch: Batch, operations: list[Operation], note: Note) -> list[Decision]:
    """The same; where the database refuses, halve until what it refuses stands alone."""
    if not operations:
        return []
    before = _copied(batch)
    try:
        with batch.connection.begin_nested():
            return _rule(batch, operations, note, hopeful=False)
    except (IntegrityError, DataError):
        batch.clocks = before
    if len(operations) == 1:
        decisions = [refused_by_database(operations[0])]
        note(batch, decisions)
        return decisions
    middle = len(operations) // 2
    return _apply(batch, operations[:middle], note) + _apply(batch, operations[middle:], note)


def _apply_held(batch: Batch) -> None:
    """Try what was waiting for a parent in these grids again, for as long as one of them gets through."""
    progress = True
    while progress:
        progress = False
        for sender, operations in change_records.held_operations(batch.connection, set(batch.clocks), HELD_AT_ONCE):
            actor = actor_of(batch.connection, sender.account_id, sender.device_id)
            actor = replace(actor, grids=actor.grids | set(batch.clocks))  # it was in scope when it was received
            theirs = replace(batch, actor=actor, belated=False)
            decisions = _apply(theirs, operations, change_records.complete_held)
            batch.clocks = theirs.clocks
            progress = progress or any(d.result.status is not OperationStatus.HELD for d in decisions)


def _answered_for_good(counts: dict[str, int]) -> bool:
    """Whether nothing is held, of which another answer will have to be told the next time."""
    return OperationStatus.HELD not in counts


def _is_held(result: OperationResult) -> bool:
    return result.status is OperationStatus.HELD


def _known_now(batch: Batch, op_ids: list[str]) -> dict[str, KnownOperation]:
    """What has become of operations that were held before what waited was tried again."""
    return change_records.known_operations(batch.connection, op_ids, batch.clocks) if op_ids else {}


def _kept(decisions: Iterable[Decision], into: list[Decision]) -> Iterator[Decision]:
    """The same decisions, kept as they pass."""
    for decision in decisions:
        into.append(decision)
        yield decision


def _copied(batch: Batch) -> dict[str, GridClock]:
    return {grid: clock.copy() for grid, clock in batch.clocks.items()}


def _note_forbidden(batch: Batch, results: list[OperationResult]) -> None:
    """One audit event for a batch that tried what its sender may not."""
    number = sum(result.status is OperationStatus.FORBIDDEN for result in results)
    if number:
        sender = batch.actor
        audit.note(
            batch.connection, "forbidden", "batch", batch.batch_id, by=sender.account_id, device=sender.device_id,
            detail=f"{number}", result=audit.REFUSED,
        )  # fmt: skip


def _told_again(result: OperationResult) -> OperationResult:
    """An operation that is stored is now a duplicate; any other answer stays what it was."""
    if result.status in (OperationStatus.APPLIED, OperationStatus.MERGED):
        return OperationResult(result.op_id, OperationStatus.DUPLICATE, result.version)
    return result


def _reused(op_id: str) -> OperationResult:
    code = "operation_id_reused"
    return OperationResult(op_id, OperationStatus.REJECTED, None, code, "op_id", words(code, {}))


def _malformed(op_id: str) -> OperationResult:
    code = "sync_operation_malformed"
    return OperationResult(op_id, OperationStatus.REJECTED, None, code, None, words(code, {}))
