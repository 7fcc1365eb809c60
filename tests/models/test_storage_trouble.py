"""What the disk does to a workspace is told as such, and costs nothing that was saved."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from desktop.models.database import workspace_engine
from desktop.models.desk.enterprise_register import EnterpriseFilter, count_enterprises
from desktop.models.desk.workspace_health import check
from desktop.models.device.workspace import Workspace
from desktop.models.migrations import HEADS, is_current, upgrade
from desktop.models.problems import StorageProblem, UserProblem, known_codes
from tests.builders import add_enterprise


def limited(workspace: Workspace, pragma: str) -> None:
    """Let the next connections meet a limit of SQLite's own, which answers as a disk does."""
    event.listen(workspace.engine, "connect", lambda connection, _record: connection.execute(f"PRAGMA {pragma}"))
    workspace.engine.dispose()


def add_many(workspace: Workspace) -> None:
    for number in range(500):
        add_enterprise(workspace, f"澄州{number}号纺织有限公司" * 5, None)


def count(workspace: Workspace) -> int:
    with workspace.read() as session:
        return count_enterprises(session, EnterpriseFilter())


@pytest.mark.parametrize(
    ("pragma", "code"), [("max_page_count=1", "disk_full"), ("query_only=ON", "workspace_unwritable")]
)
def test_a_disk_that_takes_no_more_is_told_and_loses_nothing(workspace: Workspace, pragma: str, code: str) -> None:
    add_enterprise(workspace)
    limited(workspace, pragma)
    with pytest.raises(StorageProblem) as refusal:
        add_many(workspace)
    assert refusal.value.code == code
    assert refusal.value.exit_code == 2
    kept = count(workspace)
    assert kept >= 1
    assert check(workspace)["ok"] is True


@pytest.mark.parametrize("content", [b"\x00" * 8192, b"not a database" * 1000, b"SQLite format 3\x00" + b"\xff" * 8192])
@pytest.mark.parametrize("way", [Workspace.open, Workspace.open_to_read])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes, way: object) -> None:
    (tmp_path / "workspace.db").write_bytes(content)
    with pytest.raises(StorageProblem) as refusal:
        way(tmp_path)  # type: ignore[operator]
    assert refusal.value.code == "workspace_damaged"
    assert (tmp_path / "workspace.db").read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "workspace.db")) as foreign:
        foreign.execute("CREATE TABLE notes (line)")
    with pytest.raises(StorageProblem) as refusal:
        Workspace.open(tmp_path)
    assert refusal.value.code == "workspace_damaged"
    with closing(sqlite3.connect(tmp_path / "workspace.db")) as foreign:
        assert foreign.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (1,)


def test_a_workspace_whose_making_was_broken_off_is_finished_when_it_is_opened(tmp_path: Path) -> None:
    (tmp_path / "workspace.db").touch()
    with Workspace.open_to_read(tmp_path) as opened:
        assert is_current(opened.engine)
        assert opened.device.code


@pytest.mark.parametrize("steps", [("records_0001", "device_0001"), ("records_0001", "device_0002")])
def test_an_older_workspace_is_brought_up_to_date_even_to_be_read(tmp_path: Path, steps: tuple[str, str]) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    engine = workspace_engine(folder / "workspace.db")
    upgrade(engine, dict(zip(HEADS, steps, strict=True)))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO device (id, code, local_grid_id, made_at) VALUES ('d', 'ABCDEF', 'g', '2020')"
        )
        connection.exec_driver_sql(
            "INSERT INTO enterprises (id, grid_id, version, edited_at, name) VALUES ('e', 'g', 0, '2020', '陆盛')"
        )
    engine.dispose()
    with Workspace.open_to_read(folder) as opened:
        assert is_current(opened.engine)
        assert count(opened) == 1
    assert len(list((folder / "backups").glob("before-upgrade-*.db"))) == 1


def test_a_newer_workspace_is_refused_to_readers_and_writers(workspace: Workspace) -> None:
    claim_step(workspace, "device_9999")
    for way in (Workspace.open, Workspace.open_to_read):
        with pytest.raises(UserProblem) as refusal:
            way(workspace.folder)
        assert refusal.value.code == "workspace_newer"


@pytest.mark.parametrize("name", ["100%", "甲?乙#丙", "a b", "x&y=z"])
def test_a_workspace_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    with Workspace.create(tmp_path / name) as made:
        add_enterprise(made)
    assert (tmp_path / name / "workspace.db").stat().st_size > 0


@pytest.mark.skipif(sys.platform == "win32", reason="rights of Unix")
def test_a_new_workspace_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        Workspace.create(tmp_path / "new" / "workspace").close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new" / "workspace").stat().st_mode) == 0o700


def test_every_trouble_of_the_disk_has_words() -> None:
    from desktop.models.database import _STORAGE

    assert set(_STORAGE.values()) <= known_codes()


def claim_step(workspace: Workspace, revision: str) -> None:
    """Close the workspace and let its database say it stands at another step of the device's branch."""
    workspace.close()
    with closing(sqlite3.connect(workspace.folder / "workspace.db")) as database, database:
        database.execute(
            "UPDATE alembic_version SET version_num = ? WHERE version_num = ?", (revision, HEADS["device"])
        )
