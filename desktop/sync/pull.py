"""Taking over what changed at the centre: page by page, rows and cursor in one transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError

from desktop.models.device.unit_of_work import UnitOfWork, apply_remote
from desktop.models.device.workspace import Workspace
from desktop.models.problems import EnvironmentProblem
from desktop.models.progress import Progress
from desktop.models.records.registry import RECORDS
from desktop.sync.wire import protocol
from desktop.sync.wire.endpoint import Endpoint
from desktop.sync.wire.messages import Change, PageCursor


def pull(workspace: Workspace, endpoint: Endpoint, grids: list[str], page_rows: int, progress: Progress) -> int:
    """Bring every grid of the scope up to date and return how many rows came.

    A field with an unanswered operation of our own keeps its value. Raises EnvironmentProblem `sync_server_newer`
    when the centre sends a kind of record this program does not know.
    """
    came = 0
    for grid in grids:
        more = True
        while more:
            progress.step(came, 0, "pull")
            rows, cursor = endpoint.changes(grid, cursor_of(workspace, grid), page_rows)
            if cursor.grid_id != grid:
                raise EnvironmentProblem("sync_server_refused", status=200)
            _store(workspace, rows, cursor)
            came += len(rows)
            more = cursor.more
    return came


def cursor_of(workspace: Workspace, grid: str) -> int:
    """How far a grid has been pulled; 0: never."""
    with workspace.read() as session:
        found = session.connection().exec_driver_sql("SELECT sequence FROM grid_cursors WHERE grid_id = ?", (grid,))
        sequence: int | None = found.scalar()
        return sequence or 0


def _store(workspace: Workspace, rows: list[Change], cursor: PageCursor) -> None:
    by_table: dict[str, list[dict[str, Any]]] = {}
    for change in rows:
        by_table.setdefault(change.table, []).append(_row(change))
    if unknown := by_table.keys() - RECORDS.keys():
        raise EnvironmentProblem("sync_server_newer", oldest=min(unknown), known=protocol.NEWEST)
    with workspace.write() as session:
        for table in RECORDS:
            if table in by_table:
                _apply(session, table, by_table[table])
        session.connection().exec_driver_sql(
            "INSERT INTO grid_cursors (grid_id, sequence) VALUES (?, ?)"
            " ON CONFLICT (grid_id) DO UPDATE SET sequence = excluded.sequence",
            (cursor.grid_id, cursor.sequence),
        )


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
