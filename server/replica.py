"""A streaming replica that may be read: a little behind, never inconsistent, and never needed.

Every read is one snapshot. What it cannot answer (unreachable, a query cancelled by replay, not the same generation,
not far enough) is answered by the primary.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError

from server.database_access import is_out_of_reach, open_patiently

REST_S = 5.0
"""How long an unreachable replica is left alone."""

T = TypeVar("T")
_log = logging.getLogger("zhuqi.server")


class Replica:
    """The replica at one address."""

    def __init__(self, url: str | URL) -> None:
        self.engine = open_patiently(url).execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._resting_until = 0.0

    def answer(self, work: Callable[[Connection], T | None]) -> T | None:
        """What the work finds in one snapshot; None when it cannot be had here."""
        if time.monotonic() < self._resting_until:
            return None
        try:
            with self.engine.connect() as connection:
                return work(connection)
        except DBAPIError as error:
            if not is_out_of_reach(error):
                raise
            self._resting_until = time.monotonic() + REST_S
            _log.warning("the replica cannot be read (%s); the primary answers", type(error.orig).__name__)
            return None

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
