"""What a restore puts aside instead of destroying it: the database that was there before, whole and out of the way.

A database that is in use is replaced only by somebody who names it: the word is the first eight characters of its
generation, which the refusal tells.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from desktop.models.problems import UserProblem
from server.revocations import Revocations, revocations_of

REPLACED = "zhuqi_replaced_"
"""How the schemas and files begin that hold what was replaced."""

LOCK_WAIT = "10s"
WORD_LENGTH = 8
UNFINISHED = "unfinished"
UNREADABLE = "unreadable"
_TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")


def require_word(engine: Engine, given: str | None) -> Revocations | None:
    """Let the restore go on where nothing would be replaced or the right word was given.

    Returns what is revoked in the database that will be replaced, as far as it can be read.

    Raises:
        UserProblem: `server_restore_would_replace`.
    """
    word, revocations = _state_of(engine)
    if word is not None and word != given:
        raise UserProblem("server_restore_would_replace", word=word)
    return revocations


def put_file_aside(target: Path) -> Path | None:
    """Copy an SQLite database that can be read, move one that cannot; where it went, if there was one."""
    if not target.exists():
        return None
    aside = target.with_name(f"{target.name}.{_name()}")
    try:
        with closing(sqlite3.connect(target)) as live, closing(sqlite3.connect(aside)) as copy:
            live.backup(copy)
    except sqlite3.DatabaseError:
        for part in target.parent.glob(f"{target.name}*"):
            ending = part.name.removeprefix(target.name)
            if ending in ("", "-wal", "-shm"):
                part.rename(aside.with_name(aside.name + ending))
    return aside


@contextmanager
def tables_aside(engine: Engine) -> Iterator[str | None]:
    """Move PostgreSQL's tables into a schema of their own while the block fills the empty place; back if it fails.

    Yields the schema's name, or None where there were no tables.
    """
    with engine.begin() as connection:
        names = list(connection.scalars(_TABLES))
        here = str(connection.scalar(text("SELECT current_schema()")))
        there = _name()
        if names:
            connection.execute(text(f'CREATE SCHEMA "{there}"'))
            _move(connection, names, here, there)
    try:
        yield there if names else None
    except BaseException:
        with engine.begin() as connection:
            for name in connection.scalars(_TABLES).all():
                connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
            if names:
                _move(connection, names, there, here)
                connection.execute(text(f'DROP SCHEMA "{there}"'))
        raise


def _move(connection: Connection, names: list[str], here: str, there: str) -> None:
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'"))
    for name in names:
        connection.execute(text(f'ALTER TABLE "{here}"."{name}" SET SCHEMA "{there}"'))


def _state_of(engine: Engine) -> tuple[str | None, Revocations | None]:
    """The word of the database that is there now, and what is revoked in it."""
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        return None, None
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("server_identity"):
                return None, None
            generation = connection.execute(text("SELECT generation FROM server_identity")).scalar()
            return (generation[:WORD_LENGTH] if generation else UNFINISHED), revocations_of(connection)
    except (DBAPIError, sqlite3.DatabaseError) as error:
        if isinstance(error, DBAPIError) and not isinstance(error.orig, sqlite3.DatabaseError):
            raise
        return UNREADABLE, None


def _name() -> str:
    return f"{REPLACED}{datetime.now(UTC):%Y%m%d_%H%M%S}_{secrets.token_hex(2)}"
