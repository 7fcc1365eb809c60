"""A real server in a process of its own, on a real database, and officers made in that database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Table, func, select, update

from desktop.models.identity import new_id
from desktop.models.vocabulary import Role
from server.accounts import grant
from server.enrolment import new_code
from server.officers import create_officer
from server.passwords import Passwords
from server.store import Store
from server.stored_rows import TABLES
from server.tables import metadata, server_identity

Snapshot = dict[Table, list[tuple[Any, ...]]]
"""Every table with its rows."""

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a long enough phrase"
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


class CentreProcess:
    """A running centre. Its database is looked at from here, beside the server."""

    def __init__(self, store: Store, url: str, process: subprocess.Popen[str] | None = None) -> None:
        self.store = store
        self.url = url
        self._process = process

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End the server without a warning, and wait until it has ended."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def officer(self, name: str = "周砚秋", role: Role = Role.GRID_INSTRUCTOR, grids: tuple[str, ...] = ("G1",)) -> str:
        """A new officer's id."""
        return create_officer(self.store, CHEAP, name, role, list(grids), PASSWORD)

    def code(self, officer: str) -> str:
        """A code that enrols one device."""
        with self.store.writing() as connection:
            return new_code(connection, officer)[0]

    def grant(self, officer: str, grid: str) -> None:
        """Let an officer work in one more grid."""
        with self.store.writing() as connection:
            grant(connection, officer, grid)

    def count(self, table: str) -> int:
        """Rows of a table."""
        found: Table = TABLES[table] if table in TABLES else metadata.tables[table]
        with self.store.reading() as connection:
            return connection.execute(select(func.count()).select_from(found)).scalar_one()

    def rows(self, table: str) -> dict[str, dict[str, Any]]:
        """Every row of a record table as stored, by id."""
        with self.store.reading() as connection:
            return {row["id"]: dict(row) for row in connection.execute(select(TABLES[table])).mappings()}

    def snapshot(self) -> Snapshot:
        """Everything in the database, as a backup holds it."""
        with self.store.reading() as connection:
            return {table: [tuple(row) for row in connection.execute(select(table))] for table in _every_table()}

    def restore(self, snapshot: Snapshot) -> None:
        """Put a backup in place of what is there; the database is another one from now on."""
        tables = _every_table()
        with self.store.writing() as connection:
            for table in reversed(tables):
                connection.execute(table.delete())
            for table in tables:
                names = table.columns.keys()
                if rows := [dict(zip(names, row, strict=True)) for row in snapshot[table]]:
                    connection.execute(table.insert(), rows)
            connection.execute(update(server_identity).values(generation=new_id()))


def _every_table() -> list[Table]:
    """All tables, parents before children."""
    return [*metadata.sorted_tables, *TABLES.values()]


@contextmanager
def running_centre(
    database_url: str, *options: str, attachments: Path | None = None, **environment: str
) -> Iterator[CentreProcess]:
    """Run the server, with further options of `run`, until the block ends.

    Its photos go to a folder that ends with it, unless one is given.
    """
    with (
        TemporaryDirectory() as folder,
        _running(database_url, *options, "--attachments", str(attachments or folder), **environment) as running,
    ):
        yield running


@contextmanager
def _running(database_url: str, *options: str, **environment: str) -> Iterator[CentreProcess]:
    store = Store(database_url)
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "run", "--database", database_url, "--port", "0", *options],
        cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line.startswith("listening on http"), line
        yield CentreProcess(store, line.removeprefix("listening on ").strip(), process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        store.close()
