"""Opening a database: engine options for SQLite and PostgreSQL. The one place that makes an engine.

Encryption will come in here: `workspace_engine` is the only function that opens a workspace's file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

# WAL with full sync: a commit that returned survives a power cut. Deleted content is overwritten (SEC-07).
# Pages of 16 KiB (of a new file): a roster of 50,000 rows is stored in a tenth less time, an answer in the same.
_SQLITE_PRAGMAS = (
    "PRAGMA page_size=16384",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-65536",
)


def workspace_engine(file: Path) -> Engine:
    """The engine of a workspace's own database file."""
    return open_engine(f"sqlite:///{file}")


def open_engine(url: str) -> Engine:
    """An engine for a SQLite or PostgreSQL URL; parameters never reach an error text (SEC-72)."""
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine for write transactions: SQLite takes its write lock at the start, so it never has to upgrade."""
    return engine.execution_options(zhuqi_writes=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("zhuqi_writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        # Parents and children may be written in any order; the references are checked at commit.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    else:
        connection.exec_driver_sql("BEGIN")
