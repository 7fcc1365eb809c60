"""The commands about files that travel by hand: `import-bundle` and `enrol-ticket`. Thin, like all commands."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from desktop.models.durable_file import write_aside, writing_aside
from desktop.models.problems import EnvironmentProblem
from server.accounts import find_account
from server.attachment_store import AttachmentStore
from server.bundle_folder import BundleFolder
from server.bundle_import import FOLDER, BundleImport
from server.centre_keys import centre_keys
from server.enrolment import CODE_DAYS
from server.enrolment_ticket import new_ticket
from server.settings import Settings, attachments_place, keys_folder
from server.store import Store
from server.uploads import Uploads

ATTACHMENTS_VARIABLE = "ZHUQI_ATTACHMENTS"


def add_bundle_commands(names: Any, where: argparse.ArgumentParser) -> None:
    """Add them to the program's commands; each sets `work`, which takes the arguments and the database's address."""
    bundle = names.add_parser("import-bundle", parents=[where], help="take in a bundle brought by hand")
    bundle.add_argument("file", type=Path)
    bundle.add_argument("--receipt", type=Path, required=True, metavar="FILE", help="to carry back, or a folder for it")
    bundle.add_argument("--accept-revoked", action="store_true", help="also what a revoked device made")
    bundle.add_argument("--attachments", metavar="PLACE", help="folder or s3+https://… for photos and papers")
    bundle.set_defaults(work=_import_bundle)
    ticket = names.add_parser("enrol-ticket", parents=[where], help="a code as a file, for a laptop without a network")
    ticket.add_argument("officer", help="id or name")
    ticket.add_argument("--out", type=Path, required=True, metavar="FILE")
    ticket.add_argument("--days", type=int, default=CODE_DAYS, help="up to 7")
    ticket.add_argument("--server", metavar="URL", help="the server's address, to stand in the ticket")
    ticket.set_defaults(work=_enrol_ticket)


def _import_bundle(chosen: argparse.Namespace, url: URL) -> dict[str, Any]:
    """Take in a bundle and write its receipt; where that cannot be written, the same import gives it again."""
    keys, place = _keys(url), chosen.attachments or os.environ.get(ATTACHMENTS_VARIABLE, "")
    store = Store(url)
    try:
        uploads = Uploads(store, AttachmentStore.at(attachments_place(Settings(url, attachments=place))))
        imports = BundleImport(uploads, centre_keys(keys), BundleFolder(keys / FOLDER), chosen.accept_revoked)
        done = imports.import_file(chosen.file)
    finally:
        store.close()
    target = chosen.receipt / done.name if chosen.receipt.is_dir() else chosen.receipt
    with _written():
        write_aside(target, done.file)
    return done.summary() | {"receipt": str(target)}


def _enrol_ticket(chosen: argparse.Namespace, url: URL) -> dict[str, Any]:
    """Write a ticket for an officer; the code in it is made only if the file can be."""
    secret = centre_keys(_keys(url))
    store = Store(url)
    try:
        with _written(), writing_aside(chosen.out, 0o600) as file, store.writing() as connection:
            account = find_account(connection, chosen.officer)
            ticket = new_ticket(connection, secret, account, chosen.days, chosen.server)
            file.write(ticket.file)
    finally:
        store.close()
    return {"ticket": str(chosen.out), "expires": ticket.expires}


def _keys(url: URL) -> Path:
    folder = keys_folder(url)
    if folder is None:
        raise EnvironmentProblem("server_keys_not_named")
    return folder


@contextmanager
def _written() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentProblem("bundle_not_written", reason=error.strerror or type(error).__name__) from error
