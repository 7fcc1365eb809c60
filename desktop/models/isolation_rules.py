"""The set-up check of an isolation site (ISO-01…20 and the supplies): what was found against what is asked for.

All twenty rules are judged the same way: each asks some facts to reach a number (yes is 1), as
`resources/rules/isolation.toml` says for the kind of site. Only how a fact is made of the record stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Any

import msgspec

from desktop.models.premises_terms import Sewage as SewageWay
from desktop.models.premises_terms import SiteKind, TransferVehicle, Ventilation
from desktop.models.rule_book import Rule, RuleBook

CHECKS = tuple(f"ISO-{number:02}" for number in range(1, 21))
KIT = "ISO-KIT"


class Verdict(StrEnum):
    """What a check found; `UNSEEN` while nobody has looked. The words are those of the answers of a visit."""

    FAIL = "fail"
    PARTIAL = "partial"
    UNSEEN = "unseen"
    PASS = "pass"


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """What counts about a room; `persons`: how many are in it now."""

    ensuite: int | None = None
    area_m2: float | None = None
    persons: int = 0


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A site as it is judged: its own columns by name, its rooms, and the staff it is for."""

    kind: SiteKind
    columns: Mapping[str, Any]
    rooms: Sequence[RoomFacts] = ()
    staff: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a check: what was found, None while nobody looked, and the least that is asked."""

    name: str
    found: float | None
    asked: float

    @property
    def met(self) -> bool:
        """Whether it reaches what is asked."""
        return self.found is not None and self.found >= self.asked


@dataclass(frozen=True, slots=True)
class Check:
    """One rule's verdict with the facts it rests on."""

    rule: Rule
    verdict: Verdict
    facts: tuple[Fact, ...]

    @property
    def missing(self) -> tuple[Fact, ...]:
        """The facts that were looked at and do not reach what is asked."""
        return tuple(fact for fact in self.facts if fact.found is not None and not fact.met)


class _Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    asked: dict[str, float]
    unmet: Verdict
    wished: dict[str, float] = {}


def site_checks(site: SiteFacts, book: RuleBook, on: date) -> tuple[Check, ...]:
    """Every check that applies to this kind of site by the rules of a day, worst first."""
    facts = _facts(site, book, on)
    checks = [
        _judged(book.rule(name, on), facts, asked)
        for name in CHECKS
        if book.holds(name, on) and (asked := _asked(book.rule(name, on), site.kind)) is not None
    ]
    if site.kind is SiteKind.EMERGENCY_AREA and book.holds(KIT, on):
        checks.append(_kit_check(site, book.rule(KIT, on)))
    order = list(Verdict)
    return tuple(sorted(checks, key=lambda check: order.index(check.verdict)))


def rooms_needed(kind: SiteKind, persons: int, staff: int, book: RuleBook, on: date) -> int:
    """Rooms a site must have: for everybody due plus the reserve, or emergency rooms by the number of staff."""
    if kind is SiteKind.EMERGENCY_AREA:
        return max(1, _up(Decimal(staff) / _decimal(book, "emergency_room_staff", on)))
    return persons + max(1, _up(persons * _decimal(book, "isolation_room_reserve", on)))


def _asked(rule: Rule, kind: SiteKind) -> _Asked | None:
    found = rule.value.get(kind)
    return None if found is None else msgspec.convert(found, _Asked)


def _judged(rule: Rule, facts: Mapping[str, float | None], asked: _Asked) -> Check:
    must = tuple(Fact(name, facts[name], least) for name, least in asked.asked.items())
    wished = tuple(Fact(name, facts[name], least) for name, least in asked.wished.items())
    if any(fact.found is not None and not fact.met for fact in must):
        verdict = asked.unmet
    elif any(fact.found is None for fact in must):
        verdict = Verdict.UNSEEN
    elif any(fact.found is not None and not fact.met for fact in wished):
        verdict = Verdict.PARTIAL
    else:
        verdict = Verdict.PASS
    return Check(rule, verdict, (*must, *(fact for fact in wished if fact.found is not None)))


def _kit_check(site: SiteFacts, rule: Rule) -> Check:
    """The supplies, asked for each room; something missing is partial, never failed."""
    kit: Mapping[str, float] | None = site.columns.get("kit")
    rooms = max(1, len(site.rooms))
    facts = tuple(
        Fact(item, None if kit is None else float(kit.get(item) or 0), each * rooms)
        for item, each in rule.value.items()
    )
    met = all(fact.met for fact in facts)
    verdict = Verdict.UNSEEN if kit is None else Verdict.PASS if met else Verdict.PARTIAL
    return Check(rule, verdict, facts)


def _facts(site: SiteFacts, book: RuleBook, on: date) -> dict[str, float | None]:
    """Every fact a rule may ask for, made of the record."""
    columns, rooms = site.columns, site.rooms
    looked = bool(columns.get("checked_on"))

    def there(name: str) -> float | None:
        """A name or number that is written down: missing only once somebody has looked."""
        return 1 if columns.get(name) else 0 if looked else None

    def is_one_of(name: str, *good: str) -> float | None:
        value = columns.get(name)
        return None if value is None else float(value in good)

    plain: dict[str, float | None] = {
        name: columns.get(name)
        for name in (
            "independent", "distance_m", "single_occupancy", "vent_times", "vent_minutes", "separate_access",
            "zones_marked", "signage", "chlorine_mg_l", "waste_bins", "contactless_meals", "readings_per_day",
            "cleanings_per_day", "protection_written", "transfer_passage", "guarded_24h",
        )
    }  # fmt: skip
    areas = [room.area_m2 for room in rooms if room.area_m2 is not None]
    vehicle = columns.get("transfer_vehicle")
    return {
        **plain,
        "ventilation": is_one_of("ventilation", Ventilation.NATURAL, Ventilation.MECHANICAL),
        "sewage": is_one_of("sewage", SewageWay.OWN_TANK, SewageWay.COLLECTED_DISINFECTED),
        "persons_per_room_kept": float(all(room.persons <= 1 for room in rooms)),
        "ensuite_share": _ensuite_share(rooms),
        "rooms_over_need": _rooms_over_need(site, book, on),
        "smallest_room_m2": min(areas) if areas else None,
        **{name: there(name) for name in ("duty_name", "duty_phone", "transfer_hospital", "transfer_phone")},
        "cdc_contact": there("cdc_contact"),
        "transfer_vehicle": there("transfer_vehicle") if vehicle is None else float(vehicle != TransferVehicle.NONE),
    }


def _ensuite_share(rooms: Sequence[RoomFacts]) -> float | None:
    """The share of rooms with their own toilet; one room without is enough to know that it is not all of them."""
    if not rooms or (any(room.ensuite is None for room in rooms) and all(room.ensuite != 0 for room in rooms)):
        return None
    return sum(room.ensuite or 0 for room in rooms) / len(rooms)


def _rooms_over_need(site: SiteFacts, book: RuleBook, on: date) -> float | None:
    persons = site.columns.get("persons_expected")
    if site.kind is SiteKind.OBSERVATION_POINT and persons is None:
        return None
    return len(site.rooms) - rooms_needed(site.kind, persons or 0, site.staff, book, on)


def _up(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_CEILING))


def _decimal(book: RuleBook, name: str, on: date) -> Decimal:
    return Decimal(str(book.rule(name, on).value))
