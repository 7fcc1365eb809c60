"""Time and chance of a simulated world: every device has a clock of its own, and every id follows from the seed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from random import Random
from typing import Any
from unittest.mock import patch

from desktop.models import identity

_BEGIN = datetime(2020, 2, 27, 8, tzinfo=UTC)
_TICK = timedelta(milliseconds=7)
_READERS = ("desktop.models.identity", "desktop.sync.enrolment", "server.moments")
"""The modules that ask the machine for the time."""


@dataclass
class Clock:
    """One machine's clock: how far it is from the true time, and the last id it made."""

    off: timedelta = timedelta()
    last_id: int = 0


class Clocks:
    """The true time, and whose clock is being read. Every reading takes a few milliseconds."""

    def __init__(self, seed: int) -> None:
        self.now = _BEGIN
        self.centre = Clock()
        self._read = self.centre
        self._chance = Random(f"ids {seed}")

    def read(self) -> datetime:
        """The time by the clock of whoever is at work."""
        self.now += _TICK
        return self.now + self._read.off

    def pass_by(self, time: timedelta) -> None:
        """Let time go by for everybody."""
        self.now += time

    @contextmanager
    def of(self, clock: Clock) -> Iterator[None]:
        """Everything inside happens on this machine."""
        before, self._read = self._read, clock
        before.last_id, identity._last = identity._last, clock.last_id
        try:
            yield
        finally:
            clock.last_id = identity._last
            self._read, identity._last = before, before.last_id  # which may be the same clock

    @contextmanager
    def in_charge(self) -> Iterator[None]:
        """Put this time and this chance in the place of the machine's."""
        clocks = self

        class Told(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:
                return clocks.read().astimezone(tz)

        with ExitStack() as stack:
            for module in _READERS:
                stack.enter_context(patch(f"{module}.datetime", Told))
            stack.enter_context(patch.object(identity, "time", self))
            stack.enter_context(patch.object(identity, "secrets", self))
            stack.enter_context(patch.object(identity, "_last", 0))
            yield

    def time_ns(self) -> int:
        """Stands for `time.time_ns`."""
        return int(self.read().timestamp() * 1000) * 1_000_000

    def token_bytes(self, count: int) -> bytes:
        """Stands for `secrets.token_bytes`."""
        return self._chance.randbytes(count)

    def randbits(self, count: int) -> int:
        """Stands for `secrets.randbits`."""
        return self._chance.getrandbits(count)
