"""Where the project's data files lie, from source or from a frozen program. Imports nothing of ours."""

from __future__ import annotations

import sys
from pathlib import Path


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """The path of a file or folder under `resources/`; it need not exist."""
    return _root().joinpath("resources", *parts)
