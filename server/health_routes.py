"""What machines that watch the server ask: is it alive, may it be sent work, and how is it doing.

`/metrics` answers this machine, or whoever shows the token; to everybody else it does not exist. Behind a proxy on the
same machine every connection comes from here: a token is set there, or the proxy keeps the path to itself.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from desktop.models.problems import Problem, UserProblem
from server.database_figures import figures
from server.generation import generation_of
from server.metrics import exposition
from server.settings import Settings, is_loopback
from server.store import Store


@dataclass(frozen=True, slots=True)
class Health:
    """The handlers, over one store."""

    store: Store
    settings: Settings

    def routes(self) -> list[Route]:
        """All of them."""
        return [
            Route("/healthz", self.alive, methods=["GET"]),
            Route("/readyz", self.ready, methods=["GET"]),
            Route("/metrics", self.metrics, methods=["GET"]),
        ]

    async def alive(self, _request: Request) -> Response:
        """This process answers; nothing else is looked at."""
        return PlainTextResponse("alive\n")

    async def ready(self, _request: Request) -> Response:
        """Whether work may be sent here: the database answers and is the one to be served."""
        code = await run_in_threadpool(self._obstacle)
        body = msgspec.json.encode({"ready": code is None, "code": code})
        return Response(body, 200 if code is None else 503, media_type="application/json")

    async def metrics(self, request: Request) -> Response:
        """Counters and gauges in Prometheus' text format."""
        if not self._may_watch(request):
            raise UserProblem("sync_not_found")
        text = await run_in_threadpool(lambda: exposition(figures(self.store)))
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    def _obstacle(self) -> str | None:
        try:
            with self.store.reading() as connection:
                generation_of(connection)
        except Problem as problem:
            return problem.code
        except DBAPIError:
            return "server_database_unreachable"
        return None

    def _may_watch(self, request: Request) -> bool:
        token = self.settings.metrics_token
        if token is None:
            return request.client is not None and is_loopback(request.client.host)
        shown = request.headers.get("authorization", "")
        return secrets.compare_digest(shown.encode(), f"Bearer {token}".encode())
