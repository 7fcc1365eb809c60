"""A write and its operations are one act."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from desktop.models.device.change_set import ChangeSet
from desktop.models.device.unit_of_work import apply_remote, change_rows, store_rows
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id
from desktop.models.migrations import HEADS
from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Enterprise
from tests.builders import add_enterprise


def operations(workspace: Workspace, row_id: str) -> list[tuple[str, dict[str, object], int]]:
    with workspace.read() as session:
        found = session.execute(
            text("SELECT kind, fields, base_version FROM outbox WHERE row_id = :row ORDER BY position"), {"row": row_id}
        )
        return [(kind, json.loads(fields), version) for kind, fields, version in found]


def test_a_new_row_leaves_one_operation_with_the_fields_it_has(workspace: Workspace) -> None:
    row = add_enterprise(workspace, "甲厂", None)
    assert operations(workspace, row) == [("put", {"name": "甲厂", "staff_due": 412}, 0)]


def test_a_changed_row_leaves_an_operation_with_the_changed_field_alone(workspace: Workspace, enterprise: str) -> None:
    with workspace.write() as session:
        session.get_one(Enterprise, enterprise).staff_due = 5
    assert operations(workspace, enterprise)[1:] == [("put", {"staff_due": 5}, 0)]


def test_an_emptied_field_is_sent_as_empty(workspace: Workspace, enterprise: str) -> None:
    with workspace.write() as session:
        session.get_one(Enterprise, enterprise).staff_due = None
    assert operations(workspace, enterprise)[-1][1] == {"staff_due": None}


def test_writing_the_same_value_again_leaves_no_operation(workspace: Workspace, enterprise: str) -> None:
    with workspace.write() as session:
        session.get_one(Enterprise, enterprise).staff_due = 412
    assert len(operations(workspace, enterprise)) == 1


def test_a_tombstone_is_a_delete_operation(workspace: Workspace, enterprise: str) -> None:
    with workspace.write() as session:
        session.get_one(Enterprise, enterprise).deleted_at = "2020-02-28T00:00:00.000Z"
    assert [kind for kind, *_ in operations(workspace, enterprise)] == ["put", "delete"]


def test_a_write_that_fails_leaves_neither_row_nor_operation(workspace: Workspace) -> None:
    def fail_half_way() -> None:
        with workspace.write() as session:
            session.add(Enterprise(id=new_id(), grid_id="g", name="甲厂"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with workspace.read() as session:
        assert session.scalar(text("SELECT (SELECT count(*) FROM enterprises) + (SELECT count(*) FROM outbox)")) == 0


def test_a_bulk_statement_on_a_synced_table_is_refused(workspace: Workspace, enterprise: str) -> None:
    with pytest.raises(RuntimeError, match="outbox"), workspace.write() as session:
        session.execute(update(Enterprise).where(Enterprise.id == enterprise).values(staff_due=1))


def test_removing_a_synced_row_is_refused(workspace: Workspace, enterprise: str) -> None:
    with pytest.raises(RuntimeError, match="never removed"), workspace.write() as session:
        session.delete(session.get_one(Enterprise, enterprise))


def test_a_read_session_cannot_write(workspace: Workspace, enterprise: str) -> None:
    with workspace.read() as session:
        session.get_one(Enterprise, enterprise).staff_due = 1
        with pytest.raises(RuntimeError, match="read session"):
            session.flush()


def test_the_set_based_path_writes_rows_and_operations_together(workspace: Workspace) -> None:
    rows = {new_id(): {"name": f"企业{n}", "credit_code": None} for n in range(500)}
    with workspace.write() as session:
        store_rows(session, Enterprise, "grid", rows)
    with workspace.read() as session:
        assert session.scalar(text("SELECT count(*) FROM enterprises JOIN outbox ON row_id = enterprises.id")) == 500
    assert operations(workspace, next(iter(rows))) == [("put", {"name": "企业0"}, 0)]


def test_the_set_based_path_and_the_listener_write_the_same_operation(workspace: Workspace) -> None:
    one, other = new_id(), new_id()
    with workspace.write() as session:
        store_rows(session, Enterprise, "grid", {one: {"name": "甲厂", "staff_due": 3}})
        session.add(Enterprise(id=other, grid_id="grid", name="甲厂", staff_due=3))
    with workspace.write() as session:
        change_rows(session, Enterprise, [(one, "grid", 0, {"staff_due": 4})])
        session.get_one(Enterprise, other).staff_due = 4
    assert operations(workspace, one) == operations(workspace, other)


def remote(row_id: str, **values: object) -> dict[str, object]:
    base = {"id": row_id, "grid_id": "g", "version": 7, "edited_at": "2020-03-01T00:00:00.000Z", "name": "中心的名字"}
    return {**base, **values}


def test_pulled_rows_need_no_operation(workspace: Workspace) -> None:
    with workspace.write() as session:
        apply_remote(session, Enterprise, [remote("r1")])
    with workspace.read() as session:
        assert session.get_one(Enterprise, "r1").version == 7
        assert session.scalar(text("SELECT count(*) FROM outbox")) == 0


def test_pull_leaves_a_field_alone_that_still_waits_to_be_sent(workspace: Workspace, enterprise: str) -> None:
    with workspace.write() as session:
        apply_remote(session, Enterprise, [remote(enterprise, remark="中心的备注", staff_due=1)])
    with workspace.read() as session:
        row = session.get_one(Enterprise, enterprise)
        assert (row.name, row.staff_due, row.remark) == ("浙江陆盛精密机械有限公司", 412, "中心的备注")


def test_what_a_write_changed_is_announced_after_its_commit(workspace: Workspace) -> None:
    heard: list[ChangeSet] = []
    workspace.announce = heard.append
    row = add_enterprise(workspace)
    assert heard[0].rows["enterprises"] == {row}
    assert heard[0].touches("contacts")


@given(name=st.text(min_size=1, max_size=40), staff=st.none() | st.integers(0, 10**6))
def test_every_value_written_is_the_value_queued(
    name: str, staff: int | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if re.search(r"[\ud800-\udfff]", name):
        return
    with Workspace.create(tmp_path_factory.mktemp("w") / "workspace") as workspace:
        with workspace.write() as session:
            row = Enterprise(grid_id="g", name=name, staff_due=staff)
            session.add(row)
        (_, fields, _) = operations(workspace, row.id)[0]
        assert fields == {"name": name} | ({} if staff is None else {"staff_due": staff})


def test_a_second_writer_is_told_who_is_there(workspace: Workspace) -> None:
    with pytest.raises(UserProblem) as refusal:
        Workspace.open(workspace.folder)
    assert refusal.value.code == "workspace_in_use"


def test_a_workspace_may_be_closed_by_another_thread_than_opened_it(tmp_path: Path) -> None:
    opened = Workspace.create(tmp_path / "w")
    closing = threading.Thread(target=opened.close)
    closing.start()
    closing.join()
    Workspace.open(tmp_path / "w").close()


def test_reading_beside_the_writer_is_allowed(workspace: Workspace, enterprise: str) -> None:
    with Workspace.open_to_read(workspace.folder) as beside, beside.read() as session:
        assert session.scalars(select(Enterprise.name)).one().startswith("浙江")


def test_a_workspace_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "w").close()
    made = Workspace.open(tmp_path / "w")
    with made.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'records_9999' WHERE version_num LIKE 'rec%'"))
    made.close()
    for opened in (Workspace.open, Workspace.open_to_read):
        with pytest.raises(UserProblem) as refusal:
            opened(tmp_path / "w")
        assert refusal.value.code == "workspace_newer"


def test_the_heads_the_program_knows_are_the_newest_scripts() -> None:
    from alembic.script import ScriptDirectory

    import desktop.models.migrations as migrations

    here = Path(migrations.__file__).parent
    scripts = ScriptDirectory(str(here), version_locations=[str(here / branch) for branch in HEADS])
    assert set(scripts.get_heads()) == set(HEADS.values())


def test_the_migrated_tables_are_the_described_ones(workspace: Workspace) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from desktop.models.records.base import Base

    with workspace.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []
