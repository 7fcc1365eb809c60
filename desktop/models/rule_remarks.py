"""What a rule has to say about a record: hard ones refuse the save, soft ones are shown and kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from desktop.models.problems import Language, UserProblem, words

Facts: TypeAlias = dict[str, str | int | float | None]


@dataclass(frozen=True, slots=True)
class Remark:
    """A code of `resources/words/problems.toml` with the facts of its sentence."""

    code: str
    hard: bool = False
    fields: Facts = field(default_factory=dict)

    def sentence(self, language: Language = "zh") -> str:
        """The remark in words."""
        return words(self.code, self.fields, language)


def refuse_hard(remarks: Iterable[Remark]) -> None:
    """Refuse the save for the first hard remark.

    Raises:
        UserProblem: its code.
    """
    for remark in remarks:
        if remark.hard:
            raise UserProblem(remark.code, **remark.fields)
