"""The centre of a simulated world: the real application over the real store, without a socket, killed and restored."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from argon2 import PasswordHasher
from sqlalchemy import Table, event, select, update

from benchmarks.simulation.clocks import Clocks
from desktop.models.identity import grid_id, new_id
from desktop.models.vocabulary import Role
from server.accounts import grant, revoke
from server.app import make_app
from server.attachment_store import AttachmentStore
from server.bundle_folder import BundleFolder
from server.bundle_import import FOLDER, BundleImport
from server.centre_keys import centre_keys
from server.enrolment import new_code
from server.officers import create_officer
from server.passwords import Passwords
from server.settings import Settings
from server.store import Store
from server.stored_rows import TABLES
from server.tables import grants, metadata, server_identity
from server.uploads import Uploads

Backup = dict[Table, list[tuple[Any, ...]]]
"""Every table with its rows."""

_CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
_EVERY_TABLE = [*metadata.sorted_tables, *TABLES.values()]


class Answer(NamedTuple):
    """What came back over the line."""

    status: int
    media_type: str
    body: bytes


class CentreDied(Exception):
    """The centre's process was killed before it could commit."""


class Centre:
    """An open centre. One database serves many worlds, one after the other: `clear` empties it."""

    def __init__(self, url: str, attachments: Path) -> None:
        self.store = Store(url)
        keys = attachments.parent / "keys"
        settings = Settings(url, attachments=str(attachments), keys=keys)
        self._app = httpx.ASGITransport(make_app(self.store, settings, _CHEAP))
        uploads = Uploads(self.store, AttachmentStore.at(str(attachments)))
        self._bundles = BundleImport(uploads, centre_keys(keys), BundleFolder(keys / FOLDER))
        self._loop = asyncio.new_event_loop()
        self._empty = self.backup()
        self._dies = False
        self.clocks = Clocks(0)
        event.listen(self.store.engine, "commit", self._before_commit)

    def close(self) -> None:
        """Close the database."""
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
        self.store.close()

    def clear(self, clocks: Clocks) -> None:
        """Begin anew in another world's time."""
        self.clocks = clocks
        self.restore(self._empty)

    def answer(self, request: httpx.Request, *, dies: bool = False) -> Answer:
        """Serve one request.

        Args:
            dies: the process is killed before the first commit of the request.

        Raises:
            CentreDied: nothing of it was stored.
        """
        self._dies = dies
        try:
            with self.clocks.of(self.clocks.centre):
                return self._loop.run_until_complete(self._serve(request))
        finally:
            self._dies = False

    def import_bundle(self, file: Path, *, dies: bool = False) -> bytes:
        """Take in a bundle from a stick; its receipt.

        Raises:
            CentreDied: the process was killed at its first commit.
            Problem: why it was refused.
        """
        self._dies = dies
        try:
            with self._at_work():
                return self._bundles.import_file(file).file
        finally:
            self._dies = False

    def officer(self, name: str, grids: list[str]) -> str:
        """A new officer's id."""
        with self._at_work():
            return create_officer(self.store, _CHEAP, name, Role.GRID_INSTRUCTOR, grids, "a long enough phrase")

    def code(self, officer: str) -> str:
        """A code that enrols one device."""
        with self._at_work(), self.store.writing() as connection:
            return new_code(connection, officer)[0]

    def grant_or_revoke(self, officer: str, code: str) -> bool:
        """Take a grid away from an officer who has it, else grant it; return whether he has it now."""
        grid = grid_id(code)
        with self._at_work(), self.store.writing() as connection:
            open_grants = select(grants.c.id).where(
                grants.c.account_id == officer, grants.c.grid_id == grid, grants.c.revoked_at.is_(None)
            )
            if connection.execute(open_grants).first():
                revoke(connection, officer, grid)
                return False
            grant(connection, officer, grid)
            return True

    def backup(self) -> Backup:
        """Everything in the database."""
        with self.store.reading() as connection:
            return {table: [tuple(row) for row in connection.execute(select(table))] for table in _EVERY_TABLE}

    def restore(self, backup: Backup) -> None:
        """Put a backup in place of what is there; the database is another one from now on."""
        with self._at_work(), self.store.writing() as connection:
            for table in reversed(_EVERY_TABLE):
                connection.execute(table.delete())
            for table in _EVERY_TABLE:
                names = table.columns.keys()
                if rows := [dict(zip(names, row, strict=True)) for row in backup[table]]:
                    connection.execute(table.insert(), rows)
            connection.execute(update(server_identity).values(generation=new_id()))

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        with self.clocks.of(self.clocks.centre):
            yield

    async def _serve(self, request: httpx.Request) -> Answer:
        asked = httpx.Request(request.method, request.url, headers=request.headers, content=request.read())
        response = await self._app.handle_async_request(asked)
        body = await response.aread()
        return Answer(response.status_code, response.headers.get("content-type", ""), body)

    def _before_commit(self, _connection: Any) -> None:
        if self._dies:
            self._dies = False
            raise CentreDied
