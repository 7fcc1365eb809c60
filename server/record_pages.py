"""The plain web pages: sign in, and read the records of one's grids. They change nothing but the sign-in itself."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from server import accounts, record_lists, web_sessions
from server.passwords import Passwords
from server.record_lists import PAGE_ROWS, Item
from server.request_body import body_of
from server.store import Store
from server.web_sessions import WebSession

FORM_BYTES = 8 * 1024
TEMPLATES = Path(__file__).parent / "templates"
Listing = Callable[..., list[Item]]
_LISTS: dict[str, Listing] = {
    "enterprises": record_lists.enterprises,
    "visits": record_lists.visits,
    "findings": record_lists.findings,
    "letters": record_lists.letters,
}


@dataclass(frozen=True, slots=True)
class Pages:
    """The handlers, over one store. `tls` decides the cookie's name and whether it is marked secure."""

    store: Store
    passwords: Passwords
    templates: Jinja2Templates
    tls: bool

    def routes(self) -> list[Route]:
        """All pages."""
        return [
            Route("/", self.home, methods=["GET"]),
            Route("/sign-in", self.sign_in_form, methods=["GET"]),
            Route("/sign-in", self.sign_in, methods=["POST"]),
            Route("/sign-out", self.sign_out, methods=["POST"]),
            Route("/records/{kind}", self.listing, methods=["GET"]),
            Route("/records/enterprises/{row_id}", self.enterprise, methods=["GET"]),
            Route("/records/visits/{row_id}", self.visit, methods=["GET"]),
        ]

    @property
    def cookie(self) -> str:
        """The session cookie; `__Host-` binds it to this host where there is TLS."""
        return "__Host-zhuqi" if self.tls else "zhuqi"

    @property
    def form_cookie(self) -> str:
        """The cookie that must match the sign-in form's token."""
        return "__Host-zhuqi-form" if self.tls else "zhuqi-form"

    async def home(self, _request: Request) -> Response:
        """The first list."""
        return RedirectResponse("/records/enterprises", 303)

    async def sign_in_form(self, request: Request) -> Response:
        """The form for name and password."""
        return self._form(request, None, 200)

    async def sign_in(self, request: Request) -> Response:
        """Check name and password; the same answer and the same time whatever was wrong."""
        fields = await _fields(request)
        token = request.cookies.get(self.form_cookie, "")
        if not token or not secrets.compare_digest(token, fields.get("csrf", "")):
            return self._form(request, "again", 400)
        address = request.client.host if request.client else ""
        name, password = fields.get("name", "")[:80], fields.get("password", "")[:128]
        value, wait = await run_in_threadpool(self._signed_in, name, password, address)
        if value is None:
            answer = self._form(request, "wait" if wait else "wrong", 429 if wait else 403)
            if wait:
                answer.headers["Retry-After"] = str(wait)
            return answer
        response = RedirectResponse("/records/enterprises", 303)
        self._set_cookie(response, self.cookie, value)
        response.delete_cookie(self.form_cookie, secure=self.tls, httponly=True, samesite="strict")
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the sign-in."""
        fields = await _fields(request)
        session = await run_in_threadpool(self._session, request)
        if session is None or not secrets.compare_digest(session.csrf, fields.get("csrf", "")):
            return RedirectResponse("/sign-in", 303)
        await run_in_threadpool(self._end, request.cookies[self.cookie])
        response = RedirectResponse("/sign-in", 303)
        response.delete_cookie(self.cookie, secure=self.tls, httponly=True, samesite="strict")
        return response

    async def listing(self, request: Request) -> Response:
        """One list of records."""
        kind = request.path_params["kind"]
        rows = _LISTS.get(kind)
        number = request.query_params.get("page", "0")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
        if rows is None:
            return await self._page(request, "missing.html", lambda *_: {}, status=404)

        def content(connection: Connection, session: WebSession) -> dict[str, Any]:
            found = rows(connection, session.actor, page)
            return {"rows": found[:PAGE_ROWS], "page": page, "more": len(found) > PAGE_ROWS}

        return await self._page(request, f"{kind}.html", content, kind=kind, near=True)

    async def enterprise(self, request: Request) -> Response:
        """One enterprise."""
        return await self._detail(request, "enterprise.html", record_lists.enterprise)

    async def visit(self, request: Request) -> Response:
        """One visit with what was answered, found and written on it."""
        return await self._detail(request, "visit.html", record_lists.visit)

    async def _detail(self, request: Request, template: str, find: Callable[..., dict[str, Any] | None]) -> Response:
        row_id = request.path_params["row_id"]
        return await self._page(
            request, template, lambda connection, session: find(connection, session.actor, row_id), near=True
        )

    async def _page(
        self,
        request: Request,
        template: str,
        content: Callable[[Connection, WebSession], dict[str, Any] | None],
        *,
        status: int = 200,
        kind: str = "",
        near: bool = False,
    ) -> Response:
        """A page behind the sign-in; with `near`, its content may come from a replica that is a little behind."""
        session = await run_in_threadpool(self._session, request)
        if session is None:
            return RedirectResponse("/sign-in", 303)
        found = await run_in_threadpool(self._read, content, session, near)
        if found is None:
            template, found, status = "missing.html", {}, 404
        words = {"session": session, "kind": kind, **found}
        return self.templates.TemplateResponse(request, template, words, status_code=status)

    def _read(
        self, content: Callable[[Connection, WebSession], dict[str, Any] | None], session: WebSession, near: bool
    ) -> dict[str, Any] | None:
        if near:
            return self.store.read_near(lambda connection: content(connection, session))
        with self.store.reading() as connection:
            return content(connection, session)

    def _session(self, request: Request) -> WebSession | None:
        value = request.cookies.get(self.cookie)
        if not value:
            return None
        with self.store.writing() as connection:
            return web_sessions.current(connection, value)

    def _end(self, value: str) -> None:
        with self.store.writing() as connection:
            web_sessions.end(connection, value)

    def _signed_in(self, name: str, password: str, address: str) -> tuple[str | None, int]:
        """The new cookie's value, or nothing and the seconds to wait."""
        subject = f"name {name}"
        with self.store.reading() as connection:
            wait = accounts.seconds_to_wait(connection, subject, address)
            found = None if wait else accounts.credentials_of(connection, name)
        if wait:
            return None, wait
        right = self.passwords.matches(found.password_hash if found else None, password)
        with self.store.writing() as connection:
            allowed = right and found is not None and accounts.may_sign_in(found.role)
            accounts.note_attempt(connection, subject, address, succeeded=allowed)
            return (web_sessions.begin(connection, found.account_id) if found and allowed else None), 0

    def _form(self, request: Request, trouble: str | None, status: int) -> Response:
        token = secrets.token_urlsafe(32)
        words = {"csrf": token, "trouble": trouble, "session": None, "kind": ""}
        response = self.templates.TemplateResponse(request, "sign_in.html", words, status_code=status)
        self._set_cookie(response, self.form_cookie, token)
        return response

    def _set_cookie(self, response: Response, name: str, value: str) -> None:
        response.set_cookie(name, value, path="/", secure=self.tls, httponly=True, samesite="strict")


async def _fields(request: Request) -> dict[str, str]:
    body = await body_of(request, FORM_BYTES)
    pairs = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    return {name: values[0].replace("\0", "\ufffd") for name, values in pairs.items()}  # no database holds a NUL
