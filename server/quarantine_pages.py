"""The web pages of what was not applied and of what two people set differently, in the grids of an administrator."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import audit, quarantine, record_lists
from server.page_frame import Fields, PageFrame, Words, page_number
from server.quarantine import PAGE_ROWS
from server.rights import Action, may
from server.web_sessions import WebSession

_ACTS = {"let-through": quarantine.let_through, "discard": quarantine.discard}


@dataclass(frozen=True, slots=True)
class QuarantinePages:
    """The handlers."""

    frame: PageFrame

    def routes(self) -> list[Route]:
        """All pages."""
        return [
            Route("/office/quarantine", self.listing, methods=["GET"]),
            Route("/office/quarantine/{account_id}/{grid_id}/{act}", self.decide, methods=["POST"]),
            Route("/office/conflicts", self.conflicts, methods=["GET"]),
        ]

    async def listing(self, request: Request) -> Response:
        """Late work to decide on, and everything else that was not applied."""
        page = page_number(request)

        def content(connection: Connection, session: WebSession) -> Words:
            found = quarantine.refused_operations(connection, session.actor, page)
            late = quarantine.late_work(connection, session.actor)
            return {"late": late, "rows": found[:PAGE_ROWS], "page": page, "more": len(found) > PAGE_ROWS}

        return await self.frame.show(request, "office_quarantine.html", content, kind="quarantine")

    async def decide(self, request: Request) -> Response:
        """Let an officer's late work in a grid through, or discard it."""
        account_id, grid_id = request.path_params["account_id"], request.path_params["grid_id"]
        act = request.path_params["act"]

        def work(connection: Connection, session: WebSession, _fields: Fields) -> str | None:
            if act not in _ACTS or not may(session.actor, Action.WRITE, "quarantine", grid_id):
                return None
            number = _ACTS[act](connection, account_id, grid_id)
            by = session.actor.account_id
            audit.note(connection, act.replace("-", "_"), "account", account_id, by=by, detail=f"{number} in {grid_id}")
            return "/office/quarantine"

        return await self.frame.act(request, work, fresh="/office/quarantine")

    async def conflicts(self, request: Request) -> Response:
        """Open conflicts first, then settled ones."""
        page = page_number(request)

        def content(connection: Connection, session: WebSession) -> Words:
            found = record_lists.conflicts(connection, session.actor, page)
            return {"rows": found[:PAGE_ROWS], "page": page, "more": len(found) > PAGE_ROWS}

        return await self.frame.show(request, "office_conflicts.html", content, kind="conflicts")
