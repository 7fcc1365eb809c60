"""Device tokens: 256 random bits, stored as SHA-256, looked up on every request, replaced every 30 days (SEC-14).

A new token is offered in `hello` and counts from its first use there; only then does the old one run out, within a
day. So neither an answer that is lost nor a laptop that stays away for weeks locks anybody out.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, or_, select, update

from desktop.models.identity import utc_now
from server.accounts import actor_from, fingerprint, may_sign_in, with_grants
from server.moments import from_now
from server.rights import Actor
from server.tables import HASH, accounts, devices

PREFIX = "zqd_"
REPLACED_AFTER = timedelta(days=30)
OVERLAP = timedelta(hours=24)
UNUSED = timedelta(days=90)
SEEN_EVERY = timedelta(minutes=1)

_c = devices.c
_GIVEN = bindparam("given", type_=HASH)
_WITH_TOKEN = with_grants(
    select(
        accounts, _c.id.label("device_id"), _c.seen_at, _c.token_hash, _c.token_made_at, _c.next_token_hash,
        _c.old_token_until,
    ).join_from(accounts, devices)
).where(
    _c.revoked_at.is_(None),
    or_(_c.token_hash == _GIVEN, _c.next_token_hash == _GIVEN, _c.old_token_hash == _GIVEN),
)  # fmt: skip
"""Built once: it runs for every request, and building it took longer than running it."""


class KnownDevice(NamedTuple):
    """Who speaks, and whether `attend` has anything to write about the device; as a rule a hello only reads."""

    actor: Actor
    due: bool


def new_token() -> str:
    """A fresh token."""
    return PREFIX + secrets.token_urlsafe(32)


def device_with_token(connection: Connection, token: str) -> KnownDevice | None:
    """The device a token belongs to; nothing when the token is unknown, revoked, run out or long unused."""
    given = fingerprint(token)
    rows = connection.execute(_WITH_TOKEN, {"given": given}).all()
    if not rows:
        return None
    row = rows[0]
    old = given not in (row.token_hash, row.next_token_hash)
    if (old and row.old_token_until < utc_now()) or row.seen_at < from_now(-UNUSED) or row.closed_at is not None:
        return None
    actor = actor_from(rows, row.device_id)
    if not may_sign_in(actor.role):
        return None
    current = given == row.token_hash
    return KnownDevice(actor, not current or _is_old(row.token_made_at) or row.seen_at < from_now(-SEEN_EVERY))


def attend(connection: Connection, device_id: str, token: str) -> str | None:
    """Note that the device was here with this token; return another one when it should use that from now on."""
    given = fingerprint(token)
    row = connection.execute(
        select(_c.token_hash, _c.token_made_at, _c.next_token_hash).where(_c.id == device_id).with_for_update()
    ).one()
    changes: dict[str, str | None] = {"seen_at": utc_now()}
    offered: str | None = None
    if given == row.next_token_hash:
        changes |= {
            "token_hash": given, "token_made_at": utc_now(), "next_token_hash": None,
            "old_token_hash": row.token_hash, "old_token_until": from_now(OVERLAP),
        }  # fmt: skip
    elif given != row.token_hash or _is_old(row.token_made_at):
        offered = new_token()
        changes["next_token_hash"] = fingerprint(offered)
    connection.execute(update(devices).where(_c.id == device_id).values(**changes))
    return offered


def revoke_device(connection: Connection, device_id: str) -> None:
    """End a device's access at once."""
    connection.execute(update(devices).where(_c.id == device_id, _c.revoked_at.is_(None)).values(revoked_at=utc_now()))


def _is_old(made_at: str | None) -> bool:
    return (made_at or "") < from_now(-REPLACED_AFTER)
