"""Failover in the middle of an evening: the primary dies while laptops push and the standby is thousands of operations
behind. After the next sync every acknowledged operation is on the new primary, once.

Run by `make failover-test`; two PostgreSQL clusters, a server of two processes and six laptops, all on this machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from desktop.models.desk.workspace_health import check
from desktop.sync.sync_run import run_sync
from tests.failover.evening import PACE, Desk
from tests.flows.centre_process import ROOT, CentreProcess, running_centre
from tests.flows.sameness import local_rows
from tests.postgresql_cluster import CannotStart, Cluster
from tests.postgresql_pair import Pair, kill_cluster, replicating_pair

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

BEHIND = 3_000
"""Operations the standby lacks when the primary dies, at least."""

GRIDS = ("F1", "F2", "F3")
DESKS_A_GRID = 2
WAIT_S = 120


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A primary and the standby that streams from it."""
    try:
        with replicating_pair() as made:
            yield made
    except CannotStart as reason:
        pytest.fail(f"the proof needs PostgreSQL: {reason}", pytrace=False)


@pytest.fixture
def centre(pair: Pair) -> Iterator[CentreProcess]:
    """Two server processes that write to whichever database may be written, and read from the standby."""
    with running_centre(pair.url_of_both, "--workers", "2", ZHUQI_REPLICA_URL=pair.standby_url) as running:
        yield running


@pytest.fixture
def desks(centre: CentreProcess, tmp_path: Path) -> Iterator[list[Desk]]:
    """Six laptops, two in each of three grids."""
    made: list[Desk] = []
    with ExitStack() as stack:
        for grid in GRIDS:
            officer = centre.officer(f"officer of {grid}", grids=(grid,))
            for number in range(DESKS_A_GRID):
                desk = Desk.enrolled(tmp_path / f"{grid}-{number}", centre, officer, grid)
                stack.callback(desk.workspace.close)
                made.append(desk)
        yield made


def test_no_acknowledged_operation_is_lost_or_doubled_when_the_primary_dies_under_load(
    pair: Pair, centre: CentreProcess, desks: list[Desk], tmp_path: Path
) -> None:
    before = generation_of(pair.primary)
    first = stored_in(pair.primary)
    pair.wait_until_equal()
    over = threading.Event()
    threads = [threading.Thread(target=desk.work_until, args=(over,)) for desk in desks]
    for thread in threads:
        thread.start()
    try:
        until(lambda: len(stored_in(pair.primary)) > len(first) + BEHIND)
        pair.line.cut()
        at_the_cut = len(stored_in(pair.primary))
        until(lambda: len(stored_in(pair.primary)) > at_the_cut + BEHIND)
        server("revocations", "--database", pair.url, "--out", tmp_path / "revocations")

        kill_cluster(pair.primary)
        acknowledged = {op_id for desk in desks for op_id in desk.acknowledged()}
        pair.promote()
        lacking = acknowledged - set(stored_in(pair.standby))
        assert len(lacking) >= BEHIND * 0.9, "the standby was not behind: this run proves nothing"

        until(lambda: readiness(centre) == "server_promotion_unfinished")
        rounds = [desk.rounds for desk in desks]
        until(lambda: all(desk.rounds > earlier for desk, earlier in zip(desks, rounds, strict=True)))
        assert generation_of(pair.standby) == before
        assert lacking.isdisjoint(stored_in(pair.standby)), "something was written before anybody declared it"

        told = server("promoted", "--database", pair.standby_url, "--revocations", tmp_path / "revocations", "--json")
        until(lambda: readiness(centre) is None)
        until(lambda: lacking <= set(stored_in(pair.standby)))

        pair.restart_primary()  # the machine comes back and nobody has told it that it was replaced
        on_the_old_one = set(stored_in(pair.primary))
        rounds = [desk.rounds for desk in desks]
        until(lambda: all(desk.rounds > earlier + 1 for desk, earlier in zip(desks, rounds, strict=True)))
        assert set(stored_in(pair.primary)) == on_the_old_one
        kill_cluster(pair.primary)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert [desk.failure for desk in desks] == [None] * len(desks)
    settle(desks)

    stored = stored_in(pair.standby)
    assert len(stored) == len(set(stored))
    assert acknowledged <= set(stored)
    assert {op_id for desk in desks for op_id in desk.acknowledged()} == set(stored)
    assert [desk.refused() for desk in desks] == [set()] * len(desks)
    assert generation_of(pair.standby) == json.loads(told)["generation"] != before
    assert_without_gaps(pair.standby)
    for one, other in zip(desks[::DESKS_A_GRID], desks[1::DESKS_A_GRID], strict=True):
        for table in ("enterprises", "visits", "answers", "findings"):
            there = rows_of(pair.standby, table, one.grid)
            assert versions(one, table) == versions(other, table) == there
        assert check(one.workspace)["ok"]
    print(f"\n{len(stored)} operations stored, {len(lacking)} of them offered again after the failover")


def settle(desks: list[Desk]) -> None:
    """Let everybody sync until nobody has anything left to say or to hear."""
    for _ in range(3):
        for desk in desks:
            run_sync(desk.workspace, pace=PACE)
    assert [desk.unanswered() for desk in desks] == [set()] * len(desks)


def versions(desk: Desk, table: str) -> dict[str, int]:
    """Id → version of every row the laptop holds."""
    return {row_id: row["version"] for row_id, row in local_rows(desk.workspace, table).items()}


def rows_of(cluster: Cluster, table: str, grid: str) -> dict[str, int]:
    """Id → version of every row of a grid."""
    return dict(asked(cluster, f"SELECT id, version FROM {table} WHERE grid_id = '{grid}'"))


def stored_in(cluster: Cluster) -> list[str]:
    """Ids of the operations laptops have sent, as a cluster's log has them."""
    return [op_id for (op_id,) in asked(cluster, "SELECT op_id FROM change_log WHERE device_id <> ''")]


def generation_of(cluster: Cluster) -> str:
    """What laptops know the database by."""
    return str(asked(cluster, "SELECT generation FROM server_identity")[0][0])


def assert_without_gaps(cluster: Cluster) -> None:
    """Every grid's numbers run from 1 to its clock, each given once."""
    for grid, sequence in asked(cluster, "SELECT grid_id, sequence FROM grid_clocks"):
        given = asked(cluster, f"SELECT sequence FROM change_log WHERE grid_id = '{grid}' AND sequence IS NOT NULL")
        assert sorted(number for (number,) in given) == list(range(1, sequence + 1))


def asked(cluster: Cluster, question: str) -> list[tuple[Any, ...]]:
    """An answer of the cluster itself, past all our code."""
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        return connection.execute(question.encode()).fetchall()


def readiness(centre: CentreProcess) -> str | None:
    """Why the server is not ready; nothing when it is."""
    try:
        with urllib.request.urlopen(f"{centre.url}/readyz", timeout=30) as answer:
            code: str | None = json.load(answer)["code"]
            return code
    except urllib.error.HTTPError as refusal:
        return str(json.load(refusal)["code"])


def server(*words: object) -> str:
    """What a command of the server prints."""
    done = subprocess.run(
        [sys.executable, "-m", "server", *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def until(true: Callable[[], bool]) -> None:
    """Wait for something that must come."""
    deadline = time.monotonic() + WAIT_S
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)
