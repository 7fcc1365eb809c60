"""Bringing the server's tables up to date: the shared `records` branch and the server's own.

The steps of the record tables are the laptop's; they are found by path, since nothing of them has to be imported.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

import desktop
from desktop.models.database import writing
from desktop.models.problems import UserProblem

HEADS = {"records": "records_0004", "server": "server_0005"}
"""The newest step of each branch; a test compares them with the scripts."""

_HERE = Path(__file__).parent
_RECORDS = Path(desktop.__path__[0]) / "models" / "migrations" / "records"
_ADVISORY_LOCK = 0x7A68757169


def bring_up_to_date(engine: Engine) -> str:
    """Run the missing steps in one transaction, one process at a time; return the schema's name for `hello`.

    Raises:
        UserProblem: `server_database_newer` when the database knows a step this program does not.
    """
    with engine.connect() as connection:
        found = _revisions(connection)
    if found != set(HEADS.values()):
        with writing(engine).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
            _upgrade(connection)
    return "+".join(sorted(HEADS.values()))


def _revisions(connection: Connection) -> set[str]:
    if not inspect(connection).has_table("alembic_version"):
        return set()
    return set(connection.scalars(text("SELECT version_num FROM alembic_version")))


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{_RECORDS}\n{_HERE / 'server'}")
    unknown = _revisions(connection) - {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if unknown:
        raise UserProblem("server_database_newer", found=", ".join(sorted(unknown)))
    config.attributes["connection"] = connection
    for branch in HEADS:
        command.upgrade(config, f"{branch}@head")
