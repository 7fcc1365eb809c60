"""Queueing what a row holds now once more: for a row the centre lost, or an operation it did not take."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.identity import new_id, utc_now
from desktop.models.records.base import ENVELOPE_COLUMNS, JsonText
from desktop.models.records.registry import RECORDS
from desktop.models.vocabulary import OperationKind

_INSERT = (
    "INSERT INTO outbox (op_id, table_name, row_id, grid_id, kind, fields, base_version, edited_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def queue_again(session: UnitOfWork, table: str, row_id: str, names: Collection[str] | None = None) -> None:
    """Add operations that say what the row holds now.

    Args:
        names: only these fields; without them, or where the centre has never seen the row, all of them, as for a new
            row.
    """
    kind = RECORDS[table].__table__
    columns = [column.name for column in kind.columns if column.name not in ENVELOPE_COLUMNS]
    connection = session.connection()
    found = connection.exec_driver_sql(
        f"SELECT grid_id, version, deleted_at, {', '.join(columns)} FROM {table} WHERE id = ?",  # noqa: S608 - our own names
        (row_id,),
    ).one_or_none()
    if found is None:
        return
    grid, version, deleted, *values = found
    base = version if names is not None else 0
    fields = {
        name: msgspec.Raw(value.encode()) if isinstance(kind.columns[name].type, JsonText) and value else value
        for name, value in zip(columns, values, strict=True)
        if (name in names if base and names is not None else value is not None)
    }
    operations = [(OperationKind.PUT, msgspec.json.encode(fields, order="sorted").decode())] if fields else []
    if deleted is not None:
        operations.append((OperationKind.DELETE, "{}"))
    now = utc_now()
    connection.exec_driver_sql(
        _INSERT, [(new_id(), table, row_id, grid, how.value, body, base, now) for how, body in operations]
    ) if operations else None
    connection.exec_driver_sql(
        f"UPDATE {table} SET version = ?, edited_at = ?, edited_by = ?, deleted_at = ? WHERE id = ?",  # noqa: S608 - our own name
        (base, now, session.author, now if deleted else None, row_id),
    )
    session.changes.add(table, row_id)
