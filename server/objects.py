"""Bytes kept under names of our own (SEC-55), wherever they lie: what a folder and a bucket have in common.

An object is written aside and becomes visible whole or not at all. Nothing is ever changed under its name, so any
number of processes may share a store.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from desktop.models.problems import EnvironmentProblem

HEAD_BYTES = 16
"""As many first bytes as tell a file's type."""

UNFINISHED = "unfinished/"
"""How the names of pieces begin; what is under it may be removed after `STALE_DAYS`."""

STALE_DAYS = 14


class Aside(ABC):
    """Bytes on their way into a store, counted and hashed while they are written.

    Ends with its store's `keep`, or with `discard`.
    """

    def __init__(self) -> None:
        self.size = 0
        self.head = b""
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """SHA-256 in hexadecimal of what was written so far."""
        return self._hash.hexdigest()

    def write(self, pieces: Iterable[bytes]) -> None:
        """Add bytes."""
        with place_answers():
            file = self._file()
            for piece in pieces:
                if len(self.head) < HEAD_BYTES:
                    self.head = (self.head + piece[:HEAD_BYTES])[:HEAD_BYTES]
                self.size += len(piece)
                self._hash.update(piece)
                file.write(piece)

    @abstractmethod
    def read_back(self) -> Iterator[bytes]:
        """What was written, from its beginning. Nothing may be written afterwards."""

    @abstractmethod
    def discard(self) -> None:
        """Leave nothing behind. Does nothing after `keep`."""

    @abstractmethod
    def _file(self) -> BinaryIO:
        """Where bytes are written."""


class ObjectStore(Protocol):
    """Objects by name. Every method raises EnvironmentProblem `server_attachments_unavailable` when the place fails."""

    def aside(self) -> Aside:
        """Begin an object."""

    def keep(self, asides: Mapping[str, Aside]) -> None:
        """Make the bytes objects of these names, durable when this returns. An object of a name is replaced."""

    def open(self, name: str) -> BinaryIO | None:
        """Read an object, or nothing when there is none; the caller closes it."""

    def size(self, name: str) -> int | None:
        """How many bytes an object has, or nothing when there is none."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove objects; those that are not there are passed over."""


@contextmanager
def place_answers(*kinds: type[Exception]) -> Iterator[None]:
    """Tell a place that fails (full, gone, not reachable) as a problem; `kinds` are its errors beside `OSError`."""
    try:
        yield
    except Exception as error:
        if isinstance(error, (OSError, *kinds)):
            raise EnvironmentProblem("server_attachments_unavailable") from error
        raise


def blocks_of(file: BinaryIO, size: int = 1024 * 1024) -> Iterator[bytes]:
    """A file in blocks."""
    return iter(lambda: file.read(size), b"")
