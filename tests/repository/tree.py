"""What the repository holds, for the tests that read it as text."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("desktop", "server")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file git knows or would add, relative to the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this copy is no git clone")
    return tuple(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file())


@cache
def modules(*packages: str) -> tuple[Path, ...]:
    """The Python files of the packages (all of ours when none is named), relative to the root and sorted."""
    found = (path for package in packages or PACKAGES for path in (ROOT / package).rglob("*.py"))
    return tuple(sorted(path.relative_to(ROOT) for path in found))


@cache
def parsed(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), filename=str(module))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def called_name(call: ast.Call) -> str:
    """`eval`, `yaml.load`, `os.system`: what is called, as written."""
    return ast.unparse(call.func)
