"""How many requests of one device this process works on at once: a flood from one must not hold up the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.models.problems import EnvironmentProblem

AT_ONCE = 4
RETRY_AFTER_S = 1


class DeviceTurns:
    """Counts the requests under way. Used on the event loop only, so no lock is needed."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self.at_once = at_once
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def turn(self, device_id: str) -> Iterator[None]:
        """Have a turn for one request.

        Raises:
            EnvironmentProblem: `sync_device_busy` when the device has too many under way.
        """
        if self._under_way[device_id] >= self.at_once:
            raise EnvironmentProblem("sync_device_busy", retry_after=RETRY_AFTER_S)
        self._under_way[device_id] += 1
        try:
            yield
        finally:
            self._under_way[device_id] -= 1
            self._under_way += Counter()  # forgets devices that have none
