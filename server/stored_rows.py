"""The rows a batch touches: read in one statement per table, changed in memory, written back the same way.

Rows are plain dictionaries of column values as stored. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

import msgspec
from sqlalchemy import Connection, Table

from desktop.models.records.registry import RECORDS
from desktop.sync.wire.messages import Operation
from desktop.sync.wire.record_codec import APPLY_ORDER, parents_of
from server.bulk_rows import select_in, upsert_rows
from server.tables import change_log, row_positions

Key = tuple[str, str]
"""(table name, row id)"""

Row = dict[str, Any]

TABLES: dict[str, Table] = {name: cast(Table, kind.__table__) for name, kind in RECORDS.items()}
COLUMNS: dict[str, tuple[str, ...]] = {name: tuple(table.columns.keys()) for name, table in TABLES.items()}


class Edit(NamedTuple):
    """One earlier edit of a row: the version it made, the device it came from, the fields it wrote."""

    version: int
    device_id: str
    fields: frozenset[str]


@dataclass
class StoredRows:
    """Rows as they stand within the batch, the history of those edited from an old base, and what has to be written."""

    rows: dict[Key, Row] = field(default_factory=dict)
    edits: dict[Key, list[Edit]] = field(default_factory=dict)
    changed: set[Key] = field(default_factory=set)
    sequences: dict[Key, int] = field(default_factory=dict)

    def changed_by_others(self, key: Key, base_version: int, device_id: str) -> set[str]:
        """Names of the fields other devices wrote after the base version."""
        later = (e for e in self.edits.get(key, ()) if e.version > base_version and e.device_id != device_id)
        return {name for edit in later for name in edit.fields}

    def put(self, key: Key, row: Row, device_id: str, fields: Iterable[str]) -> None:
        """Take a new state of a row whose version has been raised."""
        self.rows[key] = row
        self.changed.add(key)
        self.edits.setdefault(key, []).append(Edit(row["version"], device_id, frozenset(fields)))


def load(connection: Connection, operations: Iterable[Operation]) -> StoredRows:
    """The rows these operations write or name as parents."""
    operations = list(operations)
    wanted: dict[str, set[str]] = {}
    for operation in operations:
        wanted.setdefault(operation.table, set()).add(operation.row_id)
        for _, table, row_id in parents_of(operation.table, operation.fields):
            wanted.setdefault(table, set()).add(row_id)
    found = StoredRows()
    for table, ids in wanted.items():
        for values in select_in(connection, TABLES[table], COLUMNS[table], "id", sorted(ids)):
            row = dict(zip(COLUMNS[table], values, strict=True))
            found.rows[table, row["id"]] = row
    stale = {
        op.row_id
        for op in operations
        if (known := found.rows.get((op.table, op.row_id))) is not None and known["version"] > op.base_version
    }
    _load_edits(connection, found, stale)
    return found


def write(connection: Connection, stored: StoredRows) -> None:
    """Write changed rows, parents before children, and the new places in their grids' histories."""
    for table in APPLY_ORDER:
        ids = sorted(row_id for name, row_id in stored.changed if name == table)
        rows = [tuple(stored.rows[table, row_id][column] for column in COLUMNS[table]) for row_id in ids]
        upsert_rows(connection, TABLES[table], COLUMNS[table], rows, ["id"])
    upsert_rows(
        connection,
        row_positions,
        ["table_name", "row_id", "grid_id", "sequence"],
        [(*key, stored.rows[key]["grid_id"], sequence) for key, sequence in stored.sequences.items()],
        ["table_name", "row_id"],
    )


def _load_edits(connection: Connection, found: StoredRows, row_ids: set[str]) -> None:
    columns = ["table_name", "row_id", "version", "device_id", "taken"]
    rest = " AND taken IS NOT NULL ORDER BY version"
    for table, row_id, version, device_id, taken in select_in(
        connection, change_log, columns, "row_id", sorted(row_ids), rest
    ):
        edit = Edit(version, device_id, frozenset(msgspec.json.decode(taken, type=list[str])))
        found.edits.setdefault((table, row_id), []).append(edit)
