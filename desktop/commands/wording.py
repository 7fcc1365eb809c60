"""What commands say to people, in the language of this computer. The sentences are data."""

from __future__ import annotations

import sys
import tomllib
from functools import cache

from desktop import settings
from desktop.resource_paths import resource


@cache
def _sentences() -> dict[str, dict[str, str]]:
    with resource("words", "commands.toml").open("rb") as file:
        return tomllib.load(file)


def say(code: str, **fields: object) -> str:
    """The words for a code."""
    return _sentences()[code][settings.language()].format(**fields)


def tell(code: str, **fields: object) -> None:
    """Say it to the person, on standard error."""
    print(say(code, **fields), file=sys.stderr)
