"""Enrolment codes and device tokens: 120 and 256 random bits, of which the database keeps only the SHA-256.

A code is bound to an officer, works once and for 24 hours (SEC-13). A token is opaque and looked up on every request,
so that revoking a device bites at once (SEC-14).
"""

from __future__ import annotations

import base64
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from desktop.models.identity import utc_now
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.sync.wire.messages import EnrolRequest
from server.accounts import actor_of, fingerprint, may_sign_in
from server.rights import Actor
from server.tables import devices, enrolment_codes

CODE_HOURS = 24
TOKEN_PREFIX = "zqd_"
UNUSED_DAYS = 90
_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SEEN_EVERY_S = 60


def new_code(connection: Connection, account_id: str) -> tuple[str, str]:
    """A fresh code for an officer, in groups of four letters, and when it expires (UTC).

    Raises:
        UserProblem: `server_role_without_device`.
    """
    if not may_sign_in(actor_of(connection, account_id).role):
        raise UserProblem("server_role_without_device")
    letters = base64.b32encode(secrets.token_bytes(15)).decode()
    expires = _moment(datetime.now(UTC) + timedelta(hours=CODE_HOURS))
    connection.execute(
        insert(enrolment_codes).values(
            code_hash=fingerprint(letters), account_id=account_id, made_at=utc_now(), expires_at=expires
        )
    )
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4)), expires


def enrol(connection: Connection, request: EnrolRequest) -> tuple[Actor, str, str]:
    """Use a code up: the officer it belongs to, the device's code among all devices, and its token.

    Raises:
        EnvironmentProblem: `sync_code_refused` for a code that is unknown, used or too old;
            `sync_device_of_other_officer` when the device belongs to somebody else.
    """
    letters = request.code.upper().replace("-", "").replace(" ", "")
    used = connection.execute(
        update(enrolment_codes)
        .where(
            enrolment_codes.c.code_hash == fingerprint(letters),
            enrolment_codes.c.used_at.is_(None),
            enrolment_codes.c.expires_at > utc_now(),
        )
        .values(used_at=utc_now(), device_id=request.device_id)
        .returning(enrolment_codes.c.account_id)
    ).first()
    if used is None:
        raise EnvironmentProblem("sync_code_refused")
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    code = _keep_device(connection, request, used.account_id, token)
    return actor_of(connection, used.account_id, request.device_id), code, token


def actor_with_token(connection: Connection, token: str) -> Actor | None:
    """The officer and device a token belongs to, or nothing when it is unknown, revoked or long unused."""
    row = connection.execute(
        select(devices.c.id, devices.c.account_id, devices.c.seen_at).where(
            devices.c.token_hash == fingerprint(token), devices.c.revoked_at.is_(None)
        )
    ).one_or_none()
    if row is None or row.seen_at < _moment(datetime.now(UTC) - timedelta(days=UNUSED_DAYS)):
        return None
    return actor_of(connection, row.account_id, row.id)


def note_seen(connection: Connection, device_id: str) -> None:
    """Remember that a device was here, to within a minute."""
    before = _moment(datetime.now(UTC) - timedelta(seconds=SEEN_EVERY_S))
    connection.execute(
        update(devices).where(devices.c.id == device_id, devices.c.seen_at < before).values(seen_at=utc_now())
    )


def revoke_device(connection: Connection, device_id: str) -> None:
    """End a device's access at once."""
    connection.execute(update(devices).where(devices.c.id == device_id).values(revoked_at=utc_now()))


def _keep_device(connection: Connection, request: EnrolRequest, account_id: str, token: str) -> str:
    now = utc_now()
    known = connection.execute(select(devices).where(devices.c.id == request.device_id)).one_or_none()
    fresh = {
        "account_id": account_id, "name": request.device_name, "token_hash": fingerprint(token),
        "enrolled_at": now, "seen_at": now, "revoked_at": None,
    }  # fmt: skip
    if known is not None:
        if known.account_id != account_id and known.revoked_at is None:
            raise EnvironmentProblem("sync_device_of_other_officer")
        connection.execute(update(devices).where(devices.c.id == request.device_id).values(**fresh))
        kept: str = known.code
        return kept
    code = _free_code(connection, request.device_code)
    connection.execute(insert(devices).values(id=request.device_id, code=code, **fresh))
    return code


def _free_code(connection: Connection, wished: str) -> str:
    """The code the device has used so far, or another one where a device of this server already has it."""
    code = wished
    while connection.execute(select(devices.c.id).where(devices.c.code == code)).first():
        code = "".join(secrets.choice(_CODE_ALPHABET) for _ in range(6))
    return code


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
