"""Passwords: Argon2id with the figures of SEC-10, at most four hashes at once, and what is accepted as one."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from desktop.models.problems import UserProblem
from desktop.resource_paths import resource

SHORTEST, LONGEST = 12, 128
HASHES_AT_ONCE = 4
"""Each takes 64 MiB."""

DIFFERENT_CHARACTERS = 5
OWN_CHARACTERS = 4
"""How much of a password must be left when two listed words, digits and punctuation are taken out of it."""


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

    def outdated(self, stored: str) -> bool:
        """Whether a hash was made with other figures than today's and wants to be made anew."""
        return self.hasher.check_needs_rehash(stored)


def require_strong(password: str) -> None:
    """Refuse a password that is too short, too long or little more than one or two words anybody would try.

    Any characters are accepted; no mixture of kinds is asked for.

    Raises:
        UserProblem: `server_password_length`, `server_password_weak`.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UserProblem("server_password_length", shortest=SHORTEST, longest=LONGEST)
    plain = normalize("NFKC", password).casefold()
    rest = plain
    for _ in range(2):
        rest = rest.replace(next((word for word in _weak_words() if word in rest), " "), "")
    own = re.sub(r"[\W\d_]", "", rest)
    if len(set(plain)) < DIFFERENT_CHARACTERS or len(own) < OWN_CHARACTERS:
        raise UserProblem("server_password_weak")


@cache
def _weak_words() -> tuple[str, ...]:
    """The listed words, longest first."""
    lines = resource("words", "weak_passwords.txt").read_text(encoding="utf-8").splitlines()
    return tuple(sorted((line for line in lines if not line.startswith("#")), key=len, reverse=True))
