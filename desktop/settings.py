"""Where this computer keeps the officer's work and our notes of what went wrong. No word of the trade in here."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path, user_log_path


def default_workspace() -> Path:
    """The workspace used when none is named: the user's data folder."""
    return user_data_path("zhuqi", appauthor=False) / "workspace"


def log_folder() -> Path:
    """Where log and crash files go. `ZHUQI_LOG_DIR` puts them elsewhere (administrators, tests)."""
    named = os.environ.get("ZHUQI_LOG_DIR")
    return Path(named) if named else user_log_path("zhuqi", appauthor=False)


def language() -> str:
    """The language words are given in: `zh` unless `ZHUQI_LANGUAGE` says `en`."""
    return "en" if os.environ.get("ZHUQI_LANGUAGE", "").lower().startswith("en") else "zh"
