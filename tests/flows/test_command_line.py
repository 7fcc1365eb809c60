"""The scriptable edge: results, refusals and exit codes others rely on."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from desktop.__main__ import is_command
from desktop.commands import COMMANDS
from desktop.commands.answers_file import Figure
from desktop.commands.command_line import main
from desktop.commands.wording import say
from desktop.models.letter_composition import SITUATION_FIGURES
from desktop.resource_paths import resource
from tests.flows.conftest import Ran, ran_in

Run = Callable[..., Ran]
ROSTER = resource("demo", "roster.xlsx")
ANSWERS = resource("demo", "answers.json")


@pytest.fixture
def made(zhuqi: Run) -> Run:
    """With the demo's roster imported."""
    assert zhuqi("init", "--plain", "--json").code == 0
    assert zhuqi("import-roster", ROSTER, "--json").code == 0
    return zhuqi


def test_init_says_workspace_and_device_and_refuses_a_second_time(zhuqi: Run, tmp_path: Path) -> None:
    first = zhuqi("init", "--plain", "--json")
    assert first.json["workspace"] == str(tmp_path / "workspace")
    assert len(first.json["device"]) == 36
    again = zhuqi("init", "--plain", "--json")
    assert (again.code, again.json["problem"]["code"]) == (2, "workspace_exists")


def test_a_command_on_no_workspace_is_refused_with_what_to_do(zhuqi: Run) -> None:
    ran = zhuqi("status", "--json")
    assert ran.code == 2
    assert ran.json["problem"]["code"] == "workspace_missing"
    assert "zhuqi init" in ran.json["problem"]["message"]


def test_importing_twice_updates_and_never_doubles(made: Run) -> None:
    before = made("enterprises", "--json").json["total"]
    again = made("import-roster", ROSTER, "--json").json
    assert (again["imported"], again["updated"]) == (0, 0)
    assert again["unchanged"] == before == made("enterprises", "--json").json["total"]


def test_a_dry_run_lists_every_row_and_writes_nothing(zhuqi: Run) -> None:
    zhuqi("init", "--plain")
    tried = zhuqi("import-roster", ROSTER, "--dry-run", "--json").json
    assert tried["imported"] == len(tried["rows"]) > 0
    assert set(tried["rows"][0]) == {"sheet", "row", "status", "name", "field", "reason"}
    assert zhuqi("enterprises", "--json").json == {"enterprises": [], "total": 0}


def test_a_list_of_staff_is_tried_then_imported_and_its_names_leave_masked(made: Run, tmp_path: Path) -> None:
    firm = made("enterprises", "--limit", "1", "--json").json["enterprises"][0]["name"]
    (tmp_path / "staff.csv").write_text("姓名,手机,部门\n丁一二,13800000001,机加\n,,机加\n", encoding="utf-8")
    tried = made("import-staff", firm, tmp_path / "staff.csv", "--dry-run", "--json").json
    done = made("import-staff", firm, tmp_path / "staff.csv", "--json")
    assert tried == done.json
    assert (done.code, done.json["imported"], done.json["rejected"]) == (0, 1, 1)
    assert [row["name"] for row in done.json["rows"]] == ["丁**", ""]
    assert made("import-staff", firm, tmp_path / "staff.csv", "--json").json["unchanged"] == 1


