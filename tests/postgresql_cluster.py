"""A private PostgreSQL, started from the installed programs in a temporary folder and ended by its pid.

Not for production: nothing is flushed to disk. Knows nothing of pytest; `tests/postgresql.py` shares one cluster
among the processes of a test run.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OWNER = "zhuqi"
UNPRIVILEGED = ("postgres", "nobody")
START_SECONDS = 60
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class CannotStart(Exception):
    """Why there is no PostgreSQL here, as a sentence for the developer."""


@dataclass(frozen=True)
class Cluster:
    """A running cluster: the temporary folder that holds all of it, and how to reach it as its owner."""

    folder: str
    url: str


def program_folder() -> Path:
    """The folder of the newest installed `initdb` and `pg_ctl`. Raises CannotStart when there is none."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    candidates = [*installed, *([Path(on_path).resolve().parent] if on_path else [])]
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise CannotStart("PostgreSQL is not installed (Debian, Ubuntu: apt-get install postgresql)")


def start_cluster(**settings: str) -> Cluster:
    """Makes and starts a cluster on a free port of 127.0.0.1. Raises CannotStart with PostgreSQL's own words.

    Args:
        settings: what differs from `SETTINGS`.
    """
    programs = program_folder()
    folder = Path(tempfile.mkdtemp(prefix="zhuqi-pg-"))
    password = secrets.token_hex(16)
    (folder / "password").write_text(password, encoding="ascii")
    _give_to_owner(folder)
    port = _free_port()
    options = " ".join(f"-c {name}={value}" for name, value in {**SETTINGS, **settings}.items())
    try:
        _run(
            [programs / "initdb", "--pgdata", folder / "data", "--username", OWNER],
            ["--pwfile", folder / "password", "--auth", "scram-sha-256"],
            ["--encoding", "UTF8", "--locale", "C", "--no-sync"],
        )
        _run(
            [programs / "pg_ctl", "start", "--wait", "--timeout", START_SECONDS, "--silent"],
            ["--pgdata", folder / "data", "--log", folder / "log"],
            ["--options", f"{options} -c port={port} -c unix_socket_directories={folder}"],
        )
    except CannotStart:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Cluster(str(folder), f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/postgres")


def stop_cluster(cluster: Cluster) -> None:
    """Ends the cluster's processes (`pg_ctl` reads the pid from its data folder) and removes the folder."""
    folder = Path(cluster.folder)
    _run([program_folder() / "pg_ctl", "stop", "--mode", "immediate", "--silent", "--pgdata", folder / "data"])
    shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user() -> tuple[int, int] | None:
    """User and group PostgreSQL runs as: it refuses to be root. None when we are an ordinary user already."""
    if sys.platform == "win32":
        raise CannotStart("on Windows the tests start no PostgreSQL of their own")
    if os.geteuid() != 0:
        return None
    import pwd

    for name in UNPRIVILEGED:
        with suppress(KeyError):
            user = pwd.getpwnam(name)
            return user.pw_uid, user.pw_gid
    raise CannotStart("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _give_to_owner(folder: Path) -> None:
    user = _unprivileged_user()
    if user is not None:
        for path in (folder, *folder.iterdir()):
            os.chown(path, *user)


def _run(*parts: list[str | Path | int]) -> None:
    command = [str(word) for part in parts for word in part]
    user = _unprivileged_user()
    identity: dict[str, Any] = {}
    if user is not None:
        identity = {"user": user[0], "group": user[1], "extra_groups": []}
    with tempfile.TemporaryFile() as output:  # a pipe would stay open in the server that pg_ctl leaves behind
        done = subprocess.run(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            **identity,
        )
        if done.returncode != 0:
            output.seek(0)
            words = output.read().decode(errors="replace").strip()
            raise CannotStart(f"{Path(command[0]).name} ended with {done.returncode}: {words[-500:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
