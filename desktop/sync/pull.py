"""Taking over what changed at the centre: page by page, rows and cursor in one transaction.

A pull that would remove much at once stops and asks: either somebody deletes a great deal on purpose, or something went
wrong at the centre, and only a person can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy.exc import IntegrityError

from desktop.models.device.unit_of_work import UnitOfWork, apply_remote
from desktop.models.device.workspace import Workspace
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.models.progress import Progress
from desktop.models.records.registry import RECORDS
from desktop.sync.transport import Interrupted
from desktop.sync.wire import protocol
from desktop.sync.wire.endpoint import Endpoint
from desktop.sync.wire.messages import Change, PageCursor

MOST_REMOVED = 50
MOST_REMOVED_SHARE = 0.2
"""A pull that removes more rows of a grid than this, or a larger share of them, asks first; a single row never asks."""


@dataclass
class RemovalGuard:
    """Counts the rows a pull removes from one grid. `accepted`: a person has agreed to all of it."""

    grid_id: str
    rows: int
    accepted: bool
    removed: int = 0

    def let_pass(self, removed: int) -> None:
        """Count a page's removals.

        Raises:
            UserProblem: `sync_many_removed`, before the page is stored.
        """
        self.removed += removed
        many = self.removed > MOST_REMOVED or (self.removed > 1 and self.removed > self.rows * MOST_REMOVED_SHARE)
        if many and not self.accepted:
            raise UserProblem("sync_many_removed", removed=self.removed, rows=self.rows)


def pull(
    workspace: Workspace, endpoint: Endpoint, grids: list[str], page_rows: int, progress: Progress,
    *, accept_removals: bool = False,
) -> int:  # fmt: skip
    """Bring every grid of the scope up to date and return how many rows came.

    A field with an unanswered operation of our own keeps its value.

    Raises:
        EnvironmentProblem: `sync_server_newer` when the centre sends a kind of record this program does not know.
        Interrupted: `sync_server_restored` when the centre was restored from a backup since the hello.
        UserProblem: `sync_many_removed`.
    """
    came = 0
    for grid in grids:
        guard = RemovalGuard(grid, _live_rows(workspace, grid), accept_removals)
        more = True
        while more:
            progress.step(came, 0, "pull")
            rows, cursor = endpoint.changes(grid, cursor_of(workspace, grid), page_rows)
            if cursor.grid_id != grid:
                raise EnvironmentProblem("sync_server_refused", status=200)
            if cursor.generation != generation_of(workspace):  # since the hello: its rows may hang on others not here
                raise Interrupted("sync_server_restored")
            _store(workspace, rows, cursor, guard)
            came += len(rows)
            more = cursor.more
    return came


def cursor_of(workspace: Workspace, grid: str) -> int:
    """How far a grid has been pulled; 0: never."""
    with workspace.read() as session:
        found = session.connection().exec_driver_sql("SELECT sequence FROM grid_cursors WHERE grid_id = ?", (grid,))
        sequence: int | None = found.scalar()
        return sequence or 0


def generation_of(workspace: Workspace) -> str:
    """The generation of the centre that this device's cursors count in."""
    return workspace.enrolment.generation if workspace.enrolment else ""


def store_changes(session: UnitOfWork, rows: list[Change]) -> None:
    """Write rows of the centre, parents before children.

    Raises:
        EnvironmentProblem: `sync_server_newer`.
    """
    by_table: dict[str, list[dict[str, Any]]] = {}
    for change in rows:
        by_table.setdefault(change.table, []).append(_row(change))
    if unknown := by_table.keys() - RECORDS.keys():
        raise EnvironmentProblem("sync_server_newer", oldest=min(unknown), known=protocol.NEWEST)
    for table in RECORDS:
        if table in by_table:
            _apply(session, table, by_table[table])


def _store(workspace: Workspace, rows: list[Change], cursor: PageCursor, guard: RemovalGuard) -> None:
    with workspace.write() as session:
        guard.let_pass(_removed(session, rows))
        store_changes(session, rows)
        session.connection().exec_driver_sql(
            "INSERT INTO grid_cursors (grid_id, sequence) VALUES (?, ?)"
            " ON CONFLICT (grid_id) DO UPDATE SET sequence = excluded.sequence",
            (cursor.grid_id, cursor.sequence),
        )


def _removed(session: UnitOfWork, rows: list[Change]) -> int:
    """How many of these rows are here now and would be gone."""
    gone: dict[str, list[str]] = {}
    for change in rows:
        if change.deleted_at is not None and change.table in RECORDS:
            gone.setdefault(change.table, []).append(change.id)
    return sum(
        int(
            session.connection()
            .exec_driver_sql(
                f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL"  # noqa: S608 - a known table
                " AND id IN (SELECT value FROM json_each(?))",
                (msgspec.json.encode(ids).decode(),),
            )
            .scalar_one()
        )
        for table, ids in gone.items()
    )


def _live_rows(workspace: Workspace, grid: str) -> int:
    """Rows of a grid that are not deleted, on this device."""
    counts = " UNION ALL ".join(
        f"SELECT count(*) AS n FROM {table} WHERE grid_id = :grid AND deleted_at IS NULL"  # noqa: S608 - our own names
        for table in RECORDS
    )
    with workspace.read() as session:
        found = session.connection().exec_driver_sql(f"SELECT sum(n) FROM ({counts})", {"grid": grid})  # noqa: S608
        return int(found.scalar() or 0)


def _row(change: Change) -> dict[str, Any]:
    return {
        **change.fields,
        "id": change.id,
        "grid_id": change.grid_id,
        "version": change.version,
        "edited_at": change.edited_at,
        "edited_by": change.edited_by,
        "deleted_at": change.deleted_at,
    }


def _apply(session: UnitOfWork, table: str, rows: list[dict[str, Any]]) -> None:
    """Write rows; one that collides with a row of ours the centre refused must not keep the others away."""
    connection = session.connection()
    try:
        with connection.begin_nested():
            apply_remote(session, RECORDS[table], rows)
        return
    except IntegrityError:
        if len(rows) == 1:
            return
    middle = len(rows) // 2
    _apply(session, table, rows[:middle])
    _apply(session, table, rows[middle:])
