"""How a server treats memory: receive buffers stay in the process, cycles of garbage are looked for rarely."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from tests.repository.tree import ROOT

KEEPING = "from server.memory import keep_memory; assert keep_memory()\n"
RECEIVING = """
import resource
def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(200):
        pieces = [bytearray(300_000) for _ in range(4)]
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
faults()
print(faults())
"""


def told(program: str) -> int:
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has this setting")
def test_memory_that_was_received_into_is_not_fetched_again_and_again() -> None:
    kept = told(KEEPING + RECEIVING)
    assert kept < 1000  # of the 60,000 pages that were written to


def test_a_server_looks_for_cycles_of_garbage_rarely() -> None:
    program = "import gc; from server.memory import collect_rarely; collect_rarely(); print(gc.get_threshold()[0])"
    assert told(program) >= 10_000
