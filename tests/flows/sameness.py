"""Whether a laptop and the centre hold the same, and whether anything was lost or doubled on the way."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, text

from desktop.models.device.workspace import Workspace
from desktop.models.records.registry import RECORDS
from tests.flows.centre_process import CentreProcess


def local_rows(workspace: Workspace, table: str) -> dict[str, dict[str, Any]]:
    """Every row of a record table on the laptop, by id."""
    with workspace.read() as session:
        return {row["id"]: dict(row) for row in session.execute(select(RECORDS[table].__table__)).mappings()}


def assert_same(workspace: Workspace, centre: CentreProcess) -> None:
    """Every row is the same on both sides, in every column."""
    for table in RECORDS:
        assert local_rows(workspace, table) == centre.rows(table), table


def unsent(workspace: Workspace) -> int:
    """Operations not yet answered."""
    with workspace.read() as session:
        found: int = session.execute(text("SELECT count(*) FROM outbox WHERE status IS NULL")).scalar_one()
        return found


def assert_nothing_lost_or_doubled(workspace: Workspace, centre: CentreProcess) -> None:
    """Every operation of the outbox, or the one it was folded into, stands in the centre's log exactly once, and was
    answered."""
    with workspace.read() as session:
        mine = set(session.execute(text("SELECT op_id FROM outbox WHERE folded_into IS NULL")).scalars())
    with centre.store.reading() as connection:
        theirs = list(connection.execute(text("SELECT op_id FROM change_log WHERE device_id <> ''")).scalars())
        doubled = connection.execute(text("SELECT count(*) FROM answers WHERE version > 1")).scalar_one()
    assert sorted(mine) == sorted(theirs)
    assert doubled == 0
    assert unsent(workspace) == 0
