"""A grid taken away from the officer: its rows leave this device, what is not settled stays.

What was entered there and not answered yet is still offered; the centre keeps it, applied or in quarantine. Rows with
operations that were not taken, and the rows these hang on, stay until the officer has seen to them.
"""

from __future__ import annotations

from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.records.registry import RECORDS
from desktop.sync.wire.record_fields import PARENTS

_UNSETTLED = (
    "SELECT row_id FROM outbox WHERE status IS NULL OR status = 'held'"
    " OR (status IN ('rejected', 'forbidden') AND settled_at IS NULL)"
)


def withdraw_foreign_rows(workspace: Workspace) -> list[str]:
    """Remove the rows of every grid that is not the officer's; return the codes of the grids that are gone."""
    with workspace.write() as session:
        connection = session.connection()
        foreign = connection.exec_driver_sql(
            "SELECT id, code FROM grids WHERE id NOT IN (SELECT grid_id FROM grid_cursors) AND id <> ? AND version > 0",
            (workspace.device.local_grid_id,),
        ).all()
        return [code for grid, code in foreign if _withdraw(session, grid)]


def _withdraw(session: UnitOfWork, grid: str) -> bool:
    """Remove what may go, children before parents; whether all of the grid is gone."""
    connection = session.connection()
    left = 0
    for table in reversed(RECORDS):
        if table == "grids" and left:
            break  # by its own row a grid is found the next time
        children = [
            f"SELECT {column} FROM {child} WHERE {column} IS NOT NULL"  # noqa: S608 - our own names
            for child, parents in PARENTS.items()
            for column, parent in parents.items()
            if parent == table
        ]
        owners = [f"SELECT owner_id FROM attachments WHERE owner_table = '{table}'"]  # noqa: S608 - our own name
        kept = " UNION ".join([_UNSETTLED, *children, *([] if table in ("attachments", "conflicts") else owners)])
        gone = connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE grid_id = ? AND id NOT IN ({kept}) RETURNING id",  # noqa: S608 - our own names
            (grid,),
        ).scalars()
        for row_id in gone:
            session.changes.add(table, row_id)
        if table != "grids":
            counted = f"SELECT count(*) FROM {table} WHERE grid_id = ?"  # noqa: S608 - our own name
            left += int(connection.exec_driver_sql(counted, (grid,)).scalar_one())
    connection.exec_driver_sql("DELETE FROM search_keys WHERE enterprise_id NOT IN (SELECT id FROM enterprises)")
    return left == 0
