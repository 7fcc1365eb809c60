"""The composition root of the server: every object once, and every route with the action it is for."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates
from starlette.types import ASGIApp

from desktop.models.problems import EnvironmentProblem, Problem, UserProblem
from desktop.models.value_words import value_word
from server.api_routes import Api
from server.database_access import is_out_of_reach
from server.health_routes import Health
from server.lineage import RETRY_S
from server.observed_requests import ObservedRequests
from server.passwords import Passwords
from server.problem_responses import problem_response
from server.record_pages import TEMPLATES, Pages
from server.safe_answers import SafeAnswers, answer_fault
from server.settings import Settings
from server.store import Store

ACTIONS: dict[tuple[str, str], str] = {
    ("POST", "/v1/enrol"): "anybody with a code",
    ("GET", "/v1/sync/hello"): "device: own scope",
    ("POST", "/v1/sync/push"): "device: write in scope, checked per row",
    ("GET", "/v1/sync/changes"): "device: read in scope",
    ("GET", "/v1/sync/digest"): "device: read in scope",
    ("GET", "/v1/sync/rows"): "device: read in scope",
    ("GET", "/v1/attachments/{sha256}"): "device: read in scope",
    ("PUT", "/v1/attachments/{sha256}"): "device: write in scope",
    ("GET", "/healthz"): "anybody",
    ("GET", "/readyz"): "anybody",
    ("GET", "/metrics"): "this machine, or the token for watching",
    ("GET", "/"): "anybody: leads to the sign-in",
    ("GET", "/sign-in"): "anybody",
    ("POST", "/sign-in"): "anybody, throttled",
    ("POST", "/sign-out"): "officer: own sign-in",
    ("GET", "/records/{kind}"): "officer: read in scope",
    ("GET", "/records/enterprises/{row_id}"): "officer: read in scope",
    ("GET", "/records/visits/{row_id}"): "officer: read in scope",
}
"""What each route lets whom do (SEC-30); a test fails on a route that is not here."""


def make_app(store: Store, settings: Settings, passwords: Passwords | None = None) -> ASGIApp:
    """The application over an open store."""
    templates = Jinja2Templates(directory=TEMPLATES)
    templates.env.autoescape = True
    templates.env.filters["word"] = _word
    pages = Pages(store, passwords or Passwords(), templates, settings.tls)
    static = Mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    app = Starlette(
        routes=[*Api(store).routes(), *pages.routes(), *Health(store, settings).routes(), static],
        exception_handlers={
            Problem: _problem,
            HTTPException: _unknown,
            DBAPIError: _database,
            Exception: answer_fault,
        },
    )
    return ObservedRequests(SafeAnswers(app, tls=settings.tls))


def _word(code: str | None, kind: str) -> str:
    """A stored code in both languages, as the headings of the pages are."""
    if code is None:
        return ""
    words = (str(value_word(kind, code, "zh")), str(value_word(kind, code, "en")))
    return " ".join(dict.fromkeys(words))


async def _problem(_request: Request, error: Exception) -> Response:
    return problem_response(cast(Problem, error))


async def _database(request: Request, error: Exception) -> Response:
    """A database that is down, changing over or busy is no fault of ours: come again in a while."""
    if is_out_of_reach(cast(DBAPIError, error)):
        return problem_response(EnvironmentProblem("server_database_unreachable", retry_after=RETRY_S))
    return await answer_fault(request, error)


async def _unknown(_request: Request, error: Exception) -> Response:
    code = "sync_method_unknown" if cast(HTTPException, error).status_code == 405 else "sync_not_found"
    return problem_response(UserProblem(code))
