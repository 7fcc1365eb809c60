"""Ids and times."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from desktop.models.identity import grid_id, new_id, new_ids, utc_now


def test_ids_rise_and_never_repeat_over_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        batches = list(pool.map(lambda _: [new_id() for _ in range(5000)], range(4)))
    assert all(batch == sorted(batch) for batch in batches)
    assert len({row for batch in batches for row in batch}) == 20_000


def test_ids_made_together_rise_from_those_before_to_those_after() -> None:
    made = [new_id(), *new_ids(5000), *new_ids(0), new_id()]
    assert made == sorted(made)
    assert len(set(made)) == 5002


def test_an_id_is_a_uuid_of_version_7_and_of_this_moment() -> None:
    before = time.time_ns() // 1_000_000
    made = UUID(new_id())
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_the_same_grid_code_is_the_same_grid_everywhere() -> None:
    assert grid_id(" jx-001 ") == grid_id("JX-001") != grid_id("JX-002")


def test_moments_are_utc_with_milliseconds() -> None:
    assert len(utc_now()) == 24
    assert utc_now().endswith("Z")
