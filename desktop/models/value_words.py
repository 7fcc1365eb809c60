"""What stored codes are called where the window is not. The words are data: `resources/words/values.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from desktop.models.problems import Language
from desktop.resource_paths import resource


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    with resource("words", "values.toml").open("rb") as file:
        return tomllib.load(file)


def value_word(kind: str, code: Any, language: Language) -> Any:
    """The word for a code of a closed list (`result`, `visit_kind` …); one without a word is shown, not hidden."""
    return _words()[kind].get(str(code), {}).get(language, code)
