"""Several processes behind one socket: all of them answer, the dead are replaced, figures add up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from desktop.models.problems import UserProblem
from server.settings import Settings, require_postgresql
from tests.flows.centre_process import ROOT, running_centre
from tests.postgresql import NewDatabase

WAIT_S = 120


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def processes_below(parent: int) -> set[int]:
    """Living children of a process."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, above = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(above) == parent and state != "Z":
            found.add(int(stat.parent.name))
    return found


def requests_counted(url: str) -> float:
    return sum(
        sample.value
        for family in text_string_to_metric_families(get(f"{url}/metrics"))
        for sample in family.samples
        if sample.name == "zhuqi_requests_total" and sample.labels["route"] == "/sign-in"
    )


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes the way Linux shows them")
def test_workers_answer_together_and_a_dead_one_is_replaced(new_database: NewDatabase) -> None:
    with running_centre(new_database("postgresql"), "--workers", "2") as centre:
        assert "<form" in get(f"{centre.url}/sign-in")
        first = workers_of(centre.pid)
        assert len(first) == 2
        for _ in range(40):
            get(f"{centre.url}/sign-in")
        assert requests_counted(centre.url) == 41

        os.kill(min(first), signal.SIGKILL)
        deadline = time.monotonic() + WAIT_S
        while len(alive := workers_of(centre.pid)) < 2 or min(first) in alive:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert "<form" in get(f"{centre.url}/sign-in")
        assert requests_counted(centre.url) == 42  # what the dead one counted is not forgotten

        os.kill(centre.pid, signal.SIGHUP)
        deadline = time.monotonic() + WAIT_S
        while workers_of(centre.pid) & alive or len(workers_of(centre.pid)) != 2:
            assert time.monotonic() < deadline
            assert get(f"{centre.url}/healthz") == "alive\n"  # nobody is refused meanwhile
            time.sleep(0.05)
    assert not processes_below(centre.pid)


def workers_of(parent: int) -> set[int]:
    """The processes that serve: the other child of the supervisor only looks after shared resources."""
    found = set()
    for child in processes_below(parent):
        with suppress(OSError):  # it has just gone
            if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes():
                found.add(child)
    return found


def test_a_worker_that_cannot_start_ends_the_server_with_a_word() -> None:
    settings = 'Settings("postgresql+psycopg://nobody@127.0.0.1:9/none?connect_timeout=2", port=0, workers=2)'
    program = f"from server.settings import Settings; from server.workers import *; serve_by_workers({settings})"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert "server_workers_failed" in done.stderr
    assert '"message":"a worker cannot start: server_database_unreachable"' in done.stderr
    assert "listening" not in done.stdout


@pytest.mark.parametrize("asked", [{"workers": 2}, {"replica_url": "postgresql+psycopg://u@h/d"}])
def test_what_only_postgresql_can_do_is_not_asked_of_the_embedded_database(asked: dict[str, object]) -> None:
    with pytest.raises(UserProblem, match="server_needs_postgresql"):
        require_postgresql(Settings("sqlite:///x", **asked))  # type: ignore[arg-type]
    require_postgresql(Settings("postgresql+psycopg://u@h/d", **asked))  # type: ignore[arg-type]
