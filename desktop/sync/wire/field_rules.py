"""What a field on the wire may hold: its type, its length, its closed list."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from desktop.models.file_title import LONGEST_TITLE, plain_title

LARGEST_INTEGER = 2**31 - 1
_ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d{1,3})?Z")
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Field:
    """One field on the wire. `check` says whether a present value is right; `structure` is stored as JSON text."""

    check: Callable[[Any], bool]
    required: bool = False
    structure: bool = False
    length: int | None = None
    """Most characters, where the column has a limit."""


def text(length: int | None = None, *, required: bool = False) -> Field:
    """Text of at most `length` characters (none: as long as a line may be) without NUL."""

    def check(value: Any) -> bool:
        return isinstance(value, str) and "\0" not in value and (length is None or len(value) <= length)

    return Field(check, required, length=length)


def matching(pattern: re.Pattern[str], length: int, *, required: bool = False) -> Field:
    """Text that matches the pattern as a whole."""
    return Field(lambda v: isinstance(v, str) and bool(pattern.fullmatch(v)), required, length=length)


def one_of(codes: type[StrEnum], length: int, *, required: bool = False) -> Field:
    """A code of a closed list."""
    known = frozenset(code.value for code in codes)
    return Field(lambda v: isinstance(v, str) and v in known, required, length=length)


def whole(*, required: bool = False) -> Field:
    """A count: a whole number from 0 to what both databases hold."""
    return Field(lambda v: type(v) is int and 0 <= v <= LARGEST_INTEGER, required)


def amount(*, required: bool = False) -> Field:
    """A measured amount: a finite number from 0, in the unit the record states."""
    return Field(lambda v: type(v) in (int, float) and 0 <= v <= LARGEST_INTEGER, required)


def flag() -> Field:
    """Yes or no, as 1 or 0."""
    return Field(lambda v: type(v) is int and v in (0, 1))


def degrees(most: float) -> Field:
    """A coordinate within ± `most` degrees."""
    return Field(lambda v: type(v) in (int, float) and math.isfinite(v) and abs(v) <= most)


def structure(kind: type, *, required: bool = False) -> Field:
    """A JSON object or list."""
    return Field(lambda v: isinstance(v, kind), required, structure=True)


def anything() -> Field:
    """Any JSON value, as it stands."""
    return Field(lambda _: True, structure=True)


def title() -> Field:
    """What a file was called: only characters that can be seen (SEC-55)."""
    return Field(lambda v: isinstance(v, str) and plain_title(v) == v, False, length=LONGEST_TITLE)


def day(*, required: bool = False) -> Field:
    """A calendar day `YYYY-MM-DD`."""
    return Field(_is_day, required, length=10)


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and date.fromisoformat(value) is not None
    except ValueError:
        return False


def record_id(*, required: bool = False) -> Field:
    """The id of another record."""
    return matching(_ID, 36, required=required)


def moment(*, required: bool = False) -> Field:
    """A moment in UTC."""
    return matching(_MOMENT, 24, required=required)
