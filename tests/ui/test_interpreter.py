"""What Python is told before a window stands."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.interpreter import TURN_S, set_for_a_window
from desktop.ui.job_runner import JobRunner


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    before = sys.getswitchinterval()
    gc.unfreeze()
    runner = JobRunner()
    yield runner
    runner.close(1.0)
    sys.setswitchinterval(before)
    gc.unfreeze()


def test_what_stands_after_the_first_work_is_left_out_of_collections(qtbot: QtBot, jobs: JobRunner) -> None:
    kept = [[number] for number in range(1000)]
    set_for_a_window(jobs)
    assert gc.get_freeze_count() == 0

    jobs.run(lambda _progress: 1)
    qtbot.waitUntil(lambda: not jobs.busy)
    standing = gc.get_freeze_count()
    assert standing > len(kept)

    jobs.run(lambda _progress: 2)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert gc.get_freeze_count() <= standing, "later garbage is still collected"


def test_threads_take_turns_often(jobs: JobRunner) -> None:
    set_for_a_window(jobs)

    assert sys.getswitchinterval() == pytest.approx(TURN_S)
