"""Logging of the server: to standard error, without a single personal value (SEC-71).

Nothing of ours puts one there; the filter is the second line for what a library might say. A running server writes
one JSON object a line, for whatever collects logs; commands write lines for people.
"""

from __future__ import annotations

import logging
import os
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import msgspec

_PERSONAL = (
    re.compile(r"zqd_[\w-]+"),
    re.compile(r"\$argon2\S+"),
    re.compile(r"(?i)(?<![0-9a-z])[0-9]{17}[0-9x](?![0-9a-z])"),
    re.compile(r"(?<![0-9])1[0-9]{10}(?![0-9])"),
    re.compile(r"(?i)(?<![0-9a-z])(?:[a-z2-7]{4}-){5}[a-z2-7]{4}(?![0-9a-z])"),
    re.compile(r"[一-鿿]+"),
)
"""Tokens, password hashes, identity numbers, mobile numbers, enrolment codes and any Chinese text."""

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The request under way, so that all lines about it can be found together."""


class NoPersonalValues(logging.Filter):
    """Replaces what looks personal and escapes control characters."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's message and its `fields`; never drop it."""
        record.msg = _plain(record.getMessage())
        record.args = None
        record.exc_info = record.exc_text = record.stack_info = None
        record.fields = {
            name: _plain(value) if isinstance(value, str) else value
            for name, value in getattr(record, "fields", {}).items()
        }
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, process, request, message and the record's `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": os.getpid(),
            "message": record.getMessage(),
        }
        if name := request_id.get():
            line["request"] = name
        return msgspec.json.encode(line | getattr(record, "fields", {})).decode()


def set_up(*, as_json: bool = False) -> None:
    """Send the log of this process through the filter; libraries speak from warnings up."""
    handler = logging.StreamHandler()
    handler.addFilter(NoPersonalValues())
    plain = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    handler.setFormatter(JsonLines() if as_json else plain)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("zhuqi").setLevel(logging.INFO)


def _plain(text: str) -> str:
    for pattern in _PERSONAL:
        text = pattern.sub("[…]", text)
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
