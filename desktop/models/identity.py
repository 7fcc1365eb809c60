"""Names for new things, and the time they were made: record ids (UUIDv7 as text) and the UTC clock."""

from __future__ import annotations

import secrets
import threading
import time
from datetime import UTC, datetime
from uuid import UUID, uuid5

_GRID_NAMESPACE = UUID("6f9d2f3e-3f0b-5b8e-9b57-2a4e0d6c7a11")
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A fresh record or operation id: UUIDv7 in its 36-character text form, ever rising within one process.

    RFC 9562, method "monotonic random": 48 bits of Unix milliseconds, then 74 bits that restart at random in each
    millisecond and are counted up by a random step within one, so ids sort in the order they were made.
    """
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000 << 74) | secrets.randbits(73)
        _last = fresh if fresh >> 74 > _last >> 74 else _last + 1 + secrets.randbits(20)
        number = _last
    tail = number & ((1 << 62) - 1)
    middle = number >> 62 & 0xFFF
    text = f"{(number >> 74 << 80) | (0x7 << 76) | (middle << 64) | (0b10 << 62) | tail:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def grid_id(code: str) -> str:
    """The id of the grid with this code: the same on every device and server, so no table of them is needed."""
    return str(uuid5(_GRID_NAMESPACE, code.strip().upper()))


def member_id(officer_id: str, grid: str) -> str:
    """The id under which an officer (an account's id, as in `edited_by`) stands among the members of a grid."""
    return str(uuid5(UUID(officer_id), grid))


def utc_now() -> str:
    """The present moment in UTC, as stored and wired everywhere: ISO 8601 with milliseconds and `Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
