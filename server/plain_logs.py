"""Logging of the server: to standard error, without a single personal value (SEC-71).

Nothing of ours puts one there; the filter is the second line for what a library might say.
"""

from __future__ import annotations

import logging
import re

_PERSONAL = (
    re.compile(r"zqd_[\w-]+"),
    re.compile(r"\$argon2\S+"),
    re.compile(r"(?i)(?<![0-9a-z])[0-9]{17}[0-9x](?![0-9a-z])"),
    re.compile(r"(?<![0-9])1[0-9]{10}(?![0-9])"),
    re.compile(r"(?i)(?<![0-9a-z])(?:[a-z2-7]{4}-){5}[a-z2-7]{4}(?![0-9a-z])"),
    re.compile(r"[一-鿿]+"),
)
"""Tokens, password hashes, identity numbers, mobile numbers, enrolment codes and any Chinese text."""


class NoPersonalValues(logging.Filter):
    """Replaces what looks personal and escapes control characters."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's message; never drop it."""
        text = record.getMessage()
        for pattern in _PERSONAL:
            text = pattern.sub("[…]", text)
        record.msg = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
        record.args = None
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def set_up() -> None:
    """Send the log of this process through the filter; libraries speak from warnings up."""
    handler = logging.StreamHandler()
    handler.addFilter(NoPersonalValues())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("zhuqi").setLevel(logging.INFO)
