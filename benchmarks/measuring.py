"""How every benchmark measures and reports: a value and its floor, taken in turns in the same run.

Shared machines drift, so a figure is the ratio of two medians whose rounds are interleaved; absolute
times are only for reading.
Output: a list of `{"name", "value", "floor", "unit", "ratio", "better", "must", "reach"}`.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """One measured thing beside its floor; `must` and `reach` are limits of `ratio` (None: not limited)."""

    name: str
    value: float
    floor: float
    unit: str
    ratio: float
    better: Literal["lower", "higher"]
    must: float | None
    reach: float | None

    @property
    def missed(self) -> bool:
        """True when the ratio is on the wrong side of `must`."""
        if self.must is None:
            return False
        return self.ratio > self.must if self.better == "lower" else self.ratio < self.must


def figure(
    name: str,
    value: float,
    floor: float,
    unit: str,
    *,
    better: Literal["lower", "higher"] = "lower",
    must: float | None = None,
    reach: float | None = None,
) -> Figure:
    """A figure whose ratio is value ÷ floor; a floor of 0 (nothing to compare with) keeps the value."""
    ratio = value / floor if floor else value
    return Figure(name, round(value, 4), round(floor, 4), unit, round(ratio, 3), better, must, reach)


def interleaved(
    value: Callable[[], object],
    floor: Callable[[], object],
    rounds: int,
    prepare: Callable[[], object] = lambda: None,
) -> tuple[float, float]:
    """Median seconds of `value` and of `floor`, run in turns `rounds` times after one unmeasured run each.

    Args:
        prepare: runs before each round and is not measured.
    """
    prepare()
    value()
    floor()
    values: list[float] = []
    floors: list[float] = []
    for turn in range(rounds):
        prepare()
        pair = ((value, values), (floor, floors))
        for function, times in pair if turn % 2 == 0 else pair[::-1]:
            times.append(seconds(function))
    return median(values), median(floors)


def seconds(function: Callable[[], object]) -> float:
    """Seconds one call takes, without garbage collections of what came before it."""
    gc.collect()
    gc.freeze()
    try:
        start = time.perf_counter()
        function()
        return time.perf_counter() - start
    finally:
        gc.unfreeze()


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which `percent` of the sorted values lie (nearest rank); `values` must not be empty."""
    ordered = sorted(values)
    rank = max(0, min(len(ordered) - 1, round(percent / 100 * len(ordered)) - 1))
    return ordered[rank]


def report(figures: Sequence[Figure], arguments: argparse.Namespace) -> int:
    """Prints the figures as asked and returns the exit code: 1 when `--check` finds a missed `must`."""
    if arguments.json:
        print(json.dumps([asdict(each) for each in figures], ensure_ascii=False))
    else:
        for each in figures:
            limits = f"must {each.must}  reach {each.reach}"
            measured = f"{each.value:g} / {each.floor:g} {each.unit} = {each.ratio:g}"
            print(f"{each.name}: {measured}  ({each.better} is better; {limits})")
    missed = [each.name for each in figures if each.missed]
    if arguments.check and missed:
        print("missed: " + ", ".join(missed), file=sys.stderr)
        return 1
    return 0


def options(description: str) -> argparse.ArgumentParser:
    """A parser that knows `--json` and `--check`; a benchmark may add its own options."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON list")
    parser.add_argument("--check", action="store_true", help="exit 1 when a must is missed")
    return parser