def test_a_file_that_is_no_table_is_refused_and_an_empty_table_is_not(made: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("您好", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("企业名称,统一社会信用代码\n", encoding="utf-8")
    assert made("import-roster", tmp_path / "letter.txt", "--json").code == 2
    empty = made("import-roster", tmp_path / "empty.csv", "--json")
    assert (empty.code, empty.json["imported"], empty.json["rows"]) == (0, 0, [])
    assert empty.json["why"]


def test_work_named_into_a_grid_lies_there(made: Run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("企业名称,统一社会信用代码\n甲厂有限公司,\n", encoding="utf-8")
    made("import-roster", tmp_path / "one.csv", "--grid", "JX-001", "--json")
    found = made("enterprises", "--grid", "JX-001", "--json").json
    assert [(each["name"], each["grid"]) for each in found["enterprises"]] == [("甲厂有限公司", "JX-001")]


def test_a_visit_names_each_answer_once_it_is_durable(made: Run) -> None:
    first = made("enterprises", "--search", "陆盛", "--json").json["enterprises"][0]["id"]
    ran = made("visit", first, "--answers", ANSWERS, "--follow")
    assert ran.out.split() == [f"M{n:02d}" for n in range(1, 24)]


def test_a_visit_file_with_one_fault_saves_nothing_of_it(made: Run, tmp_path: Path) -> None:
    answers = [{"measure": "M01", "result": "pass"}, {"measure": "M05", "result": "na", "note": "无"}]
    faulty = {"visit": {"on": "2020-02-27"}, "answers": answers}
    (tmp_path / "faulty.json").write_text(json.dumps(faulty), encoding="utf-8")
    first = made("enterprises", "--search", "陆盛", "--json").json["enterprises"][0]["id"]
    ran = made("visit", first, "--answers", tmp_path / "faulty.json", "--json")
    assert (ran.code, ran.json["problem"]["code"]) == (2, "answer_na_not_allowed")
    assert made("export", "answers", "--out", tmp_path / "a.xlsx", "--json").json["rows"] == 0


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"visit": {"on": "2020-02-30"}, "answers": []}',
        '{"visit": {"on": "2020-02-27"}}',
        '{"visit": {"on": "9999-12-31"}, "answers": []}',
        '{"visit": {"on": "0001-01-01"}, "answers": []}',
        '{"visit": {"on": "2020-02-27"}, "situation": {"staff_due": -1}, "answers": []}',
        '{"visit": {"on": "2020-02-27"}, "situation": {"staff": 1}, "answers": []}',
        '{"visit": {"on": "2020-02-27"}, "answers": [{"measure": "M01", "result": "fail", "note": "\\u0000"}]}',
        '{"visit": {"on": "2020-02-27"}, "answers": [{"measure": "M01", "result": "fail", "note": "%s"}]}'
        % ("x" * 5000),
    ],
)
def test_an_answers_file_that_is_not_right_is_refused_with_its_place(made: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "wrong.json").write_text(content, encoding="utf-8")
    ran = made("visit", "浙江陆盛精密机械有限公司", "--answers", tmp_path / "wrong.json", "--json")
    assert (ran.code, ran.json["problem"]["code"]) == (2, "answers_file_wrong")


def test_a_check_point_the_measure_does_not_have_is_refused(made: Run, tmp_path: Path) -> None:
    given = {"visit": {"on": "2020-02-27"}, "answers": [{"measure": "M01", "result": "pass", "points": {"99": True}}]}
    (tmp_path / "a.json").write_text(json.dumps(given), encoding="utf-8")
    ran = made("visit", "浙江陆盛精密机械有限公司", "--answers", tmp_path / "a.json", "--json")
    assert (ran.code, ran.json["problem"]["code"]) == (2, "answer_point_unknown")


def test_the_figures_of_an_answers_file_are_those_a_letter_prints() -> None:
    assert get_args(Figure) == SITUATION_FIGURES


def test_photos_outside_the_folder_of_the_answers_are_refused(made: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"x")
    given = {
        "visit": {"on": "2020-02-27"},
        "answers": [{"measure": "M01", "result": "pass", "photos": ["../secret.jpg"]}],
    }
    (tmp_path / "in" / "a.json").write_text(json.dumps(given), encoding="utf-8")
    first = made("enterprises", "--limit", "1", "--json").json["enterprises"][0]["id"]
    ran = made("visit", first, "--answers", tmp_path / "in" / "a.json", "--json")
    assert (ran.code, ran.json["problem"]["code"]) == (2, "photo_missing")


