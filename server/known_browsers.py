"""Browsers in which an account has signed in before: named by a long-lived cookie, which proves nothing by itself.

It only moves the browser's failures to a counter of their own, so that strangers cannot lock an officer out (SEC-11).
"""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, delete, insert, select

from desktop.models.identity import utc_now
from server.accounts import fingerprint
from server.tables import accounts, known_browsers

PER_ACCOUNT = 20

_c = known_browsers.c


def recognised(connection: Connection, value: str, name: str) -> str:
    """What stands for the browser among the counters, if an account of this name has signed in there before."""
    query = select(_c.cookie_hash).join(accounts, accounts.c.id == _c.account_id)
    known = connection.scalar(query.where(_c.cookie_hash == fingerprint(value), accounts.c.name == name))
    return known or ""


def remember(connection: Connection, account_id: str) -> str:
    """Get to know a browser; return its cookie's value. The oldest are forgotten."""
    value = secrets.token_urlsafe(32)
    connection.execute(
        insert(known_browsers).values(cookie_hash=fingerprint(value), account_id=account_id, made_at=utc_now())
    )
    query = select(_c.cookie_hash).where(_c.account_id == account_id).order_by(_c.made_at.desc())
    connection.execute(delete(known_browsers).where(_c.cookie_hash.in_(query.offset(PER_ACCOUNT))))
    return value


def forget(connection: Connection, account_id: str) -> None:
    """Know none of an account's browsers any more."""
    connection.execute(delete(known_browsers).where(_c.account_id == account_id))
