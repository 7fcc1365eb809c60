"""Rules every module keeps: no code from data (SEC-93), small files with a noun for a name, nothing of one machine."""

from __future__ import annotations

import ast
import re

import pytest

from desktop.documents.untrusted_file import CHILD_ARGUMENT
from tests.repository.tree import ROOT, called_name, modules, parsed, tracked_files

FORBIDDEN_CALLS = {
    "eval", "exec", "os.system", "os.popen", "yaml.load", "__import__",
    "subprocess.getoutput", "tempfile.mktemp",
}  # fmt: skip
FORBIDDEN_MODULES = {"pickle", "cPickle", "marshal", "shelve", "dill", "telnetlib"}
MEANINGLESS = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "base_types"}
LONGEST = 400
SHIPPED = ("desktop", "server", "tools", "benchmarks")


def test_nothing_runs_code_that_came_as_data() -> None:
    found = []
    for module in modules(*SHIPPED):
        for node in ast.walk(parsed(module)):
            if isinstance(node, ast.Call):
                shell = any(keyword.arg == "shell" for keyword in node.keywords)
                if called_name(node) in FORBIDDEN_CALLS or shell:
                    found.append(f"{module}:{node.lineno} {called_name(node)}")
            elif isinstance(node, ast.Import | ast.ImportFrom):
                source = node.module or "" if isinstance(node, ast.ImportFrom) else ""
                names = {alias.name for alias in node.names} | {source.partition(".")[0]}
                found += [f"{module}:{node.lineno} {name}" for name in names & FORBIDDEN_MODULES]
    assert found == []


def test_no_module_grows_past_the_limit() -> None:
    long = {str(module): len((ROOT / module).read_text(encoding="utf-8").splitlines()) for module in modules()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_module_names_say_what_is_inside() -> None:
    assert [str(module) for module in modules() if module.stem in MEANINGLESS] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(module) for module in modules() if (ROOT / module).stat().st_size and not ast.get_docstring(parsed(module))
    ]
    assert silent == []


def test_the_first_package_file_stays_empty() -> None:
    """So that the server can import `desktop.models` and nothing else comes along."""
    assert (ROOT / "desktop" / "__init__.py").read_bytes() == b""


REGISTRIES = ("py" + "pi", "npm" + "js", "python" + "hosted", "deb" + "ian", "ubu" + "ntu")
"""In two pieces each, so that this file does not name them either."""


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a folder of one machine", r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/"),
        ("a package registry", rf"\b(?:{'|'.join(REGISTRIES)})\.(?:org|com)\b"),
        ("a secret key", r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    ],
)
def test_tracked_files_never_name(what: str, pattern: str) -> None:
    search = re.compile(pattern.encode())
    here = __file__
    found = [
        str(path)
        for path in tracked_files()
        if (ROOT / path).stat().st_size < 2_000_000
        and path.suffix not in {".ttf", ".png", ".qm", ".xlsx", ".jpg"}
        and str(ROOT / path) != here
        and not path.name.startswith("LICENSE-")  # other people's words
        and search.search((ROOT / path).read_bytes())
    ]
    assert found == [], what


def test_no_tracked_file_is_bigger_than_a_font() -> None:
    assert [str(path) for path in tracked_files() if (ROOT / path).stat().st_size > 20_000_000] == []


def test_the_frozen_program_knows_its_reading_child() -> None:
    assert f'READING_CHILD = "{CHILD_ARGUMENT}"' in (ROOT / "desktop" / "__main__.py").read_text(encoding="utf-8")