def test_a_letter_is_drafted_then_issued_once(made: Run, tmp_path: Path) -> None:
    first = made("enterprises", "--search", "陆盛", "--json").json["enterprises"][0]["id"]
    visit = made("visit", first, "--answers", ANSWERS, "--json").json["visit"]
    draft = made("letter", visit, "--out", tmp_path / "d.pdf", "--json").json
    assert draft["number"] is None
    issued = made("letter", visit, "--out", tmp_path / "i.pdf", "--issue", "--json").json
    assert made("letter", visit, "--out", tmp_path / "j.pdf", "--issue", "--json").json == issued
    assert (tmp_path / "i.pdf").read_bytes() == (tmp_path / "j.pdf").read_bytes()
    assert issued["letter"] == draft["letter"]


def test_status_counts_what_waits_and_check_finds_the_workspace_sound(made: Run) -> None:
    status = made("status", "--json").json
    assert status["unsent"] == status["unadopted"] > 0
    assert status["last_sync"] is None
    assert made("check", "--json").json["ok"] is True


def test_registers_are_named_and_unknown_ones_refused(made: Run, tmp_path: Path) -> None:
    assert "enterprises" in made("export", "--list", "--json").json["registers"]
    ran = made("export", "nothing", "--out", tmp_path / "x.xlsx", "--json")
    assert (ran.code, ran.json["problem"]["code"]) == (2, "register_unknown")


@pytest.mark.parametrize("words", [("bogus",), ("visit",), ("export", "enterprises"), ("enterprises", "--limit", "x")])
def test_a_command_written_wrong_is_a_refusal_and_not_a_traceback(made: Run, words: tuple[str, ...]) -> None:
    ran = made(*words, "--json")
    assert (ran.code, ran.json["problem"]["code"]) == (2, "usage")
    assert "Traceback" not in ran.said


def test_people_are_spoken_to_in_their_language(made: Run) -> None:
    assert "enterprise" in made("visit", "x", "--answers", ANSWERS, ZHUQI_LANGUAGE="en").said
    assert "企业" in made("visit", "x", "--answers", ANSWERS).said


def test_syncing_before_enrolment_is_a_refusal_that_says_so(made: Run) -> None:
    ran = made("sync", "--json")
    assert ran.code in (2, 3)
    assert ran.json["problem"]["message"]


