"""Reading a request's body: never more than the cap, never longer than the deadline."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request

from desktop.models.problems import EnvironmentProblem, Problem, UserProblem

DEADLINE_S = 30.0
SLOWEST_BYTES = 8 * 1024
"""As much of a long body must arrive in every `DEADLINE_S` seconds."""


async def body_of(request: Request, cap: int, deadline_s: float = DEADLINE_S) -> bytes:
    """The whole body.

    Raises:
        UserProblem: `sync_body_too_large`, before more than `cap` bytes were kept.
        EnvironmentProblem: `sync_body_slow` when it has not arrived by the deadline.
    """
    _refuse_announced(request, cap)
    body = bytearray()
    try:
        async with asyncio.timeout(deadline_s):
            async for piece in request.stream():
                body += piece
                if len(body) > cap:
                    raise UserProblem("sync_body_too_large", limit=cap)
    except TimeoutError as error:
        raise EnvironmentProblem("sync_body_slow") from error
    return bytes(body)


async def pieces_of(request: Request, cap: int, deadline_s: float = DEADLINE_S) -> AsyncIterator[bytes]:
    """A long body piece by piece, however long it takes while it comes on steadily.

    Raises:
        UserProblem: `sync_body_too_large`, before more than `cap` bytes were given out.
        EnvironmentProblem: `sync_body_slow` when less than `SLOWEST_BYTES` came in `deadline_s` seconds,
            `sync_body_cut` when the sender has gone.
    """
    _refuse_announced(request, cap)
    clock = asyncio.get_running_loop().time
    total, due, until = 0, SLOWEST_BYTES, clock() + deadline_s
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout_at(until):
                piece = await anext(stream, None)
        except TimeoutError as error:
            raise EnvironmentProblem("sync_body_slow") from error
        except ClientDisconnect as error:
            raise EnvironmentProblem("sync_body_cut") from error
        if piece is None:
            return
        total += len(piece)
        if total > cap:
            raise UserProblem("sync_body_too_large", limit=cap)
        if total >= due:
            due, until = total + SLOWEST_BYTES, clock() + deadline_s
        if piece:
            yield piece


async def drain(request: Request, cap: int) -> None:
    """Read what still comes of a refused body and forget it: a connection closed over it would lose the refusal."""
    with suppress(Problem, RuntimeError):  # RuntimeError: it has been read to its end already
        async for _ in pieces_of(request, cap, deadline_s=5):
            pass


def _refuse_announced(request: Request, cap: int) -> None:
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > cap:
        raise UserProblem("sync_body_too_large", limit=cap)
