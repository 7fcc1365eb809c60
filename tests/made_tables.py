"""Empty databases without running every migration each time: their statements are taken from one that ran them.

Only a database without any table is filled so, and only up to the newest steps; whoever upgrades an older one runs the
migrations themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, inspect

import server.migrations
from desktop.models import migrations
from server.generation import renew_generation

_MADE = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index', rowid"


@contextmanager
def tables_made_once() -> Iterator[None]:
    """While it lasts, fresh SQLite databases of laptops and servers are filled from the first one of their kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "upgrade", _laptop(migrations.upgrade))
        patch.setattr(server.migrations, "_upgrade", _server(server.migrations._upgrade))
        yield


def _laptop(real: Callable[[Engine, Mapping[str, str]], None]) -> Callable[[Engine, Mapping[str, str]], None]:
    made: list[str] = []

    def upgrade(engine: Engine, steps: Mapping[str, str]) -> None:
        if dict(steps) != migrations.HEADS or _has_tables(engine):
            real(engine, steps)
        elif made:
            with engine.begin() as connection:
                _fill(connection, made)
        else:
            real(engine, steps)
            with engine.connect() as connection:
                made[:] = _statements(connection)

    return upgrade


def _server(real: Callable[[Connection], None]) -> Callable[[Connection], None]:
    made: list[str] = []

    def upgrade(connection: Connection) -> None:
        if connection.dialect.name != "sqlite" or inspect(connection).get_table_names():
            real(connection)
        elif made:
            _fill(connection, made)
            renew_generation(connection)  # the one row a migration makes is no other database's
        else:
            real(connection)
            made[:] = _statements(connection)

    return upgrade


def _has_tables(engine: Engine) -> bool:
    return bool(inspect(engine).get_table_names())


def _statements(connection: Connection) -> list[str]:
    tables = [row[0] for row in connection.exec_driver_sql(_MADE)]
    steps = [row[0] for row in connection.exec_driver_sql("SELECT version_num FROM alembic_version")]
    return tables + [f"INSERT INTO alembic_version VALUES ('{step}')" for step in steps]


def _fill(connection: Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)
