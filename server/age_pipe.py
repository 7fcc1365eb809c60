"""age encryption of a stream of any length: a thread beside us, a pipe between, never the whole in memory or on disk.

Recipients and identities are age's own texts (`age1…`, `AGE-SECRET-KEY-1…`).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage
from pyrage import x25519

from desktop.models.problems import UserProblem

MAGIC = b"age-encryption.org/"
PIECE_BYTES = 1024 * 1024


@contextmanager
def encrypted_to(file: IO[bytes], recipients: Sequence[str]) -> Iterator[IO[bytes]]:
    """A stream whose content arrives in `file` encrypted; complete when the block has ended.

    Raises:
        UserProblem: `server_recipient_refused`.
    """
    try:
        known = [x25519.Recipient.from_str(text.strip()) for text in recipients]
    except pyrage.RecipientError as error:
        raise UserProblem("server_recipient_refused") from error
    source, sink = os.pipe()
    beside = _Beside(lambda: _encrypt(source, file, known))
    try:
        with os.fdopen(sink, "wb") as stream:
            yield stream
    finally:
        beside.finish()


@contextmanager
def decrypted_from(file: IO[bytes], identities: Path | None) -> Iterator[IO[bytes]]:
    """A stream of what `file` holds in clear text.

    Args:
        identities: a file with one age identity a line; lines that begin with `#` are remarks.

    Raises:
        UserProblem: `server_identity_missing`; `server_identity_refused` when none of them opens it;
            `server_backup_unreadable` when something in it was changed or is missing.
    """
    known = _identities(identities)
    source, sink = os.pipe()
    beside = _Beside(lambda: _decrypt(file, sink, known))
    try:
        with os.fdopen(source, "rb") as stream:
            yield stream
            while stream.read(PIECE_BYTES):  # to the end: only then is all of it authenticated
                pass
    finally:
        try:
            beside.finish()
        except pyrage.DecryptError as error:
            wrong_key = "no matching keys" in str(error).lower()
            code = "server_identity_refused" if wrong_key else "server_backup_unreadable"
            raise UserProblem(code) from error
        except BrokenPipeError:
            pass  # whoever read had enough
        except OSError as error:
            if error.errno is None:  # age's own word for a file that was cut or altered
                raise UserProblem("server_backup_unreadable") from error
            raise


class _Beside:
    """A thread whose failure is ours."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._failure: BaseException | None = None
        self._work = work
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def finish(self) -> None:
        """Wait, and raise what went wrong there; it is the cause of whatever went wrong on this side of the pipe."""
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:
            self._failure = error


def _encrypt(source: int, file: IO[bytes], recipients: list[x25519.Recipient]) -> None:
    with os.fdopen(source, "rb") as stream:
        pyrage.encrypt_io(stream, file, recipients)


def _decrypt(file: IO[bytes], sink: int, identities: list[x25519.Identity]) -> None:
    with os.fdopen(sink, "wb") as stream:
        pyrage.decrypt_io(file, stream, identities)


def _identities(file: Path | None) -> list[x25519.Identity]:
    if file is None:
        raise UserProblem("server_identity_missing")
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        return [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise UserProblem("server_identity_refused") from error
