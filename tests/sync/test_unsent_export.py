"""The way out that always works: unsent work as a plain file."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.vocabulary import Result
from desktop.sync.unsent_export import export_unsent
from desktop.sync.wire.messages import Operation
from tests.builders import add_enterprise, answer_all, begin_visit


@pytest.fixture
def day(workspace: Workspace) -> Path:
    """A workspace with a day's unsent work and a photo; the workspace stays open."""
    answer_all(workspace, begin_visit(workspace, add_enterprise(workspace)), Result.FAIL)
    sha256 = workspace.attachments.put(b"a photo")
    with workspace.write() as session:
        from desktop.models.records.attachments import Attachment

        session.add(
            Attachment(
                grid_id=workspace.device.local_grid_id, owner_table="visits", owner_id="v", purpose="evidence",
                sha256=sha256, size=7, media_type="image/jpeg",
            )
        )  # fmt: skip
    return workspace.folder


def operations(file: Path) -> list[Operation]:
    with zipfile.ZipFile(file) as archive:
        lines = archive.read("operations.ndjson").splitlines()
    return [msgspec.json.decode(line, type=Operation) for line in lines]


def test_all_unsent_operations_and_photos_are_in_the_file(day: Path, workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "unsent.zip"
    written = export_unsent(day, out)
    with workspace.read() as session:
        queued = session.execute(text("SELECT op_id FROM outbox ORDER BY position")).scalars().all()

    assert [operation.op_id for operation in operations(out)] == queued
    assert written == {"operations": len(queued), "attachments": 1}
    with zipfile.ZipFile(out) as archive:
        assert [archive.read(name) for name in archive.namelist() if name.startswith("attachments/")] == [b"a photo"]


def test_what_the_centre_took_is_not_in_it_and_what_it_refused_is(
    day: Path, workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.write() as session:
        session.execute(text("UPDATE outbox SET status = 'applied'"))
        session.execute(text("UPDATE outbox SET status = 'rejected' WHERE position = 1"))
    assert export_unsent(day, tmp_path / "unsent.zip")["operations"] == 1


def test_it_works_on_a_workspace_this_program_cannot_open(day: Path, workspace: Workspace, tmp_path: Path) -> None:
    workspace.close()
    database = sqlite3.connect(day / "workspace.db")
    database.execute("UPDATE alembic_version SET version_num = 'device_9999' WHERE version_num LIKE 'device%'")
    database.execute("DROP TABLE confirmed_attachments")
    database.commit()
    database.close()
    with pytest.raises(UserProblem, match="workspace_newer"):
        Workspace.open(day)

    assert export_unsent(day, tmp_path / "unsent.zip")["operations"] > 23


def test_without_a_workspace_it_says_so_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="workspace_missing"):
        export_unsent(tmp_path / "nowhere", tmp_path / "unsent.zip")
    assert not (tmp_path / "unsent.zip").exists()
