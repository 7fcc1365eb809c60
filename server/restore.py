"""Restoring a backup: checked as a whole first, finished aside, and served only once it has a generation of its own.

What was there before is put aside, not destroyed. What was revoked in it, or is named in a file of revocations, is
revoked in the copy before anybody is served from it; and what the copy says is held and is nowhere is struck out, so
that laptops send it again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, text

from desktop.models.durable_file import write_aside
from desktop.models.problems import UserProblem
from server.attachment_audit import forget_lost
from server.attachment_store import AttachmentStore
from server.backup import Folders
from server.backup_archive import ATTACHMENTS, DATABASE, KEYS, Manifest, unpack
from server.database_access import open_patiently
from server.postgresql_programs import run_program
from server.recovered_copy import TakenOver, take_over
from server.replaced_database import put_file_aside, require_word, tables_aside
from server.revocations import Revocations
from server.store import Store


class Restored(NamedTuple):
    """What was restored, as what, and where that went which was there before.

    `lost` is how often a photo or paper was struck out whose bytes are nowhere.
    """

    manifest: Manifest
    taken_over: TakenOver
    replaced: str | None
    attachments: int
    keys: int
    lost: int


def restore(
    url: str | URL,
    source: Path,
    folders: Folders,
    *,
    place: str = "",
    word: str | None = None,
    identities: Path | None = None,
    revocations: Revocations | None = None,
) -> Restored:
    """Make the backup the database at this address.

    Args:
        place: where photos and papers lie, a folder or a bucket; else in the folder for them, if there is one.
        word: names the database that is to be replaced, where there is one.
        identities: age identities that open an encrypted backup.
        revocations: what is to be revoked beside what is revoked in the database that is replaced.

    Raises:
        UserProblem: `server_restore_would_replace`, `server_backup_other_database`, and what `unpack` refuses;
            nothing was changed then.
        EnvironmentProblem: what `run_program` and the stores raise; the former database is back in its place then.
    """
    engine = open_patiently(url)
    try:
        known = [found for found in (require_word(engine, word), revocations) if found is not None]
        embedded = engine.dialect.name == "sqlite"
        target = Path(engine.url.database or "")
        with _unpacked(source, identities, beside=target.parent if embedded else None) as (folder, manifest):
            if manifest.database != engine.dialect.name:
                raise UserProblem("server_backup_other_database", kind=manifest.database)
            attachments = _lay_in(folder / ATTACHMENTS, folders.attachments)
            keys = _lay_in(folder / KEYS, folders.keys)
            copy = folder / DATABASE
            finishing = _Finishing(known, place or str(folders.attachments or ""))
            if embedded:
                taken_over, replaced = _put_file(copy, target, finishing)
            else:
                with tables_aside(engine) as schema:
                    run_program("pg_restore", engine, [*_PG_RESTORE, copy])
                    taken_over, replaced = finishing.finish(url), schema
                with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.execute(text("ANALYZE"))
    finally:
        engine.dispose()
    return Restored(manifest, taken_over, replaced, attachments, keys, finishing.lost)


_PG_RESTORE = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")


@dataclass
class _Finishing:
    """What makes a copy the database to go on with: what is to be revoked in it, and where its photos should lie."""

    known: list[Revocations]
    place: str
    lost: int = 0

    def finish(self, url: str | URL) -> TakenOver:
        """Bring the copy up to date, strike out what is nowhere, and give it a generation, in this order."""
        store = Store(url, unfinished=True)
        try:
            if self.place:
                self.lost = forget_lost(store, AttachmentStore.at(self.place))
            with store.writing() as connection:
                return take_over(connection, self.known)
        finally:
            store.close()


def _put_file(copy: Path, target: Path, finishing: _Finishing) -> tuple[TakenOver, str | None]:
    """Finish the copy where it lies, then pour it into the live file: running servers go on with the new content."""
    taken_over = finishing.finish(URL.create("sqlite", database=str(copy)))
    aside = put_file_aside(target)
    in_place = target.exists()
    with closing(sqlite3.connect(copy)) as finished, closing(sqlite3.connect(target)) as live:
        if in_place:
            _match_pages(finished, live)
        finished.backup(live)
    return taken_over, aside.name if aside else None


def _match_pages(finished: sqlite3.Connection, live: sqlite3.Connection) -> None:
    """SQLite pours a database only into an existing one with pages of the same size."""
    (size,) = live.execute("PRAGMA page_size").fetchone()
    (found,) = finished.execute("PRAGMA page_size").fetchone()
    if size != found:
        for statement in ("PRAGMA journal_mode=DELETE", f"PRAGMA page_size={size}", "VACUUM"):
            finished.execute(statement)


@contextmanager
def _unpacked(source: Path, identities: Path | None, beside: Path | None) -> Iterator[tuple[Path, Manifest]]:
    """The backup's members in a folder only we may look into, until the block ends."""
    if beside is not None:
        beside.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(prefix=".zhuqi-restore-", dir=beside))
    try:
        yield folder, unpack(source, folder, identities)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lay_in(staged: Path, folder: Path | None) -> int:
    """Put files where they belong; one that is there already stays as it is."""
    added = 0
    for path in sorted(staged.rglob("*")) if folder is not None and staged.is_dir() else ():
        target = (folder or staged) / path.relative_to(staged)
        if path.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _place(path, target)
            added += 1
    return added


def _place(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError:  # another file system, or one without links
        write_aside(target, path.read_bytes())
