"""What a server is started with, from the command line and the environment; nothing is read from elsewhere."""

from __future__ import annotations

import ipaddress
import os
import ssl
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from desktop.models.problems import UserProblem
from desktop.sync.wire.protocol import LIMITS

DATABASE_FILE = "server.db"
KEYS_VARIABLE = "ZHUQI_KEYS"
ATTACHMENTS_VARIABLE = "ZHUQI_ATTACHMENTS"
REPLICA_VARIABLE = "ZHUQI_REPLICA_URL"
METRICS_VARIABLE = "ZHUQI_METRICS_TOKEN"
ATTACHMENT_FOLDER = "attachments"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the server keeps its data and where it listens. A port of 0 means any free one.

    Args:
        password_days: how old a password may grow, 0: as old as it likes.
        keys: the folder of the server's own keys.
        workers: how many processes answer; more than one needs PostgreSQL.
        replica_url: a streaming replica that pulls and pages may read.
        metrics_token: who shows it may read `/metrics`; without one, only this machine may.
        attachments: a folder or the address of a bucket; empty: a folder beside the embedded database.
        device_bytes: how much a device may send of photos and papers in all.
    """

    database_url: str | URL
    host: str = "127.0.0.1"
    port: int = 8321
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    password_days: int = 0
    keys: Path | None = None
    workers: int = 1
    replica_url: str | URL | None = None
    metrics_token: str | None = None
    attachments: str = ""
    device_bytes: int = LIMITS.device_bytes

    @property
    def tls(self) -> bool:
        """Whether connections are encrypted by the server itself."""
        return self.tls_certificate is not None and self.tls_key is not None


def database_url(data: Path | None, url: str | None) -> URL:
    """The SQLAlchemy URL of the store: `server.db` in the data folder (made when missing), or the one given.

    Raises:
        UserProblem: `server_store_not_named`, `server_database_unknown`, `server_data_folder`.
    """
    if (data is None) == (url is None):
        raise UserProblem("server_store_not_named")
    if data is not None:
        try:
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UserProblem("server_data_folder", folder=str(data), reason=reason) from error
        return URL.create("sqlite", database=os.fspath(data / DATABASE_FILE))
    assert url is not None  # noqa: S101 - follows from the first test
    scheme = url.partition("://")[0]
    try:
        named = make_url(url)
    except (ArgumentError, ValueError):
        raise UserProblem("server_database_unknown", scheme=scheme[:20]) from None
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return named.set(drivername="postgresql+psycopg")
    if scheme == "sqlite" and named.database:
        return named
    raise UserProblem("server_database_unknown", scheme=scheme[:20])


def keys_folder(url: URL) -> Path | None:
    """Where the server's own keys lie, never in the database: `ZHUQI_KEYS`, else `keys` beside an embedded database."""
    named = os.environ.get(KEYS_VARIABLE)
    if named:
        return Path(named)
    embedded = url.get_backend_name() == "sqlite" and url.database
    return Path(embedded).parent / "keys" if embedded else None


def replica_url() -> URL | None:
    """The address of the replica, from the environment.

    Raises:
        UserProblem: `server_database_unknown`.
    """
    given = os.environ.get(REPLICA_VARIABLE)
    return database_url(None, given) if given else None


def metrics_token() -> str | None:
    """Who shows this may read the metrics, from the environment."""
    return os.environ.get(METRICS_VARIABLE) or None


def require_postgresql(settings: Settings) -> None:
    """What only PostgreSQL can do is not asked of the embedded database.

    Raises:
        UserProblem: `server_needs_postgresql`.
    """
    embedded = make_url(settings.database_url).get_backend_name() == "sqlite"
    for asked, option in ((settings.workers > 1, "--workers"), (settings.replica_url, REPLICA_VARIABLE)):
        if asked and embedded:
            raise UserProblem("server_needs_postgresql", option=option)


def attachments_place(settings: Settings) -> str:
    """Where photos and papers are kept.

    Raises:
        UserProblem: `server_attachments_missing` when nothing is named and the database is not embedded.
    """
    if settings.attachments:
        return settings.attachments
    database = make_url(settings.database_url)
    if database.get_backend_name() != "sqlite" or not database.database:
        raise UserProblem("server_attachments_missing")
    return str(Path(database.database).parent / ATTACHMENT_FOLDER)


def require_safe_address(settings: Settings) -> None:
    """Plain HTTP only to this machine itself (SEC-40).

    Raises:
        UserProblem: `server_needs_tls`.
    """
    if not settings.tls and not is_loopback(settings.host):
        raise UserProblem("server_needs_tls", host=settings.host)


def require_key_pair(settings: Settings) -> None:
    """Certificate and key both or neither, and such that they can be used: asked for TLS, never plain HTTP.

    Raises:
        UserProblem: `server_tls_files`.
    """
    certificate, key = settings.tls_certificate, settings.tls_key
    if certificate is None and key is None:
        return
    if certificate is None or key is None:
        raise UserProblem("server_tls_files", reason="--tls-cert, --tls-key")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:  # an SSLError is an OSError
        raise UserProblem("server_tls_files", reason=str(error)) from error


def is_loopback(host: str) -> bool:
    """Whether the name or address can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
