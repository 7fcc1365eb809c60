"""Progress counts, throttles, and is the only place where work is called off."""

from __future__ import annotations

import pytest

from desktop.models.progress import Cancelled, Progress


def test_reports_are_throttled_but_the_last_one_always_comes() -> None:
    told: list[tuple[int, int, str]] = []
    progress = Progress(lambda *counts: told.append(counts), interval_s=60)

    for done in range(1, 101):
        progress.step(done, 100, "store")

    assert told == [(1, 100, "store"), (100, 100, "store")]


def test_a_new_stage_is_told_at_once() -> None:
    told: list[str] = []
    progress = Progress(lambda _done, _total, label: told.append(label), interval_s=60)

    for label in ("read", "read", "store"):
        progress.step(1, 100, label)

    assert told == ["read", "store"]


def test_work_that_was_called_off_stops_at_its_next_step() -> None:
    progress = Progress()
    progress.step(1, 2)
    progress.cancel()

    with pytest.raises(Cancelled):
        progress.step(2, 2)
    assert progress.cancelled
