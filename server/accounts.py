"""Accounts and their grids: who they are, what they may act on at this moment, and how that changes.

Layer: above tables, below ingest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from desktop.models.identity import new_id, utc_now
from desktop.models.problems import UserProblem
from desktop.models.vocabulary import Role
from server.moments import from_now
from server.rights import WITHOUT_SIGN_IN, Actor, Holder
from server.tables import MOMENT, accounts, grants

LATE_WORK = timedelta(days=30)
"""How long after a grid was taken away late work in it is kept for an administrator instead of being forbidden."""


def add_account(connection: Connection, name: str, role: Role, password_hash: str) -> str:
    """Add an account and return its id.

    Raises:
        UserProblem: `server_officer_exists`, `server_officer_name`.
    """
    if not 1 <= len(name) <= 80 or any(ord(letter) < 32 for letter in name):
        raise UserProblem("server_officer_name")
    if connection.execute(select(accounts.c.id).where(accounts.c.name == name)).first():
        raise UserProblem("server_officer_exists", officer=name)
    account_id, now = new_id(), utc_now()
    connection.execute(
        insert(accounts).values(
            id=account_id,
            name=name,
            role=role.value,
            password_hash=password_hash,
            scope_version=0,
            made_at=now,
            password_set_at=now,
        )
    )
    return account_id


def grant(connection: Connection, account_id: str, grid_id: str) -> None:
    """Let an account work in a grid from now on; one it has already stays as it is."""
    held = (grants.c.account_id == account_id) & (grants.c.grid_id == grid_id) & grants.c.revoked_at.is_(None)
    if connection.execute(select(grants.c.id).where(held)).first():
        return
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
    rows = connection.execute(with_grants(select(accounts)).where(accounts.c.id == account_id)).all()
    return actor_from(rows, device_id)


def with_grants(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A statement over accounts, with a row for each grid that counts for rights: granted, or withdrawn of late."""
    lately = bindparam("lately", callable_=lambda: from_now(-LATE_WORK), type_=MOMENT)
    counts = grants.c.revoked_at.is_(None) | (grants.c.revoked_at > lately)
    return statement.add_columns(grants.c.grid_id, grants.c.revoked_at.label("withdrawn_at")).outerjoin(
        grants, (grants.c.account_id == accounts.c.id) & counts
    )


def actor_from(rows: Sequence[Row[*tuple[Any, ...]]], device_id: str = "") -> Actor:
    """The actor the rows of `with_grants` describe; a closed account has no grids."""
    account = rows[0]
    granted = frozenset(row.grid_id for row in rows if row.grid_id is not None and row.withdrawn_at is None)
    late = frozenset(row.grid_id for row in rows if row.grid_id is not None) - granted
    if account.closed_at is not None:
        granted, late = frozenset(), frozenset()
    return Actor(account.id, account.name, Role(account.role), granted, account.scope_version, device_id, late)


def holder_of(connection: Connection, account_id: str) -> Holder | None:
    """The account as the object of somebody's act; one whose grids were all taken away keeps the reach of those."""
    role = connection.scalar(select(accounts.c.role).where(accounts.c.id == account_id))
    if role is None:
        return None
    held = connection.execute(select(grants.c.grid_id, grants.c.revoked_at).where(grants.c.account_id == account_id))
    rows = held.all()
    granted = frozenset(row.grid_id for row in rows if row.revoked_at is None)
    return Holder(account_id, Role(role), granted or frozenset(row.grid_id for row in rows))


def may_sign_in(role: Role) -> bool:
    """Whether accounts of this role have a sign-in and devices at all."""
    return role not in WITHOUT_SIGN_IN


def set_role(connection: Connection, account_id: str, role: Role) -> None:
    """Give an account another role from now on."""
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(role=role.value))
    _raise_scope(connection, account_id)


def set_password(connection: Connection, account_id: str, password_hash: str, *, must_change: bool) -> None:
    """Replace an account's password; `must_change` when somebody else knows it."""
    connection.execute(
        update(accounts)
        .where(accounts.c.id == account_id)
        .values(password_hash=password_hash, password_set_at=utc_now(), must_change=must_change)
    )


def close_account(connection: Connection, account_id: str) -> None:
    """End an account for good: no sign-in, no device, no grid. What it recorded stays."""
    now = utc_now()
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(closed_at=now))
    connection.execute(
        update(grants).where(grants.c.account_id == account_id, grants.c.revoked_at.is_(None)).values(revoked_at=now)
    )


def fingerprint(text: str) -> str:
    """SHA-256 in hexadecimal: what is stored instead of codes, tokens, names typed and addresses."""
    return hashlib.sha256(text.encode()).hexdigest()


def _raise_scope(connection: Connection, account_id: str) -> None:
    connection.execute(
        update(accounts).where(accounts.c.id == account_id).values(scope_version=accounts.c.scope_version + 1)
    )
