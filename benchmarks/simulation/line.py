"""The line between a laptop and the centre, with the troubles a seed plans for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto

import httpx
from starlette.requests import ClientDisconnect

from benchmarks.simulation.centre import Answer, Centre, CentreDied, Meanwhile


class Trouble(Enum):
    """What happens to one request."""

    PASS = auto()
    DROP = auto()
    """The request never arrives."""
    BREAK = auto()
    """Half of the request arrives."""
    LOSE = auto()
    """The centre does its work; the answer never arrives."""
    STALL = auto()
    """The centre does its work; then the line is silent."""
    TWICE = auto()
    """The request arrives twice; the second answer comes back."""
    CUT = auto()
    """Half of the answer comes back, looking whole."""
    OLD = auto()
    """The answer to an earlier request of the same address comes back; the centre works, too."""
    DEATH = auto()
    """The centre is killed before it commits."""


class Line(httpx.BaseTransport):
    """Carries requests as `HttpEndpoint` makes them.

    Args:
        meanwhile: is called while a request or its answer is under way.
        between: is asked what happens between the centre's steps.
    """

    def __init__(
        self,
        centre: Centre,
        trouble: Callable[[], Trouble],
        meanwhile: Callable[[], None],
        between: Meanwhile,
    ) -> None:
        self._centre = centre
        self._trouble = trouble
        self._meanwhile = meanwhile
        self._between = between
        self._earlier: dict[str, Answer] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request and its answer, or a fault of the network."""
        self._meanwhile()
        answer = self._carry(request, self._trouble())
        self._meanwhile()
        headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
        return httpx.Response(answer.status, headers=headers, content=answer.body)

    def _carry(self, request: httpx.Request, trouble: Trouble) -> Answer:
        if trouble is Trouble.DROP:
            raise httpx.ConnectError("no network", request=request)
        if trouble is Trouble.BREAK:
            with suppress(ClientDisconnect):
                self._centre.answer(request, self._between, half=True)
            raise httpx.WriteError("broken off", request=request)
        try:
            answer = self._centre.answer(request, self._between, dies=1 if trouble is Trouble.DEATH else 0)
        except CentreDied:
            raise httpx.RemoteProtocolError("the centre is gone", request=request) from None
        if trouble is Trouble.TWICE:
            answer = self._centre.answer(request, self._between)
        address = f"{request.method} {request.url}"
        before = self._earlier.get(address, answer)
        self._earlier[address] = answer
        if trouble is Trouble.LOSE:
            raise httpx.ReadError("broken off", request=request)
        if trouble is Trouble.STALL:
            raise httpx.ReadTimeout("silence", request=request)
        if trouble is Trouble.CUT:
            return answer._replace(body=answer.body[: len(answer.body) // 2])
        return before if trouble is Trouble.OLD else answer
