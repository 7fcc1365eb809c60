"""Handing work done before enrolment over to a grid of the centre.

Until then it lies in the device's local grid and its operations wait. Adoption moves rows and waiting operations in
one transaction; nothing is written anew, so nothing can be lost or doubled.
"""

from __future__ import annotations

from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.records.registry import RECORDS


def adopt(session: UnitOfWork, local_grid_id: str, into_grid_id: str) -> int:
    """Move everything of the local grid into a grid of the centre; return how many operations moved."""
    connection = session.connection()
    for table in RECORDS:
        if table == "grids":
            continue
        moved = connection.exec_driver_sql(
            f"UPDATE {table} SET grid_id = ? WHERE grid_id = ? RETURNING id",  # noqa: S608 - our own table names
            (into_grid_id, local_grid_id),
        )
        for row_id in moved.scalars():
            session.changes.add(table, row_id)
    operations = connection.exec_driver_sql(
        "UPDATE outbox SET grid_id = ? WHERE grid_id = ?", (into_grid_id, local_grid_id)
    ).rowcount
    connection.exec_driver_sql("DELETE FROM grids WHERE id = ?", (local_grid_id,))
    session.changes.add("grids", local_grid_id)
    return operations
