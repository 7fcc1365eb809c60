"""The second factor: time-based codes of an authenticator (RFC 6238) and recovery codes for when it is lost (SEC-12).

A code counts one step of 30 s before and after the server's time, and each step once. A recovery code counts once.
"""

from __future__ import annotations

import base64
import secrets
import time

import pyotp
from sqlalchemy import Connection, delete, insert, or_, select, update

from desktop.models.identity import utc_now
from server.accounts import fingerprint
from server.seed_box import SeedBox
from server.tables import accounts, recovery_codes

STEP_S = 30
RECOVERY_CODES = 10
ISSUER = "Zhuqi"

_c = accounts.c


def has_factor(connection: Connection, account_id: str) -> bool:
    """Whether the account signs in with a second factor."""
    return connection.scalar(select(_c.totp_since).where(_c.id == account_id)) is not None


def pending(connection: Connection, box: SeedBox, account_id: str) -> str:
    """The address (`otpauth:`) of the factor being set up, the same until it is confirmed; made when there is none.

    Raises:
        EnvironmentProblem: `server_keys_not_named`, `server_seed_unreadable`.
    """
    row = connection.execute(select(_c.name, _c.totp_seed).where(_c.id == account_id).with_for_update()).one()
    if row.totp_seed is None:
        seed = pyotp.random_base32()
        connection.execute(update(accounts).where(_c.id == account_id).values(totp_seed=box.seal(seed, account_id)))
    else:
        seed = box.open(row.totp_seed, account_id)
    return pyotp.TOTP(seed).provisioning_uri(name=row.name, issuer_name=ISSUER)


def confirm(connection: Connection, box: SeedBox, account_id: str, code: str) -> list[str] | None:
    """Start using the factor that is being set up, if the code is right; return its recovery codes, shown once."""
    if has_factor(connection, account_id) or not _is_next_code(connection, box, account_id, code):
        return None
    return start(connection, account_id)


def start(connection: Connection, account_id: str) -> list[str]:
    """Ask for the pending factor from now on; return the recovery codes."""
    connection.execute(update(accounts).where(_c.id == account_id).values(totp_since=utc_now()))
    connection.execute(delete(recovery_codes).where(recovery_codes.c.account_id == account_id))
    codes = [base64.b32encode(secrets.token_bytes(10)).decode() for _ in range(RECOVERY_CODES)]
    now = utc_now()
    connection.execute(
        insert(recovery_codes),
        [{"code_hash": fingerprint(code), "account_id": account_id, "made_at": now} for code in codes],
    )
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in codes]


def proves(connection: Connection, box: SeedBox, account_id: str, code: str) -> bool:
    """Whether this is the factor's code of this moment or one of its recovery codes; either is then used up."""
    if not has_factor(connection, account_id):
        return False
    return _is_next_code(connection, box, account_id, code) or _is_recovery_code(connection, account_id, code)


def forget(connection: Connection, account_id: str) -> None:
    """Drop an account's factor and its recovery codes; a new one is set up at the next sign-in."""
    connection.execute(
        update(accounts).where(_c.id == account_id).values(totp_seed=None, totp_since=None, totp_step=None)
    )
    connection.execute(delete(recovery_codes).where(recovery_codes.c.account_id == account_id))


def _is_next_code(connection: Connection, box: SeedBox, account_id: str, code: str) -> bool:
    stored = connection.scalar(select(_c.totp_seed).where(_c.id == account_id))
    digits = code.replace(" ", "")
    if stored is None or not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        return False
    totp, now = pyotp.TOTP(box.open(stored, account_id)), int(time.time()) // STEP_S
    for step in (now - 1, now, now + 1):
        if secrets.compare_digest(totp.generate_otp(step), digits):
            taken = connection.execute(
                update(accounts)
                .where(_c.id == account_id, or_(_c.totp_step.is_(None), _c.totp_step < step))
                .values(totp_step=step)
            )
            return taken.rowcount == 1
    return False


def _is_recovery_code(connection: Connection, account_id: str, code: str) -> bool:
    plain = code.upper().replace("-", "").replace(" ", "")
    taken = connection.execute(
        update(recovery_codes)
        .where(
            recovery_codes.c.code_hash == fingerprint(plain),
            recovery_codes.c.account_id == account_id,
            recovery_codes.c.used_at.is_(None),
        )
        .values(used_at=utc_now())
    )
    return taken.rowcount == 1
