"""The box that seeds of second factors are kept in: AES-256-GCM under a key that lies outside the database."""

from __future__ import annotations

import base64
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.models.problems import EnvironmentProblem

KEY_FILE = "factors.key"
SUITE = "aes256gcm-1"
_KEY_BYTES, _NONCE_BYTES = 32, 12


@dataclass(frozen=True)
class SeedBox:
    """Seals and opens seeds. The key is made at first use, in a folder only the server's user may read."""

    folder: Path | None

    def seal(self, seed: str, account_id: str) -> str:
        """The seed as stored: suite, nonce and ciphertext, good for this account only.

        Raises:
            EnvironmentProblem: `server_keys_not_named`.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + AESGCM(self._key).encrypt(nonce, seed.encode(), account_id.encode())
        return f"{SUITE}:{base64.b64encode(sealed).decode()}"

    def open(self, stored: str, account_id: str) -> str:
        """The seed again.

        Raises:
            EnvironmentProblem: `server_keys_not_named`; `server_seed_unreadable` when the key is not the one it was
                sealed with, or the suite is not known.
        """
        suite, _, text = stored.partition(":")
        sealed = base64.b64decode(text)
        try:
            if suite != SUITE:
                raise InvalidTag
            return AESGCM(self._key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], account_id.encode()).decode()
        except InvalidTag as error:
            raise EnvironmentProblem("server_seed_unreadable") from error

    @cached_property
    def _key(self) -> bytes:
        if self.folder is None:
            raise EnvironmentProblem("server_keys_not_named")
        path = self.folder / KEY_FILE
        if not path.exists():
            self._make_key(path)
        return path.read_bytes()

    def _make_key(self, path: Path) -> None:
        """Written aside and linked into place, so that of processes that start together one makes it."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = path.with_name(f"{KEY_FILE}.{secrets.token_hex(4)}")
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
