"""Making a backup while the server runs: the database as of one moment, then every photo and paper it can name.

Attachments are only ever added, so those copied after the database are at least all it knows. The generation is left
out: a copy poured back by whatever means is not served before `restore` or `promoted` has given it a new one.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import URL, Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from desktop.models.identity import utc_now
from desktop.models.problems import EnvironmentProblem
from server.backup_archive import (
    ATTACHMENTS,
    DATABASE,
    FORMAT,
    KEYS,
    ArchiveWriter,
    Manifest,
    is_settled,
    new_archive,
)
from server.database_access import is_out_of_reach, open_patiently
from server.postgresql_programs import run_program
from server.replaced_database import REPLACED


@dataclass(frozen=True, slots=True)
class Folders:
    """What is kept beside the database; None where there is no such folder."""

    attachments: Path | None = None
    keys: Path | None = None


class BackupMade(NamedTuple):
    """The manifest and how many attachments and keys the file holds."""

    manifest: Manifest
    attachments: int
    keys: int


class _Found(NamedTuple):
    """What the database says of itself at the moment of the copy."""

    generation: str
    schema: str
    operations: int


def back_up(url: str | URL, target: Path, folders: Folders, recipients: Sequence[str] = ()) -> BackupMade:
    """Write a backup of the database as it stands; its schema is left as it is, however old.

    The centre's keys are put in only where the file is encrypted.

    Raises:
        EnvironmentProblem: `server_database_unreachable`, `server_database_damaged`, `server_backup_not_written`, and
            what `run_program` raises.
        UserProblem: `server_recipient_refused`.
    """
    with tempfile.TemporaryDirectory(prefix="zhuqi-backup-") as aside, new_archive(target, recipients) as archive:
        copy = Path(aside) / "database"
        kind, found = _copied(url, copy)
        archive.add(DATABASE, copy)
        copy.unlink()
        attachments = _add_folder(archive, ATTACHMENTS, folders.attachments)
        keys = _add_folder(archive, KEYS, folders.keys) if recipients else 0
        manifest = Manifest(
            FORMAT, utc_now(), kind, found.schema, found.generation, found.operations, dict(archive.members)
        )
        archive.finish(manifest)
    return BackupMade(manifest, attachments, keys)


_PG_DUMP = (
    "--format=custom",
    "--compress=0",
    "--no-owner",
    "--no-privileges",
    "--exclude-table-data=server_identity",
    f"--exclude-schema={REPLACED}*",
)


def _copied(url: str | URL, copy: Path) -> tuple[str, _Found]:
    engine = open_patiently(url)
    try:
        kind = engine.dialect.name
        return kind, _copy_of_sqlite(url, copy) if kind == "sqlite" else _dump_of_postgresql(engine, copy)
    except DBAPIError as error:
        if is_out_of_reach(error):
            raise EnvironmentProblem("server_database_unreachable") from error
        raise
    finally:
        engine.dispose()


def _copy_of_sqlite(url: str | URL, copy: Path) -> _Found:
    source = make_url(url).database or ""
    if not Path(source).is_file():
        raise EnvironmentProblem("server_database_unreachable")
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as made:
        try:
            live.backup(made)
            sound = made.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        except sqlite3.DatabaseError as error:
            raise EnvironmentProblem("server_database_damaged") from error
        if not sound:
            raise EnvironmentProblem("server_database_damaged")
        made.execute("PRAGMA journal_mode=DELETE")
        found = _found_by(lambda question: made.execute(question).fetchall())
        made.execute("DELETE FROM server_identity")
        made.commit()
    return found


def _dump_of_postgresql(engine: Engine, copy: Path) -> _Found:
    """A dump of the very snapshot whose figures we tell."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        found = _found_by(lambda question: connection.execute(text(question)).all())
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        run_program("pg_dump", engine, [*_PG_DUMP, f"--snapshot={snapshot}", "--file", copy])
    return found


def _found_by(ask: Callable[[str], Sequence[Sequence[Any]]]) -> _Found:
    generations = ask("SELECT generation FROM server_identity")
    if not generations:
        raise EnvironmentProblem("server_generation_missing")
    steps = [step for (step,) in ask("SELECT version_num FROM alembic_version ORDER BY version_num")]
    ((operations,),) = ask("SELECT count(*) FROM change_log")
    return _Found(generations[0][0], "+".join(steps), operations)


def _add_folder(archive: ArchiveWriter, name: str, folder: Path | None) -> int:
    """Every settled file below a folder: of attachments those named by their hash, of keys all but locks."""
    added = 0
    for path in sorted(folder.rglob("*")) if folder is not None and folder.is_dir() else ():
        inside = f"{name}/{path.relative_to(folder or path).as_posix()}"
        if path.is_file() and is_settled(inside):
            archive.add(inside, path)
            added += 1
    return added
