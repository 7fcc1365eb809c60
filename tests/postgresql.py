"""PostgreSQL for the tests: by URL in `ZHUQI_TEST_POSTGRES`, else one private cluster for the whole test run.

Fixtures: `database_url` (parametrised: embedded SQLite, PostgreSQL) and `new_database` for a test that makes its
own choice. Every URL is a fresh, empty database. Where `CI=true`, PostgreSQL that cannot start fails the tests;
elsewhere they are skipped and the summary says so loudly.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest

from tests.postgresql_cluster import CannotStart, Cluster, start_cluster, stop_cluster

URL_VARIABLE = "ZHUQI_TEST_POSTGRES"
NOT_TESTED = "PostgreSQL was NOT tested"
DRIVER = "postgresql+psycopg://"
LOCK_SECONDS = 120

NewDatabase = Callable[[str], str]
"""Takes `sqlite` or `postgresql`; returns the URL of a fresh, empty database."""


@pytest.fixture(scope="session")
def postgresql_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Makes PostgreSQL databases; starts the run's cluster at first use and drops what it made."""
    with _server(tmp_path_factory) as server:
        numbers = count(1)
        made: list[str] = []

        def new() -> str:
            name = f"zhuqi_test_{os.getpid()}_{next(numbers)}"
            _administer(server, f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
            made.append(name)
            return DRIVER + server.removeprefix("postgresql://").rpartition("/")[0] + f"/{name}"

        yield new
        for name in made:
            _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def new_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """Makes fresh databases of the kind asked for."""

    def new(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('server')}/server.db"
        make: Callable[[], str] = request.getfixturevalue("postgresql_databases")
        return make()

    return new


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, new_database: NewDatabase) -> str:
    """A fresh database of the server: the test runs once embedded and once on PostgreSQL."""
    return new_database(request.param)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [
        report
        for report in terminalreporter.getreports("skipped")
        if NOT_TESTED in str(getattr(report, "longrepr", ""))
    ]
    if skipped:
        terminalreporter.write_sep("!", f"{NOT_TESTED}: {len(skipped)} tests skipped", red=True, bold=True)
        terminalreporter.write_line(str(skipped[0].longrepr[-1]))


@contextmanager
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a PostgreSQL in which databases may be made: the given one, else the cluster of this run."""
    given = os.environ.get(URL_VARIABLE)
    if given:
        yield given.replace(DRIVER, "postgresql://")
        return
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    cluster, reason = None, ""
    try:
        with _exclusive(shared):
            cluster = _join(shared / "postgresql.json")
    except CannotStart as error:
        reason = str(error)
    if cluster is None:
        refuse_or_skip(reason)
    try:
        yield cluster.url
    finally:
        with _exclusive(shared):
            _leave(shared / "postgresql.json")


def refuse_or_skip(reason: str) -> NoReturn:
    """Fails the test on CI and skips it elsewhere, loudly: there is no PostgreSQL."""
    words = f"{NOT_TESTED}: {reason}; or give a server by {URL_VARIABLE}"
    if os.environ.get("CI") == "true":
        pytest.fail(words, pytrace=False)
    pytest.skip(words)


def _join(record: Path) -> Cluster:
    """The cluster of this run, started by whoever comes first; counts its users."""
    if record.exists():
        state = json.loads(record.read_text(encoding="utf-8"))
        if "failure" in state:
            raise CannotStart(state["failure"])
        cluster = Cluster(state["folder"], state["url"])
        users = state["users"]
    else:
        try:
            cluster, users = start_cluster(), 0
        except CannotStart as reason:
            record.write_text(json.dumps({"failure": str(reason)}), encoding="utf-8")
            raise
    record.write_text(json.dumps({**asdict(cluster), "users": users + 1}), encoding="utf-8")
    return cluster


def _leave(record: Path) -> None:
    """The last user of the cluster ends it."""
    state = json.loads(record.read_text(encoding="utf-8"))
    if state["users"] > 1:
        record.write_text(json.dumps({**state, "users": state["users"] - 1}), encoding="utf-8")
    else:
        record.unlink()
        stop_cluster(Cluster(state["folder"], state["url"]))


@contextmanager
def _exclusive(shared: Path) -> Iterator[None]:
    lock = shared / "postgresql.lock"
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        with suppress(FileExistsError):
            lock.touch(exist_ok=False)
            break
        if time.monotonic() > deadline:
            raise CannotStart("another process of this test run holds PostgreSQL's lock")
        time.sleep(0.05)
    try:
        yield
    finally:
        lock.unlink()


def _administer(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())
