"""What can go wrong that a person can do something about: a code, its facts, and the words for both languages.

Rules raise a code with fields and never a sentence; the sentence is data (`resources/words/problems.toml`), so the
window, the command line, the server and a spreadsheet copy all say the same thing. Anything that is not a
`Problem` is a bug of ours.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Literal

from desktop.resource_paths import resource

Language = Literal["zh", "en"]


class Problem(Exception):
    """A refusal with a stable `code` and the facts (`fields`) its sentence needs."""

    exit_code = 2

    def __init__(self, code: str, **fields: str | int | float | None) -> None:
        super().__init__(code)
        self.code = code
        self.fields: dict[str, str | int | float | None] = fields

    def sentence(self, language: Language = "zh") -> str:
        """What happened, what it means for the work, and what to do."""
        return words(self.code, self.fields, language)

    def __str__(self) -> str:
        # Codes and field names only: a log line must never carry the values (SEC-71).
        return f"{self.code}({', '.join(sorted(self.fields))})"


class UserProblem(Problem):
    """Something in what was entered or asked for; the person can mend it."""


class EnvironmentProblem(Problem):
    """The network, the server, the disk or another program: nothing is lost, try again when it is back."""

    exit_code = 3


class StorageProblem(EnvironmentProblem):
    """The disk or the file itself. Not the network's doing, so the exit code is not the one of being offline."""

    exit_code = 2


@cache
def _sentences() -> dict[str, dict[str, str]]:
    with resource("words", "problems.toml").open("rb") as file:
        return tomllib.load(file)


def known_codes() -> frozenset[str]:
    """Every code that has words."""
    return frozenset(_sentences())


def words(code: str, fields: dict[str, str | int | float | None], language: Language = "zh") -> str:
    """The sentence for a code; a code without words is shown as itself rather than hidden."""
    entry = _sentences().get(code)
    if entry is None:
        return code
    present = {name: "" if value is None else value for name, value in fields.items()}
    return entry[language].format_map(_Blank(present))


class _Blank(dict[str, "str | int | float"]):
    def __missing__(self, key: str) -> str:
        return "—"
