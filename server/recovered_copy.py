"""Making a recovered copy the database to go on with: a restored backup, a promoted standby.

All of it is one transaction. Until it is committed nobody is served from the copy; afterwards it has a generation of
its own, so that laptops offer again what it lacks and read their grids anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, update

from desktop.models.identity import utc_now
from server import audit
from server.generation import renew_generation
from server.revocations import Revocations, revoke_again
from server.tables import enrolment_codes, sessions


class TakenOver(NamedTuple):
    """The copy's new generation, and how many devices, accounts and grants had to be revoked in it."""

    generation: str
    revoked: int


def take_over(connection: Connection, revocations: Iterable[Revocations] = ()) -> TakenOver:
    """Finish a copy.

    Sign-ins and unused enrolment codes of the copy end: they may have been ended or used after it was made.
    """
    now = utc_now()
    revoked = sum(revoke_again(connection, known) for known in revocations)
    connection.execute(update(sessions).where(sessions.c.ended_at.is_(None)).values(ended_at=now))
    connection.execute(update(enrolment_codes).where(enrolment_codes.c.used_at.is_(None)).values(expires_at=now))
    generation = renew_generation(connection)
    audit.note(connection, "take_over", "database", generation, by=None, detail=f"revoked again: {revoked}")
    return TakenOver(generation, revoked)
