"""A sender that trickles or floods costs neither memory nor a place in the line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from starlette.requests import Request

from desktop.models.problems import Problem
from server.request_body import body_of, pieces_of


def request(pieces: Callable[[], AsyncIterator[bytes]], headers: list[tuple[bytes, bytes]] | None = None) -> Request:
    stream = pieces()

    async def receive() -> dict[str, object]:
        try:
            return {"type": "http.request", "body": await anext(stream), "more_body": True}
        except StopAsyncIteration:
            return {"type": "http.request", "body": b"", "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": headers or []}, receive)


async def trickle() -> AsyncIterator[bytes]:
    while True:
        await asyncio.sleep(0.02)
        yield b"x"


async def flood() -> AsyncIterator[bytes]:
    while True:
        yield b"x" * 1000


async def small() -> AsyncIterator[bytes]:
    yield b"ab"
    yield b"cd"


@pytest.mark.parametrize(("pieces", "code"), [(trickle, "sync_body_slow"), (flood, "sync_body_too_large")])
def test_a_body_without_end_is_cut_off(pieces: Callable[[], AsyncIterator[bytes]], code: str) -> None:
    with pytest.raises(Problem, match=code):
        asyncio.run(body_of(request(pieces), cap=10_000, deadline_s=0.2))


def test_an_announced_length_over_the_cap_is_refused_unread() -> None:
    announced = [(b"content-length", b"10001")]
    with pytest.raises(Problem, match="sync_body_too_large"):
        asyncio.run(body_of(request(trickle, announced), cap=10_000, deadline_s=60))


def test_a_small_body_comes_whole() -> None:
    assert asyncio.run(body_of(request(small), cap=4)) == b"abcd"


async def steady() -> AsyncIterator[bytes]:
    for _ in range(20):
        await asyncio.sleep(0.02)
        yield b"x" * 1024


async def all_of(asked: Request, cap: int, deadline_s: float) -> list[bytes]:
    return [piece async for piece in pieces_of(asked, cap, deadline_s)]


def test_a_long_body_that_comes_on_steadily_may_take_its_time() -> None:
    pieces = asyncio.run(all_of(request(steady), 20 * 1024, deadline_s=0.3))  # 0.4 s in all
    assert len(b"".join(pieces)) == 20 * 1024


@pytest.mark.parametrize(("pieces", "code"), [(trickle, "sync_body_slow"), (flood, "sync_body_too_large")])
def test_a_long_body_that_trickles_or_floods_is_cut_off(pieces: Callable[[], AsyncIterator[bytes]], code: str) -> None:
    with pytest.raises(Problem, match=code):
        asyncio.run(all_of(request(pieces), 10_000, deadline_s=0.2))


def test_a_sender_that_goes_away_is_told_from_one_that_is_slow() -> None:
    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    asked = Request({"type": "http", "method": "POST", "headers": []}, receive)
    with pytest.raises(Problem, match="sync_body_cut"):
        asyncio.run(all_of(asked, 10, deadline_s=1))
