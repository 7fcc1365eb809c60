"""The outermost layer of every answer: security headers, and faults that tell a reference instead of their cause.

A fault's message can hold a value of a record (a database quotes the row it refuses), so only its type and the places
it went through are logged (SEC-71, SEC-72).
"""

from __future__ import annotations

import logging
import secrets
import traceback

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desktop.models.problems import EnvironmentProblem, UserProblem
from server.metrics import count_fault
from server.problem_responses import problem_response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_ANSWERED = "zhuqi.fault_answered"
_log = logging.getLogger("zhuqi.server")


class SafeAnswers:
    """ASGI layer around the whole application."""

    def __init__(self, app: ASGIApp, *, tls: bool) -> None:
        self.app = app
        self.tls = tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_safely(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if self.tls or scope["scheme"] == "https":  # the server's own, or that of a proxy in front of it
                    headers["Strict-Transport-Security"] = "max-age=31536000"
                if not scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        try:
            if "\0" in scope["path"]:  # names nothing, and PostgreSQL would not even look it up
                await problem_response(UserProblem("sync_not_found"))(scope, receive, send_safely)
                return
            await self.app(scope, receive, send_safely)
        except Exception as error:  # the framework raises again what `fault` has answered
            if _ANSWERED not in scope:
                answer = fault(error)
                if not begun:
                    await answer(scope, receive, send_safely)


async def answer_fault(request: Request, error: Exception) -> Response:
    """The framework's handler for a fault of ours."""
    request.scope[_ANSWERED] = True
    return fault(error)


def fault(error: Exception) -> Response:
    """Log a fault without its values; answer with a reference to that line."""
    reference = secrets.token_hex(4)
    _log.error("fault %s: %s", reference, described(error))
    count_fault()
    return problem_response(EnvironmentProblem("server_fault", reference=reference))


def described(error: BaseException) -> str:
    """Type and places of an error and its causes, without messages and values."""
    places = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    cause = error.__cause__ or error.__context__
    rest = f" <- {described(cause)}" if cause is not None else ""
    return f"{type(error).__name__} at {' > '.join(places[-8:])}{rest}"
