"""How the window of a workspace looks and which language it speaks: a small file in its folder.

Not in the database: it is read before the window stands, and the database is opened after. Nothing heavy in here.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from desktop.models.durable_file import write_aside
from desktop.models.problems import Language

_FILE = "window.json"

Scheme = Literal["system", "light", "dark"]
TEXT_SIZES = (100, 115, 130, 150)


@dataclass(frozen=True, slots=True)
class WindowChoices:
    """What was chosen; no language means that none was. `text_size` is a percentage."""

    language: Language | None = None
    scheme: Scheme = "system"
    text_size: int = 100


def window_choices(folder: Path) -> WindowChoices:
    """The choices of a workspace; a file that cannot be read counts as none."""
    try:
        choices = WindowChoices(**json.loads((folder / _FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return WindowChoices()
    known = choices.language in (None, "zh", "en") and choices.scheme in ("system", "light", "dark")
    return choices if known and isinstance(choices.text_size, int) else WindowChoices()


def keep_window_choices(folder: Path, **chosen: Language | Scheme | int) -> WindowChoices:
    """Choose something anew; the rest stays. Choices nobody can read are begun again."""
    choices = replace(window_choices(folder), **chosen)  # type: ignore[arg-type]
    write_aside(folder / _FILE, json.dumps(asdict(choices)).encode())
    return choices
