"""A PostgreSQL for one run of a benchmark, set up as a centre's: what counts as committed has reached the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import psycopg

from tests.postgresql_cluster import start_cluster, stop_cluster

NewDatabase = Callable[[], str]
"""Makes a fresh, empty database and returns its SQLAlchemy URL."""

DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
}
_DRIVER = "postgresql+psycopg://"


@contextmanager
def private_postgresql() -> Iterator[NewDatabase]:
    """Start a cluster in a temporary folder and end it with the block. Raises CannotStart."""
    cluster = start_cluster(**DURABLE)
    numbers = count(1)

    def new() -> str:
        name = f"bench_{next(numbers)}"
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"{_DRIVER}{cluster.url.removeprefix('postgresql://').rpartition('/')[0]}/{name}"

    try:
        yield new
    finally:
        stop_cluster(cluster)


def driver_url(url: str) -> str:
    """The same address as psycopg takes it."""
    return url.replace(_DRIVER, "postgresql://")
