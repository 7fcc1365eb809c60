"""Where bundles are opened and where those that were put aside lie: a folder for nobody but the server's user."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from desktop.models.durable_file import writing_aside
from desktop.models.problems import EnvironmentProblem, UserProblem

ROOM = 3
"""How many times the bundle's size must be free on the disk before it is opened (SEC-43)."""


class BundleFolder:
    """The folder, made when missing. What is unsealed in it never outlives the opening, not even a killed one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._work = folder / "work"
        self._set_aside = folder / "quarantine"

    @contextmanager
    def opening(self, size: int) -> Iterator[Path]:
        """An empty place to unseal into; one import at a time.

        Args:
            size: bytes of the bundle.

        Raises:
            UserProblem: `bundle_import_running`.
            EnvironmentProblem: `bundle_disk_full`.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(self._folder / "import.lock", mode=0o600)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise UserProblem("bundle_import_running") from None
        try:
            self._clear()  # what a killed import left
            if shutil.disk_usage(self._folder).free < ROOM * size:
                raise EnvironmentProblem("bundle_disk_full", needed=ROOM * size)
            self._work.mkdir(mode=0o700)
            yield self._work
        finally:
            self._clear()
            lock.release()

    def set_aside(self, bundle: Path, name: str) -> None:
        """Keep a copy of a bundle, sealed as it came."""
        self._set_aside.mkdir(exist_ok=True, mode=0o700)
        with bundle.open("rb") as source, writing_aside(self._set_aside / name, 0o600) as target:
            shutil.copyfileobj(source, target)

    def drop(self, name: str) -> None:
        """Remove a bundle that was put aside, if it is there."""
        (self._set_aside / name).unlink(missing_ok=True)

    def _clear(self) -> None:
        if self._work.exists():
            shutil.rmtree(self._work)
