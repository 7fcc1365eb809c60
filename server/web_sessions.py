"""Sign-ins on the web pages: named by a cookie, ended by idleness, age or somebody's wish (SEC-15).

A sign-in that lacks something opens only the page where that is mended: `factor` (a second factor has to be set up)
or `password` (somebody else knows the password, or it is too old).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from desktop.models.identity import utc_now
from server.accounts import actor_of, fingerprint
from server.moments import from_now
from server.rights import WITH_FACTOR, Actor
from server.tables import accounts, sessions

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
FRESH = timedelta(minutes=5)
"""How long password and factor count as just given, for what must not be done at a desk left alone."""

BROWSER_LENGTH = 120
Lack = Literal["factor", "password"]

_c = sessions.c


@dataclass(frozen=True, slots=True)
class WebSession:
    """Who is signed in, the token every form must carry, what the sign-in lacks, and whether it was proved just now."""

    id: str
    actor: Actor
    csrf: str
    lacks: Lack | None
    fresh: bool
    has_factor: bool


def begin(connection: Connection, account_id: str, browser: str = "", *, with_factor: bool = False) -> str:
    """Make a sign-in and return the cookie's value."""
    value = secrets.token_urlsafe(32)
    now = utc_now()
    connection.execute(
        insert(sessions).values(
            id_hash=fingerprint(value), account_id=account_id, csrf=secrets.token_urlsafe(32), made_at=now, seen_at=now,
            proved_at=now, factor_at=now if with_factor else None, browser=browser[:BROWSER_LENGTH],
        )
    )  # fmt: skip
    return value


def current(connection: Connection, value: str, password_days: int = 0) -> WebSession | None:
    """The sign-in a cookie names, if it still lasts; seeing it keeps it alive.

    Args:
        password_days: how old a password may grow; 0: as old as it likes.
    """
    row = connection.execute(
        _lasting(
            select(sessions, accounts.c.totp_since, accounts.c.must_change, accounts.c.password_set_at).join(
                accounts, accounts.c.id == _c.account_id
            )
        ).where(_c.id_hash == fingerprint(value))
    ).one_or_none()
    if row is None or (row.totp_since is not None and row.factor_at is None):
        return None
    connection.execute(update(sessions).where(_c.id_hash == row.id_hash).values(seen_at=utc_now()))
    actor = actor_of(connection, row.account_id)
    lacks: Lack | None = None
    if row.totp_since is None and actor.role in WITH_FACTOR:
        lacks = "factor"
    elif row.must_change or (password_days and row.password_set_at < from_now(-timedelta(days=password_days))):
        lacks = "password"
    fresh = (row.proved_at or "") > from_now(-FRESH)
    return WebSession(row.id_hash, actor, row.csrf, lacks, fresh, row.totp_since is not None)


def prove(connection: Connection, session: WebSession, *, with_factor: bool) -> str:
    """Note that password and factor were given again, under a new cookie's value."""
    value = secrets.token_urlsafe(32)
    now = utc_now()
    proof = {"proved_at": now} | ({"factor_at": now} if with_factor else {})
    connection.execute(update(sessions).where(_c.id_hash == session.id).values(id_hash=fingerprint(value), **proof))
    return value


def note_factor(connection: Connection, session_id: str) -> None:
    """Note that a second factor was just given in this sign-in."""
    connection.execute(update(sessions).where(_c.id_hash == session_id).values(factor_at=utc_now()))


def end(connection: Connection, session_id: str) -> None:
    """End a sign-in."""
    connection.execute(
        update(sessions).where(_c.id_hash == session_id, _c.ended_at.is_(None)).values(ended_at=utc_now())
    )


def end_all(connection: Connection, account_id: str, but: str | None = None) -> None:
    """End every sign-in of an account, but one."""
    connection.execute(
        update(sessions)
        .where(_c.account_id == account_id, _c.ended_at.is_(None), _c.id_hash != (but or ""))
        .values(ended_at=utc_now())
    )


def lasting(connection: Connection, account_id: str) -> list[RowMapping]:
    """The sign-ins of an account that still last, latest first: id_hash, made_at, seen_at, browser."""
    query = select(_c.id_hash, _c.account_id, _c.made_at, _c.seen_at, _c.browser).where(_c.account_id == account_id)
    return list(connection.execute(_lasting(query).order_by(_c.seen_at.desc())).mappings())


def owner(connection: Connection, session_id: str) -> str | None:
    """The account a sign-in belongs to."""
    return connection.scalar(select(_c.account_id).where(_c.id_hash == session_id))


def _lasting(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.where(_c.ended_at.is_(None), _c.seen_at > from_now(-IDLE), _c.made_at > from_now(-LONGEST))
