"""What every web page shares: the sign-in behind it, its forms' token, what is shown when something is not allowed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import parse_qs, quote

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from desktop.models.problems import UserProblem
from server import web_sessions
from server.problem_responses import STATUS
from server.request_body import body_of
from server.rights import Action, Actor, Reach, cell_of
from server.store import Store
from server.web_sessions import WebSession

FORM_BYTES = 8 * 1024
SIGN_IN, PROVE = "/sign-in", "/prove"
_MENDED_AT = {"factor": "/account/factor", "password": "/account/password"}

Words = dict[str, Any]
Fields = Mapping[str, str]
Content = Callable[[Connection, WebSession], Words | None]
Work = Callable[[Connection, WebSession, Fields], Words | str | None]
"""Does what a form asks for. Returns the address to go to, what its page shows, or nothing when there is no such."""


class _Link(NamedTuple):
    kind: str
    path: str
    words: str


LINKS = (
    _Link("enterprises", "/records/enterprises", "企业 Enterprises"),
    _Link("visits", "/records/visits", "走访 Visits"),
    _Link("findings", "/records/findings", "问题 Findings"),
    _Link("letters", "/records/letters", "建议书 Letters"),
    _Link("conflicts", "/office/conflicts", "冲突 Conflicts"),
    _Link("quarantine", "/office/quarantine", "待查 Quarantine"),
    _Link("accounts", "/office/accounts", "账号 Accounts"),
    _Link("devices", "/office/devices", "设备 Devices"),
    _Link("audit", "/office/audit", "审计 Audit"),
)


def links_for(actor: Actor) -> list[_Link]:
    """The pages an actor has, in their order; his own things are on the page of his account."""
    cells = [(link, cell_of(actor.role, link.kind)) for link in LINKS]
    return [link for link, cell in cells if Action.READ in cell.actions and cell.reach is not Reach.OWN]


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Shows pages and runs forms over one store.

    Args:
        tls: whether the server itself encrypts; a proxy in front says so with each request.
        password_days: how old a password may grow; 0: as old as it likes.
    """

    store: Store
    templates: Jinja2Templates
    tls: bool
    password_days: int = 0

    async def show(
        self,
        request: Request,
        template: str,
        content: Content,
        *,
        kind: str = "",
        mends: str = "",
        writing: bool = False,
        near: bool = False,
    ) -> Response:
        """A page for whoever is signed in; without a sign-in the way to it, without the thing the same as for none.

        Args:
            kind: the resource the page lists, to mark its link and to refuse roles that may not read it.
            mends: what this page gives a sign-in that lacks it; `any` for a page that opens whatever it lacks.
            writing: whether what is shown has to be made first.
            near: whether it may come from a replica that is a little behind.
        """
        session = await self.session(request)
        elsewhere = self._elsewhere(session, mends)
        if session is None or elsewhere:
            return elsewhere or RedirectResponse(SIGN_IN, 303)
        found = None
        if not kind or Action.READ in cell_of(session.actor.role, kind).actions:
            found = await run_in_threadpool(self._content, content, session, writing, near)
        return self.page(request, session, template, found, kind=kind)

    async def act(
        self, request: Request, work: Work, template: str = "", *, mends: str = "", fresh: str = ""
    ) -> Response:
        """What a form asks for, done in one transaction.

        Args:
            fresh: for what must not be done at a desk left alone: where to come back to after proving who one is.
        """
        session = await self.session(request)
        elsewhere = self._elsewhere(session, mends)
        if session is None or elsewhere:
            return elsewhere or RedirectResponse(SIGN_IN, 303)
        fields = await fields_of(request)
        if not secrets.compare_digest(session.csrf, fields.get("csrf", "")):
            return RedirectResponse(SIGN_IN, 303)
        if fresh and not session.fresh:
            return RedirectResponse(f"{PROVE}?back={quote(fresh)}", 303)
        try:
            done = await run_in_threadpool(self._write, work, session, fields)
        except UserProblem as problem:
            words = {"zh": problem.sentence("zh"), "en": problem.sentence("en"), "back": fresh or "/account"}
            return self.page(request, session, "refused.html", words, status=STATUS.get(problem.code, 400))
        if isinstance(done, str):
            return RedirectResponse(done, 303)
        return self.page(request, session, template, done)

    def page(
        self, request: Request, session: WebSession, template: str, found: Words | None, *, kind: str = "",
        status: int = 200,
    ) -> Response:  # fmt: skip
        """The answer itself; nothing found looks the same whatever the reason."""
        if found is None:
            template, found, status, kind = "missing.html", {}, 404, ""
        words = {"session": session, "links": links_for(session.actor), "kind": kind, **found}
        return self.templates.TemplateResponse(request, template, words, status_code=status)

    async def session(self, request: Request) -> WebSession | None:
        """The sign-in a request comes from."""
        value = request.cookies.get(self.cookie(request, "zhuqi"))
        return await run_in_threadpool(self._session, value) if value else None

    def secure(self, request: Request) -> bool:
        """Whether the browser's own connection is encrypted, by the server or by the proxy in front of it."""
        return self.tls or request.url.scheme == "https"

    def cookie(self, request: Request, name: str) -> str:
        """A cookie's name; `__Host-` binds it to this host where there is TLS."""
        return f"__Host-{name}" if self.secure(request) else name

    def set_cookie(
        self, request: Request, response: Response, name: str, value: str, max_age: int | None = None
    ) -> None:
        """Give the browser a cookie no script and no other site gets at."""
        response.set_cookie(
            self.cookie(request, name), value, path="/", secure=self.secure(request), httponly=True,
            samesite="strict", max_age=max_age,
        )  # fmt: skip

    def delete_cookie(self, request: Request, response: Response, name: str) -> None:
        """Take a cookie back."""
        response.delete_cookie(
            self.cookie(request, name), path="/", secure=self.secure(request), httponly=True, samesite="strict"
        )

    def _elsewhere(self, session: WebSession | None, mends: str) -> Response | None:
        if session is None or session.lacks is None or mends in (session.lacks, "any"):
            return None
        return RedirectResponse(_MENDED_AT[session.lacks], 303)

    def _session(self, value: str) -> WebSession | None:
        with self.store.writing() as connection:
            return web_sessions.current(connection, value, self.password_days)

    def _content(self, content: Content, session: WebSession, writing: bool, near: bool) -> Words | None:
        if near:
            return self.store.read_near(lambda connection: content(connection, session))
        with self.store.writing() if writing else self.store.reading() as connection:
            return content(connection, session)

    def _write(self, work: Work, session: WebSession, fields: Fields) -> Words | str | None:
        with self.store.writing() as connection:
            return work(connection, session, fields)


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form, the first of each name."""
    body = await body_of(request, FORM_BYTES)
    pairs = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    return {name: values[0].replace("\0", "\ufffd") for name, values in pairs.items()}  # no database holds a NUL


def page_number(request: Request) -> int:
    """Which page of a list is asked for, from 0."""
    number = request.query_params.get("page", "0")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
