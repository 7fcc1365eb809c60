"""The centre is restored from yesterday's backup while it runs: nobody types anything again, nothing is doubled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from desktop.models.desk.workspace_health import check
from desktop.models.device.workspace import Workspace
from desktop.models.records.registry import RECORDS
from desktop.models.vocabulary import Result
from desktop.sync.enrolment import enrol
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import Pace
from server.backup import Folders, back_up
from server.restore import restore
from tests.builders import add_enterprise, answer_all, begin_visit
from tests.flows.centre_process import CentreProcess, running_centre
from tests.flows.sameness import assert_same, unsent

PACE = Pace(connect_s=2, stall_s=10, attempts=2, pause_s=0.2)


@pytest.fixture
def centre(database_url: str) -> Iterator[CentreProcess]:
    """A running centre, once embedded and once on PostgreSQL."""
    with running_centre(database_url) as running:
        yield running


@pytest.mark.parametrize("who_returns_first", ["author", "editor"])
def test_after_a_restore_the_laptops_bring_back_what_came_after_the_backup(
    workspace: Workspace, centre: CentreProcess, tmp_path: Path, who_returns_first: str
) -> None:
    url = centre.store.engine.url.render_as_string(hide_password=False)
    officer = centre.officer()
    firm = add_enterprise(workspace)
    enrol(workspace, centre.url, centre.code(officer), adopt_into="G1", pace=PACE)
    run_sync(workspace, pace=PACE)
    with Workspace.create(tmp_path / "two") as colleague:
        enrol(colleague, centre.url, centre.code(officer), pace=PACE)
        run_sync(colleague, pace=PACE)
        back_up(url, tmp_path / "backup", Folders())

        answer_all(workspace, begin_visit(workspace, firm), Result.FAIL)
        run_sync(workspace, pace=PACE)
        run_sync(colleague, pace=PACE)
        answer_all(colleague, begin_visit(colleague, firm), Result.PASS)
        run_sync(colleague, pace=PACE)
        acknowledged = operations_of(workspace, colleague)
        before, records = centre.store.generation, content(centre)

        done = restore(url, tmp_path / "backup", Folders(), word=before[:8])
        assert centre.count("visits") == 0
        order = [workspace, colleague] if who_returns_first == "author" else [colleague, workspace]
        receipt = run_sync(order[0], pace=PACE)
        assert receipt["generation"] == done.taken_over.generation != before
        for laptop in (order[1], *order):
            run_sync(laptop, pace=PACE)

        assert unsent(workspace) == unsent(colleague) == 0
        with centre.store.reading() as connection:
            stored = list(connection.execute(text("SELECT op_id FROM change_log WHERE device_id <> ''")).scalars())
        assert sorted(stored) == sorted(acknowledged)
        assert content(centre) == records
        for laptop in (workspace, colleague):
            assert_same(laptop, centre)
            assert check(laptop)["ok"]


def content(centre: CentreProcess) -> dict[str, dict[str, dict[str, Any]]]:
    """All records without their version, which counts how often a row was written on this very database."""
    tables = {table: centre.rows(table) for table in RECORDS}
    return {
        table: {
            row_id: {name: value for name, value in row.items() if name != "version"} for row_id, row in rows.items()
        }
        for table, rows in tables.items()
    }


def operations_of(*laptops: Workspace) -> set[str]:
    """Every operation the centre has acknowledged to these laptops."""
    found: set[str] = set()
    for laptop in laptops:
        with laptop.read() as session:
            found |= set(session.execute(text("SELECT op_id FROM outbox WHERE status IS NOT NULL")).scalars())
    return found
