"""Bringing a workspace's tables up to date: backup first, then the missing steps of the two branches.

`records` is the branch of the tables both sides keep (the server runs the same scripts), `device` that of the
laptop's own. Alembic is imported only when a step is missing: it costs half a second at start-up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from desktop.models.database import storage_problem
from desktop.models.problems import StorageProblem, UserProblem

HEADS = {"records": "records_0004", "device": "device_0007"}
"""The newest step of each branch; a test compares them with the scripts."""

_HERE = Path(__file__).parent


def bring_up_to_date(engine: Engine, folder: Path) -> None:
    """Run the missing steps; an older database is first copied to `backups/`.

    Raises:
        UserProblem: `workspace_newer` when the database knows a step this program does not.
        StorageProblem: the database is not one of ours, or the disk is full; then nothing was changed.
    """
    found = _revisions(engine)
    if found == set(HEADS.values()):
        return
    _refuse_newer(found)
    if found:
        _back_up(folder)
    upgrade(engine, HEADS)


def is_current(engine: Engine) -> bool:
    """Whether no step is missing."""
    return _revisions(engine) == set(HEADS.values())


def upgrade(engine: Engine, steps: Mapping[str, str]) -> None:
    """Run every missing step up to the named one of each branch, in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(_HERE / branch) for branch in steps))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        for step in steps.values():
            command.upgrade(config, step)


def _revisions(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if not tables:
            return set()
        if "alembic_version" not in tables:
            raise StorageProblem("workspace_damaged")
        return set(connection.scalars(text("SELECT version_num FROM alembic_version")))


def _refuse_newer(found: set[str]) -> None:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(_HERE), version_locations=[str(_HERE / branch) for branch in HEADS])
    known = {step.revision for step in scripts.walk_revisions()}
    if found - known:
        unknown = ", ".join(sorted(found - known))
        raise UserProblem("workspace_newer", found=unknown, known=", ".join(HEADS.values()))


def _back_up(folder: Path) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    (folder / "backups").mkdir(exist_ok=True)
    target = folder / "backups" / f"before-upgrade-{stamp}.db"
    try:
        with closing(sqlite3.connect(folder / "workspace.db")) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise storage_problem(error) or error from error
