"""The composition root of the server: every object once, and every route with the action it is for."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple, cast

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
from desktop.sync.wire import tus
from server import openapi
from server.account_pages import AccountPages
from server.api_routes import Api
from server.attachment_move import move_old_bytes
from server.attachment_store import AttachmentStore
from server.centre_keys import centre_keys
from server.database_access import is_out_of_reach
from server.health_routes import Health
from server.lineage import RETRY_S
from server.observed_requests import ObservedRequests
from server.office_pages import OfficePages
from server.page_frame import PageFrame
from server.passwords import Passwords
from server.problem_responses import problem_response
from server.quarantine_pages import QuarantinePages
from server.record_pages import RecordPages
from server.rights import Action
from server.safe_answers import SafeAnswers, answer_fault
from server.seed_box import SeedBox
from server.settings import Settings, attachments_place
from server.sign_in import SignIn
from server.sign_in_pages import SignInPages
from server.store import Store
from server.upload_routes import UploadRoutes
from server.uploads import Uploads


class Rule(NamedTuple):
    """What a route lets whom do. `device` and `person`: with a token, with a sign-in; within the reach `may` gives."""

    who: Literal["anybody", "device", "person"]
    action: Action | None = None
    kind: str = ""


ACTIONS: dict[tuple[str, str], Rule] = {
    ("POST", "/v1/enrol"): Rule("anybody"),
    ("GET", "/v1/sync/hello"): Rule("device"),
    ("POST", "/v1/sync/push"): Rule("device", Action.WRITE, "each row's table"),
    ("GET", "/v1/sync/changes"): Rule("device", Action.READ, "each row's table"),
    ("GET", "/v1/sync/digest"): Rule("device", Action.READ, "each row's table"),
    ("GET", "/v1/sync/rows"): Rule("device", Action.READ, "each row's table"),
    ("GET", "/v1/attachments/{sha256}"): Rule("device", Action.READ, "attachments"),
    ("OPTIONS", "/v1/attachments/uploads"): Rule("anybody"),
    ("POST", "/v1/attachments/uploads"): Rule("device", Action.WRITE, "attachments"),
    ("POST", "/v1/attachments/uploads/together"): Rule("device", Action.WRITE, "attachments"),
    ("HEAD", "/v1/attachments/uploads/{sha256}"): Rule("device", Action.WRITE, "attachments"),
    ("PATCH", "/v1/attachments/uploads/{sha256}"): Rule("device", Action.WRITE, "attachments"),
    ("POST", "/v1/attachments/held"): Rule("device", Action.READ, "attachments"),
    ("GET", "/v1/openapi.json"): Rule("anybody"),
    ("GET", "/healthz"): Rule("anybody"),
    ("GET", "/readyz"): Rule("anybody"),
    ("GET", "/metrics"): Rule("anybody"),
    ("GET", "/"): Rule("anybody"),
    ("GET", "/sign-in"): Rule("anybody"),
    ("POST", "/sign-in"): Rule("anybody"),
    ("POST", "/sign-out"): Rule("anybody"),
    ("GET", "/prove"): Rule("person"),
    ("POST", "/prove"): Rule("person"),
    ("GET", "/account"): Rule("person"),
    ("GET", "/account/password"): Rule("person"),
    ("POST", "/account/password"): Rule("person"),
    ("GET", "/account/factor"): Rule("person"),
    ("POST", "/account/factor"): Rule("person"),
    ("POST", "/account/factor/replace"): Rule("person"),
    ("POST", "/account/sign-ins/end"): Rule("person"),
    ("GET", "/records/{kind}"): Rule("person", Action.READ, "enterprises"),
    ("GET", "/records/enterprises/{row_id}"): Rule("person", Action.READ, "enterprises"),
    ("GET", "/records/visits/{row_id}"): Rule("person", Action.READ, "visits"),
    ("GET", "/office/accounts"): Rule("person", Action.READ, "accounts"),
    ("POST", "/office/accounts"): Rule("person", Action.WRITE, "accounts"),
    ("GET", "/office/accounts/{account_id}"): Rule("person", Action.READ, "accounts"),
    ("POST", "/office/accounts/{account_id}/{act}"): Rule("person", Action.WRITE, "accounts"),
    ("GET", "/office/devices"): Rule("person", Action.READ, "devices"),
    ("POST", "/office/devices/{device_id}/revoke"): Rule("person", Action.WRITE, "devices"),
    ("POST", "/office/sign-ins/{session_id}/end"): Rule("person", Action.WRITE, "accounts"),
    ("GET", "/office/grids"): Rule("person", Action.READ, "accounts"),
    ("GET", "/office/quarantine"): Rule("person", Action.READ, "quarantine"),
    ("POST", "/office/quarantine/{account_id}/{grid_id}/{act}"): Rule("person", Action.WRITE, "quarantine"),
    ("GET", "/office/conflicts"): Rule("person", Action.READ, "conflicts"),
    ("GET", "/office/audit"): Rule("person", Action.READ, "audit"),
}
"""Every route with its rule (SEC-30); a test fails on a route that is not here, another one tries each as each role."""


def make_app(store: Store, settings: Settings, passwords: Passwords | None = None) -> ASGIApp:
    """The application over an open store.

    Raises:
        UserProblem: the place of the attachments is not named, or cannot be what it is named.
        EnvironmentProblem: `server_attachments_unavailable`.
    """
    attachments = AttachmentStore.at(attachments_place(settings))
    move_old_bytes(store, attachments)
    uploads = UploadRoutes(Uploads(store, attachments, settings.device_bytes))
    templates = Jinja2Templates(directory=Path(__file__).parent / "templates")
    templates.env.autoescape = True
    templates.env.filters["word"] = _word
    passwords = passwords or Passwords()
    frame = PageFrame(store, templates, settings.tls, settings.password_days)
    sign_in = SignIn(store, passwords, SeedBox(settings.keys))
    pages = (
        SignInPages(frame, sign_in),
        AccountPages(frame, sign_in),
        RecordPages(frame),
        OfficePages(frame, passwords),
        QuarantinePages(frame),
    )
    static = Mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    keys = centre_keys(settings.keys).public if settings.keys else None
    app = Starlette(
        routes=[
            *Api(store, uploads, keys=keys).routes(),
            openapi.route(),
            *(route for part in pages for route in part.routes()),
            *Health(store, settings).routes(),
            static,
        ],
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


async def _problem(request: Request, error: Exception) -> Response:
    answer = problem_response(cast(Problem, error))
    if request.url.path.startswith(tus.UPLOADS_PATH):  # a refusal at the door speaks the protocol, too
        answer.headers.update({"Tus-Resumable": tus.VERSION, "Tus-Version": tus.VERSION})
    return answer


async def _database(request: Request, error: Exception) -> Response:
    """A database that is down, changing over or busy is no fault of ours: come again in a while."""
    if is_out_of_reach(cast(DBAPIError, error)):
        return problem_response(EnvironmentProblem("server_database_unreachable", retry_after=RETRY_S))
    return await answer_fault(request, error)


async def _unknown(_request: Request, error: Exception) -> Response:
    code = "sync_method_unknown" if cast(HTTPException, error).status_code == 405 else "sync_not_found"
    return problem_response(UserProblem(code))
