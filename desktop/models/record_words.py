"""What kinds of record and their fields are called by people. The words are data: `resources/words/fields.toml`."""

from __future__ import annotations

import tomllib
from functools import cache

from desktop.models.problems import Language
from desktop.resource_paths import resource

_ITSELF = "_"


@cache
def _names() -> dict[str, dict[str, dict[str, str]]]:
    with resource("words", "fields.toml").open("rb") as file:
        return tomllib.load(file)


def record_word(table: str, language: Language) -> str:
    """The name of a kind of record; one without a name is shown by its code rather than hidden."""
    return field_word(table, _ITSELF, language, table)


def field_word(table: str, field: str, language: Language, unknown: str | None = None) -> str:
    """The name of a field; without one, `unknown` or the field's own code."""
    return _names().get(table, {}).get(field, {}).get(language) or unknown or field
