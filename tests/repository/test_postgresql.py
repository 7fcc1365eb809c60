"""The databases the tests get are real, empty and apart from each other."""

from __future__ import annotations

import sqlalchemy

from tests.postgresql import NewDatabase


def test_a_database_is_empty_and_takes_a_table(database_url: str) -> None:
    engine = sqlalchemy.create_engine(database_url)
    try:
        assert sqlalchemy.inspect(engine).get_table_names() == []
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE names (name TEXT)")
            connection.exec_driver_sql("INSERT INTO names VALUES ('𬭎')")
            assert connection.exec_driver_sql("SELECT name FROM names").scalar_one() == "𬭎"
    finally:
        engine.dispose()


def test_postgresql_databases_are_apart_and_never_run_as_root(new_database: NewDatabase) -> None:
    one, other = new_database("postgresql"), new_database("postgresql")
    assert one != other
    engine = sqlalchemy.create_engine(one)
    try:
        with engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
            assert encoding == "UTF8"
    finally:
        engine.dispose()
