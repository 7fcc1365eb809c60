"""The lock files can be installed anywhere, bring nothing unasked and agree with `pyproject.toml` (SEC-90)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repository.tree import ROOT, text
from tools.lock import EVERYTHING, LOCK_FILES, Lock

PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
locks = pytest.mark.parametrize("lock", LOCK_FILES, ids=lambda lock: lock.name)


@cache
def pins(lock: Lock) -> dict[str, str]:
    found = (PIN.match(line) for line in lock.path.read_text(encoding="utf-8").splitlines())
    return {match["name"]: match["version"] for match in found if match}


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(text("pyproject.toml"))["project"]
    return found


def wanted(lock: Lock) -> list[Requirement]:
    extras = project()["optional-dependencies"]
    return [Requirement(line) for line in sum((extras[name] for name in lock.extras), project()["dependencies"])]


@locks
def test_every_line_is_a_pinned_version_or_its_hash(lock: Lock) -> None:
    lines = [line for line in lock.path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not PIN.match(line) and not HASH.match(line)] == []
    unhashed = [
        line for line, after in zip(lines, [*lines[1:], ""], strict=True) if PIN.match(line) and not HASH.match(after)
    ]
    assert unhashed == []


@locks
def test_no_address_and_no_path_is_named(lock: Lock) -> None:
    words = lock.path.read_text(encoding="utf-8")
    assert re.findall(r"://|@ |--(?:find-links|index-url|extra-index-url)|\.whl|\.tar", words) == []


@locks
def test_the_lock_satisfies_the_project(lock: Lock) -> None:
    versions = pins(lock)
    for requirement in wanted(lock):
        name = canonicalize_name(requirement.name)
        assert name in versions, f"run make lock: {name} is missing"
        assert requirement.specifier.contains(versions[name]), f"run make lock: {name}"


def test_a_package_has_one_version_in_all_locks() -> None:
    everything = pins(EVERYTHING)
    for lock in LOCK_FILES:
        assert pins(lock).items() <= everything.items()


def test_qt_comes_with_the_desktop_only() -> None:
    for name, extra in project()["optional-dependencies"].items():
        assert any(line.startswith("pyside6") for line in extra) == (name == "desktop")
    assert not any(name.startswith("pyside6") for lock in LOCK_FILES if lock.name == "server" for name in pins(lock))


def test_the_whole_of_qt_is_not_pulled_in() -> None:
    assert "pyside6" not in pins(EVERYTHING)
    assert "pyside6-addons" not in pins(EVERYTHING)


def test_setup_installs_hashed_wheels_only() -> None:
    words = (ROOT / "tools" / "setup.py").read_text(encoding="utf-8")
    assert '"--require-hashes", "--only-binary", ":all:"' in words
