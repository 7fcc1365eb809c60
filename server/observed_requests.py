"""The layer that counts requests and writes one line about each: pattern of the route, status, time, device.

Never the path itself, the query, the body, a name or an address (SEC-71).
"""

from __future__ import annotations

import logging
import re
import secrets
import time

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.metrics import count_request
from server.plain_logs import request_id

DEVICE = "zhuqi.device"
"""Key of the request's scope under which a handler notes the device that asks."""

REQUEST_HEADER = "X-Request-Id"
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What proxies make; anything shorter might be a number that means something."""

_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
_log = logging.getLogger("zhuqi.requests")


class ObservedRequests:
    """ASGI layer around everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request under an id of its own, or the one a proxy in front of us gave it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_HEADER, "")
        name = given if _ID.fullmatch(given) else secrets.token_hex(8)
        begun, status = time.perf_counter(), 0

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        mark = request_id.set(name)
        try:
            await self.app(scope, receive, send_noting)
        finally:
            self._note(scope, status, time.perf_counter() - begun)
            request_id.reset(mark)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        """Status 0: nothing was answered, as a rule because the other side has gone."""
        route = getattr(scope.get("route"), "path", "unknown")
        count_request(scope["method"], route, status, seconds)
        if route in _QUIET:
            return
        fields = {"method": scope["method"], "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        if DEVICE in scope:
            fields["device"] = scope[DEVICE]
        _log.info("request", extra={"fields": fields})
