"""The server's database: opened, brought up to date, and the two kinds of transaction every other module uses.

SQLite has one writer at a time: a lock in this process keeps its threads in line (they would otherwise poll for the
file's lock), and other processes wait at `BEGIN IMMEDIATE`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import URL, Connection, select, text
from sqlalchemy.exc import DBAPIError

from desktop.models.database import open_engine, storage_problem, writing
from desktop.models.problems import EnvironmentProblem, UserProblem
from server.migrations import bring_up_to_date
from server.tables import server_identity


class Store:
    """An open database. `generation` names it: another one means it was restored from a backup."""

    def __init__(self, url: str | URL) -> None:
        self.engine = open_engine(url)
        self.embedded = self.engine.dialect.name == "sqlite"
        self._writers = writing(self.engine)
        self._one_writer = threading.Lock() if self.embedded else nullcontext()
        try:
            with _reachable():
                if not self.embedded:
                    self._require_unicode()
                self.schema = bring_up_to_date(self.engine)
                with self.reading() as connection:
                    self.generation: str = connection.execute(select(server_identity.c.generation)).scalar_one()
        except BaseException:
            self.close()
            raise

    def _require_unicode(self) -> None:
        with self.reading() as connection:
            encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise UserProblem("server_database_encoding", encoding=encoding)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that commits when the block ends well and leaves nothing when it does not."""
        with self._one_writer, self._writers.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        told = storage_problem(error.orig)
        if told is not None and told.code == "workspace_damaged":
            raise EnvironmentProblem("server_database_damaged") from error
        if error.connection_invalidated or type(error).__name__ == "OperationalError":
            raise EnvironmentProblem("server_database_unreachable") from error
        raise
