"""The commands that keep a centre: `backup`, `restore`, `promoted`, `revocations`. Thin, like all commands."""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from desktop.models.problems import EnvironmentProblem, UserProblem
from server.backup import Folders, back_up
from server.lineage import is_standby
from server.recovered_copy import take_over
from server.restore import restore
from server.revocations import keep_revocations, read_revocations, revocations_of
from server.settings import ATTACHMENTS_VARIABLE, Settings, attachments_place, keys_folder
from server.store import Store

_log = logging.getLogger("zhuqi.server")


def add_upkeep_commands(names: Any, where: argparse.ArgumentParser) -> None:
    """Add them to the program's commands; each sets `work`, which takes the arguments and the database's address."""
    backup = names.add_parser("backup", parents=[where], help="copy database, photos and papers into one file")
    backup.add_argument("--out", type=Path, required=True, metavar="FILE")
    backup.add_argument(
        "--recipient", action="append", default=[], metavar="AGE1…", help="encrypt to this age recipient; repeatable"
    )
    backup.set_defaults(work=_backup)
    again = names.add_parser("restore", parents=[where], help="make a backup the database; laptops offer again")
    again.add_argument("file", type=Path)
    again.add_argument("--force", metavar="WORD", help="replace the database that is there; the refusal names the word")
    again.add_argument("--identity", type=Path, metavar="FILE", help="age identities that open an encrypted backup")
    again.set_defaults(work=_restore)
    promoted = names.add_parser("promoted", parents=[where], help="go on with this copy; laptops offer again")
    promoted.set_defaults(work=_promoted)
    for command in (again, promoted):
        command.add_argument("--revocations", type=Path, metavar="FILE", help="revoke again what this file names")
    for command in (backup, again):
        command.add_argument("--attachments", metavar="DIR", help="folder of photos and papers")
    revocations = names.add_parser("revocations", parents=[where], help="write down what is revoked, as a small file")
    revocations.add_argument("--out", type=Path, required=True, metavar="FILE")
    revocations.set_defaults(work=_revocations)


def _backup(chosen: argparse.Namespace, url: URL) -> dict[str, Any]:
    made = back_up(url, chosen.out, _folders(chosen, url), chosen.recipient)
    with chosen.out.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    result = {
        "file": str(chosen.out),
        "bytes": chosen.out.stat().st_size,
        "sha256": digest,
        "generation": made.manifest.generation,
        "schema": made.manifest.schema,
        "operations": made.manifest.operations,
        "attachments": made.attachments,
        "keys": made.keys,
        "encrypted": bool(chosen.recipient),
    }
    _note("backup made", result, "sha256", "generation", "operations", "attachments", "encrypted")
    return result


def _restore(chosen: argparse.Namespace, url: URL) -> dict[str, Any]:
    revocations = read_revocations(chosen.revocations) if chosen.revocations else None
    done = restore(
        url,
        chosen.file,
        _folders(chosen, url),
        place=_place(chosen, url),
        word=chosen.force,
        identities=chosen.identity,
        revocations=revocations,
    )
    result = {
        "generation": done.taken_over.generation,
        "from_generation": done.manifest.generation,
        "made_at": done.manifest.made_at,
        "operations": done.manifest.operations,
        "attachments": done.attachments,
        "attachments_lost": done.lost,
        "keys": done.keys,
        "revoked": done.taken_over.revoked,
        "replaced": done.replaced,
    }
    _note("backup restored", result, "generation", "from_generation", "made_at", "revoked", "attachments_lost")
    return result


def _promoted(chosen: argparse.Namespace, url: URL) -> dict[str, Any]:
    revocations = [read_revocations(chosen.revocations)] if chosen.revocations else []
    store = Store(url, unfinished=True)
    try:
        with store.reading() as connection:
            if is_standby(connection):
                raise EnvironmentProblem("server_database_standby")
        with store.writing() as connection:
            done = take_over(connection, revocations)
    finally:
        store.close()
    result = done._asdict()
    _note("copy declared the successor", result, "generation", "revoked")
    return result


def _revocations(chosen: argparse.Namespace, url: URL) -> dict[str, Any]:
    store = Store(url)
    try:
        with store.reading() as connection:
            found = revocations_of(connection)
    finally:
        store.close()
    keep_revocations(chosen.out, found)
    return {
        "file": str(chosen.out),
        "devices": len(found.devices),
        "accounts": len(found.accounts),
        "grants": len(found.grants),
    }


def _folders(chosen: argparse.Namespace, url: URL) -> Folders:
    """Where attachments and keys lie: as named, else beside the embedded database. A bucket is backed up by itself."""
    place = _place(chosen, url)
    return Folders(Path(place) if place and "://" not in place else None, keys_folder(url))


def _place(chosen: argparse.Namespace, url: URL) -> str:
    """Where photos and papers lie, a folder or a bucket; empty where nobody says."""
    named = chosen.attachments or os.environ.get(ATTACHMENTS_VARIABLE, "")
    try:
        return attachments_place(Settings(url, attachments=named))
    except UserProblem:  # a database of its own, and no folder beside it
        return ""


def _note(what: str, result: dict[str, Any], *names: str) -> None:
    _log.info(what, extra={"fields": {name: result[name] for name in names}})
