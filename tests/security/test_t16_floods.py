"""T16: too much, too slowly, too deep, too often: refused early, at a bounded cost (SEC-52)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
import uvicorn
import zstandard
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from desktop.models.identity import new_id
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.sync.wire.protocol import DEPTH, LIMITS, LINE_BYTES
from server import api_routes
from server.device_turns import DeviceTurns
from server.prompt_http import PromptHttp
from server.request_body import body_of
from tests.server.centre import Centre, Laptop, enterprise

MIB = 1024 * 1024


def push(laptop: Laptop, body: bytes, **headers: str) -> Any:
    given = {**laptop.headers, "Idempotency-Key": new_id(), "Content-Type": "application/x-ndjson", **headers}
    return laptop.centre.http.post("/v1/sync/push", content=body, headers=given)


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["problem"]["code"]


def test_ten_mebibytes_are_refused_before_anything_is_parsed(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = centre.officer()

    def parsed(*_: object) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr(api_routes, "lines_of", parsed)
    monkeypatch.setattr(api_routes, "unpacked", parsed)
    assert code_of(push(desk, b"x" * 10 * MIB)) == (413, "sync_body_too_large")


def test_a_stream_that_does_not_say_its_length_is_stopped_at_the_cap() -> None:
    received = 0

    async def receive() -> dict[str, Any]:
        nonlocal received
        received += 64 * 1024
        return {"type": "http.request", "body": b"x" * 64 * 1024, "more_body": received < 8 * LIMITS.batch_bytes}

    request = Request({"type": "http", "method": "POST", "path": "/", "headers": []}, receive)
    with pytest.raises(UserProblem, match="sync_body_too_large"):
        asyncio.run(body_of(request, LIMITS.batch_bytes))
    assert received <= LIMITS.batch_bytes + 128 * 1024


def test_a_gibibyte_of_zeros_stops_at_the_cap(centre: Centre) -> None:
    desk = centre.officer()
    squeezer = zstandard.ZstdCompressor(level=19).compressobj()
    bomb = b"".join(squeezer.compress(bytes(16 * MIB)) for _ in range(64)) + squeezer.flush()
    assert len(bomb) < LIMITS.batch_bytes
    assert code_of(push(desk, bomb, **{"Content-Encoding": "zstd"})) == (413, "sync_body_too_large")


def test_a_window_larger_than_agreed_is_refused(centre: Centre) -> None:
    desk = centre.officer()
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    body = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    packed = body.compress(b"{}" * MIB * 20) + body.flush()
    assert push(desk, packed[: MIB // 2], **{"Content-Encoding": "zstd"}).status_code in (400, 413)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"op_id":"' + b"x" * LINE_BYTES + b'"}', "sync_line_too_long"),
        (b"[" * 100_000 + b"]" * 100_000, "sync_line_too_long"),
        (b"[" * 30_000 + b"]" * 30_000, "sync_line_without_id"),
        (b"\x00\xff", "sync_line_without_id"),
    ],
)
def test_a_line_too_long_or_too_deep_is_refused(centre: Centre, line: bytes, code: str) -> None:
    assert code_of(push(centre.officer(), line)) == (400, code)


def test_fields_nested_deeper_than_agreed_are_refused_alone(centre: Centre) -> None:
    desk = centre.officer()
    deep: Any = "x"
    for _ in range(DEPTH):
        deep = {"a": deep}
    good = enterprise(desk.grid)
    assert desk.statuses(enterprise(desk.grid, "x") | {"fields": {"name": deep}}, good) == ["rejected", "applied"]


def test_more_operations_than_agreed_are_refused(centre: Centre) -> None:
    desk = centre.officer()
    many = [enterprise(desk.grid) for _ in range(LIMITS.batch_operations + 1)]
    assert desk.send(many).status_code == 413


def test_one_device_has_few_requests_at_once_and_others_are_not_held_up() -> None:
    turns = DeviceTurns(2)
    with turns.turn("one"), turns.turn("one"):
        with pytest.raises(EnvironmentProblem, match="sync_device_busy"), turns.turn("one"):
            raise AssertionError("had a turn")
        with turns.turn("two"):
            pass
    with turns.turn("one"):
        pass


def test_a_busy_device_is_told_to_come_back(centre: Centre) -> None:
    desk = centre.officer()

    async def both() -> list[int]:
        import httpx

        transport = httpx.ASGITransport(centre.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            asked = [client.get("/v1/sync/hello", headers=desk.headers) for _ in range(12)]
            answers = await asyncio.gather(*asked)
        assert all(a.headers.get("retry-after") == "1" for a in answers if a.status_code == 429)
        return [answer.status_code for answer in answers]

    statuses = asyncio.run(both())
    assert set(statuses) <= {200, 429}
    assert statuses.count(200) >= 4


def test_a_body_that_comes_a_byte_at_a_time_is_given_up() -> None:
    async def drip() -> AsyncIterator[bytes]:
        while True:
            yield b"x"
            await asyncio.sleep(0.02)

    pieces = drip()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": await anext(pieces), "more_body": True}

    request = Request({"type": "http", "method": "POST", "path": "/", "headers": []}, receive)
    with pytest.raises(EnvironmentProblem, match="sync_body_slow"):
        asyncio.run(body_of(request, MIB, deadline_s=0.1))


class Impatient(PromptHttp):
    """The same, with less patience than a test has."""

    head_s = 0.2


async def _hello(_request: Request) -> Response:
    return PlainTextResponse("hello")


@pytest.mark.parametrize("said", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: "])
@pytest.mark.parametrize("before", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"], ids=["first", "after another"])
def test_a_head_that_does_not_come_is_not_waited_for(said: bytes, before: bytes) -> None:
    async def run() -> bytes:
        config = uvicorn.Config(
            Starlette(routes=[Route("/", _hello)]), http=Impatient, lifespan="off", log_config=None, port=0,
            timeout_keep_alive=60,
        )  # fmt: skip
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(before)
        if before:
            await reader.readuntil(b"hello")
        writer.write(said)
        rest = await asyncio.wait_for(reader.read(), 20) if said or not before else b""
        writer.close()
        server.should_exit = True
        await serving
        return rest

    assert asyncio.run(run()) == b""


def test_answers_say_nothing_of_what_was_sent(centre: Centre) -> None:
    desk = centre.officer()
    assert b"13900001234" not in push(desk, msgspec.json.encode({"phone": "13900001234"})).content
