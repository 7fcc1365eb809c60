"""Reading a request's body: never more than the cap, never longer than the deadline."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from desktop.models.problems import EnvironmentProblem, UserProblem

DEADLINE_S = 30.0


async def body_of(request: Request, cap: int, deadline_s: float = DEADLINE_S) -> bytes:
    """The whole body.

    Raises:
        UserProblem: `sync_body_too_large`, before more than `cap` bytes were kept.
        EnvironmentProblem: `sync_body_slow` when it has not arrived by the deadline.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > cap:
        raise UserProblem("sync_body_too_large", limit=cap)
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
