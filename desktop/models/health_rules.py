"""The rules of the health files: readings, who owes how many, completeness, health code and roaming query. Pure.

Every rule takes facts, the rule book and the day; numbers are in `resources/rules/health.toml`. A remark is a problem
code with facts; those in `REFUSING` keep an entry from being saved, the others are kept and shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from desktop.models.health_terms import HealthCode, Housing, ReturnStatus, Slot, ThermometerKind, TransportMode
from desktop.models.rule_book import RuleBook

Remark = tuple[str, dict[str, str | int | float]]
Standard = Literal["pass", "warn", "fail"]
REFUSING = frozenset({
    "health_temperature_range", "roaming_in_future", "roaming_window", "roaming_no_reason", "roaming_too_many_places",
    "arrival_too_far_ahead",
})  # fmt: skip
_HALVES = {Slot.AM: 1, Slot.PM: 2}
"""How many readings can have been asked for by this half of a day."""


def temperature_fault(degrees: float, book: RuleBook, day: date) -> Remark | None:
    """Why a temperature cannot be meant; None if it can."""
    low, high = book.number("temperature_low_c", day), book.number("temperature_high_c", day)
    if low <= degrees <= high:
        return None
    return "health_temperature_range", {"text": f"{degrees:g}", "low": low, "high": high}


def is_fever(degrees: float | None, book: RuleBook, day: date) -> bool:
    """Whether a temperature is abnormal."""
    return degrees is not None and degrees >= book.number("fever_c", day)


def asks_again(degrees: float, thermometer: str | None, book: RuleBook, day: date) -> bool:
    """Whether a forehead gun's reading should be taken again by ear or mercury."""
    if thermometer not in (None, ThermometerKind.FOREHEAD, ThermometerKind.THERMAL_GATE):
        return False
    return degrees < book.number("remeasure_below_c", day) or degrees > book.number("remeasure_above_c", day)


def settled_by(readings: Sequence[float], book: RuleBook, day: date) -> bool | None:
    """Whether readings taken five minutes apart are abnormal by two of three; None: another one is wanted."""
    of, enough = int(book.number("remeasure_readings", day)), int(book.number("remeasure_abnormal", day))
    looked_at = readings[:of]
    high = sum(is_fever(each, book, day) for each in looked_at)
    if high >= enough:
        return True
    return False if len(looked_at) - high > of - enough else None


def readings_due(return_status: str, housing: str | None, arrived_on: str | None, book: RuleBook, day: date) -> int:
    """How many readings a person owes on a day."""
    if return_status in (ReturnStatus.NOT_RETURNED, ReturnStatus.LEFT) or (arrived_on or "") > day.isoformat():
        return 0
    close = housing == Housing.DORMITORY or return_status == ReturnStatus.OBSERVING
    return int(book.number("readings_per_day_close" if close else "readings_per_day", day))


def due_by(due: int, half: Slot) -> int:
    """How many of a day's readings should stand by its morning or its afternoon."""
    return min(due, _HALVES[half])


def completeness(made: int, due: int, book: RuleBook, day: date) -> tuple[float, Standard]:
    """Share of the due entries that were made, in percent, and what it amounts to; 100 when none is due."""
    percent = 100 * made / due if due else 100.0
    if percent < book.number("completeness_fail_pct", day):
        return percent, "fail"
    return percent, "warn" if percent < book.number("completeness_warn_pct", day) else "pass"


def earliest_on_duty(
    code: str | None,
    code_on: date | None,
    arrived_on: date | None,
    book: RuleBook,
    day: date,
    *,
    high_risk: bool = False,
    last_exposure_on: date | None = None,
) -> date | None:
    """The first day a person may be at work; None while the facts do not say (no code, or no day to count from)."""
    exposure = last_exposure_on or arrived_on
    if high_risk or code == HealthCode.RED:
        days = timedelta(book.number("exposure_days" if high_risk else "code_red_days", day))
        begin = exposure or code_on
        return begin + days if begin else None
    if code == HealthCode.YELLOW:
        begin = code_on or arrived_on
        return begin + timedelta(book.number("code_yellow_days", day)) if begin else None
    return arrived_on if code == HealthCode.GREEN else None


def code_is_old(code_on: date | None, book: RuleBook, day: date) -> bool:
    """Whether a health code should be looked at again."""
    return code_on is not None and day - code_on > timedelta(book.number("health_code_fresh_days", day))


def arrival_fault(arrived_on: date | None, book: RuleBook, day: date) -> Remark | None:
    """Why an arrival cannot be meant."""
    most = int(book.number("arrival_ahead_days", day))
    if arrived_on is not None and arrived_on - day > timedelta(most):
        return "arrival_too_far_ahead", {"day": arrived_on.isoformat(), "days": most}
    return None


@dataclass(frozen=True, slots=True)
class QueryFacts:
    """What a roaming query says, and what is known of the arrival. Moments are local, without a zone."""

    queried_at: datetime
    window_days: int
    places: Sequence[dict[str, Any]] = ()
    no_result_reason: str | None = None
    matches_declaration: bool | None = None
    arrived_on: date | None = None
    transport: str | None = None
    transport_detail: str | None = None
    health_code: str | None = None


def has_high_risk_place(places: Sequence[dict[str, Any]]) -> bool:
    """Whether one of the places was of high risk on its day."""
    return any(place.get("risk") == "high" for place in places)


def query_remarks(facts: QueryFacts, now: datetime, book: RuleBook) -> list[Remark]:
    """All there is to say about a query, what refuses it first."""
    day = now.date()
    remarks: list[Remark] = []
    window, most = int(book.number("roaming_window_days", day)), int(book.number("roaming_places_most", day))
    if facts.queried_at > now:
        remarks.append(("roaming_in_future", {"day": facts.queried_at.date().isoformat()}))
    if facts.window_days != window:
        remarks.append(("roaming_window", {"days": window}))
    if len(facts.places) > most:
        remarks.append(("roaming_too_many_places", {"most": most}))
    if not facts.places and not facts.no_result_reason:
        remarks.append(("roaming_no_reason", {}))
    within = timedelta(book.number("roaming_within_days", day))
    if facts.arrived_on is not None and facts.queried_at.date() > facts.arrived_on + within:
        remarks.append(("roaming_late", {"day": facts.arrived_on.isoformat(), "days": within.days}))
    if facts.transport == TransportMode.CHARTERED_BUS and not (facts.transport_detail or "").strip():
        remarks.append(("roaming_no_seat", {}))
    if facts.matches_declaration is False:
        remarks.append(("roaming_disagrees", {}))
    if has_high_risk_place(facts.places):
        remarks.append(("roaming_high_risk", {}))
    if facts.health_code in (HealthCode.YELLOW, HealthCode.RED):
        remarks.append(("roaming_code_not_green", {}))
    return remarks
