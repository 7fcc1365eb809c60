"""Enrolment codes: 120 random bits, of which the database keeps only the SHA-256, exchanged for a device's token.

A code is bound to an officer, works once, and for 24 hours; for places without a network up to 7 days (SEC-13).
"""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta

from sqlalchemy import Connection, insert, select, update

from desktop.models.identity import utc_now
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.sync.wire.messages import EnrolRequest
from server import audit
from server.accounts import actor_of, fingerprint
from server.device_tokens import new_token
from server.moments import from_now
from server.rights import WITHOUT_DEVICE, Actor
from server.tables import accounts, devices, enrolment_codes

CODE_DAYS, LONGEST_CODE_DAYS = 1, 7
_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(connection: Connection, account_id: str, days: int = CODE_DAYS, by: str | None = None) -> tuple[str, str]:
    """A fresh code for an officer, in groups of four letters, and when it expires (UTC).

    Raises:
        UserProblem: `server_role_without_device`, `server_code_days`.
    """
    if not 1 <= days <= LONGEST_CODE_DAYS:
        raise UserProblem("server_code_days", longest=LONGEST_CODE_DAYS)
    if actor_of(connection, account_id).role in WITHOUT_DEVICE:
        raise UserProblem("server_role_without_device")
    letters = base64.b32encode(secrets.token_bytes(15)).decode()
    expires = from_now(timedelta(days=days))
    connection.execute(
        insert(enrolment_codes).values(
            code_hash=fingerprint(letters), account_id=account_id, made_at=utc_now(), expires_at=expires
        )
    )
    audit.note(connection, "enrolment_code", "account", account_id, by=by, detail=f"{days} d")
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
            enrolment_codes.c.account_id.in_(select(accounts.c.id).where(accounts.c.closed_at.is_(None))),
        )
        .values(used_at=utc_now(), device_id=request.device_id)
        .returning(enrolment_codes.c.account_id)
    ).first()
    if used is None:
        raise EnvironmentProblem("sync_code_refused")
    token = new_token()
    code = _keep_device(connection, request, used.account_id, token)
    audit.note(connection, "enrol", "device", request.device_id, by=used.account_id, device=request.device_id)
    return actor_of(connection, used.account_id, request.device_id), code, token


def _keep_device(connection: Connection, request: EnrolRequest, account_id: str, token: str) -> str:
    now = utc_now()
    known = connection.execute(select(devices).where(devices.c.id == request.device_id)).one_or_none()
    fresh = {
        "account_id": account_id, "name": request.device_name, "token_hash": fingerprint(token),
        "enrolled_at": now, "seen_at": now, "revoked_at": None, "public_key": request.public_key,
        "token_made_at": now, "next_token_hash": None, "old_token_hash": None, "old_token_until": None,
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
