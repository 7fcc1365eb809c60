"""Signing in and out on the web, and proving once more who one is before what must not be done at a desk left alone."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from desktop.models.problems import EnvironmentProblem
from server import web_sessions
from server.page_frame import PROVE, SIGN_IN, Fields, PageFrame, fields_of
from server.sign_in import Given, SignIn

KNOWN_S = 365 * 24 * 3600
_OWN_PATH = re.compile(r"/[a-z][\w/-]*")


@dataclass(frozen=True, slots=True)
class SignInPages:
    """The handlers."""

    frame: PageFrame
    sign_in: SignIn

    def routes(self) -> list[Route]:
        """All pages around the sign-in."""
        return [
            Route(SIGN_IN, self.form, methods=["GET"]),
            Route(SIGN_IN, self.enter, methods=["POST"]),
            Route("/sign-out", self.leave, methods=["POST"]),
            Route(PROVE, self.proof_form, methods=["GET"]),
            Route(PROVE, self.prove, methods=["POST"]),
        ]

    async def form(self, request: Request) -> Response:
        """The form for name, password and code."""
        return self._form(request, None, 200)

    async def enter(self, request: Request) -> Response:
        """Check what was typed; the same answer and the same time whatever was wrong."""
        fields = await fields_of(request)
        token = request.cookies.get(self.frame.cookie(request, "zhuqi-form"), "")
        if not token or not secrets.compare_digest(token, fields.get("csrf", "")):
            return self._form(request, "again", 400)
        given = self._given(request, fields)
        try:
            admitted = await run_in_threadpool(self.sign_in.sign_in, given)
        except EnvironmentProblem as problem:
            return _waiting(self._form(request, "wait", 429), problem)
        if admitted is None:
            return self._form(request, "wrong", 403)
        response = RedirectResponse("/", 303)
        self.frame.set_cookie(request, response, "zhuqi", admitted.session)
        if admitted.known:
            self.frame.set_cookie(request, response, "zhuqi-known", admitted.known, KNOWN_S)
        self.frame.delete_cookie(request, response, "zhuqi-form")
        return response

    async def leave(self, request: Request) -> Response:
        """End the sign-in, whatever it lacks."""
        session = await self.frame.session(request)
        fields = await fields_of(request)
        response = RedirectResponse(SIGN_IN, 303)
        if session is not None and secrets.compare_digest(session.csrf, fields.get("csrf", "")):
            await run_in_threadpool(self._end, session.id)
            self.frame.delete_cookie(request, response, "zhuqi")
        return response

    async def proof_form(self, request: Request) -> Response:
        """The form that asks again."""
        back = _own_path(request.query_params.get("back", ""))
        return await self.frame.show(request, "prove.html", lambda *_: {"back": back, "trouble": None}, mends="any")

    async def prove(self, request: Request) -> Response:
        """Check password and factor of whoever is signed in; the sign-in goes on under a new cookie."""
        fields = await fields_of(request)
        session = await self.frame.session(request)
        if session is None or not secrets.compare_digest(session.csrf, fields.get("csrf", "")):
            return RedirectResponse(SIGN_IN, 303)
        back = _own_path(fields.get("back", ""))
        try:
            value = await run_in_threadpool(self.sign_in.prove, session, self._given(request, fields))
        except EnvironmentProblem as problem:
            words = {"back": back, "trouble": "wait"}
            return _waiting(self.frame.page(request, session, "prove.html", words, status=429), problem)
        if value is None:
            words = {"back": back, "trouble": "wrong"}
            return self.frame.page(request, session, "prove.html", words, status=403)
        response = RedirectResponse(back, 303)
        self.frame.set_cookie(request, response, "zhuqi", value)
        return response

    def _given(self, request: Request, fields: Fields) -> Given:
        return Given(
            name=fields.get("name", "")[:80],
            password=fields.get("password", "")[:128],
            code=fields.get("code", "")[:40],
            address=request.client.host if request.client else "",
            known=request.cookies.get(self.frame.cookie(request, "zhuqi-known"), ""),
            browser="".join(c for c in request.headers.get("user-agent", "") if c.isprintable()),
        )

    def _end(self, session_id: str) -> None:
        with self.frame.store.writing() as connection:
            web_sessions.end(connection, session_id)

    def _form(self, request: Request, trouble: str | None, status: int) -> Response:
        token = secrets.token_urlsafe(32)
        words = {"csrf": token, "trouble": trouble, "session": None, "kind": ""}
        response = self.frame.templates.TemplateResponse(request, "sign_in.html", words, status_code=status)
        self.frame.set_cookie(request, response, "zhuqi-form", token)
        return response


def _waiting(response: Response, problem: EnvironmentProblem) -> Response:
    response.headers["Retry-After"] = str(problem.fields["retry_after"])
    return response


def _own_path(text: str) -> str:
    """A page of this server to go back to; anything else leads to the account's own."""
    return text if _OWN_PATH.fullmatch(text) else "/account"
