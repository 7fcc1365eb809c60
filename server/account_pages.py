"""The page of one's own account: password, second factor, devices, and where one is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.models.problems import UserProblem
from server import audit, factors, web_sessions
from server.accounts import set_password
from server.office_lists import devices_of
from server.officers import forget_factor
from server.page_frame import Fields, PageFrame
from server.passwords import require_strong
from server.sign_in import SignIn
from server.web_sessions import WebSession


@dataclass(frozen=True, slots=True)
class AccountPages:
    """The handlers."""

    frame: PageFrame
    sign_in: SignIn

    def routes(self) -> list[Route]:
        """All pages of one's own account."""
        return [
            Route("/account", self.account, methods=["GET"]),
            Route("/account/password", self.password_form, methods=["GET"]),
            Route("/account/password", self.change_password, methods=["POST"]),
            Route("/account/factor", self.factor_form, methods=["GET"]),
            Route("/account/factor", self.confirm_factor, methods=["POST"]),
            Route("/account/factor/replace", self.replace_factor, methods=["POST"]),
            Route("/account/sign-ins/end", self.end_others, methods=["POST"]),
        ]

    async def account(self, request: Request) -> Response:
        """What belongs to whoever is signed in."""

        def content(connection: Connection, session: WebSession) -> dict[str, Any]:
            account_id = session.actor.account_id
            return {
                "devices": devices_of(connection, account_id),
                "sign_ins": web_sessions.lasting(connection, account_id),
            }

        return await self.frame.show(request, "account.html", content)

    async def password_form(self, request: Request) -> Response:
        """The form for a new password."""
        return await self.frame.show(request, "password.html", lambda *_: {}, mends="password")

    async def change_password(self, request: Request) -> Response:
        """Replace the password; every other sign-in ends."""

        def work(connection: Connection, session: WebSession, fields: Fields) -> str:
            account_id, password = session.actor.account_id, fields.get("new", "")
            if self.sign_in.password_right(account_id, password):
                raise UserProblem("server_password_same")
            require_strong(password)
            set_password(connection, account_id, self.sign_in.passwords.hash(password), must_change=False)
            web_sessions.end_all(connection, account_id, but=session.id)
            audit.note(connection, "set_password", "account", account_id, by=account_id)
            return "/account"

        return await self.frame.act(request, work, mends="password", fresh="/account/password")

    async def factor_form(self, request: Request) -> Response:
        """The new factor's address as a code for the authenticator, to be confirmed."""

        def content(connection: Connection, session: WebSession) -> dict[str, Any] | None:
            return None if session.has_factor else self._factor(connection, session)

        return await self.frame.show(request, "factor.html", content, mends="factor", writing=True)

    async def confirm_factor(self, request: Request) -> Response:
        """Use the factor from now on; shows the recovery codes this once."""

        def work(connection: Connection, session: WebSession, fields: Fields) -> dict[str, Any]:
            account_id = session.actor.account_id
            codes = factors.confirm(connection, self.sign_in.box, account_id, fields.get("code", ""))
            if codes is None:
                return self._factor(connection, session) | {"trouble": "wrong"}
            web_sessions.end_all(connection, account_id, but=session.id)
            web_sessions.note_factor(connection, session.id)
            audit.note(connection, "set_factor", "account", account_id, by=account_id)
            return {"codes": codes}

        return await self.frame.act(request, work, "factor.html", mends="factor", fresh="/account/factor")

    async def replace_factor(self, request: Request) -> Response:
        """Give the present factor up, for a new authenticator; every sign-in ends."""

        def work(connection: Connection, session: WebSession, _fields: Fields) -> str:
            forget_factor(connection, session.actor.account_id, by=session.actor.account_id)
            return "/sign-in"

        return await self.frame.act(request, work, fresh="/account")

    async def end_others(self, request: Request) -> Response:
        """End every other sign-in of this account."""

        def work(connection: Connection, session: WebSession, _fields: Fields) -> str:
            account_id = session.actor.account_id
            web_sessions.end_all(connection, account_id, but=session.id)
            audit.note(connection, "end_sign_ins", "account", account_id, by=account_id)
            return "/account"

        return await self.frame.act(request, work)

    def _factor(self, connection: Connection, session: WebSession) -> dict[str, Any]:
        address = factors.pending(connection, self.sign_in.box, session.actor.account_id)
        picture = segno.make(address, micro=False).svg_data_uri(scale=4)
        return {"picture": picture, "address": address, "trouble": None}
