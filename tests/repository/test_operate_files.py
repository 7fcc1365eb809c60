"""What operators copy from `docs/operate` works: units, compose file, proxy, alerts name only what there is."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from prometheus_client import REGISTRY

from server.__main__ import _parser
from server.app import ACTIONS
from tests.repository.tree import ROOT, text

OPERATE = "docs/operate"
UNITS = ("zhuqi-server.service", "zhuqi-backup.service", "zhuqi-backup.timer")
GAUGES = set(re.findall(r'"(zhuqi_\w+)"', (ROOT / "server" / "database_figures.py").read_text(encoding="utf-8")))


def commands_of(unit: str) -> list[list[str]]:
    """The server's commands a unit starts, as words, with its variables filled in."""
    lines = re.findall(r"^ExecStart=/opt/zhuqi/zhuqi-server (.+)$", text(f"{OPERATE}/{unit}"), re.MULTILINE)
    return [re.sub(r"\$\{\w+\}", "x", line).split() for line in lines]


@pytest.mark.parametrize(("unit", "commands"), [("zhuqi-server.service", 1), ("zhuqi-backup.service", 2)])
def test_units_start_commands_that_exist_with_options_that_exist(unit: str, commands: int) -> None:
    found = commands_of(unit)
    assert len(found) == commands
    for words in found:
        assert _parser().parse_args(words).command == words[0]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here to judge")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        content = text(f"{OPERATE}/{unit}").replace("/opt/zhuqi/zhuqi-server", sys.executable)
        (tmp_path / unit).write_text(content, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / unit for unit in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "zhuqi" in line and "not executable" not in line]
    assert ours == []


def test_units_are_plain_sections_and_run_as_nobody_special() -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.read_string(text(f"{OPERATE}/zhuqi-server.service"))
    assert unit["Service"]["User"] == "zhuqi"
    assert unit["Service"]["NoNewPrivileges"] == "yes"


def test_the_compose_file_starts_a_command_that_exists_behind_a_proxy_that_shares_its_network() -> None:
    services = yaml.safe_load(text(f"{OPERATE}/compose.yaml"))["services"]
    server = services["server"]
    chosen = _parser().parse_args(server["command"])
    assert (chosen.command, chosen.workers) == ("run", 4)
    assert server["network_mode"] == "service:proxy"  # plain HTTP is for this machine only
    assert "ports" not in server
    assert f"127.0.0.1:{chosen.port}" in text(f"{OPERATE}/nginx.conf")
    assert f"127.0.0.1:{chosen.port}/readyz" in " ".join(server["healthcheck"]["test"])
    assert (ROOT / OPERATE / server["build"]["context"]).resolve() == ROOT
    assert (ROOT / server["build"]["dockerfile"]).is_file()


def test_the_image_holds_everything_the_server_needs(tmp_path: Path) -> None:
    for line in re.findall(r"^COPY (.+)$", text(f"{OPERATE}/Dockerfile"), re.MULTILINE):
        *sources, target = line.split()
        for source in sources:
            place = tmp_path / target
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                place = place / Path(source).name if target.endswith("/") else place
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, place)
    program = (
        "from server.app import make_app; from server.settings import Settings; from server.store import Store;"
        "import server.workers; make_app(Store('sqlite:///x.db'), Settings('sqlite:///x.db'))"
    )
    for words in (["-m", "server", "upgrade", "--data", "data", "--json"], ["-c", program]):
        done = subprocess.run(
            [sys.executable, "-P" if words[0] == "-c" else "-s", *words], cwd=tmp_path, capture_output=True, text=True,
            check=False, env={"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def test_the_proxy_keeps_the_figures_to_itself_and_tells_who_asks() -> None:
    proxy = text(f"{OPERATE}/nginx.conf")
    assert "location = /metrics { return 404; }" in proxy
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in proxy
    assert "access_log off;" in proxy


def test_alerts_and_the_page_name_figures_that_exist() -> None:
    counted = {sample.name for family in REGISTRY.collect() for sample in family.samples}
    known = {name for name in counted if name.startswith("zhuqi_")} | GAUGES
    families = {family.name for family in REGISTRY.collect()}
    for page in ("alerts.yaml", "watching.md"):
        named = set(re.findall(r"\bzhuqi_[a-z_]+", text(f"{OPERATE}/{page}")))
        bare = {re.sub(r"_(total|bucket|info)$", "", name) for name in named}
        assert bare - families - known == set(), page
    rules = [rule for group in yaml.safe_load(text(f"{OPERATE}/alerts.yaml"))["groups"] for rule in group["rules"]]
    assert all({"alert", "expr", "annotations"} <= rule.keys() for rule in rules)


def test_every_figure_is_on_the_page() -> None:
    page = text(f"{OPERATE}/watching.md")
    ours = {family.name for family in REGISTRY.collect() if family.name.startswith("zhuqi_")} | GAUGES
    assert [name for name in sorted(ours) if name not in page] == []


def test_what_readiness_may_answer_is_on_the_page() -> None:
    page = text(f"{OPERATE}/watching.md")
    assert ("GET", "/readyz") in ACTIONS
    for code in ("unreachable", "standby", "outdated"):
        assert f"`server_database_{code}`" in page
    for code in ("server_generation_missing", "server_promotion_unfinished"):
        assert f"`{code}`" in page
