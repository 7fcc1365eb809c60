"""Which copy of the database this is: the cluster and timeline PostgreSQL itself counts, kept with the generation.

A promoted replica, a cluster recovered from a base backup, or a dump poured into another cluster goes on from an
earlier point than the one laptops last spoke to. Served under the old generation, their cursors would step over
numbers that are given out again. So the lineage is written down with the generation, and a connection to a copy with
another one is refused until `zhuqi-server promoted` has given it a generation of its own.
"""

from __future__ import annotations

import logging
import threading
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import InternalError, NotSupportedError, ProgrammingError

from desktop.models.problems import EnvironmentProblem

RETRY_S = 10
_LINEAGE = (
    "CASE WHEN pg_is_in_recovery() THEN NULL ELSE (SELECT system_identifier FROM pg_control_system())::text"
    " || '/' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END"
)
_FOUND = f"SELECT (SELECT generation FROM server_identity), (SELECT lineage FROM server_identity), {_LINEAGE}"  # noqa: S608

_log = logging.getLogger("zhuqi.server")


def lineage_of(connection: Connection) -> str | None:
    """`cluster/timeline` of the PostgreSQL behind a connection; None for a standby, for SQLite, and where a service
    that only looks like PostgreSQL does not tell.
    """
    if connection.dialect.name != "postgresql":
        return None
    try:
        with connection.begin_nested():
            found: str | None = connection.execute(text(f"SELECT {_LINEAGE}")).scalar_one()
            return found
    except (ProgrammingError, NotSupportedError, InternalError) as error:
        _log.warning("the database does not tell which copy it is (%s)", type(error.orig).__name__)
        return None


def is_standby(connection: Connection) -> bool:
    """Whether this is a PostgreSQL that follows another one and can only be read."""
    if connection.dialect.name != "postgresql":
        return False
    return bool(connection.execute(text("SELECT pg_is_in_recovery()")).scalar_one())


class LineageGuard:
    """Looks at every new connection of an engine, and refuses what nobody declared to be the database to go on with.

    The refusals are EnvironmentProblems: `server_generation_missing` (a restored copy that was not finished),
    `server_database_standby`, `server_promotion_unfinished`, and `server_database_outdated` for a former primary that
    came back: this process has already seen its successor.
    """

    def __init__(self, engine: Engine) -> None:
        self._newest: dict[str, str] = {}
        self._lock = threading.Lock()
        event.listen(engine, "connect", self._look)

    def _look(self, connection: Any, _record: object) -> None:
        """A raw connection of the driver: nobody has begun a transaction on it yet."""
        with connection.cursor() as cursor:
            generation, recorded, actual = cursor.execute(_FOUND).fetchone()
        connection.rollback()
        refusal = self._refusal(generation, recorded, actual)
        if refusal is not None:
            connection.close()
            raise EnvironmentProblem(refusal, retry_after=RETRY_S)

    def _refusal(self, generation: str | None, recorded: str | None, actual: str | None) -> str | None:
        if actual is None:
            return "server_database_standby"
        if generation is None:
            return "server_generation_missing"
        if recorded is not None and recorded != actual:
            return "server_promotion_unfinished"
        cluster, _, timeline = actual.partition("/")
        with self._lock:
            newest = self._newest[cluster] = max(timeline, self._newest.get(cluster, ""))
        return "server_database_outdated" if timeline < newest else None
