"""Set-based reading and writing that is fast on both databases: one statement for any number of rows.

Values pass as the columns hold them; no ORM and no type conversion. On PostgreSQL new rows go in by COPY and rows that
may exist by one JSON parameter (multi-row VALUES and list parameters are 6 to 7 times slower than COPY, this about
twice); SQLite takes them row by row inside one prepared statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import msgspec
import psycopg
from sqlalchemy import Connection, Table
from sqlalchemy.exc import DataError, IntegrityError

Values = Sequence[Any]
_encode = msgspec.json.Encoder().encode


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Insert rows given in the order of `columns`; none of them may be there yet.

    On PostgreSQL they are sent as they come, and it works on the first while the last are still being made.

    Raises:
        IntegrityError, DataError: of SQLAlchemy, whatever the way taken.
    """
    if connection.dialect.name == "sqlite":
        _write(connection, table, columns, list(rows), "")
        return
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        return
    driver: Any = connection.connection.driver_connection
    names = ", ".join(f'"{name}"' for name in columns)
    try:
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
            for row in chain((first,), coming):
                copy.write_row(row)
    except psycopg.IntegrityError as error:
        raise IntegrityError("COPY", None, error) from error
    except psycopg.DataError as error:
        raise DataError("COPY", None, error) from error


def upsert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Values], key: Sequence[str]
) -> None:
    """Insert rows; those whose `key` exists get the new values instead."""
    kept = [f'"{name}" = excluded."{name}"' for name in columns if name not in key]
    keys = ", ".join(f'"{name}"' for name in key)
    _write(connection, table, columns, rows, f" ON CONFLICT ({keys}) DO UPDATE SET {', '.join(kept)}")


def select_in(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    key: str,
    wanted: Sequence[str],
    grids: Iterable[str] | None = None,
    rest: str = "",
) -> list[tuple[Any, ...]]:
    """The rows whose `key` is among `wanted`, as tuples in the order of `columns`.

    Args:
        grids: only rows of these grids; given on every path a laptop's request takes, so that the database can go
            straight to where those grids lie.
        rest: SQL without values.
    """
    if not wanted:
        return []
    names = ", ".join(f'"{name}"' for name in columns)
    lists = [list(wanted)] if grids is None else [list(wanted), sorted(grids)]
    values: tuple[Any, ...]
    if connection.dialect.name == "sqlite":
        among, values = "IN (SELECT value FROM json_each(?))", tuple(_encode(each).decode() for each in lists)
    else:
        among, values = "= ANY(%s)", tuple(lists)
    within = f" AND grid_id {among}" if grids is not None else ""
    statement = f'SELECT {names} FROM "{table.name}" WHERE "{key}" {among}{within}{rest}'  # noqa: S608 - our own names
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
