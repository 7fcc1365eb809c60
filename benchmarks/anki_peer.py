"""Anki's own client and server on this machine, as a peer to be measured beside.

Installed for the run into an environment of its own, since it is no dependency of ours. It is driven by lines:
`write FILE` adds a note for each line, `sync` exchanges them with the server in the same folder.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

INSTALL_S, START_S = 180, 30
_USER = "officer:a-long-enough-phrase"


class NotReachable(Exception):
    """Why Anki cannot be measured here."""


class AnkiPeer:
    """A server, and a client that is signed in at it with a collection both agree on. Close it after use."""

    def __init__(self, folder: Path) -> None:
        """Raise NotReachable when it cannot be installed or started."""
        python = _installed(folder / "environment")
        self._records = folder / "records"
        port = _free_port()
        served = {"SYNC_USER1": _USER, "SYNC_BASE": str(folder / "server"), "SYNC_HOST": "127.0.0.1"}
        self._server = subprocess.Popen(
            [python, "-m", "anki.syncserver"],
            env={**os.environ, **served, "SYNC_PORT": str(port), "RUST_LOG": "error"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._client: subprocess.Popen[str] | None = None
        try:
            _wait_for(port)
            self._client = subprocess.Popen(
                [python, Path(__file__).with_name("anki_session.py"), folder / "collection.anki2", _USER, str(port)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            )  # fmt: skip
            self._hear("ready")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End both processes."""
        for process in (self._client, self._server):
            if process is not None:
                process.kill()
                process.wait()
                for pipe in (process.stdin, process.stdout):
                    if pipe is not None:
                        pipe.close()

    def write(self, records: Sequence[bytes]) -> None:
        """Add a note for each record, with its text."""
        self._records.write_bytes(b"\n".join(records))
        self._say(f"write {self._records}", "written")

    def sync(self) -> None:
        """Exchange them."""
        self._say("sync", "synced")

    def _say(self, line: str, answer: str) -> None:
        assert self._client is not None
        assert self._client.stdin is not None
        self._client.stdin.write(line + "\n")
        self._client.stdin.flush()
        self._hear(answer)

    def _hear(self, wanted: str) -> None:
        assert self._client is not None
        assert self._client.stdout is not None
        heard = self._client.stdout.readline().strip()
        if heard != wanted:
            raise NotReachable(f"Anki said {heard[:200]!r} instead of {wanted!r}")


def _installed(folder: Path) -> Path:
    python = folder / "bin" / "python"
    steps: list[list[str | Path]] = [
        [sys.executable, "-m", "venv", folder],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "anki"],
    ]
    for command in steps:
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=INSTALL_S, check=False, stdin=subprocess.DEVNULL
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotReachable(f"Anki cannot be installed ({type(error).__name__})") from error
        if done.returncode != 0:
            raise NotReachable("Anki cannot be installed")
    return python


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise NotReachable("Anki's server does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
