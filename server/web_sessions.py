"""Sign-ins on the web pages: made after a password was right, named by a cookie, ended by idleness or age (SEC-15)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from desktop.models.identity import utc_now
from server.accounts import actor_of, fingerprint
from server.rights import Actor
from server.tables import sessions

IDLE_MINUTES = 15
LONGEST_HOURS = 8


@dataclass(frozen=True, slots=True)
class WebSession:
    """Who is signed in, and the token every form of this sign-in must carry."""

    actor: Actor
    csrf: str


def begin(connection: Connection, account_id: str) -> str:
    """Make a sign-in and return the cookie's value."""
    value = secrets.token_urlsafe(32)
    now = utc_now()
    connection.execute(
        insert(sessions).values(
            id_hash=fingerprint(value), account_id=account_id, csrf=secrets.token_urlsafe(32), made_at=now, seen_at=now
        )
    )
    return value


def current(connection: Connection, value: str) -> WebSession | None:
    """The sign-in a cookie names, if it still lasts; seeing it keeps it alive."""
    row = connection.execute(
        select(sessions).where(
            sessions.c.id_hash == fingerprint(value),
            sessions.c.ended_at.is_(None),
            sessions.c.seen_at > _ago(minutes=IDLE_MINUTES),
            sessions.c.made_at > _ago(hours=LONGEST_HOURS),
        )
    ).one_or_none()
    if row is None:
        return None
    connection.execute(update(sessions).where(sessions.c.id_hash == row.id_hash).values(seen_at=utc_now()))
    return WebSession(actor_of(connection, row.account_id), row.csrf)


def end(connection: Connection, value: str) -> None:
    """End a sign-in."""
    connection.execute(update(sessions).where(sessions.c.id_hash == fingerprint(value)).values(ended_at=utc_now()))


def _ago(**span: int) -> str:
    return (datetime.now(UTC) - timedelta(**span)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
