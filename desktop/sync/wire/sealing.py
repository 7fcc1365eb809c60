"""Closing content so that only the centre can open it (age, X25519), as a stream, and opening it under a limit.

age says that nothing was altered, not who closed it: the sender's signature lies inside (`bundle_file`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO

from desktop.models.problems import UserProblem

_PIECE_BYTES = 256 * 1024


def seal(content: Iterable[bytes], target: BinaryIO, recipient: str) -> None:
    """Write the content to `target`, readable for the holder of the recipient's identity only.

    Whatever `content` or `target` raises is raised here.
    """
    import pyrage

    reader, writer = _Reader(iter(content)), _Writer(target)
    try:
        pyrage.encrypt_io(reader, writer, [pyrage.x25519.Recipient.from_str(recipient)])
    finally:  # pyrage turns what went wrong into a text, and what went wrong at its last write into nothing
        fault = reader.fault or writer.fault
        if fault:
            raise fault from None


def unseal(source: BinaryIO, target: BinaryIO, identity: str, most: int) -> None:
    """Write what was sealed to `target`, which the caller removes when this raises.

    Args:
        identity: the secret half (`AGE-SECRET-KEY-…`).
        most: bytes of content accepted.

    Raises:
        UserProblem: `bundle_not_for_this_centre`, `bundle_damaged`, `bundle_too_large`. Content written before the
            damage was reached is true, but no whole.
        OSError: what `source` or `target` raised.
    """
    import pyrage

    reader, writer = _Reader(iter(partial(source.read, _PIECE_BYTES), b"")), _Writer(target, most)
    refusal: UserProblem | None = None
    try:
        pyrage.decrypt_io(reader, writer, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError:
        refusal = UserProblem("bundle_not_for_this_centre")
    except (OSError, UserProblem):
        refusal = UserProblem("bundle_damaged")
    if fault := reader.fault or writer.fault or refusal:
        raise fault


class _Reader:
    """Content as pyrage asks for it; keeps what went wrong."""

    def __init__(self, content: Iterator[bytes]) -> None:
        self._content = content
        self._left = memoryview(b"")
        self.fault: BaseException | None = None

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; none at the end."""
        try:
            while not self._left:
                self._left = memoryview(next(self._content))
        except StopIteration:
            return b""
        except BaseException as fault:
            self.fault = fault
            raise
        piece, self._left = bytes(self._left[:size]), self._left[size:]
        return piece


class _Writer:
    """A file as pyrage writes to it, with a limit; keeps what went wrong."""

    def __init__(self, file: BinaryIO, most: int | None = None) -> None:
        self._file = file
        self._most = most
        self._written = 0
        self.fault: BaseException | None = None

    def write(self, piece: bytes) -> int:
        """Write all of the piece."""
        try:
            self._written += len(piece)
            if self._most is not None and self._written > self._most:
                raise UserProblem("bundle_too_large", limit=self._most)
            return self._file.write(piece)
        except BaseException as fault:
            self.fault = fault
            raise

    def flush(self) -> None:
        """Nothing waits here."""
