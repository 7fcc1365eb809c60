"""Names for new things, and the time they were made: record ids (UUIDv7 as text) and the UTC clock."""

from __future__ import annotations

import secrets
import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from uuid import UUID, uuid5

_GRID_NAMESPACE = UUID("6f9d2f3e-3f0b-5b8e-9b57-2a4e0d6c7a11")
_GROUP_BITS = 48
_GROUP = (1 << _GROUP_BITS) - 1
"""The last group of an id's text: 12 hexadecimal digits."""
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A fresh record or operation id: UUIDv7 in its 36-character text form, ever rising within one process.

    RFC 9562, method "monotonic random": 48 bits of Unix milliseconds, then 74 bits that restart at random in each
    millisecond and are counted up by a random step within one, so ids sort in the order they were made.
    """
    return new_ids(1)[0]


def new_ids(count: int) -> list[str]:
    """Fresh ids for many rows, rising like those of `new_id` and far cheaper each."""
    global _last
    steps = memoryview(secrets.token_bytes(4 * count)).cast("I")
    with _lock:
        fresh = (time.time_ns() // 1_000_000 << 74) | secrets.randbits(73)
        first = fresh if fresh >> 74 > _last >> 74 else _last
        first, *numbers = accumulate((1 + (step >> 12) for step in steps), initial=first)
        last = _last = numbers[-1] if numbers else _last
    if first >> _GROUP_BITS != last >> _GROUP_BITS:
        return [_text(number) for number in numbers]
    head = _text(first)[: -_GROUP_BITS // 4]  # most often only the last group differs
    return [f"{head}{number & _GROUP:012x}" for number in numbers]


def _text(number: int) -> str:
    """122 bits as a UUID: 48 of time, the version, 12, the variant, 62."""
    time_and_middle, tail = number >> 62, number & ((1 << 62) - 1)
    moment, middle = time_and_middle >> 12, time_and_middle & 0xFFF
    node = f"{1 << 63 | tail:016x}"
    return f"{moment >> 16:08x}-{moment & 0xFFFF:04x}-7{middle:03x}-{node[:4]}-{node[4:]}"


def grid_id(code: str) -> str:
    """The id of the grid with this code: the same on every device and server, so no table of them is needed."""
    return str(uuid5(_GRID_NAMESPACE, code.strip().upper()))


def member_id(officer_id: str, grid: str) -> str:
    """The id under which an officer (an account's id, as in `edited_by`) stands among the members of a grid."""
    return str(uuid5(UUID(officer_id), grid))


def utc_since(days: float) -> str:
    """The moment so many days ago (negative: ahead), in the form of `utc_now`."""
    then = datetime.now(UTC) - timedelta(days=days)
    return then.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def utc_now() -> str:
    """The present moment in UTC, as stored and wired everywhere: ISO 8601 with milliseconds and `Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
