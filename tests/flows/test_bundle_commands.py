"""The commands around a bundle, as an officer and an administrator type them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.models.device.workspace import Workspace
from desktop.sync.enrolment import enrol
from tests.builders import add_enterprise
from tests.flows.centre_process import ROOT, running_centre
from tests.flows.conftest import Ran

Run = Callable[..., Ran]


def server(*words: object, **environment: str) -> Ran:
    """`zhuqi-server …`."""
    clean = {name: value for name, value in os.environ.items() if name != "ZHUQI_KEYS"}
    done = subprocess.run(
        [sys.executable, "-m", "server", *map(str, words)],
        cwd=ROOT, env=clean | environment, capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def data(tmp_path: Path, zhuqi: Run) -> Path:
    """The data folder of an embedded centre, at which the workspace is enrolled with an enterprise waiting."""
    folder = tmp_path / "data"
    folder.mkdir()
    with (
        running_centre(f"sqlite:///{folder}/server.db") as centre,
        Workspace.create(tmp_path / "workspace") as workspace,
    ):
        add_enterprise(workspace)
        enrol(workspace, centre.url, centre.code(centre.officer()), adopt_into="G1")
    return folder


def test_there_and_back_by_commands_while_no_server_runs(zhuqi: Run, data: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "day.zqb"
    made = zhuqi("bundle", "export", "--out", bundle, "--json")
    assert (made.code, made.json["operations"], made.json["attachments"]) == (0, 2, 0)
    assert zhuqi("status", "--json").json["unsent"] == 2
    taken = server("import-bundle", bundle, "--receipt", tmp_path / "day.zqr", "--data", data, "--json")
    assert (taken.code, taken.json["outcome"], taken.json["counts"]) == (0, "applied", {"applied": 2})
    receipt = zhuqi("bundle", "receipt", tmp_path / "day.zqr", "--json").json
    assert (receipt["counts"], receipt["bundle"]["sequence"]) == ({"applied": 2}, 1)
    assert zhuqi("status", "--json").json["unsent"] == 0


def test_folders_get_files_under_their_own_names(zhuqi: Run, data: Path, tmp_path: Path) -> None:
    made = zhuqi("bundle", "export", "--out", tmp_path, "--json").json
    bundle = Path(made["file"])
    assert bundle.parent == tmp_path
    taken = server("import-bundle", bundle, "--receipt", tmp_path, "--data", data, "--json").json
    assert taken["receipt"] == str(bundle.with_suffix(".zqr"))
    spoken = zhuqi("bundle", "receipt", taken["receipt"], ZHUQI_LANGUAGE="en")
    assert (spoken.code, spoken.out) == (0, "")
    assert "answered 2 operations" in spoken.said


def test_refusals_are_problems_with_their_exit_codes(zhuqi: Run, data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.zqb"
    other.write_bytes(b"PK\x03\x04")
    where = ("--data", data, "--json")
    cases = [
        (server("import-bundle", other, "--receipt", tmp_path / "r", *where), 2, "bundle_not_a_bundle"),
        (server("import-bundle", tmp_path / "no", "--receipt", tmp_path / "r", *where), 3, "bundle_not_read"),
        (zhuqi("bundle", "receipt", other, "--json"), 2, "bundle_not_a_receipt"),
        (zhuqi("bundle", "receipt", tmp_path / "no", "--json"), 3, "bundle_not_read"),
        (zhuqi("bundle", "export", "--json"), 2, "usage"),
        (zhuqi("bundle", "receipt", "--json"), 2, "usage"),
        (zhuqi("bundle", "export", "--out", tmp_path / "no" / "a.zqb", "--json"), 3, "bundle_not_written"),
    ]
    database = ("--database", "postgresql://nobody@127.0.0.1:9/none", "--json")
    unnamed = server("import-bundle", other, "--receipt", tmp_path / "r", *database)
    cases.append((unnamed, 3, "server_keys_not_named"))
    for ran, code, problem in cases:
        assert (ran.code, json.loads(ran.out)["problem"]["code"]) == (code, problem)
        assert "Traceback" not in ran.said
    assert not (tmp_path / "r").exists()


def test_a_receipt_that_could_not_be_written_is_given_again(zhuqi: Run, data: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "day.zqb"
    zhuqi("bundle", "export", "--out", bundle, "--json")
    lost = server("import-bundle", bundle, "--receipt", tmp_path / "no" / "day.zqr", "--data", data, "--json")
    assert (lost.code, lost.json["problem"]["code"]) == (3, "bundle_not_written")
    server("import-bundle", bundle, "--receipt", tmp_path / "day.zqr", "--data", data, "--json")
    assert zhuqi("bundle", "receipt", tmp_path / "day.zqr", "--json").json["counts"] == {"applied": 2}
