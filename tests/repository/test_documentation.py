"""What must be documented is: commands, make targets, modules, decisions, packages and fonts."""

from __future__ import annotations

import argparse
import re
import tomllib
from importlib import import_module

import pytest

from desktop.commands import COMMANDS
from server.__main__ import _parser
from tests.repository.tree import ROOT, text, tracked_files
from tools.layout import layout

LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")


def pages() -> list[str]:
    return [path.as_posix() for path in tracked_files() if path.suffix == ".md"]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_described_with_its_options(command: str) -> None:
    rows = [line for line in text("docs/commands.md").splitlines() if re.match(rf"\| `zhuqi {command}[ `]", line)]
    assert len(rows) == 1
    parser = argparse.ArgumentParser(add_help=False)
    import_module(f"desktop.commands.{COMMANDS[command]}").add_arguments(command, parser)
    options = re.findall(r"--[a-z-]+", parser.format_usage())
    assert [option for option in options if option not in rows[0]] == []


def server_commands() -> list[str]:
    choices = re.search(r"\{([a-z,-]+)\}", _parser().format_usage())
    assert choices
    return choices[1].split(",")


@pytest.mark.parametrize("command", server_commands())
def test_every_server_command_is_described_twice(command: str) -> None:
    pages = (ROOT / "docs" / "operators").glob("*.md")
    assert f"`zhuqi-server {command}" in text("docs/commands.md")
    assert any(f"zhuqi-server {command}" in page.read_text(encoding="utf-8") for page in pages)


def test_every_environment_variable_is_described() -> None:
    sources = [path for path in tracked_files() if path.suffix in {".py", ".cmd"} or path.name == "Makefile"]
    used = {name for path in sources for name in re.findall(r"\bZHUQI_[A-Z_]+\b", text(str(path)))}
    assert [name for name in sorted(used) if f"`{name}`" not in text("docs/commands.md")] == []


def test_every_make_target_is_described() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", text("Makefile"), re.MULTILINE)
    assert phony
    for target in set(phony[1].split()) - {"help"}:
        assert f"`make {target}" in text("docs/commands.md"), target


def test_every_benchmark_is_described() -> None:
    for path in (ROOT / "benchmarks").glob("*.py"):
        if "def main(" in path.read_text(encoding="utf-8"):
            assert f"`{path.stem}`" in text("docs/commands.md"), path.stem


def test_the_layout_page_lists_every_module() -> None:
    assert text("docs/layout.md") == layout(), "run: python -m tools.layout"


def test_every_decision_is_numbered_once() -> None:
    names = [path.name for path in (ROOT / "docs" / "decisions").glob("0*.md")]
    numbers = sorted(int(name[:4]) for name in names)
    assert numbers == list(range(1, len(names) + 1))


def test_the_version_has_its_changes_described() -> None:
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    assert f"## {version}" in text("CHANGELOG.md")


def test_every_installed_package_is_in_the_notices() -> None:
    notices = text("NOTICES.md")
    locked = re.findall(r"^([a-z0-9-]+)==", text("requirements/desktop.txt") + text("requirements/server.txt"), re.M)
    assert [name for name in sorted(set(locked)) if not re.search(rf"\b{re.escape(name)}\b", notices)] == []


def test_every_font_has_its_hash_and_its_licence() -> None:
    fonts = {path.name for path in (ROOT / "resources" / "fonts").iterdir() if ".ttf" in path.name}
    hashed = {line.split()[1] for line in text("resources/fonts/SHA256SUMS").splitlines()}
    assert fonts == hashed
    families = re.findall(r"resources/fonts/(\w+)\*", text("NOTICES.md"))
    assert [name for name in fonts if not name.startswith(tuple(families))] == []


@pytest.mark.parametrize("page", pages())
def test_links_and_pictures_lead_somewhere(page: str) -> None:
    folder = (ROOT / page).parent
    assert [target for target in LINK.findall(text(page)) if not (folder / target).exists()] == []


def test_pictures_are_small() -> None:
    big = [path for path in tracked_files() if path.parts[0] == "docs" and (ROOT / path).stat().st_size > 150_000]
    assert big == []


def test_ci_runs_make_test_and_nothing_else() -> None:
    commands = [line for line in text(".ci/run").splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec make test"]
