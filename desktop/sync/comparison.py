"""The end of a sync: whether both sides hold the same rows, and putting right what differs.

Counts and digests of a grid's tables are compared first; only where they differ are the table's buckets asked for, and
only of a bucket that differs the rows. What the centre has otherwise is taken over (never over a field that waits to be
answered); what it does not have is offered again. Nothing is ever removed on either side.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from desktop.models.device.requeue import queue_again
from desktop.models.device.workspace import Workspace
from desktop.models.progress import Progress
from desktop.models.records.registry import RECORDS
from desktop.sync.pull import cursor_of, generation_of, store_changes
from desktop.sync.wire.digest import bucket, bucket_sums, row_sum
from desktop.sync.wire.endpoint import Endpoint
from desktop.sync.wire.messages import Change, RowSum

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
    sequence = cursor_of(workspace, grid_id)
    if answer.sequence != sequence:
        compared.agreed = False
        return compared
    for table in RECORDS:
        progress.step(0, 0, "compare")
        here = _versions(workspace, grid_id, table)
        if row_sum(here.items()) != answer.sums.get(table, _NONE) and (table in answer.sums or here):
            log.warning("a grid differs in %s: comparing its rows", table)
            compared.agreed = False
            if not _put_right(workspace, endpoint, grid_id, sequence, table, here, compared):
                break
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
    workspace: Workspace, endpoint: Endpoint, grid_id: str, sequence: int, table: str, here: dict[str, int],
    compared: Compared,
) -> bool:  # fmt: skip
    """Whether the centre still stood at this number; what it has got since may hang on rows that are not here yet."""
    there = endpoint.digest(grid_id, table).sums
    mine = bucket_sums(here.items())
    for number in range(256):
        if mine.get(number, _NONE) == there.get(f"{number:02x}", _NONE):
            continue
        page, cursor = endpoint.rows(grid_id, table, number)
        if (cursor.sequence, cursor.generation) != (sequence, generation_of(workspace)):
            return False
        rows = {row.id: row for row in page}
        newer = [row for row in rows.values() if here.get(row.id, 0) != row.version]
        compared.taken += len(newer)
        missing = [row_id for row_id in here if bucket(row_id) == number and row_id not in rows]
        compared.offered += len(missing)
        _store(workspace, newer, table, missing)
    return True


def _store(workspace: Workspace, rows: list[Change], table: str, missing: list[str]) -> None:
    with workspace.write() as session:
        store_changes(session, rows)
        for row_id in missing:
            if table == "conflicts":  # only the centre makes one; the operation that lost makes it anew, if it must
                session.connection().exec_driver_sql(
                    "DELETE FROM conflicts WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM outbox WHERE row_id = ?1)",
                    (row_id,),
                )
                session.changes.add(table, row_id)
            else:
                queue_again(session, table, row_id)


def _versions(workspace: Workspace, grid_id: str, table: str) -> dict[str, int]:
    """Version of every row of a table the centre has seen."""
    with workspace.read() as session:
        rows = session.connection().exec_driver_sql(
            f"SELECT id, version FROM {table} WHERE grid_id = ? AND version > 0",  # noqa: S608 - our own name
            (grid_id,),
        )
        return {str(row_id): int(version) for row_id, version in rows}
