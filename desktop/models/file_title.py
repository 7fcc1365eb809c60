"""What a file was called by whoever brought it: a text for people, never a name on a disk (SEC-55)."""

from __future__ import annotations

import unicodedata

LONGEST_TITLE = 120
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Control, direction and other characters without a picture: they make a name read as another one."""


def plain_title(title: str) -> str:
    """The title without characters that cannot be seen, and not too long to be kept."""
    seen = "".join(character for character in title if unicodedata.category(character) not in _UNSEEN)
    return seen.strip()[:LONGEST_TITLE].strip()
