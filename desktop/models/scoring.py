"""What a visit's answers add up to: the pass rate, the rings of the focus areas, and what is still missing.

Pure functions over answers and the measure set. An absent answer means 未查.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

from desktop.models.answer_rules import photo_required
from desktop.models.measure_set import MeasureSet
from desktop.models.vocabulary import Result

_COUNTED = (Result.PASS, Result.PARTIAL, Result.FAIL)


class Judged(Protocol):
    """What scoring asks of an answer."""

    @property
    def result(self) -> str:
        """The stored result."""

    @property
    def measured(self) -> Mapping[str, Any]:
        """Recorded values by key."""

    @property
    def note(self) -> str | None:
        """The note; for 不适用 the reason."""


def rate(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in percent, one decimal, half up; None (shown “—”) when there is nothing to divide by."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def pass_rate(results: Iterable[str]) -> Decimal | None:
    """检查项合格率 = pass / (pass + partial + fail); 不适用 and 未查 do not count."""
    counted = [result for result in results if result in _COUNTED]
    return rate(counted.count(Result.PASS), len(counted))


def result_counts(measure_set: MeasureSet, results: Mapping[str, str]) -> dict[str, int]:
    """How many measures of the set have each result; `unchecked` is the rest."""
    given = [results[code] for code in measure_set.codes if code in results]
    return {**{str(result): given.count(result) for result in Result}, "unchecked": len(measure_set.codes) - len(given)}


def ring_states(measure_set: MeasureSet, results: Mapping[str, str]) -> dict[str, tuple[str | None, ...]]:
    """Focus area → the results of its primary measures in the set's order; None is 未查."""
    return {
        area.code: tuple(results.get(measure.code) for measure in measure_set.measures_of(area.code))
        for area in measure_set.focus_areas
    }


def completion_gaps(
    measure_set: MeasureSet,
    answers: Mapping[str, Judged],
    photo_counts: Mapping[str, int],
    *,
    signed: bool = True,
) -> list[str]:
    """What a visit still lacks, as `kind:measure` in the set's order; the signature, `signature:`, last.

    Kinds: `unchecked`, `na_reason` (不适用 without a reason), `photo` (a required one). Nothing here keeps a visit
    from being completed.
    """
    gaps: list[str] = []
    for measure in measure_set.measures:
        answer = answers.get(measure.code)
        if answer is None:
            gaps.append(f"unchecked:{measure.code}")
            continue
        result = Result(answer.result)
        if result is Result.NA and not (answer.note or "").strip():
            gaps.append(f"na_reason:{measure.code}")
        if photo_required(measure, result, answer.measured) and not photo_counts.get(measure.code):
            gaps.append(f"photo:{measure.code}")
    if not signed:
        gaps.append("signature:")
    return gaps
