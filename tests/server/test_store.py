"""The database: described and migrated tables are the same, one generation, refusals instead of surprises."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, MetaData, create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

import server.migrations as migrations
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.models.records.registry import RECORD_KINDS
from server.database_access import is_out_of_reach
from server.generation import renew_generation
from server.settings import Settings, is_loopback, require_safe_address
from server.settings import database_url as url_of
from server.store import Store
from server.tables import metadata
from tests.postgresql import NewDatabase


def test_the_migrated_tables_are_the_described_ones(database_url: str) -> None:
    store = Store(database_url)
    wanted = MetaData(naming_convention=metadata.naming_convention)
    for table in [*metadata.tables.values(), *(kind.metadata.tables[kind.__tablename__] for kind in RECORD_KINDS)]:
        table.to_metadata(wanted)
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = [step for step in compare_metadata(context, wanted) if "comment" not in str(step[0])]
    store.close()
    assert differences == []


def test_the_heads_the_program_knows_are_the_newest_scripts() -> None:
    here = Path(migrations.__file__).parent
    records = here.parents[1] / "desktop" / "models" / "migrations" / "records"
    scripts = ScriptDirectory(str(here), version_locations=[str(records), str(here / "server")])
    assert set(scripts.get_heads()) == set(migrations.HEADS.values())


def test_a_database_keeps_its_generation(database_url: str) -> None:
    first, second = Store(database_url), Store(database_url)
    assert first.generation == second.generation
    for store in (first, second):
        store.close()


def test_processes_that_start_together_make_the_tables_once(database_url: str) -> None:
    generations: list[str] = []

    def start() -> None:
        store = Store(database_url)
        generations.append(store.generation)
        store.close()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(generations) == 4
    assert len(set(generations)) == 1


def test_a_newer_database_is_refused_politely(database_url: str) -> None:
    store = Store(database_url)
    with store.writing() as connection:
        connection.execute(
            text("UPDATE alembic_version SET version_num = 'server_9999' WHERE version_num LIKE 'server%'")
        )
    store.close()
    with pytest.raises(UserProblem, match="server_database_newer"):
        Store(database_url)


def test_a_database_that_is_not_there_is_named_as_such() -> None:
    with pytest.raises(EnvironmentProblem, match="server_database_unreachable"):
        Store("postgresql+psycopg://nobody@127.0.0.1:9/none?connect_timeout=2")


def test_a_database_that_does_not_tell_which_copy_it_is_is_served_without_that_guard(
    new_database: NewDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    url = make_url(new_database("postgresql"))
    with administering(url) as connection:
        connection.exec_driver_sql(f"CREATE ROLE {url.database} LOGIN PASSWORD 'x'")
        try:
            connection.exec_driver_sql(f"ALTER DATABASE {url.database} OWNER TO {url.database}")
            connection.exec_driver_sql(f"ALTER SCHEMA public OWNER TO {url.database}")
            connection.exec_driver_sql("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC")
            store = Store(url.set(username=url.database, password="x"))
            with store.writing() as inside:
                renew_generation(inside)
                assert inside.scalar(text("SELECT lineage FROM server_identity")) is None
            store.close()
            assert "InsufficientPrivilege" in caplog.text
        finally:
            connection.exec_driver_sql(f"REASSIGN OWNED BY {url.database} TO CURRENT_USER")
            connection.exec_driver_sql(f"DROP OWNED BY {url.database}")
            connection.exec_driver_sql(f"DROP ROLE {url.database}")


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_hold_chinese_is_refused_and_left_alone(
    new_database: NewDatabase, encoding: str
) -> None:
    url = make_url(new_database("postgresql"))
    name = f"{url.database}_{encoding.lower()}"
    with administering(url) as connection:
        connection.exec_driver_sql(
            f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        )
        try:
            with pytest.raises(UserProblem, match="server_database_encoding"):
                Store(url.set(database=name))
            with administering(url.set(database=name)) as inside:
                assert inspect(inside).get_table_names() == []
        finally:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def administering(url: URL) -> Iterator[Connection]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", connect_args={"client_encoding": "utf8"})
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def test_a_lock_or_a_lost_connection_passes_and_a_fault_of_ours_does_not(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    holder, engine = create_engine(url), create_engine(url, connect_args={"timeout": 0})
    with holder.connect() as connection, engine.connect() as other:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(DBAPIError) as locked:
            other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(DBAPIError) as fault:
            other.exec_driver_sql("SELECT * FROM nowhere")
    with pytest.raises(DBAPIError) as absent:
        create_engine("postgresql+psycopg://nobody@127.0.0.1:9/none").connect()
    assert [is_out_of_reach(found.value) for found in (locked, fault, absent)] == [True, False, True]
    for used in (holder, engine):
        used.dispose()


def test_the_store_is_named_by_exactly_one_of_folder_and_url(tmp_path: Path) -> None:
    assert str(url_of(tmp_path / "new", None)) == f"sqlite:///{tmp_path}/new/server.db"
    assert str(url_of(None, "postgresql://u@h/d")) == "postgresql+psycopg://u@h/d"
    for data, url in ((None, None), (tmp_path, "postgresql://u@h/d")):
        with pytest.raises(UserProblem, match="server_store_not_named"):
            url_of(data, url)
    with pytest.raises(UserProblem, match="server_database_unknown"):
        url_of(None, "mysql://u@h/d")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_without_tls_only_this_machine_can_reach_the_server(host: str) -> None:
    with pytest.raises(UserProblem, match="server_needs_tls"):
        require_safe_address(Settings("", host))
    require_safe_address(Settings("", host, 1, Path("c"), Path("k")))
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8"])
def test_loopback_needs_no_tls(host: str) -> None:
    require_safe_address(Settings("", host))
