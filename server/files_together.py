"""Several small files in one request, one after the other in its body: what each costs is its bytes and no more.

All that came whole are made durable together and noted by one transaction, however the request ends. Where the line is
cut, what came of the last one becomes an upload to go on with, as it would have in a request of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from desktop.models.problems import EnvironmentProblem, UserProblem
from server.objects import Aside
from server.uploads import Permit, Uploads


@dataclass(slots=True)
class FilesTogether:
    """The files of one request. `permits`: what each may do, or why not."""

    uploads: Uploads
    permits: list[Permit | UserProblem]
    whole: list[tuple[Permit, Aside]] = field(default_factory=list)

    async def receive(self, body: AsyncIterator[bytes], lengths: list[int]) -> list[str | None]:
        """The code of each file's refusal, if any; what came whole is kept whatever happens.

        Raises:
            EnvironmentProblem: the line was cut, or the place of the bytes does not answer.
        """
        codes: list[str | None] = []
        files = _Files(body)
        try:
            for permit, length in zip(self.permits, lengths, strict=True):
                content = await files.next(length)
                codes.append(await run_in_threadpool(self._take, permit, content))
                if files.broken is not None:
                    raise files.broken
        finally:
            await run_in_threadpool(self.uploads.keep, self.whole)
        return codes

    def _take(self, permit: Permit | UserProblem, content: list[bytes]) -> str | None:
        if isinstance(permit, UserProblem):
            return permit.code
        aside = self.uploads.attachments.objects.aside()
        with ExitStack() as unneeded:
            unneeded.callback(aside.discard)
            try:
                aside.write(content)
                if aside.size < permit.upload.length:
                    self.uploads.take(permit, aside)
                else:
                    self.whole.append((permit, self.uploads.whole(permit, aside)))
                    unneeded.pop_all()
            except UserProblem as refusal:
                return refusal.code
        return None


@dataclass(slots=True)
class _Files:
    """A body cut into files. `broken`: why it ended too early."""

    body: AsyncIterator[bytes]
    rest: bytes = b""
    broken: EnvironmentProblem | None = None

    async def next(self, length: int) -> list[bytes]:
        """The pieces of the next file, as many as came."""
        content: list[bytes] = []
        while length > 0 and self.broken is None:
            piece, self.rest = self.rest or await self._piece(), b""
            if len(piece) > length:
                piece, self.rest = piece[:length], piece[length:]
            content.append(piece)
            length -= len(piece)
        return content

    async def _piece(self) -> bytes:
        try:
            return await anext(self.body)
        except StopAsyncIteration:
            self.broken = EnvironmentProblem("sync_body_cut")
        except EnvironmentProblem as problem:
            self.broken = problem
        return b""
