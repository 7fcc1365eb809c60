"""The table of what is disinfected with what (D01…), and the agents: presets of the calculator and ranges of the rules.

The numbers are rules like all others (`resources/rules/disinfection.toml`), so they are dated and can be replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from desktop.models.premises_terms import Agent, DisinfectionMethod, DoseUnit, Situation, StockUnit, Trigger
from desktop.models.problems import Language
from desktop.models.rule_book import Rule, RuleBook

_AGENT = "AGENT-"


class AgentUse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One agent on one target: mg/L from `low` to `high` (none for heat and UV), and the least contact minutes."""

    minutes: int
    low: int | None = None
    high: int | None = None
    usual: int | None = None


class Dose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much solution a surface or a room takes."""

    low: int
    high: int
    unit: DoseUnit


class _TargetValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    situations: tuple[Situation, ...]
    methods: tuple[DisinfectionMethod, ...]
    agents: dict[Agent, AgentUse]
    every_hours: int | None = None
    each: Trigger | None = None
    dose: Dose | None = None
    rinse: bool = False
    caution_zh: str = ""
    caution_en: str = ""


class _AgentValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    methods: tuple[DisinfectionMethod, ...]
    stock: float | None = None
    stock_unit: StockUnit | None = None
    caution_zh: str = ""
    caution_en: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A line of the table with the rule it comes from."""

    rule: Rule
    value: _TargetValue

    @property
    def id(self) -> str:
        """Its id, as a record names it."""
        return self.rule.id

    @property
    def agents(self) -> Mapping[Agent, AgentUse]:
        """What it may be disinfected with."""
        return self.value.agents

    def name(self, language: Language) -> str:
        """What it is called."""
        return self.rule.zh if language == "zh" else self.rule.en

    def caution(self, language: Language) -> str:
        """What to mind, or nothing."""
        return self.value.caution_zh if language == "zh" else self.value.caution_en


@dataclass(frozen=True, slots=True)
class AgentSheet:
    """What is known of an agent: how it may be applied, its usual product, what to mind."""

    rule: Rule
    value: _AgentValue

    def caution(self, language: Language) -> str:
        """What to mind."""
        return self.value.caution_zh if language == "zh" else self.value.caution_en


def targets(book: RuleBook, on: date) -> dict[str, Target]:
    """The table as it stood on a day, by id."""
    ids = sorted(name for name in book.rules if name[:1] == "D" and name[1:].isdigit())
    rules = (book.rule(name, on) for name in ids if book.holds(name, on))
    return {rule.id: Target(rule, msgspec.convert(rule.value, _TargetValue)) for rule in rules}


def agents(book: RuleBook, on: date) -> dict[Agent, AgentSheet]:
    """The agents as they stood on a day; one without a sheet is not to be used."""
    rules = {agent: _AGENT + agent for agent in Agent if book.holds(_AGENT + agent, on)}
    found = {agent: book.rule(name, on) for agent, name in rules.items()}
    return {agent: AgentSheet(rule, msgspec.convert(rule.value, _AgentValue)) for agent, rule in found.items()}
