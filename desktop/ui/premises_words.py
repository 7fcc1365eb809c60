"""What the page of isolation and disinfection says: checks, agents, targets, days, in the language of the window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from desktop.models.desk.isolation_desk import SiteCard
from desktop.models.isolation_rules import KIT, Check, Fact, Verdict
from desktop.models.record_words import field_word
from desktop.models.rule_book import Rule, rule_sources
from desktop.models.value_words import value_word
from desktop.ui import wording
from desktop.ui.notices import window_language

_CODED = {"ventilation": "ventilation", "sewage": "sewage"}


def word(kind: str, code: object) -> str:
    """A stored code in words."""
    return str(value_word(kind, code, window_language()))


def choices(kind: str, codes: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Codes with their words, for a field."""
    return [(str(code), word(kind, code)) for code in codes]


def rule_name(rule: Rule) -> str:
    """What a rule is called."""
    return rule.zh if window_language() == "zh" else rule.en


def basis(rule: Rule) -> str:
    """Where a rule comes from, and how sure it is."""
    translate = QCoreApplication.translate
    mark = {
        "V": translate("Premises", "read in the source"),
        "K": translate("Premises", "source still to be checked"),
        "P": translate("Premises", "a proposal, no official number found"),
    }[rule.mark]
    return "\n".join([mark, *(rule_sources()[key] for key in rule.source.split())])


def mark_word(rule: Rule) -> str:
    """What must be said beside a number that is not from a source somebody read."""
    translate = QCoreApplication.translate
    return {
        "V": "", "K": translate("Premises", "source to be checked"), "P": translate("Premises", "proposal")
    }[rule.mark]  # fmt: skip


def found_words(check: Check, site: SiteCard) -> str:
    """What a check found: what is missing, else the numbers it rests on."""
    if check.verdict is Verdict.UNSEEN:
        return "—"
    between = "、" if window_language() == "zh" else ", "
    if check.rule.id == KIT:
        met = f"{len(check.facts) - len(check.missing)}/{len(check.facts)}"
        short = [f"{word('kit_item', each.name)} {each.asked - (each.found or 0):g}" for each in check.missing]
        return met if not short else f"{met} · {_lacking(between.join(short))}"
    if check.missing:
        return between.join(_missing_words(each, site, check) for each in check.missing)
    return _numbers(check, site)


def _missing_words(fact: Fact, site: SiteCard, check: Check) -> str:
    translate = QCoreApplication.translate
    name = field_word("isolation_sites", fact.name, window_language())
    match fact.name:
        case "ventilation" | "sewage":
            return word(_CODED[fact.name], site.columns[fact.name])
        case "persons_per_room_kept":
            return translate("Premises", "more than one person in a room")
        case "ensuite_share":
            return _of(sum(room.ensuite or 0 for room in site.rooms), len(site.rooms))
        case "rooms_over_need":
            return translate("Premises", "%n room(s) short", "", int(-(fact.found or 0)))
        case "smallest_room_m2":
            return f"{fact.found:g} m² (≥ {fact.asked:g})"
    if fact.asked <= 1 and not fact.found:
        return _lacking(name)
    number = f"{fact.found:g} {check.rule.unit}".rstrip() + f" (≥ {fact.asked:g})"
    return number if len(check.facts) == 1 else f"{name} {number}"


def _numbers(check: Check, site: SiteCard) -> str:
    match check.rule.id:
        case "ISO-03":
            return QCoreApplication.translate("Premises", "{rooms} rooms / {persons} persons").format(
                rooms=len(site.rooms), persons=site.persons
            )
        case "ISO-04":
            return _of(sum(room.ensuite or 0 for room in site.rooms), len(site.rooms))
        case "ISO-05" | "ISO-10":
            return word(_CODED[check.facts[0].name], site.columns[check.facts[0].name])
        case "ISO-16" | "ISO-17":
            return wording.count(len(site.rooms))
    numbers = [f"{each.found:g}" for each in check.facts if each.asked > 1]
    return " × ".join(numbers) + (f" {check.rule.unit}" if numbers and check.rule.unit else "")


def due_words(stored: str | None, each: str | None, now: datetime) -> tuple[str, str, str]:
    """When the next disinfection is due: words, colour role and icon."""
    translate = QCoreApplication.translate
    if stored is None:
        return (word("trigger", each) if each else wording.NONE), "muted", "clock"
    due = datetime.fromisoformat(stored).astimezone()
    late = int((now.astimezone() - due).total_seconds() // 60)
    if late <= 0:
        today = due.date() == now.date()
        words = translate("Premises", "today {time}").format(time=due.strftime("%H:%M"))
        return (words if today else wording.moment(stored)), ("partial-fg" if today else "muted"), "clock"
    if late < 24 * 60:
        hours = translate("Premises", "%n hour(s) over", "", max(1, late // 60))
        return hours, "fail-fg", "triangle-alert"
    return translate("Premises", "%n day(s) over", "", late // (24 * 60)), "fail-fg", "triangle-alert"


def strength_words(mg_l: float | None) -> str:
    """A strength in mg/L, in % from where people say so."""
    if mg_l is None:
        return wording.NONE
    return f"{mg_l / 10_000:g} %" if mg_l >= 10_000 else f"{mg_l:g}"


def _lacking(name: str) -> str:
    return QCoreApplication.translate("Premises", "lacking: {what}").format(what=name)


def _of(part: int, whole: int) -> str:
    return f"{part} / {whole}"
