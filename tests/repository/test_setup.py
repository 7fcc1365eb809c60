"""The set-up says what it cannot do, does nothing twice, and Windows gets the same steps."""

from __future__ import annotations

import ast
import re
import sys

import pytest

from tests.repository.tree import text
from tools import setup


def test_an_old_python_gets_a_sentence_instead_of_a_syntax_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ast.parse(text("tools/setup.py"), feature_version=(3, 7))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert setup.main() == 1
    assert "Python 3.11 or newer is needed; this is 3.9." in capsys.readouterr().err


def test_without_the_right_to_install_the_packages_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "missing_packages", lambda: [("libegl1",), ("libglib2.0-0t64", "libglib2.0-0")])
    monkeypatch.setattr(setup, "_apt_prefix", lambda: None)
    setup.install_system_packages()
    said = capsys.readouterr().out
    assert "sudo apt-get install --no-install-recommends libegl1 libglib2.0-0" in said


def test_a_missing_library_is_found_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "LIBRARIES", {"libno-such-thing.so.9": ("no-such-thing",)})
    assert ("no-such-thing",) in setup.missing_packages()


def test_a_changed_lock_makes_the_set_up_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = setup.fingerprint()
    assert setup.fingerprint() == before
    monkeypatch.setattr(setup, "LOCK", setup.ROOT / "requirements" / "server.txt")
    assert setup.fingerprint() != before


def test_windows_tests_take_the_same_steps() -> None:
    recipes = re.findall(
        r"^\t\$\(VENV\)/(.+)$", text("Makefile").partition("\nlint:")[2].partition("\n\n")[0], re.MULTILINE
    )
    assert len(recipes) == 4
    for step in recipes:
        assert f".venv\\Scripts\\{step}" in text("test.cmd")
    for script in ("run.cmd", "test.cmd"):
        assert "tools\\setup.py" in text(script)
