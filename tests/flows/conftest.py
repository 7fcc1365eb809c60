"""Commands as a person runs them: a new process, its exit code, its one JSON object."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    said: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def ran_in(folder: Path, *words: object, **environment: str) -> Ran:
    """Run `zhuqi …` in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, encoding="utf-8",
        check=False, timeout=120,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def zhuqi(tmp_path: Path) -> Callable[..., Ran]:
    """Runs `zhuqi …` on the workspace `tmp_path/workspace`."""

    def run(*words: object, **environment: str) -> Ran:
        return ran_in(tmp_path, *words, "--workspace", tmp_path / "workspace", **environment)

    return run
