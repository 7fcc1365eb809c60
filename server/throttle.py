"""Slowing down whoever guesses: counters in the database, shared by processes and kept over restarts (SEC-11).

A name's failures are counted per address, so that a stranger at one address locks nobody out at another; over all
addresses together a name gets a larger allowance. A browser in which the account has signed in before has a counter
of its own and none of the strangers'. What was typed and where from is kept as SHA-256 only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, true, update

from desktop.models.identity import utc_now
from desktop.models.problems import EnvironmentProblem
from server.accounts import fingerprint
from server.moments import from_now
from server.tables import sign_in_attempts

MINUTES = 15
PER_NAME_AND_ADDRESS = 5
PER_NAME = 25
PER_ADDRESS, ADDRESS_MINUTES = 30, 1
KEPT_DAYS = 180


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: the name or code it is about, where it comes from, and the known browser it is made in, if any."""

    subject: str
    address: str
    browser: str = ""


def begin(connection: Connection, attempt: Attempt) -> int:
    """Let an attempt begin and count it as failed until `succeed` is told of it; return its number.

    Counting comes first, so that attempts made at the same moment do not all see the same allowance.

    Raises:
        EnvironmentProblem: `sync_too_many_attempts` with the seconds to wait.
    """
    subject = fingerprint(f"browser {attempt.browser}" if attempt.browser else attempt.subject)
    address = fingerprint(attempt.address)
    if connection.dialect.name == "postgresql":
        for key in sorted({subject, address}):
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(key))))
    wait = _seconds_to_wait(connection, subject, address, own_counter=bool(attempt.browser))
    if wait:
        raise EnvironmentProblem("sync_too_many_attempts", retry_after=wait)
    connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.at < from_now(-timedelta(days=KEPT_DAYS))))
    made = connection.execute(
        insert(sign_in_attempts)
        .values(subject=subject, address=address, at=utc_now(), succeeded=False)
        .returning(sign_in_attempts.c.position)
    )
    number: int = made.scalar_one()
    return number


def succeed(connection: Connection, number: int) -> None:
    """Note that an attempt was right; it clears the failures of the same name at the same address."""
    connection.execute(
        update(sign_in_attempts).where(sign_in_attempts.c.position == number).values(at=utc_now(), succeeded=True)
    )


def _seconds_to_wait(connection: Connection, subject: str, address: str, *, own_counter: bool) -> int:
    column = sign_in_attempts.c
    about, here = column.subject == subject, column.address == address
    if own_counter:
        return _wait(connection, about, PER_NAME_AND_ADDRESS, MINUTES, forgiving=True)
    return max(
        _wait(connection, about & here, PER_NAME_AND_ADDRESS, MINUTES, forgiving=True),
        _wait(connection, about, PER_NAME, MINUTES),
        _wait(connection, here, PER_ADDRESS, ADDRESS_MINUTES),
    )


def _wait(
    connection: Connection, counted: ColumnElement[bool], most: int, minutes: int, *, forgiving: bool = False
) -> int:
    """Seconds until the oldest of the last `most` failures is `minutes` old; 0 with fewer failures than that."""
    column = sign_in_attempts.c
    since = from_now(-timedelta(minutes=minutes))
    if forgiving:
        last = connection.scalar(select(func.max(column.at)).where(counted, column.succeeded == true()))
        since = max(since, last or "")
    failures = connection.scalars(
        select(column.at)
        .where(counted, column.at > since, column.succeeded != true())
        .order_by(column.at.desc())
        .limit(most)
    ).all()
    if len(failures) < most:
        return 0
    until = datetime.fromisoformat(failures[-1].replace("Z", "+00:00")) + timedelta(minutes=minutes)
    return max(1, round((until - datetime.now(UTC)).total_seconds()))
