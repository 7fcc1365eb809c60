"""The numbers the trade's rules go by: each with its unit, its source, how sure it is, and the days it holds for.

They are data (`resources/rules/*.toml`), so that an authority can replace one without a new program: a file of the same
form in a workspace's `rules/` folder stands before ours, id by id. A visit is judged by what held on its day.

Marks: `V` read in the source, `K` known from a text that could not be read, `P` a proposal of this project.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from desktop.models.problems import UserProblem
from desktop.resource_paths import resource

Mark = Literal["V", "K", "P"]
LONG_AGO, FAR_AHEAD = date.min, date.max


class Rule(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"valid_from": "from", "valid_until": "until"}
):
    """One rule's value, from the day `valid_from` to the day `valid_until`, both included.

    `source` is a key of `resources/rules/sources.toml`, several with a blank between; "" for a proposal of ours.
    """

    id: str
    value: Any
    mark: Mark
    source: str = ""
    unit: str = ""
    zh: str = ""
    en: str = ""
    valid_from: date = LONG_AGO
    valid_until: date = FAR_AHEAD


class _RuleFile(msgspec.Struct, forbid_unknown_fields=True):
    rule: list[Rule]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules by id; an id may have several that follow each other in time."""

    rules: Mapping[str, tuple[Rule, ...]]

    def rule(self, rule_id: str, on: date) -> Rule:
        """The rule as it held on a day.

        Raises:
            KeyError: no such rule, or none for that day: a slip of ours.
        """
        for rule in self.rules[rule_id]:
            if rule.valid_from <= on <= rule.valid_until:
                return rule
        raise KeyError(f"{rule_id} has no value for {on}")

    def holds(self, rule_id: str, on: date) -> bool:
        """Whether the rule has a value for that day at all: a limit may have been lifted."""
        return any(rule.valid_from <= on <= rule.valid_until for rule in self.rules.get(rule_id, ()))

    def number(self, rule_id: str, on: date) -> float:
        """A rule's number on a day, in the rule's unit."""
        return float(self.rule(rule_id, on).value)


def rule_book(workspace_folder: Path | None = None) -> RuleBook:
    """Our rules, with those of a workspace before them.

    Raises:
        UserProblem: `rules_unreadable` with the file and the reason.
    """
    built_in = _built_in()
    folder = workspace_folder / "rules" if workspace_folder else None
    if folder is None or not folder.is_dir():
        return built_in
    own = _read(sorted(folder.glob("*.toml")))
    return RuleBook({**built_in.rules, **own})


@cache
def _built_in() -> RuleBook:
    return RuleBook(_read(sorted(path for path in resource("rules").glob("*.toml") if path.name != "sources.toml")))


def _read(files: Iterable[Path]) -> dict[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for file in files:
        try:
            rules = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _RuleFile).rule
            for rule in rules:
                found.setdefault(rule.id, []).append(rule)
            for rule_id, versions in found.items():
                _refuse_overlap(rule_id, versions)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
            raise UserProblem("rules_unreadable", file=file.name, reason=str(error)) from error
    return {rule_id: tuple(sorted(versions, key=lambda rule: rule.valid_from)) for rule_id, versions in found.items()}


def _refuse_overlap(rule_id: str, versions: list[Rule]) -> None:
    ordered = sorted(versions, key=lambda rule: rule.valid_from)
    for earlier, later in itertools.pairwise(ordered):
        if later.valid_from <= earlier.valid_until:
            raise ValueError(f"{rule_id}: two values for {later.valid_from}")


@cache
def rule_sources() -> Mapping[str, str]:
    """What the keys of sources stand for, as people cite them."""
    with resource("rules", "sources.toml").open("rb") as file:
        found: dict[str, str] = tomllib.load(file)
    return found
