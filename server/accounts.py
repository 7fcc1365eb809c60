"""Accounts, their grids, and sign-in by password with its throttle.

Layer: above tables, below ingest. Passwords and what was typed never leave this module.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, true, update

from desktop.models.identity import new_id, utc_now
from desktop.models.problems import UserProblem
from desktop.models.vocabulary import Role
from server.rights import WITHOUT_SIGN_IN, Actor
from server.tables import accounts, grants, sign_in_attempts

FAILURES_PER_SUBJECT, SUBJECT_MINUTES = 5, 15
FAILURES_PER_ADDRESS, ADDRESS_MINUTES = 30, 1
KEPT_DAYS = 180


def add_account(connection: Connection, name: str, role: Role, password_hash: str) -> str:
    """Add an account and return its id.

    Raises:
        UserProblem: `server_officer_exists`, `server_officer_name`.
    """
    if not 1 <= len(name) <= 80 or any(ord(letter) < 32 for letter in name):
        raise UserProblem("server_officer_name")
    if connection.execute(select(accounts.c.id).where(accounts.c.name == name)).first():
        raise UserProblem("server_officer_exists", officer=name)
    account_id = new_id()
    connection.execute(
        insert(accounts).values(
            id=account_id, name=name, role=role.value, password_hash=password_hash, scope_version=0, made_at=utc_now()
        )
    )
    return account_id


def grant(connection: Connection, account_id: str, grid_id: str) -> None:
    """Let an account work in a grid from now on."""
    connection.execute(insert(grants).values(id=new_id(), account_id=account_id, grid_id=grid_id, granted_at=utc_now()))
    _raise_scope(connection, account_id)


def revoke(connection: Connection, account_id: str, grid_id: str) -> None:
    """Take a grid away from an account; the grant stays on record."""
    connection.execute(
        update(grants)
        .where(grants.c.account_id == account_id, grants.c.grid_id == grid_id, grants.c.revoked_at.is_(None))
        .values(revoked_at=utc_now())
    )
    _raise_scope(connection, account_id)


def find_account(connection: Connection, id_or_name: str) -> str:
    """The id of an open account.

    Raises:
        UserProblem: `server_officer_unknown`.
    """
    row = connection.execute(
        select(accounts.c.id).where(
            (accounts.c.id == id_or_name) | (accounts.c.name == id_or_name), accounts.c.closed_at.is_(None)
        )
    ).first()
    if row is None:
        raise UserProblem("server_officer_unknown", officer=id_or_name)
    found: str = row.id
    return found


def actor_of(connection: Connection, account_id: str, device_id: str = "") -> Actor:
    """The account as it may act at this moment."""
    row = connection.execute(select(accounts).where(accounts.c.id == account_id)).one()
    grids = connection.scalars(
        select(grants.c.grid_id).where(grants.c.account_id == account_id, grants.c.revoked_at.is_(None))
    )
    open_grids = frozenset(grids) if row.closed_at is None else frozenset[str]()
    return Actor(row.id, row.name, Role(row.role), open_grids, row.scope_version, device_id)


def may_sign_in(role: Role) -> bool:
    """Whether accounts of this role have a sign-in and devices at all."""
    return role not in WITHOUT_SIGN_IN


class Credentials(NamedTuple):
    """What a password typed on the sign-in page is checked against."""

    account_id: str
    role: Role
    password_hash: str


def credentials_of(connection: Connection, name: str) -> Credentials | None:
    """The open account of this name."""
    row = connection.execute(
        select(accounts.c.id, accounts.c.role, accounts.c.password_hash).where(
            accounts.c.name == name, accounts.c.closed_at.is_(None)
        )
    ).one_or_none()
    return Credentials(row.id, Role(row.role), row.password_hash) if row else None


def seconds_to_wait(connection: Connection, subject: str, address: str) -> int:
    """How long this name or this address has to wait after too many failures; 0 when it need not.

    5 failures in 15 minutes per subject, 30 a minute per address (SEC-11). A success clears the subject's count.
    """
    per_subject = _failures_since(connection, "subject", subject, SUBJECT_MINUTES)
    if per_subject >= FAILURES_PER_SUBJECT:
        return SUBJECT_MINUTES * 60
    return (
        ADDRESS_MINUTES * 60
        if _failures_since(connection, "address", address, ADDRESS_MINUTES) >= FAILURES_PER_ADDRESS
        else 0
    )


def note_attempt(connection: Connection, subject: str, address: str, succeeded: bool) -> None:
    """Remember an attempt; old ones go after the log retention period."""
    connection.execute(
        insert(sign_in_attempts).values(
            subject=fingerprint(subject), address=fingerprint(address), at=utc_now(), succeeded=succeeded
        )
    )
    connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.at < _minutes_ago(KEPT_DAYS * 24 * 60)))


def fingerprint(text: str) -> str:
    """SHA-256 in hexadecimal: what is stored instead of codes, tokens, names typed and addresses."""
    return hashlib.sha256(text.encode()).hexdigest()


def _failures_since(connection: Connection, what: str, value: str, minutes: int) -> int:
    column = sign_in_attempts.c[what]
    since = _minutes_ago(minutes)
    if what == "subject":
        last_success = connection.scalar(
            select(func.max(sign_in_attempts.c.at)).where(column == fingerprint(value), sign_in_attempts.c.succeeded)
        )
        since = max(since, last_success or "")
    return (
        connection.scalar(
            select(func.count()).where(
                column == fingerprint(value), sign_in_attempts.c.at > since, sign_in_attempts.c.succeeded != true()
            )
        )
        or 0
    )


def _minutes_ago(minutes: int) -> str:
    then = datetime.now(UTC) - timedelta(minutes=minutes)
    return then.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _raise_scope(connection: Connection, account_id: str) -> None:
    connection.execute(
        update(accounts).where(accounts.c.id == account_id).values(scope_version=accounts.c.scope_version + 1)
    )