@pytest.mark.parametrize("name", ["demo", "visit", "check"])
def test_a_workspace_may_be_called_like_a_command(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    made = ran_in(tmp_path, "--workspace", name, "init", "--plain", "--json")
    assert (made.code, made.json["workspace"]) == (0, name)
    assert ran_in(tmp_path, "--workspace", name, "enterprises", "--limit", "1", "--json").json["total"] == 0
    assert ran_in(tmp_path, "enterprises", "--workspace", name, "--json").json["total"] == 0
    assert (folder / "workspace.db").exists()


@pytest.mark.parametrize(("words", "window"), [
    ([], True), (["--workspace", "demo"], True), (["--workspace=x", "--selftest", "--text-size", "120"], True),
    (["--workspace", "demo", "check"], False), (["--json"], False), (["bogus"], False), (["--help"], False),
    (["--workspace"], False), (["--bogus"], False),
])  # fmt: skip
def test_the_window_opens_unless_something_else_is_asked(words: list[str], window: bool) -> None:
    assert is_command(words) is not window


@pytest.mark.parametrize("limit", ["-1", "99999999999999999999", "1.5"])
def test_a_number_that_cannot_be_meant_is_refused(made: Run, limit: str) -> None:
    ran = made("enterprises", "--limit", limit, "--json")
    assert (ran.code, ran.json["problem"]["code"]) == (2, "usage")


@pytest.mark.parametrize("words", [("export", "enterprises"), ("letter", "x"), ("import-roster", ROSTER)])
def test_a_result_that_cannot_be_written_where_asked_is_refused_before_any_work(
    made: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    option = "--reasons" if words[0] == "import-roster" else "--out"
    for target in (".", tmp_path, "/dev/null/x.xlsx"):
        ran = made(*words, option, target, "--json")
        assert (ran.code, ran.json["problem"]["code"]) == (2, "usage"), target


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_file_names_in_another_encoding_are_read_and_told(made: Run, tmp_path: Path) -> None:
    name = os.fsdecode("名册.csv".encode("gb18030"))
    (tmp_path / name).write_text("企业名称,统一社会信用代码\n甲厂有限公司,\n", encoding="gb18030")
    ran = made("import-roster", tmp_path / name, "--json", "--reasons", tmp_path / os.fsdecode(b"\xc3\xfb.xlsx"))
    assert (ran.code, ran.json["imported"]) == (0, 1)
    assert ran.json["rows"][0]["sheet"] == "名册"


@pytest.mark.skipif(sys.platform != "linux", reason="arguments are text elsewhere")
def test_text_in_another_encoding_is_refused_and_never_a_bug_of_ours(made: Run, tmp_path: Path) -> None:
    odd = os.fsdecode("平湖".encode("gb18030"))
    ran = made("enterprises", "--search", odd, "--json")
    assert (ran.code, ran.json["problem"]["code"]) == (2, "argument_encoding")
    folder = ran_in(tmp_path, "init", "--plain", "--json", "--workspace", odd)
    assert (folder.code, folder.json["device"][14]) == (0, "7")
    assert "Traceback" not in ran.said + folder.said


def test_what_was_never_synced_says_so_in_words(made: Run) -> None:
    assert "None" not in made("status").said
    assert "尚未" in made("status").said


def test_rows_that_wait_for_a_decision_are_told_with_what_to_do(made: Run, tmp_path: Path) -> None:
    name = made("enterprises", "--search", "陆盛", "--json").json["enterprises"][0]["name"]
    (tmp_path / "ask.csv").write_text(f"企业名称,统一社会信用代码\n{name},\n", encoding="utf-8")
    assert "--accept" in made("import-roster", tmp_path / "ask.csv").said


def test_usage_is_told_once(made: Run) -> None:
    assert made("enterprises", "--limit", "x", ZHUQI_LANGUAGE="en").said.count("usage") == 0
    assert "zhuqi enterprises" in made("enterprises", "--limit", "x").said


@pytest.mark.skipif(sys.platform == "win32", reason="by bash")
def test_output_nobody_reads_or_can_show_stops_nothing(made: Run, tmp_path: Path) -> None:
    words = f"enterprises --workspace {shlex.quote(str(tmp_path / 'workspace'))}"
    for redirected in ("| head -1", "--json | head -c 1", ">&-", "--json >&-", "| cat >/dev/null"):
        ran = in_shell(f"{words} {redirected}")
        assert (ran.returncode, ran.stderr.count(b"Traceback")) == (0, 0), redirected
    assert in_shell(words, PYTHONIOENCODING="ascii").returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="a full disk that always is")
@pytest.mark.parametrize("option", ["", "--json"])
def test_output_onto_a_full_disk_is_a_refusal(made: Run, tmp_path: Path, option: str) -> None:
    ran = in_shell(f"enterprises {option} --workspace {shlex.quote(str(tmp_path / 'workspace'))} >/dev/full")
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr
    assert "磁盘空间" in ran.stderr.decode()


def in_shell(words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    line = f"set -o pipefail; {shlex.quote(sys.executable)} -m desktop {words}"
    return subprocess.run(
        ["bash", "-c", line], env={**os.environ, **environment}, capture_output=True, check=False, timeout=120
    )


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_says_what_every_argument_is_for(
    name: str, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHUQI_LANGUAGE", language)
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    assert say("argument_workspace") in " ".join(said.split())
