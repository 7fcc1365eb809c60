"""The web pages of records: lists of one's grids, one enterprise, one visit. They change nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server import record_lists
from server.page_frame import SIGN_IN, PageFrame, links_for, page_number
from server.record_lists import PAGE_ROWS, Item
from server.web_sessions import WebSession

_LISTS: dict[str, Callable[..., list[Item]]] = {
    "enterprises": record_lists.enterprises,
    "visits": record_lists.visits,
    "findings": record_lists.findings,
    "letters": record_lists.letters,
}


@dataclass(frozen=True, slots=True)
class RecordPages:
    """The handlers."""

    frame: PageFrame

    def routes(self) -> list[Route]:
        """All pages of records."""
        return [
            Route("/", self.home, methods=["GET"]),
            Route("/records/{kind}", self.listing, methods=["GET"]),
            Route("/records/enterprises/{row_id}", self.enterprise, methods=["GET"]),
            Route("/records/visits/{row_id}", self.visit, methods=["GET"]),
        ]

    async def home(self, request: Request) -> Response:
        """The first page of whoever is signed in."""
        session = await self.frame.session(request)
        if session is None:
            return RedirectResponse(SIGN_IN, 303)
        links = links_for(session.actor)
        return RedirectResponse(links[0].path if links else "/account", 303)

    async def listing(self, request: Request) -> Response:
        """One list of records."""
        kind, page = request.path_params["kind"], page_number(request)
        rows = _LISTS.get(kind)

        def content(connection: Connection, session: WebSession) -> dict[str, Any] | None:
            if rows is None:
                return None
            found = rows(connection, session.actor, page)
            return {"rows": found[:PAGE_ROWS], "page": page, "more": len(found) > PAGE_ROWS}

        return await self.frame.show(request, f"{kind}.html", content, kind=kind, near=True)

    async def enterprise(self, request: Request) -> Response:
        """One enterprise."""
        return await self._detail(request, "enterprise.html", record_lists.enterprise)

    async def visit(self, request: Request) -> Response:
        """One visit with what was answered, found and written on it."""
        return await self._detail(request, "visit.html", record_lists.visit)

    async def _detail(self, request: Request, template: str, find: Callable[..., dict[str, Any] | None]) -> Response:
        row_id = request.path_params["row_id"]
        return await self.frame.show(
            request, template, lambda connection, session: find(connection, session.actor, row_id), near=True
        )
