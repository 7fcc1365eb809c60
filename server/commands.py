"""What the commands of the server do, each over the same functions as the pages and endpoints."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL

from desktop.models.problems import UserProblem
from desktop.models.vocabulary import Role
from server.accounts import find_account
from server.enrolment import new_code
from server.officers import create_officer as make_officer
from server.passwords import Passwords
from server.plain_logs import set_up
from server.settings import Settings, require_key_pair, require_postgresql, require_safe_address
from server.store import Store

PASSWORD_VARIABLE = "ZHUQI_PASSWORD"


def run(settings: Settings) -> dict[str, str]:
    """Serve until interrupted; says where once it can be reached."""
    from server.app import make_app
    from server.listening import serve
    from server.workers import serve_by_workers

    require_key_pair(settings)
    require_safe_address(settings)
    require_postgresql(settings)
    set_up(as_json=True)
    with _open(settings.database_url, settings.replica_url) as store:
        if settings.workers == 1:
            serve(make_app(store, settings), settings)
            return {}
    serve_by_workers(settings)
    return {}


def upgrade(url: URL) -> dict[str, str]:
    """Bring the database up to date and name its schema."""
    with _open(url) as store:
        return {"schema": store.schema, "generation": store.generation}


def create_officer(url: URL, name: str, role: str, grids: list[list[str]]) -> dict[str, str]:
    """Make an account that works in these grids."""
    password = _password()
    with _open(url) as store:
        codes = [code for group in grids for code in group]
        return {"officer": make_officer(store, Passwords(), name, Role(role), codes, password)}


def enrol_code(url: URL, officer: str) -> dict[str, str]:
    """A code that enrols one laptop for this officer."""
    with _open(url) as store, store.writing() as connection:
        code, expires = new_code(connection, find_account(connection, officer))
    return {"code": code, "expires": expires}


@contextmanager
def _open(url: str | URL, replica_url: str | URL | None = None) -> Iterator[Store]:
    store = Store(url, replica_url)
    try:
        yield store
    finally:
        store.close()


def _password() -> str:
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise UserProblem("server_password_missing", variable=PASSWORD_VARIABLE)
    return getpass.getpass("Password / 密码: ", stream=sys.stderr)
