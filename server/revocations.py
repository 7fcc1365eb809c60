"""What was taken away: devices, accounts and grants, as a small file that outlives the database.

A backup, or a standby that lagged, still trusts what was revoked after it. The file (or the database that is being
replaced, where it can still be read) brings the revocations back before the copy serves anybody (SEC-96). Ids and
moments only.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from sqlalchemy import Column, Connection, bindparam, select, update

from desktop.models.durable_file import write_aside
from desktop.models.identity import utc_now
from desktop.models.problems import UserProblem
from server.tables import accounts, devices, grants


class Revocations(msgspec.Struct, frozen=True):
    """Id → when it was revoked or closed, as it stood at `as_of` (UTC)."""

    as_of: str
    devices: dict[str, str]
    accounts: dict[str, str]
    grants: dict[str, str]


def revocations_of(connection: Connection) -> Revocations:
    """What is revoked in this database."""

    def ended(moment: Column[str]) -> dict[str, str]:
        rows = connection.execute(select(moment.table.c.id, moment).where(moment.is_not(None)))
        return {row[0]: row[1] for row in rows}

    return Revocations(utc_now(), ended(devices.c.revoked_at), ended(accounts.c.closed_at), ended(grants.c.revoked_at))


def revoke_again(connection: Connection, revocations: Revocations) -> int:
    """Take away what this copy does not know to be revoked; return how many things that were.

    A device that was enrolled anew after its revocation keeps its access.
    """
    revoked = _end(connection, devices.c.revoked_at, revocations.devices, unless_later=devices.c.enrolled_at)
    closed = _end(connection, accounts.c.closed_at, revocations.accounts)
    ungranted = _end(connection, grants.c.revoked_at, revocations.grants)
    if revocations.grants:
        holders = select(grants.c.account_id).where(grants.c.id.in_(revocations.grants))
        raised = accounts.c.scope_version + 1
        connection.execute(update(accounts).where(accounts.c.id.in_(holders)).values(scope_version=raised))
    return revoked + closed + ungranted


def keep_revocations(target: Path, revocations: Revocations) -> None:
    """Write the file, whole or not at all."""
    write_aside(target, msgspec.json.encode(revocations))


def read_revocations(source: Path) -> Revocations:
    """Read the file.

    Raises:
        UserProblem: `server_revocations_unreadable`.
    """
    try:
        return msgspec.json.decode(source.read_bytes(), type=Revocations)
    except (OSError, msgspec.MsgspecError) as error:
        raise UserProblem("server_revocations_unreadable", file=source.name) from error


def _end(
    connection: Connection, moment: Column[str], ended: dict[str, str], unless_later: Column[str] | None = None
) -> int:
    if not ended:
        return 0
    table = moment.table
    statement = (
        update(table)
        .where(table.c.id == bindparam("of_id"), moment.is_(None))
        .values({moment.name: bindparam("since")})
    )
    if unless_later is not None:
        statement = statement.where(unless_later <= bindparam("since"))
    rows = [{"of_id": row_id, "since": since} for row_id, since in ended.items()]
    return sum(connection.execute(statement, row).rowcount for row in rows)
