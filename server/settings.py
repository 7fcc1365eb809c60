"""What a server is started with, from the command line and the environment; nothing is read from elsewhere."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from desktop.models.problems import UserProblem

DATABASE_FILE = "server.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the server keeps its data and where it listens. A port of 0 means any free one."""

    database_url: str
    host: str = "127.0.0.1"
    port: int = 8321
    tls_certificate: Path | None = None
    tls_key: Path | None = None

    @property
    def tls(self) -> bool:
        """Whether connections are encrypted by the server itself."""
        return self.tls_certificate is not None and self.tls_key is not None


def database_url(data: Path | None, url: str | None) -> str:
    """The SQLAlchemy URL of the store: `server.db` in the data folder (made when missing), or the one given.

    Raises:
        UserProblem: `server_store_not_named`, `server_database_unknown`.
    """
    if (data is None) == (url is None):
        raise UserProblem("server_store_not_named")
    if data is not None:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return f"sqlite:///{data / DATABASE_FILE}"
    assert url is not None  # noqa: S101 - follows from the first test
    scheme, mark, rest = url.partition("://")
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and mark:
        return url
    raise UserProblem("server_database_unknown", scheme=scheme[:20])


def require_safe_address(settings: Settings) -> None:
    """Plain HTTP only to this machine itself (SEC-40).

    Raises:
        UserProblem: `server_needs_tls`.
    """
    if not settings.tls and not is_loopback(settings.host):
        raise UserProblem("server_needs_tls", host=settings.host)


def is_loopback(host: str) -> bool:
    """Whether the name or address can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
