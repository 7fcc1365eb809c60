"""Background work: results on the UI thread, order in the database lane, cancelling between steps, bounded closing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from itertools import count
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.models import progress as progress_module
from desktop.models.problems import Problem, UserProblem
from desktop.models.progress import Progress
from desktop.ui.job_runner import JobRunner

STEPS = 100_000


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.close(1.0)


def _number(_progress: Progress, *, number: int) -> int:
    return number


def test_a_result_arrives_on_the_thread_of_the_window(qtbot: QtBot, jobs: JobRunner) -> None:
    seen: list[tuple[int, bool]] = []

    jobs.run(lambda _p: 6 * 7, lambda value: seen.append((value, _on_ui_thread())))
    qtbot.waitUntil(lambda: bool(seen))

    assert seen == [(42, True)]


def test_the_work_itself_runs_elsewhere(qtbot: QtBot, jobs: JobRunner) -> None:
    seen: list[str] = []

    jobs.run(lambda _p: threading.current_thread().name, seen.append)
    qtbot.waitUntil(lambda: bool(seen))

    assert seen == ["zhuqi-database"]


def test_the_database_lane_keeps_the_order_it_was_asked_in(qtbot: QtBot, jobs: JobRunner) -> None:
    seen: list[int] = []
    for number in range(50):
        jobs.run(partial(_number, number=number), seen.append)
    qtbot.waitUntil(lambda: len(seen) == 50)

    assert seen == list(range(50))


def test_a_problem_goes_to_whoever_asked(qtbot: QtBot, jobs: JobRunner) -> None:
    seen: list[Problem] = []

    jobs.run(_refuse, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))

    assert seen[0].code == "grid_not_chosen"


def test_a_problem_nobody_asked_for_is_told_to_the_window(qtbot: QtBot, jobs: JobRunner) -> None:
    with qtbot.waitSignal(jobs.problem_met) as told:
        jobs.run(_refuse)

    assert told.args[0].code == "grid_not_chosen"


def test_a_bug_is_told_by_name_and_the_lane_goes_on(qtbot: QtBot, jobs: JobRunner) -> None:
    seen: list[int] = []
    with qtbot.waitSignal(jobs.bug_met) as told:
        jobs.run(lambda _p: 1 // 0)
    jobs.run(lambda _p: 1, seen.append)
    qtbot.waitUntil(lambda: bool(seen))

    assert told.args == ["ZeroDivisionError"]


def test_a_cancelled_job_stops_between_steps_and_tells_nothing(qtbot: QtBot, jobs: JobRunner) -> None:
    steps: list[int] = []
    told: list[str] = []
    job = jobs.run(
        lambda progress: _count(progress, steps),
        lambda _value: told.append("done"),
        ended=lambda: told.append("ended"),
    )
    qtbot.waitUntil(lambda: len(steps) > 3)

    job.cancel()
    qtbot.waitUntil(lambda: bool(told))

    assert told == ["ended"]
    assert len(steps) < STEPS


def test_progress_is_told_at_most_ten_times_a_second(
    qtbot: QtBot, jobs: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int, str]] = []
    done: list[None] = []
    milliseconds = count()
    monkeypatch.setattr(progress_module, "time", SimpleNamespace(monotonic=lambda: next(milliseconds) / 1000))

    def work(progress: Progress) -> None:
        for step in range(1, 1001):
            progress.step(step, 1000, "store")

    jobs.run(work, done.append, progressed=lambda *counts: told.append(counts))
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)

    assert told[-1] == (1000, 1000, "store")
    assert len(told) == 11, "ten in that second, and the end"


def test_a_destroyed_owner_hears_nothing(qtbot: QtBot, jobs: JobRunner) -> None:
    told: list[str] = []
    owner = QWidget()
    gate = threading.Event()

    jobs.run(lambda _p: gate.wait(5), lambda _v: told.append("done"), owner=owner)
    owner.deleteLater()
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)

    assert told == []


def test_reading_goes_on_while_the_database_lane_is_busy(qtbot: QtBot, jobs: JobRunner) -> None:
    gate = threading.Event()
    read: list[int] = []
    jobs.run(lambda _p: gate.wait(5))

    jobs.run(lambda _p: 1, read.append, lane="reading")
    qtbot.waitUntil(lambda: bool(read))
    gate.set()

    assert read == [1]


def test_closing_cancels_what_runs_and_waits_a_bounded_time(qtbot: QtBot) -> None:
    runner = JobRunner()
    steps: list[int] = []
    runner.run(lambda progress: _count(progress, steps))
    qtbot.waitUntil(lambda: bool(steps))

    assert runner.close(30.0)
    assert len(steps) < STEPS


def test_closing_does_not_wait_for_work_that_will_not_stop(qtbot: QtBot) -> None:
    runner = JobRunner()
    begun, gate, ended = threading.Event(), threading.Event(), threading.Event()

    def stubborn(_progress: Progress) -> None:
        begun.set()
        gate.wait(10)
        ended.set()

    runner.run(stubborn)
    begun.wait(5)

    assert not runner.close(0.2)
    assert not ended.is_set()
    gate.set()


def _on_ui_thread() -> bool:
    app = QApplication.instance()
    return app is not None and QThread.currentThread() == app.thread()


def _refuse(_progress: Progress) -> None:
    raise UserProblem("grid_not_chosen", grids="")


def _count(progress: Progress, steps: list[int]) -> None:
    for step in range(STEPS):
        progress.step(step, STEPS, "count")
        steps.append(step)
        time.sleep(0.001)
