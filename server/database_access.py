"""Reaching a database that may die: how long to wait for it, and which errors mean that it is not to be had now."""

from __future__ import annotations

import sqlite3

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import DBAPIError

from desktop.models.database import open_engine

DEADLINES = {
    "connect_timeout": "5",
    "keepalives_idle": "30",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""PostgreSQL: seconds, but milliseconds for the last. A machine that lost its power says nothing; without these a
request would wait for it for a quarter of an hour. What the address says itself comes first."""

_READ_ONLY = "25006"


def open_patiently(url: str | URL) -> Engine:
    """An engine that notices when the machine behind it is gone."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.update_query_dict({**DEADLINES, **address.query})
    return open_engine(address)


def is_out_of_reach(error: DBAPIError) -> bool:
    """Whether the database is down, changing over or busy, so that the same request may succeed in a while.

    On SQLite only a lock or a file that cannot be opened counts: its other operational errors are faults of ours.
    """
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN)
    return type(error).__name__ == "OperationalError" or getattr(error.orig, "sqlstate", None) == _READ_ONLY
