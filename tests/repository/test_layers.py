"""The layers of docs/architecture.md hold, and the contracts can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.repository.tree import ROOT


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_layers_hold() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_qt_planted_below_the_window_is_caught(tmp_path: Path) -> None:
    for package in ("desktop", "server"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "desktop" / "models" / "vocabulary.py").open("a", encoding="utf-8") as file:
        file.write("\nfrom PySide6 import QtCore\n")
    done = lint_imports(tmp_path)
    assert done.returncode != 0
    assert "qt-stays-in-ui BROKEN" in done.stdout
