"""One exchange with the centre at a time, over the network or on a stick."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.models.problems import UserProblem

_running: set[Path] = set()
_lock = threading.Lock()


@contextmanager
def exchange_turn(folder: Path) -> Iterator[None]:
    """Hold the turn of the workspace in this folder; other processes are kept out by the workspace's own lock.

    Raises:
        UserProblem: `sync_running`.
    """
    with _lock:
        if folder in _running:
            raise UserProblem("sync_running")
        _running.add(folder)
    try:
        yield
    finally:
        with _lock:
            _running.discard(folder)
