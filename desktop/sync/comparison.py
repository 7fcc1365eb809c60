"""The end of a sync: whether both sides hold the same rows, and putting right what differs.

Counts and digests of a grid's tables are compared first; only where they differ are the table's buckets asked for, and
only of a bucket that differs the rows. What the centre has otherwise is taken over (never over a field that waits to be
answered); what it does not have is offered again. Nothing is ever removed on either side.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import msgspec

from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id, utc_now
from desktop.models.progress import Progress
from desktop.models.records.base import JsonText
from desktop.models.records.registry import RECORDS
from desktop.models.vocabulary import OperationKind
from desktop.sync.pull import store_changes
from desktop.sync.wire.digest import bucket, bucket_sums, row_sum
from desktop.sync.wire.endpoint import Endpoint
from desktop.sync.wire.messages import Change, RowSum
from desktop.sync.wire.record_codec import FIELDS

log = logging.getLogger(__name__)

_NONE = RowSum(0, 0)


@dataclass
class Compared:
    """What a comparison did: rows taken over and rows offered again; `agreed` once nothing differs any more."""

    taken: int = 0
    offered: int = 0
    agreed: bool = True


def compare(workspace: Workspace, endpoint: Endpoint, grid_id: str, progress: Progress) -> Compared:
    """Compare one grid and put right what differs. A grid that moved on meanwhile is left for the next sync."""
    compared = Compared()
    answer = endpoint.digest(grid_id)
    sequence, holding = _local_state(workspace, grid_id)
    if answer.sequence != sequence or holding:
        compared.agreed = False
        return compared
    for table in RECORDS:
        progress.step(0, 0, "compare")
        here = _versions(workspace, grid_id, table)
        if row_sum(here.items()) != answer.sums.get(table, _NONE) and (table in answer.sums or here):
            log.warning("a grid differs in %s: comparing its rows", table)
            _put_right(workspace, endpoint, grid_id, table, here, compared)
            compared.agreed = False
    if compared.agreed:
        with workspace.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE grid_cursors SET verified = ? WHERE grid_id = ? AND sequence = ?", (sequence, grid_id, sequence)
            )
    return compared


def needs_comparing(workspace: Workspace, grid_id: str) -> bool:
    """Whether anything came or went since the grid was last found to be the same on both sides."""
    with workspace.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT sequence <> verified FROM grid_cursors WHERE grid_id = ?", (grid_id,)
        )
        return bool(found.scalar())


def _put_right(
    workspace: Workspace, endpoint: Endpoint, grid_id: str, table: str, here: dict[str, int], compared: Compared
) -> None:
    there = endpoint.digest(grid_id, table).sums
    mine = bucket_sums(here.items())
    for number in range(256):
        if mine.get(number, _NONE) == there.get(f"{number:02x}", _NONE):
            continue
        rows = {row.id: row for row in endpoint.rows(grid_id, table, number)}
        newer = [row for row in rows.values() if here.get(row.id, 0) != row.version]
        compared.taken += len(newer)
        missing = [row_id for row_id in here if bucket(row_id) == number and row_id not in rows]
        compared.offered += len(missing)
        _store(workspace, newer, table, missing)


def _store(workspace: Workspace, rows: list[Change], table: str, missing: list[str]) -> None:
    with workspace.write() as session:
        store_changes(session, rows)
        for row_id in missing:
            _offer_anew(session, table, row_id)


def _offer_anew(session: UnitOfWork, table: str, row_id: str) -> None:
    """Queue a row the centre lost as if it were new."""
    kind = RECORDS[table].__table__
    names = [name for name in FIELDS[table] if name in kind.columns]
    structures = {name for name in names if isinstance(kind.columns[name].type, JsonText)}
    connection = session.connection()
    grid, deleted, *values = connection.exec_driver_sql(
        f"SELECT grid_id, deleted_at, {', '.join(names)} FROM {table} WHERE id = ?",  # noqa: S608 - our own names
        (row_id,),
    ).one()
    fields = {
        name: msgspec.Raw(value.encode()) if name in structures else value
        for name, value in zip(names, values, strict=True)
        if value is not None
    }
    operations = [(OperationKind.PUT, msgspec.json.encode(fields, order="sorted").decode())]
    if deleted is not None:
        operations.append((OperationKind.DELETE, "{}"))
    connection.exec_driver_sql(
        "INSERT INTO outbox (op_id, table_name, row_id, grid_id, kind, fields, base_version, edited_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        [(new_id(), table, row_id, grid, how.value, body, utc_now()) for how, body in operations],
    )
    connection.exec_driver_sql(f"UPDATE {table} SET version = 0 WHERE id = ?", (row_id,))  # noqa: S608
    session.changes.add(table, row_id)


def _local_state(workspace: Workspace, grid_id: str) -> tuple[int, bool]:
    """How far the grid was pulled, and whether the centre holds operations of this device back in it."""
    with workspace.read() as session:
        connection = session.connection()
        sequence = connection.exec_driver_sql(
            "SELECT sequence FROM grid_cursors WHERE grid_id = ?", (grid_id,)
        ).scalar()
        held = connection.exec_driver_sql(
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE status = 'held' AND grid_id = ?)", (grid_id,)
        ).scalar()
        return int(sequence or 0), bool(held)


def _versions(workspace: Workspace, grid_id: str, table: str) -> dict[str, int]:
    """Version of every row of a table the centre has seen."""
    with workspace.read() as session:
        rows = session.connection().exec_driver_sql(
            f"SELECT id, version FROM {table} WHERE grid_id = ? AND version > 0",  # noqa: S608 - our own name
            (grid_id,),
        )
        return {str(row_id): int(version) for row_id, version in rows}
