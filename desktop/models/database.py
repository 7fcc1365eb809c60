"""Opening a database: engine options for SQLite and PostgreSQL. The one place that makes an engine.

Encryption will come in here: `workspace_engine` is the only function that opens a workspace's file.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url

from desktop.models.problems import StorageProblem

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


# What the disk did, by SQLite's primary result code: no bug of ours, and a person can do something about it.
_STORAGE = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_IOERR: "disk_failing",
    sqlite3.SQLITE_READONLY: "workspace_unwritable",
    sqlite3.SQLITE_CANTOPEN: "workspace_unwritable",
    sqlite3.SQLITE_PERM: "workspace_unwritable",
    sqlite3.SQLITE_BUSY: "workspace_busy",
    sqlite3.SQLITE_CORRUPT: "workspace_damaged",
    sqlite3.SQLITE_NOTADB: "workspace_damaged",
}


def workspace_engine(file: Path) -> Engine:
    """The engine of a workspace's own database file; what the disk does to it is raised as a `StorageProblem`."""
    engine = open_engine(URL.create("sqlite", database=os.fspath(file)))
    event.listen(engine, "handle_error", _raise_storage_problem)
    return engine


def storage_problem(error: BaseException | None) -> StorageProblem | None:
    """What the disk did, when that is what an error of SQLite tells."""
    code = getattr(error, "sqlite_errorcode", None)
    name = None if code is None else _STORAGE.get(code & 0xFF)
    return StorageProblem(name) if name else None


def open_engine(url: str | URL) -> Engine:
    """An engine for a SQLite or PostgreSQL URL; parameters never reach an error text (SEC-72)."""
    named = make_url(url)
    spoken = {"client_encoding": "utf8"} if named.get_backend_name() == "postgresql" else {}
    engine = create_engine(named, hide_parameters=True, connect_args=spoken)
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


def _raise_storage_problem(context: ExceptionContext) -> None:
    problem = storage_problem(context.original_exception)
    if problem is not None:
        raise problem


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("zhuqi_writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        # Parents and children may be written in any order; the references are checked at commit.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    else:
        connection.exec_driver_sql("BEGIN")
