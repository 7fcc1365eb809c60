"""What a disinfection must be like (DIS-01…12, OVR, AGT): hard remarks refuse the save, soft ones are kept with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from desktop.models.dilution import percent_to_mg_l
from desktop.models.disinfection_targets import Target, agents, targets
from desktop.models.premises_terms import Agent, DisinfectionMethod, PlaceType, Situation, StockUnit
from desktop.models.rule_book import RuleBook
from desktop.models.rule_remarks import Facts, Remark

IN_AIR = frozenset({DisinfectionMethod.AEROSOL, DisinfectionMethod.UV})
"""Methods that need an empty room."""
NO_SOLUTION = frozenset({Agent.UV, Agent.HEAT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Disinfection:
    """One disinfection as it was done, in local time; names and units are those of the record."""

    place_type: PlaceType
    place: str
    target: str
    situation: Situation
    agent: Agent
    method: DisinfectionMethod
    operator: str
    done_at: datetime
    product_name: str | None = None
    batch_no: str | None = None
    expires_on: date | None = None
    licensed: bool | None = None
    stock_value: float | None = None
    stock_unit: StockUnit | None = None
    conc_mg_l: float | None = None
    measured_mg_l: float | None = None
    volume_l: float | None = None
    prepared_at: datetime | None = None
    dose_value: float | None = None
    dose_unit: str | None = None
    area_m2: float | None = None
    volume_m3: float | None = None
    contact_min: int | None = None
    people_present: bool | None = None
    rinsed: bool | None = None
    ventilated_min: int | None = None
    mixed_with: Sequence[str] = ()
    trained: bool | None = None
    ppe: Sequence[str] = ()
    reason: str | None = None


def disinfection_remarks(done: Disinfection, book: RuleBook) -> tuple[Remark, ...]:
    """Everything the rules of its day say about a disinfection, the hard remarks first."""
    on = done.done_at.date()
    target = targets(book, on).get(done.target)
    found = [*_missing(done, target)]
    if not found and target is not None:
        found = [remark for rule in _RULES for remark in rule(done, target, book, on)]
    return tuple(sorted(found, key=lambda remark: not remark.hard))


def next_due(done_at: datetime, target: Target) -> datetime | None:
    """When it is due again by the clock; None where an event says so."""
    return None if target.value.every_hours is None else done_at + timedelta(hours=target.value.every_hours)


def stock_mg_l(value: float | None, unit: StockUnit | None) -> Decimal | None:
    """Strength of a product in mg/L; None for tablets and where it is not known."""
    if value is None or unit is None or unit is StockUnit.MG_PER_TABLET:
        return None
    number = Decimal(str(value))
    return percent_to_mg_l(number) if unit is StockUnit.PERCENT else number


def _missing(done: Disinfection, target: Target | None) -> Iterator[Remark]:
    if target is None:
        yield Remark("disinfection_target_unknown", True, {"target": done.target})
    if not done.place.strip():
        yield Remark("disinfection_place_missing", True)
    if not done.operator.strip():
        yield Remark("disinfection_operator_missing", True)


def _agent(done: Disinfection, target: Target, book: RuleBook, on: date) -> Iterator[Remark]:
    """AGT-01, OVR-04, OVR-08, and whether agent, method and target belong together."""
    sheet = agents(book, on).get(done.agent)
    named: Facts = {"target_zh": target.rule.zh, "target_en": target.rule.en}
    if done.agent in book.rule("AGT-01", on).value or sheet is None:
        yield Remark("disinfection_agent_blocked", True)
    elif done.agent is Agent.ETHANOL and done.method is not DisinfectionMethod.WIPE:
        yield Remark("disinfection_alcohol_sprayed", True)
    elif done.method not in sheet.value.methods:
        yield Remark("disinfection_method_unsuited", True)
    elif done.agent not in target.agents:
        yield Remark("disinfection_agent_unusual", False, named)
    elif done.method not in target.value.methods:
        yield Remark("disinfection_method_unusual", False, named)
    if done.situation not in target.value.situations:
        yield Remark("disinfection_situation_unusual", False, named)
    if done.agent is Agent.UV:
        yield Remark("disinfection_uv_alone")
    limit = book.number("ethanol_area_m2", on)
    if done.agent is Agent.ETHANOL and done.area_m2 is not None and done.area_m2 > limit:
        yield Remark("disinfection_alcohol_area", True, {"area": done.area_m2, "limit": limit})


def _strength(done: Disinfection, target: Target, book: RuleBook, on: date) -> Iterator[Remark]:
    """DIS-01, DIS-02, DIS-10, OVR-06."""
    if done.agent in NO_SOLUTION:
        return
    conc = done.conc_mg_l
    if conc is None:
        yield Remark("disinfection_strength_missing")
        return
    stock = stock_mg_l(done.stock_value, done.stock_unit)
    if conc <= 0:
        yield Remark("disinfection_strength_none", True)
    elif stock is not None and Decimal(str(conc)) > stock:
        yield Remark("disinfection_above_stock", True, {"conc": _plain(conc), "stock": _plain(float(stock))})
    use = target.agents.get(done.agent)
    if use is not None and use.low is not None and use.high is not None and not use.low <= conc <= use.high:
        code = "disinfection_strength_outside" if done.reason else "disinfection_strength_unexplained"
        yield Remark(code, False, {"conc": _plain(conc), "low": use.low, "high": use.high})
    if done.agent is Agent.CHLORINE and done.situation is Situation.PREVENTIVE:
        advised = book.number("preventive_chlorine_mg_l", on)
        refused = book.number("preventive_chlorine_refused_mg_l", on)
        if conc > refused:
            yield Remark("disinfection_chlorine_refused", True, {"conc": _plain(conc), "limit": _plain(refused)})
        elif conc > advised:
            yield Remark("disinfection_chlorine_strong", False, {"conc": _plain(conc), "limit": _plain(advised)})
    tolerance = Decimal(str(book.rule("strip_tolerance", on).value))
    if done.measured_mg_l is not None and conc > 0:
        off = abs(Decimal(str(done.measured_mg_l)) - Decimal(str(conc)))
        if off > tolerance * Decimal(str(conc)):
            facts: Facts = {
                "measured": _plain(done.measured_mg_l),
                "conc": _plain(conc),
                "percent": int(tolerance * 100),
            }
            yield Remark("disinfection_strip_off", False, facts)


def _time(done: Disinfection, target: Target, book: RuleBook, on: date) -> Iterator[Remark]:
    """DIS-03, DIS-09."""
    use = target.agents.get(done.agent)
    if use is not None and done.contact_min is None:
        yield Remark("disinfection_contact_missing", False, {"least": use.minutes})
    elif use is not None and done.contact_min is not None and done.contact_min < use.minutes:
        refused = done.contact_min < use.minutes * book.number("contact_refused_share", on)
        code = "disinfection_contact_refused" if refused else "disinfection_contact_short"
        yield Remark(code, refused, {"minutes": done.contact_min, "least": use.minutes})
    hours = book.number("solution_hours", on)
    if done.prepared_at is not None and done.done_at - done.prepared_at > timedelta(hours=hours):
        yield Remark("disinfection_solution_old", False, {"hours": int(hours)})


def _product(done: Disinfection, _target: Target, _book: RuleBook, on: date) -> Iterator[Remark]:
    """DIS-04."""
    if done.expires_on is not None and done.expires_on < on:
        yield Remark("disinfection_expired", True, {"day": done.expires_on.isoformat()})
    if done.licensed is False:
        yield Remark("disinfection_unlicensed")


def _people(done: Disinfection, _target: Target, book: RuleBook, on: date) -> Iterator[Remark]:
    """DIS-05, OVR-01, OVR-02, OVR-03, OVR-07."""
    if done.method in IN_AIR:
        if done.people_present is not False:
            yield Remark("disinfection_room_not_empty", True)
        least = book.number("ventilate_minutes", on)
        if (done.ventilated_min or 0) < least:
            yield Remark("disinfection_not_ventilated", True, {"least": int(least)})
    elif done.method is DisinfectionMethod.SPRAY and done.people_present:
        yield Remark("disinfection_people_sprayed", True)
    if done.place_type is PlaceType.OUTDOOR:
        yield Remark("disinfection_outdoors")


def _together(done: Disinfection, _target: Target, book: RuleBook, on: date) -> Iterator[Remark]:
    """DIS-06."""
    used = {str(done.agent), *done.mixed_with}
    for one, other in book.rule("DIS-06", on).value:
        if {one, other} <= used:
            code = "disinfection_mixed_acid" if "acid" in (one, other) else "disinfection_mixed"
            yield Remark(code, True)
            return


def _amount(done: Disinfection, target: Target, _book: RuleBook, _on: date) -> Iterator[Remark]:
    """DIS-08, and the rinse afterwards."""
    dose = target.value.dose
    applies = done.method in (DisinfectionMethod.SPRAY, DisinfectionMethod.AEROSOL)
    if dose and applies and done.dose_value is not None and not dose.low <= done.dose_value <= dose.high:
        facts: Facts = {"dose": _plain(done.dose_value), "low": dose.low, "high": dose.high, "unit": dose.unit}
        yield Remark("disinfection_dose_outside", False, facts)
    if target.value.rinse and done.rinsed is False:
        yield Remark("disinfection_not_rinsed")


def _operator(done: Disinfection, _target: Target, book: RuleBook, on: date) -> Iterator[Remark]:
    """DIS-11."""
    if done.situation is Situation.PREVENTIVE:
        return
    if done.trained is not True:
        yield Remark("disinfection_untrained")
    if not set(book.rule("DIS-11", on).value) <= set(done.ppe):
        yield Remark("disinfection_unprotected")


_RULES = (_agent, _together, _people, _product, _strength, _time, _amount, _operator)


def _plain(number: float) -> str:
    return f"{number:g}" if abs(number) < 1e6 else f"{number:.0f}"
