"""A roster that was read goes into the register as one act."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.documents.roster_reader import read_roster
from desktop.models.desk.rostering import import_roster, keep_mapping, kept_mappings
from desktop.models.desk.workspace_health import check
from desktop.models.device.workspace import Workspace
from desktop.models.progress import Cancelled, Progress
from desktop.models.roster_rows import ColumnMapping, RosterFields, RosterReading, RosterRow, RowStatus


def reading(*fields: RosterFields, status: RowStatus = RowStatus.OK) -> RosterReading:
    return RosterReading("csv", "0" * 64, (), [RosterRow("s", n, status, each) for n, each in enumerate(fields, 2)])


def totals(workspace: Workspace) -> tuple[int, int, int]:
    with workspace.read() as session:
        counts = (session.scalar(text(f"SELECT count(*) FROM {t}")) for t in ("enterprises", "contacts", "outbox"))
        return tuple(counts)


def test_the_messy_roster_is_imported_row_for_row_as_expected(workspace: Workspace, shared_data: Path) -> None:
    expected = json.loads((shared_data / "rosters/expected/02_messy.json").read_text(encoding="utf-8"))
    done = import_roster(workspace, read_roster(shared_data / "rosters/02_messy_return_to_work_2020.xlsx"))
    got = {(d.row.sheet, d.row.row): d.status.value for d in done.decisions}
    assert got == {(row["sheet"], row["row"]): row["status"] for row in expected["rows"]}
    assert done.summary()["imported"] == expected["status"]["ok"] + expected["status"]["warn"]
    assert check(workspace)["ok"]


def test_the_contact_of_a_row_becomes_the_enterprise_s_contact(workspace: Workspace) -> None:
    import_roster(workspace, reading(RosterFields(name="甲厂", contact_name="顾言", contact_phone="10000001208")))
    assert totals(workspace) == (1, 1, 2)


def test_a_second_import_changes_what_differs_and_keeps_what_the_file_leaves_out(workspace: Workspace) -> None:
    import_roster(workspace, reading(RosterFields(name="甲厂", staff_due=5, address="一号路", contact_name="顾言")))
    done = import_roster(workspace, reading(RosterFields(name="甲厂", staff_due=6, contact_name="霍青")))
    assert done.summary() == {"imported": 0, "updated": 1, "unchanged": 0, "duplicates": 0, "rejected": 0}
    with workspace.read() as session:
        row = session.execute(text("SELECT e.staff_due, e.address, c.name FROM enterprises e JOIN contacts c")).one()
    assert tuple(row) == (6, "一号路", "霍青")
    assert check(workspace)["ok"]


def test_cancelling_in_the_middle_leaves_the_register_as_it_was(workspace: Workspace) -> None:
    import_roster(workspace, reading(RosterFields(name="甲厂")))
    before = totals(workspace)

    def cancel_once_rows_are_written(done: int, _total: int, label: str) -> None:
        if label == "store" and done:
            progress.cancel()

    progress = Progress(cancel_once_rows_are_written, interval_s=0)
    with pytest.raises(Cancelled):
        import_roster(workspace, reading(*(RosterFields(name=f"乙厂{n}") for n in range(100))), progress=progress)
    assert totals(workspace) == before


def test_a_kept_mapping_is_found_by_its_header(workspace: Workspace) -> None:
    mapping = ColumnMapping("abc", (("厂名", "name"), ("备注2", "")))
    keep_mapping(workspace, mapping)
    assert kept_mappings(workspace) == {"abc": mapping}


def test_before_enrolment_a_grid_column_does_not_scatter_the_rows(workspace: Workspace) -> None:
    import_roster(workspace, reading(RosterFields(name="甲厂", grid_code="JX-1"), RosterFields(name="乙厂")))
    with workspace.read() as session:
        assert session.scalars(text("SELECT DISTINCT grid_id FROM enterprises")).all() == [
            workspace.device.local_grid_id
        ]
