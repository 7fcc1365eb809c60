"""Set-based reading and writing that is fast on both databases: one statement for any number of rows.

Values pass as the columns hold them; no ORM and no type conversion. On PostgreSQL all rows travel as one JSON
parameter (multi-row VALUES and list parameters are 6 to 7 times slower than COPY, this about twice); SQLite takes them
row by row inside one prepared statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table

Values = Sequence[Any]
_encode = msgspec.json.Encoder().encode


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Insert rows given in the order of `columns`."""
    _write(connection, table, columns, rows, "")


def upsert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Values], key: Sequence[str]
) -> None:
    """Insert rows; those whose `key` exists get the new values instead."""
    kept = [f'"{name}" = excluded."{name}"' for name in columns if name not in key]
    keys = ", ".join(f'"{name}"' for name in key)
    _write(connection, table, columns, rows, f" ON CONFLICT ({keys}) DO UPDATE SET {', '.join(kept)}")


def select_in(
    connection: Connection, table: Table, columns: Sequence[str], key: str, wanted: Sequence[str], rest: str = ""
) -> list[tuple[Any, ...]]:
    """The rows whose `key` is among `wanted`, as tuples in the order of `columns`. `rest` is SQL without values."""
    if not wanted:
        return []
    names = ", ".join(f'"{name}"' for name in columns)
    values: tuple[Any, ...]
    if connection.dialect.name == "sqlite":
        among, values = "IN (SELECT value FROM json_each(?))", (_encode(list(wanted)).decode(),)
    else:
        among, values = "= ANY(%s)", (list(wanted),)
    statement = f'SELECT {names} FROM "{table.name}" WHERE "{key}" {among}{rest}'  # noqa: S608 - names are ours
    result = connection.exec_driver_sql(statement, values)
    return [tuple(row) for row in result]


def _write(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Values], ending: str) -> None:
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    into = f'INSERT INTO "{table.name}" ({names})'
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" for _ in columns)
        connection.exec_driver_sql(f"{into} VALUES ({marks}){ending}", [tuple(row) for row in rows])
        return
    typed = ", ".join(f'"{name}" {table.c[name].type.compile(connection.dialect)}' for name in columns)
    connection.exec_driver_sql(
        f"{into} SELECT {names} FROM jsonb_to_recordset(%s::jsonb) AS rows({typed}){ending}",  # noqa: S608
        (_encode([dict(zip(columns, row, strict=True)) for row in rows]).decode(),),
    )
