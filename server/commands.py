"""What the commands of the server do, each over the same functions as the pages and endpoints."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL

from desktop.models.identity import grid_id
from desktop.models.problems import UserProblem
from desktop.models.vocabulary import Role
from server import audit, device_tokens, factors, office_lists, officers
from server.accounts import find_account
from server.enrolment import new_code
from server.passwords import Passwords, require_strong
from server.plain_logs import set_up
from server.seed_box import SeedBox
from server.settings import (
    Settings,
    attachments_place,
    keys_folder,
    require_key_pair,
    require_postgresql,
    require_safe_address,
)
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
    attachments_place(settings)  # before a database is touched
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


def create_officer(url: URL, name: str, role: str, grids: list[list[str]]) -> dict[str, Any]:
    """Make an account that works in these grids."""
    password = _password()
    with _open(url) as store:
        codes = [code for group in grids for code in group]
        return {"officer": officers.create_officer(store, Passwords(), name, Role(role), codes, password)}


def enrol_code(url: URL, officer: str, days: int) -> dict[str, Any]:
    """A code that enrols one laptop for this officer."""
    with _open(url) as store, store.writing() as connection:
        code, expires = new_code(connection, find_account(connection, officer), days)
    return {"code": code, "expires": expires}


def list_officers(url: URL) -> dict[str, Any]:
    """Every account with its role and grids."""
    with _open(url) as store, store.reading() as connection:
        return {"officers": office_lists.all_officers(connection)}


def list_devices(url: URL, officer: str | None) -> dict[str, Any]:
    """The devices of one officer, or of all."""
    with _open(url) as store, store.reading() as connection:
        account_id = find_account(connection, officer) if officer else None
        return {"devices": office_lists.all_devices(connection, account_id)}


def revoke_device(url: URL, device: str) -> dict[str, Any]:
    """End a laptop's access at once. Named by its id or its code."""
    with _open(url) as store, store.writing() as connection:
        device_id = office_lists.find_device(connection, device)
        device_tokens.revoke_device(connection, device_id)
        audit.note(connection, "revoke", "device", device_id, by=None)
    return {"device": device_id}


def grant_grid(url: URL, officer: str, code: str) -> dict[str, Any]:
    """Let an officer work in one more grid."""
    with _open(url) as store, store.writing() as connection:
        account_id = find_account(connection, officer)
        return {"officer": account_id, "grid": officers.give_grid(connection, account_id, code)}


def revoke_grid(url: URL, officer: str, code: str) -> dict[str, Any]:
    """Take a grid away from an officer; unsent work in it goes into the quarantine."""
    with _open(url) as store, store.writing() as connection:
        account_id, grid = find_account(connection, officer), grid_id(code)
        officers.take_grid(connection, account_id, grid)
    return {"officer": account_id, "grid": grid}


def set_role(url: URL, officer: str, role: str) -> dict[str, Any]:
    """Give an officer another role."""
    with _open(url) as store, store.writing() as connection:
        account_id = find_account(connection, officer)
        officers.change_role(connection, account_id, Role(role))
    return {"officer": account_id, "role": role}


def set_password(url: URL, officer: str) -> dict[str, Any]:
    """Replace an officer's password; he has to change it at his next sign-in."""
    password = _password()
    require_strong(password)
    hashed = Passwords().hash(password)
    with _open(url) as store, store.writing() as connection:
        account_id = find_account(connection, officer)
        officers.replace_password(connection, account_id, hashed)
    return {"officer": account_id}


def set_factor(url: URL, officer: str) -> dict[str, Any]:
    """Set up an officer's second factor, in place of the one there is; its codes are shown this once."""
    box = SeedBox(keys_folder(url))
    with _open(url) as store, store.writing() as connection:
        account_id = find_account(connection, officer)
        officers.forget_factor(connection, account_id)
        address = factors.pending(connection, box, account_id)
        codes = factors.start(connection, account_id)
    return {"officer": account_id, "otpauth": address, "recovery_codes": codes}


def close_officer(url: URL, officer: str) -> dict[str, Any]:
    """End an account with its devices, grids and sign-ins."""
    with _open(url) as store, store.writing() as connection:
        account_id = find_account(connection, officer)
        officers.close_officer(connection, account_id)
    return {"officer": account_id}


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
