"""Objects as files of a folder: written aside, synced, then renamed; the folder is synced too.

<first two characters>/<name>    attachments, by their SHA-256
unfinished/<name>                pieces of uploads that are still on their way
aside/<random>                   what is being written at this moment
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from desktop.models.durable_file import sync_folder
from server.objects import STALE_DAYS, UNFINISHED, Aside, blocks_of, place_answers

ASIDE = "aside"
_DAY_S = 24 * 3600


class ObjectFolder:
    """A folder of objects. Opening it clears away what processes that were killed left in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with place_answers():
            for name, days in ((ASIDE, 1), (UNFINISHED, STALE_DAYS)):
                (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
                _clear(folder / name, days)
            for number in range(256):
                (folder / f"{number:02x}").mkdir(exist_ok=True, mode=0o700)
            sync_folder(folder)

    def aside(self) -> Aside:
        """Begin an object."""
        return _FileAside(self)

    def keep(self, asides: Mapping[str, Aside]) -> None:
        """Name them all, then sync the folders: one after the other each name would cost a sync of its own."""
        with place_answers():
            targets = {self.path(name): aside for name, aside in asides.items()}
            for target, aside in targets.items():
                cast(_FileAside, aside).keep(target)
            for folder in {target.parent for target in targets}:
                sync_folder(folder)

    def open(self, name: str) -> BinaryIO | None:
        """Read an object."""
        with place_answers():
            try:
                return self.path(name).open("rb")
            except FileNotFoundError:
                return None

    def size(self, name: str) -> int | None:
        """How many bytes an object has."""
        with place_answers():
            try:
                return self.path(name).stat().st_size
            except FileNotFoundError:
                return None

    def remove(self, names: Iterable[str]) -> None:
        """Remove objects."""
        with place_answers():
            for name in names:
                self.path(name).unlink(missing_ok=True)

    def path(self, name: str) -> Path:
        """Where the object of this name lies."""
        return self.folder / name if "/" in name else self.folder / name[:2] / name


class _FileAside(Aside):
    """An object being written; its file is made with the first bytes."""

    def __init__(self, store: ObjectFolder) -> None:
        super().__init__()
        self._store = store
        self._path = store.folder / ASIDE / secrets.token_hex(12)
        self._opened: BinaryIO | None = None

    def read_back(self) -> Iterator[bytes]:
        with place_answers():
            self._file().flush()
            with self._path.open("rb") as file:
                yield from blocks_of(file)

    def keep(self, target: Path) -> None:
        """Give the synced bytes their name; the folder is the caller's to sync."""
        file = self._file()
        file.flush()
        os.fsync(file.fileno())
        file.close()
        self._path.replace(target)
        self._opened = None

    def discard(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None
            self._path.unlink(missing_ok=True)

    def _file(self) -> BinaryIO:
        if self._opened is None:
            self._opened = self._path.open("xb")
        return self._opened


def _clear(folder: Path, days: int) -> None:
    """Remove the files nobody has touched for so long."""
    oldest = time.time() - days * _DAY_S
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
