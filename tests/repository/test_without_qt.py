"""Everything below the window can be imported where PySide6 is not installed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.repository.tree import ROOT, modules

BLOCKER = """
import importlib, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ModuleNotFoundError(f"{name} is not installed here")

sys.meta_path.insert(0, NoQt())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


@pytest.mark.parametrize(
    "package", ["desktop/models", "desktop/documents", "desktop/sync", "desktop/commands", "server"]
)
def test_a_package_imports_without_qt(package: str) -> None:
    names = []
    for module in modules(package):
        parts = module.with_suffix("").parts
        if "migrations" in parts and ("env" in parts or parts[-1][:1].isdigit() or "versions" in parts):
            continue
        names.append(".".join(parts).removesuffix(".__init__"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-c", BLOCKER, *names]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
