"""Passwords: Argon2id with the figures of SEC-10, at most four hashes at once, and what is accepted as one."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from desktop.models.problems import UserProblem

SHORTEST, LONGEST = 12, 128
HASHES_AT_ONCE = 4
"""Each takes 64 MiB."""

_WEAK = ("password", "zhuqi", "123456789", "qwertyuiop", "admin", "iloveyou", "fangyi", "yiqing", "fugong")


@dataclass(frozen=True)
class Passwords:
    """Makes and checks hashes. Tests pass a cheap hasher; everybody else gets the real figures."""

    hasher: PasswordHasher = field(
        default_factory=lambda: PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
    )
    _turns: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(HASHES_AT_ONCE))

    def hash(self, password: str) -> str:
        """The Argon2id hash to store."""
        with self._turns:
            return self.hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether the password belongs to the hash; without a hash (unknown account) it costs the same time."""
        with self._turns:
            if stored is None:
                self.hasher.hash(password)
                return False
            try:
                return self.hasher.verify(stored, password)
            except (VerificationError, InvalidHashError):
                return False


def require_strong(password: str) -> None:
    """Refuse a password that is too short, too long or among the first anybody would try.

    Raises:
        UserProblem: `server_password_length`, `server_password_weak`.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UserProblem("server_password_length", shortest=SHORTEST, longest=LONGEST)
    plain = password.casefold()
    rest = plain
    for word in _WEAK:
        rest = rest.replace(word, "")
    if len(set(plain)) < 4 or len(rest.strip("0123456789")) == 0:
        raise UserProblem("server_password_weak")
