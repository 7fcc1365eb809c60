"""The floor of everything that is pushed: bare COPY of the same rows into the same tables with the same indexes.

The rows are those the product itself makes of the work in a database of its own. They then go, one COPY for each entity
table and one for the change log, in one transaction, into a third database that nothing else writes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg

from benchmarks.private_postgresql import NewDatabase, driver_url
from benchmarks.taking_centre import TakingCentre
from desktop.sync.wire.messages import Operation
from desktop.sync.wire.record_codec import APPLY_ORDER
from server.store import Store
from server.stored_rows import COLUMNS
from server.tables import change_log

LOG = "change_log"
_LOG_COLUMNS = tuple(column.name for column in change_log.columns if column.name != "position")

Rows = dict[str, list[tuple[Any, ...]]]
"""Table name → its rows, in the order of COPY."""


class BareCopy:
    """Two databases: one in which the product makes rows, one into which they are copied. Close it after use."""

    def __init__(self, new_database: NewDatabase, grids: Sequence[str]) -> None:
        self._maker = TakingCentre(new_database(), grids)
        url = new_database()
        Store(url).close()
        self._connection = psycopg.connect(driver_url(url))
        self._source = psycopg.connect(driver_url(self._maker.url), autocommit=True)

    def close(self) -> None:
        """Close every connection."""
        self._connection.close()
        self._source.close()
        self._maker.close()

    def rows_of(self, firms: Sequence[Operation], work: Sequence[Operation]) -> Rows:
        """The rows the product makes of this work; those of the firms are copied at once, uncounted."""
        self._maker.push(firms)
        self._maker.push(work)
        self.copy(self._read(firms))
        return self._read(work)

    def copy(self, rows: Rows) -> None:
        """Copy the rows in one transaction."""
        with self._connection.cursor() as cursor:
            for table, values in rows.items():
                names = ", ".join(_columns(table))
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN".encode()) as copy:
                    for row in values:
                        copy.write_row(row)
        self._connection.commit()

    def _read(self, operations: Sequence[Operation]) -> Rows:
        rows: Rows = {}
        for table in APPLY_ORDER:
            ids = [operation.row_id for operation in operations if operation.table == table]
            if ids:
                rows[table] = self._select(table, "id", ids, "id")
        rows[LOG] = self._select(LOG, "op_id", [operation.op_id for operation in operations], "position")
        return rows

    def _select(self, table: str, key: str, ids: list[str], order: str) -> list[tuple[Any, ...]]:
        statement = f"SELECT {', '.join(_columns(table))} FROM {table} WHERE {key} = ANY(%s) ORDER BY {order}"
        return self._source.execute(statement.encode(), (ids,)).fetchall()


def _columns(table: str) -> tuple[str, ...]:
    return _LOG_COLUMNS if table == LOG else COLUMNS[table]
