"""`zhuqi-server` as a person runs it: a new process, its exit code, its one JSON object, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from desktop.models.identity import new_id
from tests.flows.centre_process import ROOT, running_centre

PASSWORD = "a long enough phrase"


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    said: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def zhuqi_server(tmp_path: Path) -> Callable[..., Ran]:
    """Runs `zhuqi-server …`; with `keys` it has a folder for them."""

    def run(*words: object, password: str | None = PASSWORD, keys: bool = False) -> Ran:
        environment = {name: value for name, value in os.environ.items() if name != "ZHUQI_PASSWORD"}
        if password is not None:
            environment["ZHUQI_PASSWORD"] = password
        if keys:
            environment["ZHUQI_KEYS"] = str(tmp_path / "keys")
        done = subprocess.run(
            [sys.executable, "-m", "server", *map(str, words)],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
            timeout=60,
        )  # fmt: skip
        assert "Traceback" not in done.stdout + done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


def test_an_officer_and_a_code_are_made_while_the_server_runs(
    zhuqi_server: Callable[..., Ran], database_url: str
) -> None:
    with running_centre(database_url) as centre:
        made = zhuqi_server(
            "create-officer", "周砚秋", "--role", "grid_instructor", "--grid", "G1", "--grid", "G2",
            "--database", database_url, "--json",
        )  # fmt: skip
        assert (made.code, set(made.json)) == (0, {"officer"})
        code = zhuqi_server("enrol-code", "周砚秋", "--database", database_url, "--json").json
        assert set(code) == {"code", "expires"}
        assert zhuqi_server("enrol-code", made.json["officer"], "--database", database_url, "--json").code == 0
        assert centre.count("grids") == 2
        with urllib.request.urlopen(f"{centre.url}/sign-in", timeout=10) as page:
            assert page.status == 200


@pytest.mark.parametrize("name", ["100%", "a?b#c", "数 据"])
def test_the_data_folder_may_have_any_name(zhuqi_server: Callable[..., Ran], tmp_path: Path, name: str) -> None:
    assert zhuqi_server("upgrade", "--data", tmp_path / name, "--json").code == 0
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "server.db").is_file()


def test_the_embedded_database_is_made_at_first_use(zhuqi_server: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    upgraded = zhuqi_server("upgrade", "--data", folder, "--json")
    assert (upgraded.code, set(upgraded.json)) == (0, {"schema", "generation"})
    assert (folder / "server.db").is_file()
    again = zhuqi_server("upgrade", "--data", folder, "--json")
    assert again.json == upgraded.json


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (["enrol-code", "nobody", "--data", "{d}"], "server_officer_unknown", 2),
        (["create-officer", "甲", "--role", "chief", "--grid", "G1", "--data", "{d}"], "server_arguments", 2),
        (["create-officer", "甲", "--role", "cdc_expert", "--grid", " ", "--data", "{d}"], "server_grid_code", 2),
        (["create-officer", " ", "--role", "cdc_expert", "--grid", "G", "--data", "{d}"], "server_officer_name", 2),
        (["upgrade"], "server_store_not_named", 2),
        (["upgrade", "--database", "oracle://x"], "server_database_unknown", 2),
        (["upgrade", "--database", "postgresql://x@127.0.0.1:9/x?connect_timeout=2"], "server_database_unreachable", 3),
        (["run", "--host", "0.0.0.0", "--data", "{d}"], "server_needs_tls", 2),
        (["run", "--port", "70000", "--data", "{d}"], "server_address_taken", 3),
        (["upgrade", "--database", "sqlite://"], "server_database_unknown", 2),
        (["upgrade", "--database", "postgresql://a:b:c"], "server_database_unknown", 2),
        (["upgrade", "--data", "{d}/file/below"], "server_data_folder", 2),
        (["upgrade", "--data", "{d}/garbage"], "server_database_damaged", 3),
        (["run", "--tls-cert", "{d}/file", "--data", "{d}"], "server_tls_files", 2),
        (["run", "--tls-cert", "{d}/no", "--tls-key", "{d}/no", "--data", "{d}"], "server_tls_files", 2),
        (["run", "--tls-cert", "{d}/file", "--tls-key", "{d}/file", "--data", "{d}"], "server_tls_files", 2),
        (["enrol-code", "\udcc3\udcfb", "--data", "{d}"], "server_arguments", 2),
        (["run", "--workers", "2", "--data", "{d}"], "server_needs_postgresql", 2),
        (["run", "--workers", "0", "--data", "{d}"], "server_arguments", 2),
        (["backup", "--out", "{d}/b", "--data", "{d}/none"], "server_database_unreachable", 3),
        (["backup", "--out", "{d}/b", "--recipient", "age1", "--data", "{d}"], "server_recipient_refused", 2),
        (["restore", "{d}/none", "--data", "{d}"], "server_backup_not_unpacked", 3),
        (["promoted", "--revocations", "{d}/none", "--data", "{d}"], "server_revocations_unreadable", 2),
        (["run", "--database", "postgresql://x@127.0.0.1:9/x"], "server_attachments_missing", 2),
        (["run", "--attachments", "ftp://x/y", "--data", "{d}"], "server_attachments_place", 2),
        (["run", "--attachments", "{d}/file", "--data", "{d}"], "server_attachments_unavailable", 3),
        (["run", "--device-quota", "0", "--data", "{d}"], "server_arguments", 2),
        (["bogus"], "server_arguments", 2),
        ([], "server_arguments", 2),
    ],
)
def test_a_refusal_is_one_object_with_its_code(
    zhuqi_server: Callable[..., Ran], tmp_path: Path, words: list[str], code: str, exit_code: int
) -> None:
    (tmp_path / "garbage").mkdir()
    (tmp_path / "garbage" / "server.db").write_bytes(b"not a database" * 1000)
    (tmp_path / "file").touch()
    ran = zhuqi_server(*[word.format(d=tmp_path) for word in words], "--json")
    assert (ran.json["problem"]["code"], ran.code) == (code, exit_code)
    assert set(ran.json["problem"]) == {"code", "message", "fields"}
    plain = zhuqi_server(*[word.format(d=tmp_path) for word in words])
    assert (plain.out, plain.code) == ("", exit_code)
    assert plain.said


def test_a_centre_is_backed_up_restored_and_declared_the_successor(
    zhuqi_server: Callable[..., Ran], tmp_path: Path
) -> None:
    data, again, file = tmp_path / "data", tmp_path / "again", tmp_path / "backup"
    zhuqi_server("create-officer", "甲", "--role", "cdc_expert", "--grid", "G1", "--data", data)
    digest = sha256(b"x").hexdigest()
    (data / "attachments" / digest[:2]).mkdir(parents=True)
    (data / "attachments" / digest[:2] / digest).write_bytes(b"x")
    made = zhuqi_server("backup", "--out", file, "--data", data, "--json")
    assert made.code == 0
    assert {name: made.json[name] for name in ("operations", "attachments", "keys", "encrypted")} == {
        "operations": 3, "attachments": 1, "keys": 0, "encrypted": False,
    }  # fmt: skip
    assert made.json["sha256"] == sha256(file.read_bytes()).hexdigest()
    assert zhuqi_server("revocations", "--out", tmp_path / "r", "--data", data, "--json").json["devices"] == 0

    words = ["restore", file, "--data", again, "--revocations", tmp_path / "r", "--json"]
    first = zhuqi_server(*words)
    assert first.code == 0
    assert first.json["from_generation"] == made.json["generation"] != first.json["generation"]
    assert (again / "attachments" / digest[:2] / digest).read_bytes() == b"x"
    refused = zhuqi_server(*words)
    assert (refused.code, refused.json["problem"]["code"]) == (2, "server_restore_would_replace")
    word = refused.json["problem"]["fields"]["word"]
    assert word == first.json["generation"][:8]
    assert zhuqi_server(*words, "--force", word).json["replaced"]
    generations = {zhuqi_server("promoted", "--data", again, "--json").json["generation"] for _ in range(2)}
    assert len(generations) == 2
    assert zhuqi_server("upgrade", "--data", again, "--json").json["generation"] in generations


def test_a_password_is_never_an_argument_and_must_be_given(zhuqi_server: Callable[..., Ran], tmp_path: Path) -> None:
    words = ["create-officer", "甲", "--role", "cdc_expert", "--grid", "G1", "--data", tmp_path, "--json"]
    assert zhuqi_server(*words, password=None).json["problem"]["code"] == "server_password_missing"
    assert zhuqi_server(*words, password="short").json["problem"]["code"] == "server_password_length"


def test_accounts_are_looked_after_from_the_command_line(zhuqi_server: Callable[..., Ran], database_url: str) -> None:
    def told(*words: str) -> Any:
        ran = zhuqi_server(*words, "--database", database_url, "--json", keys=True)
        assert ran.code == 0, ran.out + ran.said
        return ran.json

    account = told("create-officer", "周砚秋", "--role", "grid_instructor", "--grid", "G1", "G2")["officer"]
    chief = told("create-officer", "系统", "--role", "system_admin")["officer"]
    assert told("grant-grid", "周砚秋", "--grid", "G3")["officer"] == account
    told("revoke-grid", account, "--grid", "g1")
    assert told("list-officers")["officers"] == [
        {"id": account, "name": "周砚秋", "role": "grid_instructor", "grids": ["G2", "G3"]},
        {"id": chief, "name": "系统", "role": "system_admin", "grids": []},
    ]
    told("set-role", account, "--role", "service_officer")
    assert told("set-password", account) == {"officer": account}
    made = told("set-factor", "系统")
    assert made["otpauth"].startswith("otpauth://totp/Zhuqi:")
    assert len(made["recovery_codes"]) == 10
    code = told("enrol-code", account, "--days", "7")["code"]
    with running_centre(database_url) as centre:
        device = enrolled(centre.url, code)
        (listed,) = told("list-devices", "--officer", account)["devices"]
        assert (listed["id"], listed["officer"], listed["revoked_at"]) == (device, "周砚秋", None)
        assert told("revoke-device", listed["code"]) == {"device": device}
        assert told("list-devices")["devices"][0]["revoked_at"]
    told("close-officer", account)
    assert [officer["id"] for officer in told("list-officers")["officers"]] == [chief]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["revoke-device", "nothing"], "server_device_unknown"),
        (["enrol-code", "甲", "--days", "8"], "server_code_days"),
        (["grant-grid", "甲", "--grid", " "], "server_grid_code"),
        (["set-role", "甲", "--role", "chief"], "server_arguments"),
        (["create-officer", "乙", "--role", "cdc_expert"], "server_grid_missing"),
        (["create-officer", "乙", "--role", "auditor", "--grid", "G1"], "server_role_without_grids"),
        (["close-officer", "nobody"], "server_officer_unknown"),
    ],
)
def test_what_an_account_cannot_is_refused_in_words(
    zhuqi_server: Callable[..., Ran], tmp_path: Path, words: list[str], code: str
) -> None:
    zhuqi_server("create-officer", "甲", "--role", "grid_instructor", "--grid", "G1", "--data", tmp_path)
    assert zhuqi_server(*words, "--data", tmp_path, "--json").json["problem"]["code"] == code


def test_without_a_place_for_its_keys_a_server_sets_no_factor_up(
    zhuqi_server: Callable[..., Ran], new_database: Callable[[str], str]
) -> None:
    url = new_database("postgresql")
    zhuqi_server("create-officer", "系统", "--role", "system_admin", "--database", url)
    refused = zhuqi_server("set-factor", "系统", "--database", url, "--json")
    assert (refused.json["problem"]["code"], refused.code) == ("server_keys_not_named", 3)


def test_lists_are_lines_for_people(zhuqi_server: Callable[..., Ran], tmp_path: Path) -> None:
    zhuqi_server("create-officer", "甲", "--role", "grid_instructor", "--grid", "G1", "G2", "--data", tmp_path)
    (line,) = zhuqi_server("list-officers", "--data", tmp_path).out.splitlines()
    assert line.endswith("甲  grid_instructor  G1 G2")


def enrolled(url: str, code: str) -> str:
    """A device's id, enrolled over the running server."""
    device = new_id()
    body = json.dumps({"code": code, "device_id": device, "device_code": "AB12CD"}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{url}/v1/enrol", data=body), timeout=10) as answer:
        assert answer.status == 200
    return device
