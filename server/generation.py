"""The generation: the name laptops know this database by. Another one tells them to offer again what they have sent."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from desktop.models.identity import new_id, utc_now
from desktop.models.problems import EnvironmentProblem
from server.lineage import RETRY_S, lineage_of
from server.tables import server_identity


def generation_of(connection: Connection) -> str:
    """The generation as it stands in this transaction.

    Raises:
        EnvironmentProblem: `server_generation_missing` in a restored copy that was not finished.
    """
    found: str | None = connection.execute(select(server_identity.c.generation)).scalar()
    if found is None:
        raise EnvironmentProblem("server_generation_missing", retry_after=RETRY_S)
    return found


def renew_generation(connection: Connection) -> str:
    """Give this database a new generation, bound to the copy it lies in, and return it."""
    generation = new_id()
    connection.execute(delete(server_identity))
    connection.execute(
        insert(server_identity).values(id=1, generation=generation, made_at=utc_now(), lineage=lineage_of(connection))
    )
    return generation


def note_lineage(connection: Connection) -> None:
    """Write down which copy this is, once, for a database made before that was noted."""
    lineage = lineage_of(connection)
    if lineage is not None:
        connection.execute(update(server_identity).where(server_identity.c.lineage.is_(None)).values(lineage=lineage))
