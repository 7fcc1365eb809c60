"""The rows a batch touches: read in one statement per table, changed in memory, written back the same way.

Rows are plain dictionaries of column values as stored. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

import msgspec
from sqlalchemy import Connection, Table

from desktop.models.records.registry import RECORDS
from desktop.models.vocabulary import OperationKind
from desktop.sync.wire.batch_body import operation_of
from desktop.sync.wire.messages import Operation
from desktop.sync.wire.record_codec import APPLY_ORDER, missing_field, parents_of, to_stored
from server.bulk_rows import insert_rows, select_in, upsert_rows
from server.tables import change_log

Key = tuple[str, str]
"""(table name, row id)"""

Row = dict[str, Any]

TABLES: dict[str, Table] = {name: cast(Table, kind.__table__) for name, kind in RECORDS.items()}
COLUMNS: dict[str, tuple[str, ...]] = {name: tuple(table.columns.keys()) for name, table in TABLES.items()}


_BLANK: dict[str, Row] = {name: dict.fromkeys(columns) for name, columns in COLUMNS.items()}


class Edit(NamedTuple):
    """One earlier edit of a row: the version it made, by whom and when, and the stored values it wrote."""

    version: int
    device_id: str
    account_id: str | None
    edited_at: str
    values: Mapping[str, Any]


@dataclass
class StoredRows:
    """Rows as they stand within the batch, the history of those edited from an old base, and what has to be written.

    `homes` are the grids of rows that are only named as parents. `new` rows were not there before this batch;
    `presumed_new` are whole rows that were taken for new without looking.
    """

    rows: dict[Key, Row] = field(default_factory=dict)
    homes: dict[Key, str] = field(default_factory=dict)
    edits: dict[Key, list[Edit]] = field(default_factory=dict)
    new: set[Key] = field(default_factory=set)
    presumed_new: set[Key] = field(default_factory=set)
    changed: set[Key] = field(default_factory=set)

    def grid_of(self, key: Key) -> str | None:
        """The grid a row lies in, nothing when there is no such row."""
        row = self.rows.get(key)
        return row["grid_id"] if row is not None else self.homes.get(key)

    def changed_by_others(self, key: Key, base_version: int, device_id: str) -> dict[str, Edit]:
        """The fields other devices wrote after the base version, each with the last edit that wrote it."""
        later = (e for e in self.edits.get(key, ()) if e.version > base_version and e.device_id != device_id)
        return {name: edit for edit in later for name in edit.values}

    def value_at(self, key: Key, base_version: int, name: str) -> Any:
        """What a field was when the row had this version; nothing where its history does not say."""
        earlier = (e.values[name] for e in self.edits.get(key, ()) if e.version <= base_version and name in e.values)
        return next(reversed(list(earlier)), None)

    def put(self, key: Key, row: Row, edit: Edit) -> None:
        """Take a new state of a row whose version has been raised."""
        (self.new if key not in self.rows or key in self.new else self.changed).add(key)
        self.rows[key] = row
        self.edits.setdefault(key, []).append(edit)


def load(connection: Connection, operations: Iterable[Operation], grids: Iterable[str], *, hopeful: bool) -> StoredRows:
    """The rows these operations write, and where those they name as parents lie.

    Args:
        grids: the grids of the operations, where their rows are looked for first.
        hopeful: take whole rows from base version 0 for new without looking; if one is not, its insert fails.
    """
    operations = list(operations)
    within = sorted(set(grids))
    found = StoredRows(presumed_new=_whole_rows(operations) if hopeful else set())
    known, named = _wanted(operations, found.presumed_new)
    for table, ids in known.items():
        for values in _rows_of(connection, table, COLUMNS[table], ids, within):
            row = dict(zip(COLUMNS[table], values, strict=True))
            found.rows[table, row["id"]] = row
    for table, ids in named.items():
        for row_id, grid in _rows_of(connection, table, ("id", "grid_id"), ids, within):
            found.homes[table, row_id] = grid
    stale = {
        op.row_id
        for op in operations
        if (known_row := found.rows.get((op.table, op.row_id))) and known_row["version"] > op.base_version
    }
    _load_edits(connection, found, stale, within)
    return found


def write(connection: Connection, stored: StoredRows) -> None:
    """Write new and changed rows, parents before children."""
    new, changed = _by_table(stored.rows, stored.new), _by_table(stored.rows, stored.changed)
    for table in APPLY_ORDER:
        insert_rows(connection, TABLES[table], COLUMNS[table], new.get(table, ()))
        upsert_rows(connection, TABLES[table], COLUMNS[table], changed.get(table, ()), ["id"])


def blank_row(table: str) -> Row:
    """A row without values, its columns in the table's order."""
    return _BLANK[table].copy()


def _by_table(rows: Mapping[Key, Row], keys: Iterable[Key]) -> dict[str, list[tuple[Any, ...]]]:
    """The values of these rows by table, in the order of their ids: nobody waits for a row in another order."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for key in sorted(keys):
        found.setdefault(key[0], []).append(tuple(rows[key].values()))
    return found


def _rows_of(
    connection: Connection, table: str, columns: tuple[str, ...], ids: set[str], grids: list[str]
) -> list[tuple[Any, ...]]:
    """Rows by id. Those that are not in the batch's own grids are looked for everywhere: they are to be refused."""
    found = select_in(connection, TABLES[table], columns, "id", sorted(ids), grids)
    elsewhere = ids - {row[0] for row in found}
    return found + select_in(connection, TABLES[table], columns, "id", sorted(elsewhere)) if elsewhere else found


def _whole_rows(operations: list[Operation]) -> set[Key]:
    """The rows that operations of base version 0 make whole, so far as nothing was asked of them before."""
    made: set[Key] = set()
    touched: set[Key] = set()
    for op in operations:
        key = (op.table, op.row_id)
        first = key not in touched and op.base_version == 0 and op.kind is OperationKind.PUT
        if first and missing_field(op.table, op.fields) is None:
            made.add(key)
        touched.add(key)
    return made


def _wanted(operations: list[Operation], made: set[Key]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """(rows to read whole, rows of which only the grid is asked), each as table → ids."""
    known: dict[str, set[str]] = {}
    named: dict[str, set[str]] = {}
    for op in operations:
        if (op.table, op.row_id) not in made:
            known.setdefault(op.table, set()).add(op.row_id)
    for op in operations:
        for _, table, row_id in parents_of(op.table, op.fields):
            if (table, row_id) not in made and row_id not in known.get(table, ()):
                named.setdefault(table, set()).add(row_id)
    return known, named


def _load_edits(connection: Connection, found: StoredRows, row_ids: set[str], grids: list[str]) -> None:
    columns = ["table_name", "row_id", "version", "device_id", "account_id", "body", "taken"]
    rest = " AND (status IN ('applied', 'merged') OR status = 'conflict' AND taken IS NOT NULL) ORDER BY version"
    for table, row_id, version, device, account, body, taken in select_in(
        connection, change_log, columns, "row_id", sorted(row_ids), grids, rest
    ):
        operation = operation_of(body.encode())
        values = to_stored(table, operation.fields)
        if operation.kind is OperationKind.DELETE:
            values["deleted_at"] = operation.edited_at
        if taken is not None:
            names = msgspec.json.decode(taken, type=list[str])
            values = {name: values.get(name) for name in names}
        edit = Edit(version, device, account or None, operation.edited_at, values)
        found.edits.setdefault((table, row_id), []).append(edit)
