"""The observation of one person: until when, which readings are due, and what stands against a release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.models.health_terms import Slot
from desktop.models.premises_terms import EmergencyStep
from desktop.models.rule_book import RuleBook
from desktop.models.rule_remarks import Remark


@dataclass(frozen=True, slots=True)
class Reading:
    """A health entry as far as an observation needs it: day, half, temperature in ℃, and the number of symptoms."""

    day: date
    slot: str
    temperature_c: float | None
    symptoms: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an observation is: days completed, days it takes, and readings that are there of those due so far."""

    done: int
    days: int
    present: int
    due: int


def expected_end(start_on: date, last_exposure_on: date | None, book: RuleBook) -> date:
    """The day of release: 14 days after the start or the last exposure, whichever is later (day 0 is that day)."""
    begun = max(start_on, last_exposure_on or start_on)
    return begun + timedelta(days=int(book.number("observation_days", start_on)))


def progress(start_on: date, end_on: date, readings: Sequence[Reading], today: date) -> Progress:
    """How far it is. Due are both halves of every day that is over, from the first day to the last before the end."""
    days = (end_on - start_on).days
    done = min(max((today - start_on).days, 0), days)
    last = start_on + timedelta(days=done)
    there = {(each.day, each.slot) for each in readings if each.temperature_c is not None}
    present = sum(start_on <= day < last for day, _ in there)
    return Progress(done, days, present, len(Slot) * done)


def due_now(readings: Sequence[Reading], now: datetime) -> tuple[Slot, ...]:
    """Halves of today that still want a reading: the morning's at once, the evening's from noon on."""
    there = {each.slot for each in readings if each.day == now.date() and each.temperature_c is not None}
    begun = (Slot.AM, Slot.PM) if now.hour >= 12 else (Slot.AM,)
    return tuple(slot for slot in begun if slot not in there)


def release_remarks(
    start_on: date, end_on: date, readings: Sequence[Reading], today: date, book: RuleBook
) -> tuple[Remark, ...]:
    """What stands against a release today; all of it is hard. The rules are those of the first day."""
    found: list[Remark] = []
    if today < end_on:
        found.append(Remark("stay_release_early", True, {"day": end_on.isoformat()}))
    during = [each for each in readings if start_on <= each.day <= today]
    fever = book.number("fever_c", start_on)
    hot = [each for each in during if each.temperature_c is not None and each.temperature_c >= fever]
    if hot:
        worst = max(hot, key=lambda each: each.temperature_c or 0)
        facts = {"value": worst.temperature_c, "limit": fever, "day": worst.day.isoformat()}
        found.append(Remark("stay_release_fever", True, facts))
    ill = [each.day for each in during if each.symptoms]
    if ill:
        found.append(Remark("stay_release_symptom", True, {"day": max(ill).isoformat()}))
    share = book.number("release_present_share", start_on)
    made = progress(start_on, end_on, readings, end_on)
    if made.present < share * made.due:
        facts = {"present": made.present, "due": made.due, "percent": round(share * 100)}
        found.append(Remark("stay_release_readings", True, facts))
    return tuple(found)


def step_remarks(steps: dict[EmergencyStep, datetime], book: RuleBook, on: date) -> tuple[Remark, ...]:
    """Steps of the emergency sequence that came before the person was found, or later than they should."""
    begun = steps.get(EmergencyStep.FOUND)
    if begun is None:
        return ()
    found = [Remark("stay_step_before", True, {}) for moment in steps.values() if moment < begun][:1]
    for step, rule, code in (
        (EmergencyStep.ISOLATED, "emergency_isolate_minutes", "stay_isolated_late"),
        (EmergencyStep.AUTHORITY_TOLD, "emergency_report_minutes", "stay_reported_late"),
    ):
        limit = book.number(rule, on)
        if step in steps and (took := (steps[step] - begun).total_seconds() / 60) > limit:
            found.append(Remark(code, False, {"minutes": int(took), "limit": int(limit)}))
    return tuple(found)
