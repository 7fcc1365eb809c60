"""The web pages of the office: accounts, devices, grids and the audit, for administrators within their reach."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.models.identity import grid_id
from desktop.models.problems import UserProblem
from desktop.models.vocabulary import Role
from server import audit, office_lists, officers, web_sessions
from server.accounts import holder_of
from server.device_tokens import revoke_device
from server.enrolment import new_code
from server.office_lists import PAGE_ROWS, Item
from server.page_frame import Fields, PageFrame, Words, page_number
from server.passwords import Passwords
from server.rights import ADMINISTERS, Action, Actor, Holder, may
from server.web_sessions import WebSession

_LISTS: dict[str, Callable[..., list[Item]]] = {
    "accounts": office_lists.listed_accounts,
    "devices": office_lists.listed_devices,
    "grids": office_lists.listed_grids,
    "audit": office_lists.listed_events,
}
_LISTED_BY = {"grids": "accounts"}
"""The resource whose rights a list goes by, where it is not the list's own name."""


@dataclass(frozen=True, slots=True)
class OfficePages:
    """The handlers."""

    frame: PageFrame
    passwords: Passwords

    def routes(self) -> list[Route]:
        """All pages of the office."""
        return [
            *[Route(f"/office/{kind}", self._lister(kind), methods=["GET"]) for kind in _LISTS],
            Route("/office/accounts", self.create, methods=["POST"]),
            Route("/office/accounts/{account_id}", self.account, methods=["GET"]),
            Route("/office/accounts/{account_id}/{act}", self.change, methods=["POST"]),
            Route("/office/devices/{device_id}/revoke", self.revoke_device, methods=["POST"]),
            Route("/office/sign-ins/{session_id}/end", self.end_sign_in, methods=["POST"]),
        ]

    def _lister(self, kind: str) -> Callable[[Request], Any]:
        async def listing(request: Request) -> Response:
            page, by = page_number(request), _LISTED_BY.get(kind, kind)

            def content(connection: Connection, session: WebSession) -> Words | None:
                found = _LISTS[kind](connection, session.actor, page)
                roles = sorted(ADMINISTERS.get(session.actor.role, frozenset()))
                return {"rows": found[:PAGE_ROWS], "page": page, "more": len(found) > PAGE_ROWS, "roles": roles}

            return await self.frame.show(request, f"office_{kind}.html", content, kind=by)

        return listing

    async def account(self, request: Request) -> Response:
        """One account."""
        account_id = request.path_params["account_id"]

        def content(connection: Connection, session: WebSession) -> Words | None:
            found = office_lists.account(connection, session.actor, account_id)
            roles = sorted(ADMINISTERS.get(session.actor.role, frozenset()))
            return found and found | {"roles": roles}

        return await self.frame.show(request, "office_account.html", content, kind="accounts")

    async def create(self, request: Request) -> Response:
        """Make an account; its first password is shown this once."""

        def work(connection: Connection, session: WebSession, fields: Fields) -> Words | None:
            actor, role = session.actor, _role(fields)
            codes = fields.get("grids", "").replace("，", ",").replace(",", " ").split()
            wanted = Holder("", role, frozenset(map(grid_id, codes)))
            if not may(actor, Action.WRITE, "accounts", wanted):
                return None
            password = _one_time_password()
            hashed = self.passwords.hash(password)
            account_id = officers.create_in(
                connection, fields.get("name", ""), role, codes, hashed, actor.account_id, must_change=True
            )
            return {"account_id": account_id, "secret": password, "what": "password"}

        return await self.frame.act(request, work, "office_secret.html", fresh="/office/accounts")

    async def change(self, request: Request) -> Response:
        """One of the acts on an account."""
        account_id, act = request.path_params["account_id"], request.path_params["act"]
        back = f"/office/accounts/{account_id}"

        def work(connection: Connection, session: WebSession, fields: Fields) -> Words | str | None:
            actor, holder = session.actor, holder_of(connection, account_id)
            kind, action = ("devices", Action.ISSUE) if act == "enrolment-code" else ("accounts", Action.WRITE)
            if holder is None or act not in _ACTS or not may(actor, action, kind, holder):
                return None
            return _ACTS[act](self, connection, actor, holder, fields)

        return await self.frame.act(request, work, "office_secret.html", fresh=back)

    async def revoke_device(self, request: Request) -> Response:
        """End a device's access."""
        device_id = request.path_params["device_id"]

        def work(connection: Connection, session: WebSession, _fields: Fields) -> str | None:
            holder = office_lists.holder_of_device(connection, device_id)
            if holder is None or not may(session.actor, Action.WRITE, "devices", holder):
                return None
            revoke_device(connection, device_id)
            audit.note(connection, "revoke", "device", device_id, by=session.actor.account_id)
            own = holder.account_id == session.actor.account_id
            return "/account" if own else f"/office/accounts/{holder.account_id}"

        return await self.frame.act(request, work)

    async def end_sign_in(self, request: Request) -> Response:
        """End one sign-in of an account in reach, or of one's own."""
        session_id = request.path_params["session_id"]

        def work(connection: Connection, session: WebSession, _fields: Fields) -> str | None:
            account_id = web_sessions.owner(connection, session_id)
            holder = holder_of(connection, account_id) if account_id else None
            own = account_id == session.actor.account_id
            if holder is None or not (own or may(session.actor, Action.WRITE, "accounts", holder)):
                return None
            web_sessions.end(connection, session_id)
            audit.note(connection, "end_sign_in", "account", holder.account_id, by=session.actor.account_id)
            return "/account" if own else f"/office/accounts/{holder.account_id}"

        return await self.frame.act(request, work)

    def _give_role(self, connection: Connection, actor: Actor, holder: Holder, fields: Fields) -> str | None:
        role = _role(fields)
        if role not in ADMINISTERS[actor.role]:
            return None
        officers.change_role(connection, holder.account_id, role, actor.account_id)
        return f"/office/accounts/{holder.account_id}"

    def _give_grid(self, connection: Connection, actor: Actor, holder: Holder, fields: Fields) -> str | None:
        code = fields.get("grid", "")
        wanted = Holder(holder.account_id, holder.role, frozenset({grid_id(code)}))
        if not may(actor, Action.WRITE, "accounts", wanted):
            return None
        officers.give_grid(connection, holder.account_id, code, actor.account_id)
        return f"/office/accounts/{holder.account_id}"

    def _take_grid(self, connection: Connection, actor: Actor, holder: Holder, fields: Fields) -> str:
        officers.take_grid(connection, holder.account_id, fields.get("grid", ""), actor.account_id)
        return f"/office/accounts/{holder.account_id}"

    def _new_password(self, connection: Connection, actor: Actor, holder: Holder, _fields: Fields) -> Words:
        password = _one_time_password()
        officers.replace_password(connection, holder.account_id, self.passwords.hash(password), actor.account_id)
        return {"account_id": holder.account_id, "secret": password, "what": "password"}

    def _forget_factor(self, connection: Connection, actor: Actor, holder: Holder, _fields: Fields) -> str:
        officers.forget_factor(connection, holder.account_id, actor.account_id)
        return f"/office/accounts/{holder.account_id}"

    def _enrolment_code(self, connection: Connection, actor: Actor, holder: Holder, _fields: Fields) -> Words:
        code, expires = new_code(connection, holder.account_id, by=actor.account_id)
        return {"account_id": holder.account_id, "secret": code, "what": "code", "expires": expires}

    def _close(self, connection: Connection, actor: Actor, holder: Holder, _fields: Fields) -> str:
        officers.close_officer(connection, holder.account_id, actor.account_id)
        return "/office/accounts"


_Act = Callable[[OfficePages, Connection, Actor, Holder, Fields], Words | str | None]
_ACTS: dict[str, _Act] = {
    "role": OfficePages._give_role,
    "give-grid": OfficePages._give_grid,
    "take-grid": OfficePages._take_grid,
    "password": OfficePages._new_password,
    "factor": OfficePages._forget_factor,
    "enrolment-code": OfficePages._enrolment_code,
    "close": OfficePages._close,
}
"""What can be done with an account, by the last word of its address."""


def _role(fields: Fields) -> Role:
    try:
        return Role(fields.get("role", ""))
    except ValueError:
        raise UserProblem("server_role_unknown") from None


def _one_time_password() -> str:
    """A password for the first sign-in: 80 bits in groups of four letters."""
    letters = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))
