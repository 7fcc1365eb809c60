"""Every figure of the exchange can be measured, on little work, and says what it must."""

from __future__ import annotations

import pytest

from benchmarks.sync import FIGURES, measured
from benchmarks.sync_size import TINY
from tests.postgresql import NewDatabase

LIMITS = {
    "server_full_batches": ("lower", 2.5, 1.8),
    "server_officer_day": ("lower", 3.0, 2.2),
    "end_to_end": ("lower", 3.5, 2.5),
    "versus_anki": ("higher", 2.0, 3.0),
    "replay": ("lower", 0.5, 0.3),
    "nothing_to_do": ("lower", 3.0, 2.0),
    "eight_clients": ("higher", 1.0, 1.3),
    "missed_rows": ("lower", 0, 0),
    "photos": ("higher", 0.35, 0.6),
    "evening_rush": ("higher", 25.0, 50.0),
    "growth": ("lower", 1.3, 1.1),
}
FROM_OUTSIDE = {"versus_anki"}
"""Measured beside a program that is fetched for it."""


def test_the_figures_stand_in_the_order_of_the_table() -> None:
    assert list(FIGURES) == list(LIMITS)


@pytest.mark.parametrize("name", [name for name in LIMITS if name not in FROM_OUTSIDE])
def test_a_figure_is_measured_beside_its_floor(name: str, new_database: NewDatabase) -> None:
    (figure,), _ = measured(lambda: new_database("postgresql"), TINY, [name])
    assert (figure.name, (figure.better, figure.must, figure.reach)) == (name, LIMITS[name])
    if name == "missed_rows":
        assert figure.value == 0
    else:
        assert figure.value > 0
        assert figure.floor > 0


def test_a_worker_that_takes_too_much_memory_fails_the_check_and_keeps_the_figure(
    new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.rush_figure.WORKER_MIB", 1.0)
    (figure,), all_within = measured(lambda: new_database("postgresql"), TINY, ["evening_rush"])
    assert figure.name == "evening_rush"
    assert not all_within
