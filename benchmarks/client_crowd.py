"""Many clients in a process of their own, so that they do not share an interpreter with whoever measures.

Bodies were encoded before; a client takes the next one, sends it and reads the receipt. Started with a file that says
what to send, prints what came back.

    python -m benchmarks.client_crowd PLAN.json
"""

from __future__ import annotations

import http.client
import json
import queue
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from desktop.sync.wire.protocol import BATCH_ID_HEADER, NDJSON, PUSH_PATH

TIMEOUT_S = 120


@dataclass(frozen=True)
class Sending:
    """One batch: whose, and where its compressed lines lie."""

    token: str
    batch_id: str
    body: str


@dataclass(frozen=True)
class Plan:
    """What each client sends, in order; a client of its own for each list.

    `shared`: the clients take from the first list together. `reconnect`: a new connection for every batch.
    """

    urls: list[str]
    clients: int
    sendings: list[list[Sending]]
    certificate: str | None = None
    shared: bool = False
    reconnect: bool = False


@dataclass(frozen=True)
class Outcome:
    """Seconds from the first request to the last answer, operations answered `applied`, and what went wrong."""

    seconds: float
    applied: int
    errors: list[str]


def run_crowd(plan: Plan, folder: Path) -> Outcome:
    """Let the clients of a plan run in another process.

    Raises:
        RuntimeError: that process failed.
    """
    file = folder / "plan.json"
    file.write_text(json.dumps(asdict(plan)), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.client_crowd", str(file)]
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return Outcome(**json.loads(done.stdout))


class _Crowd:
    """The clients of a plan, a thread each."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._trust = ssl.create_default_context(cafile=plan.certificate) if plan.certificate else None
        self._start = threading.Event()
        self._applied: list[int] = []
        self._errors: list[str] = []

    def run(self) -> Outcome:
        waiting: list[queue.SimpleQueue[Sending]] = [_queued(each) for each in self._plan.sendings]
        threads = [
            threading.Thread(
                target=self._client,
                args=(self._plan.urls[number % len(self._plan.urls)], waiting[0 if self._plan.shared else number]),
            )
            for number in range(self._plan.clients)
        ]
        for thread in threads:
            thread.start()
        began = time.perf_counter()
        self._start.set()
        for thread in threads:
            thread.join()
        return Outcome(time.perf_counter() - began, sum(self._applied), self._errors)

    def _client(self, url: str, waiting: queue.SimpleQueue[Sending]) -> None:
        self._start.wait()
        connection = self._connection(url)
        try:
            while (sending := _next(waiting)) is not None:
                try:
                    self._applied.append(_send(connection, sending))
                except (OSError, http.client.HTTPException, ValueError) as error:
                    self._errors.append(f"{type(error).__name__}: {error}"[:300])
                    connection.close()  # the next request opens it anew
                if self._plan.reconnect:
                    connection.close()
        finally:
            connection.close()

    def _connection(self, url: str) -> http.client.HTTPConnection:
        address = urlsplit(url)
        host, port = address.hostname or "", address.port
        if self._trust is None:
            return http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
        return http.client.HTTPSConnection(host, port, timeout=TIMEOUT_S, context=self._trust)


def _send(connection: http.client.HTTPConnection, sending: Sending) -> int:
    headers = {
        "Authorization": f"Bearer {sending.token}",
        BATCH_ID_HEADER: sending.batch_id,
        "Content-Type": NDJSON,
        "Content-Encoding": "zstd",
    }
    connection.request("POST", PUSH_PATH, body=Path(sending.body).read_bytes(), headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise ValueError(f"{answer.status} {content[:200]!r}")
    counts = json.loads(content)["counts"]
    if set(counts) != {"applied"}:
        raise ValueError(f"answered {counts}")
    return int(counts["applied"])


def _next(waiting: queue.SimpleQueue[Sending]) -> Sending | None:
    try:
        return waiting.get_nowait()
    except queue.Empty:
        return None


def _queued(sendings: Sequence[Sending]) -> queue.SimpleQueue[Sending]:
    waiting: queue.SimpleQueue[Sending] = queue.SimpleQueue()
    for sending in sendings:
        waiting.put(sending)
    return waiting


def run_plan(file: str) -> None:
    """Run the plan of a file."""
    said = json.loads(Path(file).read_text(encoding="utf-8"))
    said["sendings"] = [[Sending(**each) for each in some] for some in said["sendings"]]
    print(json.dumps(asdict(_Crowd(Plan(**said)).run())))


if __name__ == "__main__":
    run_plan(sys.argv[1])
