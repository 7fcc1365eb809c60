"""Rates, rings and gaps of a visit, counted as the daily report counts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.catalogue import bundled
from desktop.models.scoring import completion_gaps, pass_rate, rate, result_counts, ring_states
from desktop.models.vocabulary import Result


@dataclass(frozen=True)
class Given:
    result: str
    measured: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None


RESULTS = st.dictionaries(st.sampled_from(bundled().codes), st.sampled_from([str(result) for result in Result]))


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (379, 379, "100.0"),
        (9180, 10000, "91.8"),
        (359, 379, "94.7"),
        (1, 8, "12.5"),
        (1, 16, "6.3"),
        (1, 800, "0.1"),
        (0, 3, "0.0"),
    ],
)
def test_a_rate_has_one_decimal_rounded_half_up(part: int, whole: int, percent: str) -> None:
    assert rate(part, whole) == Decimal(percent)


def test_a_rate_of_nothing_is_no_number() -> None:
    assert rate(0, 0) is None
    assert pass_rate([]) is None
    assert pass_rate(["na", "na"]) is None


def test_the_pass_rate_leaves_out_what_does_not_apply() -> None:
    assert pass_rate(["pass", "pass", "partial", "fail", "na"]) == Decimal("50.0")


@given(RESULTS)
def test_a_pass_rate_lies_between_nothing_and_all(results: dict[str, str]) -> None:
    found = pass_rate(results.values())
    counts = result_counts(bundled(), results)
    assert sum(counts.values()) == 23
    if found is None:
        assert counts["pass"] + counts["partial"] + counts["fail"] == 0
    else:
        assert 0 <= found <= 100
        assert (found == 100) >= (counts["partial"] + counts["fail"] == 0)


@given(RESULTS)
def test_rings_show_each_primary_measure_once(results: dict[str, str]) -> None:
    rings = ring_states(bundled(), results)
    assert list(rings) == [f"F{number}" for number in range(1, 10)]
    assert [len(states) for states in rings.values()] == [2, 2, 1, 4, 2, 1, 1, 1, 1]
    assert rings["F3"] == (results.get("M22"),)


@given(RESULTS)
def test_every_unanswered_measure_is_a_gap_and_nothing_is_named_twice(results: dict[str, str]) -> None:
    answers = {code: Given(result, note="理由") for code, result in results.items()}
    gaps = completion_gaps(bundled(), answers, dict.fromkeys(bundled().codes, 1))
    assert gaps == [f"unchecked:{code}" for code in bundled().codes if code not in results]


def test_missing_photos_reasons_and_signature_are_gaps() -> None:
    answers = {code: Given("pass") for code in bundled().codes}
    answers["M17"] = Given("na")
    answers["M23"] = Given("pass", {"had_event": True})
    photos = dict.fromkeys(bundled().codes, 2) | {"M21": 0, "M23": 0, "M02": 0}
    gaps = completion_gaps(bundled(), answers, photos, signed=False)
    assert gaps == ["na_reason:M17", "photo:M21", "photo:M23", "signature:"]


def test_a_whole_visit_has_no_gap() -> None:
    answers = {code: Given("fail") for code in bundled().codes}
    assert completion_gaps(bundled(), answers, dict.fromkeys(bundled().codes, 1)) == []
