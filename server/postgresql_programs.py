"""PostgreSQL's own programs, run beside us: `pg_dump` and `pg_restore`. They learn how to connect from the environment,
so a password stands in no list of processes.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine

from desktop.models.problems import EnvironmentProblem

PROGRAMS_VARIABLE = "ZHUQI_POSTGRES_PROGRAMS"
"""Folder of the programs, where it is not found by itself."""

_ENVIRONMENT = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "dbname": "PGDATABASE", "user": "PGUSER",
    "password": "PGPASSWORD", "passfile": "PGPASSFILE", "service": "PGSERVICE", "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT", "target_session_attrs": "PGTARGETSESSIONATTRS",
}  # fmt: skip
_log = logging.getLogger("zhuqi.server")


def run_program(name: str, engine: Engine, arguments: Sequence[str | Path]) -> None:
    """Run one of them on the engine's database.

    Raises:
        EnvironmentProblem: `server_program_missing`; `server_program_failed`, its first complaint in the log.
    """
    _positional, connection = engine.dialect.create_connect_args(engine.url)
    environment = {_ENVIRONMENT[key]: str(value) for key, value in connection.items() if key in _ENVIRONMENT}
    command = [_found(name), "--no-password", *map(str, arguments)]
    if name == "pg_restore":
        command += ["--dbname", str(connection.get("dbname", connection.get("user", "")))]
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, words of ours
        command,
        env={**_surroundings(), **environment, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        complaint = re.search(r"error: (.{1,200})", done.stderr)
        _log.error("%s ended with %s: %s", name, done.returncode, complaint[1] if complaint else "no word")
        raise EnvironmentProblem("server_program_failed", program=name)


def _surroundings() -> dict[str, str]:
    """Our environment, but for the library folder a frozen program puts there for itself."""
    found = dict(os.environ)
    if getattr(sys, "frozen", False):
        found.pop("LD_LIBRARY_PATH", None)
        if original := found.pop("LD_LIBRARY_PATH_ORIG", None):
            found["LD_LIBRARY_PATH"] = original
    return found


def _found(name: str) -> str:
    """The program of the newest version: an older `pg_dump` refuses a newer server."""
    given = os.environ.get(PROGRAMS_VARIABLE)
    folders = [Path(given)] if given else sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    for folder in folders:
        if (folder / name).exists():
            return str(folder / name)
    on_path = None if given else shutil.which(name)
    if on_path is None:
        raise EnvironmentProblem("server_program_missing", program=name, variable=PROGRAMS_VARIABLE)
    return on_path


def _version(folder: Path) -> int:
    return int(re.sub(r"\D", "", folder.parent.name) or 0)
