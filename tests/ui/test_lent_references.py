"""Calls into Qt take no more references from the constants than any program can spare."""

from __future__ import annotations

import subprocess
import sys

import pytest

_MANY_CALLS = """
import sys
import desktop.ui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(200_000):
    thing.setObjectName("x")
print(sys.getrefcount(None) > 1000)
"""


def test_a_long_run_of_calls_leaves_the_interpreter_alive() -> None:
    done = subprocess.run([sys.executable, "-c", _MANY_CALLS], capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the constants are immortal from Python 3.12 on")
def test_references_are_lent_once() -> None:
    from desktop.ui.lent_references import lend_references

    before = sys.getrefcount(None)
    lend_references()

    assert abs(sys.getrefcount(None) - before) < 10_000
