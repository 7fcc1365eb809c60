"""The centre of a simulated world: the real application over the real store, without a socket, killed and restored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from argon2 import PasswordHasher
from sqlalchemy import Table, event, select, update
from starlette.requests import ClientDisconnect

from benchmarks.simulation.clocks import Clocks
from desktop.models.identity import grid_id, new_id
from desktop.models.vocabulary import Role
from server.accounts import grant, revoke
from server.app import make_app
from server.attachment_audit import forget_lost
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

Objects = dict[str, bytes]
"""Photos by their place in the store."""

_CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
_EVERY_TABLE = [*metadata.sorted_tables, *TABLES.values()]


Meanwhile = Callable[[], Callable[[], None] | None]
"""Says what happens now, if anything does."""


class Backup(NamedTuple):
    """Every table with its rows, and the photos there were."""

    tables: dict[Table, list[tuple[Any, ...]]]
    objects: Objects


class Answer(NamedTuple):
    """What came back over the line."""

    status: int
    headers: dict[str, str]
    body: bytes


class CentreDied(BaseException):
    """The centre's process was killed before it could commit; not an Exception, so that nothing of it answers."""


class _Half(httpx.AsyncByteStream):
    """The first half of a body, after which the sender is gone."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content[: len(self._content) // 2]
        raise ClientDisconnect


class Centre:
    """An open centre. One database serves many worlds, one after the other: `clear` empties it."""

    def __init__(self, url: str, attachments: Path) -> None:
        self.store = Store(url)
        keys = attachments.parent / "keys"
        settings = Settings(url, attachments=str(attachments), keys=keys)
        self._app = httpx.ASGITransport(make_app(self.store, settings, _CHEAP))
        self._folder = attachments
        self.attachments = AttachmentStore.at(str(attachments))
        uploads = Uploads(self.store, self.attachments)
        self._bundles = BundleImport(uploads, centre_keys(keys), BundleFolder(keys / FOLDER))
        self._loops = [asyncio.new_event_loop() for _ in range(2)]
        self._meanwhile: list[Meanwhile] = []
        self._empty = self.backup()
        self._dies = 0
        self.clocks = Clocks(0)
        event.listen(self.store.engine, "commit", self._before_commit)

    def close(self) -> None:
        """Close the database."""
        for loop in self._loops:
            loop.close()
        self.store.close()

    def clear(self, clocks: Clocks) -> None:
        """Begin anew in another world's time."""
        self.clocks = clocks
        self.restore(self._empty, self._empty.objects)

    def answer(self, request: httpx.Request, meanwhile: Meanwhile, *, dies: int = 0, half: bool = False) -> Answer:
        """Serve one request.

        Args:
            meanwhile: is asked between the steps of the request; what it gives may serve others, one by one.
            dies: the process is killed before this commit of the request, counted from 1 (0: not).
            half: only half of the request arrives, then the sender is gone.

        Raises:
            CentreDied: nothing was stored from that commit on.
            ClientDisconnect: the application has noticed that the sender is gone.
        """
        self._meanwhile.append(meanwhile)
        try:
            with self._killed_before(dies), self._at_work():
                return self._waited_for(self._serve(request, half=half))
        finally:
            self._meanwhile.pop()

    def between_steps(self) -> None:
        """Where a real one changes threads: let happen what may, while the request waits for its next step.

        In another thread, for the sake of the event loop; there is still one thing at a time.
        """
        if len(self._meanwhile) == 1 and (work := self._meanwhile[0]()) is not None:
            with self._killed_before(0), ThreadPoolExecutor(1) as elsewhere:
                elsewhere.submit(work).result()

    def import_bundle(self, file: Path, *, dies: int = 0) -> bytes:
        """Take in a bundle from a stick; its receipt.

        Args:
            dies: as in `answer`.

        Raises:
            CentreDied: the process was killed.
            Problem: why it was refused.
        """
        with self._killed_before(dies), self._at_work():
            return self._bundles.import_file(file).file

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
        """Everything in the database and the photos that are whole."""
        with self.store.reading() as connection:
            tables = {table: [tuple(row) for row in connection.execute(select(table))] for table in _EVERY_TABLE}
        return Backup(tables, {str(path.relative_to(self._folder)): path.read_bytes() for path in self._photos()})

    def restore(self, backup: Backup, objects: Objects | None = None) -> None:
        """Put a backup in place of what is there; the database is another one from now on.

        Args:
            objects: what the store of photos has lost all but; without it, that is still what it was.
        """
        if objects is not None:
            self._lose_all_but(objects)
        with self._at_work():
            with self.store.writing() as connection:
                for table in reversed(_EVERY_TABLE):
                    connection.execute(table.delete())
                for table in _EVERY_TABLE:
                    names = table.columns.keys()
                    if rows := [dict(zip(names, row, strict=True)) for row in backup.tables[table]]:
                        connection.execute(table.insert(), rows)
                connection.execute(update(server_identity).values(generation=new_id()))
            forget_lost(self.store, self.attachments)

    def _photos(self) -> Iterator[Path]:
        """The files of the store that are no pieces of one."""
        return (path for path in self._folder.glob("??/*") if path.is_file())

    def _lose_all_but(self, objects: Objects) -> None:
        for path in [*self._photos(), *self._folder.glob("unfinished/*")]:
            path.unlink()
        for name, content in objects.items():
            (self._folder / name).write_bytes(content)

    @contextmanager
    def _killed_before(self, commit: int) -> Iterator[None]:
        before, self._dies = self._dies, commit
        try:
            yield
        finally:
            self._dies = before

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        with self.clocks.of(self.clocks.centre):
            yield

    def _waited_for(self, answer: Coroutine[Any, Any, Answer]) -> Answer:
        return self._loops[len(self._meanwhile) - 1].run_until_complete(answer)

    async def _serve(self, request: httpx.Request, *, half: bool) -> Answer:
        content = request.read()
        asked = httpx.Request(request.method, request.url, headers=request.headers, content=content)
        if half:
            asked.stream = _Half(content)
        response = await self._app.handle_async_request(asked)
        return Answer(response.status_code, dict(response.headers), await response.aread())

    def _before_commit(self, _connection: Any) -> None:
        """Count down to the commit before which the process is killed; a dead one commits nothing more."""
        if self._dies > 1:
            self._dies -= 1
        elif self._dies:
            raise CentreDied
