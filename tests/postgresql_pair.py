"""Two PostgreSQL clusters on this machine: a primary, and a standby that streams from it over a line that can be cut.

The line is a relay of our own, so a standby can be made to lag in earnest: what it has not received is not on its
disk, and promoting it does not bring it back (a mere pause of replay would).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.postgresql_cluster import (
    Cluster,
    free_port,
    give_to_owner,
    launch,
    program_folder,
    run_program,
    start_cluster,
    stop_cluster,
)

SETTINGS = {
    "wal_level": "replica",
    "hot_standby": "on",
    "synchronous_commit": "on",
    "wal_keep_size": "512MB",
    "wal_retrieve_retry_interval": "200ms",
    "max_standby_streaming_delay": "2s",
}
WAIT_SECONDS = 60


class Line:
    """A relay on 127.0.0.1 to another port. While it is cut it hangs up on everybody; what was on the way is lost."""

    def __init__(self, to_port: int) -> None:
        self.to_port = to_port
        self.is_cut = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break every connection and accept no more."""
        self.is_cut = True
        for end in tuple(self._open):
            _hang_up(end)

    def close(self) -> None:
        """Cut for good."""
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.to_port))
            except OSError:
                near.close()
                continue
            self._open |= {near, far}
            if self.is_cut:
                _hang_up(near)
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while (piece := source.recv(65536)) and not self.is_cut:
                target.sendall(piece)
        _hang_up(source)
        _hang_up(target)
        self._open -= {source, target}


@dataclass(frozen=True)
class Pair:
    """A primary and its standby. `url` and `standby_url` name the same, empty database on each."""

    primary: Cluster
    standby: Cluster
    line: Line

    @property
    def url(self) -> str:
        """The primary's database, as SQLAlchemy takes it."""
        return _driven(self.primary.url)

    @property
    def standby_url(self) -> str:
        """The same database on the standby."""
        return _driven(self.standby.url)

    @property
    def url_of_both(self) -> str:
        """Whichever of the two may be written, the primary asked first."""
        parts = urlsplit(self.primary.url)
        hosts = "&".join(f"host=127.0.0.1:{port_of(cluster)}" for cluster in (self.primary, self.standby))
        user = f"{parts.username}:{parts.password}@"
        return f"postgresql+psycopg://{user}/postgres?{hosts}&target_session_attrs=read-write"

    def wait_until_equal(self) -> None:
        """Until the standby has replayed everything the primary has written."""
        with psycopg.connect(self.primary.url, autocommit=True) as here:
            found = here.execute("SELECT pg_current_wal_lsn()").fetchone()
        assert found is not None
        deadline = time.monotonic() + WAIT_SECONDS
        with psycopg.connect(self.standby.url, autocommit=True) as there:
            while there.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", found).fetchone() != (True,):
                assert time.monotonic() < deadline, "the standby does not follow"
                time.sleep(0.05)

    def pause_replay(self) -> None:
        """The standby goes on receiving but shows nothing new."""
        self._tell_standby("SELECT pg_wal_replay_pause()")
        deadline = time.monotonic() + WAIT_SECONDS
        with psycopg.connect(self.standby.url, autocommit=True) as there:
            while there.execute("SELECT pg_get_wal_replay_pause_state()").fetchone() != ("paused",):
                assert time.monotonic() < deadline
                time.sleep(0.02)

    def resume_replay(self) -> None:
        """The standby shows what it has received."""
        self._tell_standby("SELECT pg_wal_replay_resume()")

    def promote(self) -> None:
        """The standby becomes a primary."""
        self._tell_standby(f"SELECT pg_promote(true, {WAIT_SECONDS})")

    def restart_primary(self) -> None:
        """The machine that died comes back, and its PostgreSQL with it, as nobody has told it anything."""
        folder = Path(self.primary.folder)
        for mark in (folder / "data" / "postmaster.pid", *folder.glob(".s.PGSQL.*")):  # of a process that is gone
            mark.unlink()
        launch(folder, port_of(self.primary), SETTINGS)

    def _tell_standby(self, statement: str) -> None:
        with psycopg.connect(self.standby.url, autocommit=True) as there:
            there.execute(statement.encode())


@contextmanager
def replicating_pair() -> Iterator[Pair]:
    """Start both until the block ends. Raises CannotStart."""
    primary = start_cluster(**SETTINGS)
    line = Line(port_of(primary))
    standby = None
    try:
        standby = _start_standby(primary, line.port)
        yield Pair(primary, standby, line)
    finally:
        line.close()
        for cluster in (standby, primary):
            if cluster is not None:
                _end(cluster)


def kill_cluster(cluster: Cluster) -> None:
    """What a power cut does: every process of the cluster ends at once, none of them may say or write anything."""
    postmaster = int((Path(cluster.folder) / "data" / "postmaster.pid").read_text().split()[0])
    pids = [postmaster, *_children_of(postmaster)]
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + WAIT_SECONDS
    while any(_runs(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.02)


def port_of(cluster: Cluster) -> int:
    """Where a cluster listens."""
    port = urlsplit(cluster.url).port
    assert port is not None
    return port


def _start_standby(primary: Cluster, through_port: int) -> Cluster:
    parts = urlsplit(primary.url)
    folder, port = Path(tempfile.mkdtemp(prefix="zhuqi-pg-")), free_port()
    give_to_owner(folder)
    try:
        run_program(
            [program_folder() / "pg_basebackup", "--host", "127.0.0.1", "--port", through_port],
            ["--username", str(parts.username), "--pgdata", folder / "data"],
            ["--write-recovery-conf", "--wal-method", "stream", "--checkpoint", "fast", "--no-sync"],
            environment={"PGPASSWORD": str(parts.password)},
        )
        launch(folder, port, SETTINGS)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Cluster(str(folder), f"postgresql://{parts.username}:{parts.password}@127.0.0.1:{port}/postgres")


def _end(cluster: Cluster) -> None:
    if (Path(cluster.folder) / "data" / "postmaster.pid").exists():
        with suppress(Exception):
            stop_cluster(cluster)
    shutil.rmtree(cluster.folder, ignore_errors=True)


def _children_of(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _driven(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
