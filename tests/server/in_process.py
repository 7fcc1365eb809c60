"""HTTP without a socket: requests to the application in this process, with a cookie jar that lasts."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp


class InProcess:
    """A small synchronous client. A fault that would escape to the server's process fails the test."""

    def __init__(self, app: ASGIApp, base_url: str = "http://127.0.0.1", peer: str = "127.0.0.1") -> None:
        self.app = app
        self.base_url = base_url
        self.peer = peer
        self.cookies = httpx.Cookies()

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request, redirects not followed."""
        return asyncio.run(self._request(method, path, options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        """GET."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """POST."""
        return self.request("POST", path, **options)

    async def _request(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, client=(self.peer, 40000))
        async with httpx.AsyncClient(transport=transport, base_url=self.base_url, cookies=self.cookies) as client:
            response = await client.request(method, path, **options)
            self.cookies = client.cookies
            return response
