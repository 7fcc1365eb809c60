"""What is written down when something goes wrong holds nothing about a person (SEC-71, SEC-72)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desktop.diagnostics import scrubbed, set_up_log, stack_without_values, write_crash
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem

ID, PHONE, NAME, TOKEN = "330499199001011234", "13800001234", "王䶮", "zqd_abcdef123456"


@pytest.fixture
def log_folder(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    set_up_log(tmp_path)
    yield tmp_path
    for handler in root.handlers[:]:
        root.removeHandler(handler)
        handler.close()
    root.handlers[:], root.level = before


def test_a_log_line_keeps_no_id_number_phone_name_or_token(log_folder: Path) -> None:
    logging.getLogger("t").warning("id %s phone %s name %s token %s\nnext", ID, PHONE, NAME, TOKEN)
    text_written = (log_folder / "zhuqi.log").read_text(encoding="utf-8")
    assert text_written.count("\n") == 1
    for planted in (ID, PHONE, NAME, TOKEN):
        assert planted not in text_written


def test_a_logged_error_keeps_its_place_and_not_its_values(log_folder: Path) -> None:
    try:
        raise ValueError(f"bad {NAME} {PHONE}")
    except ValueError:
        logging.getLogger("t").exception("failed")
    written = (log_folder / "zhuqi.log").read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "test_diagnostics.py" in written
    assert PHONE not in written
    assert NAME not in written


def test_a_crash_file_has_the_stack_and_its_causes_without_values(tmp_path: Path) -> None:
    try:
        try:
            raise KeyError(ID)
        except KeyError as cause:
            raise RuntimeError(NAME) from cause
    except RuntimeError as error:
        path = write_crash(tmp_path, error)
    assert path is not None
    written = path.read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "KeyError" in written
    assert ID not in written
    assert NAME not in written


def test_without_a_place_for_notes_the_program_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    set_up_log(tmp_path / "file" / "logs")
    logging.getLogger("t").warning("nobody reads this")
    assert write_crash(tmp_path / "file" / "logs", ValueError()) is None


def test_a_database_error_carries_no_values(workspace: Workspace) -> None:
    with pytest.raises(IntegrityError) as failure, workspace.write() as session:
        session.execute(
            text("INSERT INTO contacts (id, grid_id, enterprise_id, name) VALUES ('c', 'g', 'e', :name)"),
            {"name": NAME},
        )
    assert NAME not in str(failure.value)
    assert NAME not in stack_without_values(failure.value)


def test_a_problem_says_its_code_and_never_its_values() -> None:
    assert str(UserProblem("enterprise_unknown", enterprise=NAME)) == "enterprise_unknown(enterprise)"


def test_record_ids_stay_readable() -> None:
    assert scrubbed("row 01a20939-e3db-77cd-88dd-b9e0bbfec4fb") == "row 01a20939-e3db-77cd-88dd-b9e0bbfec4fb"
