"""The server's database: opened, brought up to date, and the kinds of transaction every other module uses.

SQLite has one writer at a time: a lock in this process keeps its threads in line (they would otherwise poll for the
file's lock), and other processes wait at `BEGIN IMMEDIATE`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TypeVar

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError

from desktop.models.database import storage_problem, writing
from desktop.models.problems import EnvironmentProblem, UserProblem
from server.database_access import is_out_of_reach, open_patiently
from server.generation import generation_of, note_lineage
from server.lineage import LineageGuard, is_standby, lineage_of
from server.metrics import count_replica_read
from server.migrations import bring_up_to_date
from server.replica import Replica

T = TypeVar("T")


def _always(_connection: Connection) -> bool:
    return True


class Store:
    """An open database, brought up to date, and the replica beside it if there is one.

    Args:
        url: SQLAlchemy's address of the database.
        replica_url: a streaming replica of it that may be read.
        unfinished: open a copy that is not yet the database to go on with, to make it that.

    Raises:
        EnvironmentProblem: `server_database_unreachable`, `server_database_damaged`, and what `LineageGuard` refuses.
        UserProblem: `server_database_newer`, `server_database_encoding`.
    """

    def __init__(self, url: str | URL, replica_url: str | URL | None = None, *, unfinished: bool = False) -> None:
        self.engine = open_patiently(url)
        self.embedded = self.engine.dialect.name == "sqlite"
        self.replica = Replica(replica_url) if replica_url else None
        self._writers = writing(self.engine)
        self._readers = self.engine if self.embedded else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._one_writer = threading.Lock() if self.embedded else nullcontext()
        try:
            with _reachable():
                if not self.embedded:
                    self._require_unicode()
                self.schema = bring_up_to_date(self.engine)
                if not unfinished:
                    self._stay_with_this_copy()
        except BaseException:
            self.close()
            raise

    @property
    def generation(self) -> str:
        """What laptops know this database by, at this moment."""
        with self.reading() as connection:
            return generation_of(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads: one snapshot on SQLite, one for each statement on PostgreSQL.

        There a transaction that only reads would promise no more, and costs two round trips.
        """
        with self._readers.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that commits when the block ends well and leaves nothing when it does not."""
        with self._one_writer, self._writers.connect() as connection, connection.begin():
            yield connection

    def read_near(
        self, work: Callable[[Connection], T | None], holds_enough: Callable[[Connection], bool] = _always
    ) -> T | None:
        """What the work finds on the replica, if that follows this very database and holds enough; else here.

        What the replica does not find is looked for here as well: it may only be late.
        """
        if self.replica is not None:
            generation = self.generation

            def follow(copy: Connection) -> T | None:
                return work(copy) if generation_of(copy) == generation and holds_enough(copy) else None

            found = self.replica.answer(follow)
            count_replica_read(by_replica=found is not None)
            if found is not None:
                return found
        with self.reading() as connection:
            return work(connection)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        if self.replica is not None:
            self.replica.close()

    def _require_unicode(self) -> None:
        with self.reading() as connection:
            encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise UserProblem("server_database_encoding", encoding=encoding)

    def _stay_with_this_copy(self) -> None:
        with self.engine.connect() as connection:
            generation_of(connection)
            guarded = is_standby(connection) or lineage_of(connection) is not None
        if guarded:
            with self.writing() as connection:
                note_lineage(connection)
            self.engine.dispose()  # what is open already was not looked at
            LineageGuard(self.engine)
            with self.reading():
                pass


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        told = storage_problem(error.orig)
        if told is not None and told.code == "workspace_damaged":
            raise EnvironmentProblem("server_database_damaged") from error
        if is_out_of_reach(error):
            raise EnvironmentProblem("server_database_unreachable") from error
        raise
