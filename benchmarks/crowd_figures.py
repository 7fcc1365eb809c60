"""Many laptops at once over HTTP: what they reach together, and whether a reader beside them misses anything."""

from __future__ import annotations

import random
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.client_crowd import Outcome, Plan, Sending, run_crowd
from benchmarks.measuring import Figure, figure
from benchmarks.officer_days import firms_of, officer_day
from benchmarks.private_postgresql import NewDatabase
from benchmarks.server_processes import server_processes
from benchmarks.sync_size import Size
from benchmarks.taking_centre import bodies_of
from desktop.models.identity import grid_id, new_id
from desktop.sync.transport import HttpEndpoint
from desktop.sync.wire.batch_body import line_of
from desktop.sync.wire.messages import EnrolRequest, Operation
from desktop.sync.wire.protocol import LIMITS
from tests.flows.centre_process import CentreProcess


@dataclass(frozen=True)
class Officer:
    """One enrolled device, its grid, and the enterprises it visits, which the centre knows."""

    token: str
    grid: str
    firms: list[str]

    def day(self) -> list[Operation]:
        """A new day of work."""
        return officer_day(self.grid, self.firms, random.Random(), new_id()[-8:])


def enrolled(centre: CentreProcess, grid_code: str) -> Officer:
    """A new officer with one device and nine enterprises, made through a centre without TLS."""
    code = centre.code(centre.officer(new_id(), grids=(grid_code,)))
    device = new_id()
    with HttpEndpoint(centre.url) as endpoint:
        token = endpoint.enrol(EnrolRequest(code, device, device[-6:].upper())).token
    firms = firms_of(grid_id(grid_code))
    with HttpEndpoint(centre.url, token) as endpoint:
        endpoint.push(new_id(), [line_of(firm) for firm in firms])
    return Officer(token, grid_id(grid_code), [firm.row_id for firm in firms])


def sendings_of(officer: Officer, days: int, folder: Path) -> list[Sending]:
    """Days of work as bodies in files; a day of more bytes than the limits allow is more than one body."""
    made = []
    for _ in range(days):
        for body in bodies_of(officer.day(), LIMITS.batch_operations):
            file = folder / body.batch_id
            file.write_bytes(body.content)
            made.append(Sending(officer.token, body.batch_id, str(file)))
    return made


def eight_clients(new_database: NewDatabase, size: Size) -> Figure:
    """Records a second of several clients at once beside one client; each in its grid, an officer-day a batch."""
    with (
        server_processes(new_database(), size.workers) as servers,
        tempfile.TemporaryDirectory(prefix="zhuqi-crowd-") as name,
    ):
        folder = Path(name)
        officers = [enrolled(servers.centre, f"C{number}") for number in range(size.clients)]
        one: list[float] = []
        many: list[float] = []
        for turn in range(size.rounds + 1):
            alone = [sendings_of(officers[0], 2 * size.days_each, folder)]
            together = [sendings_of(officer, size.days_each, folder) for officer in officers]
            pair = ((Plan(servers.urls, 1, alone), one), (Plan(servers.urls, size.clients, together), many))
            for plan, rates in pair if turn % 2 == 0 else pair[::-1]:
                rates.append(rate_of(run_crowd(plan, folder)))
        require_no_gap(servers.centre)
    return figure("eight_clients", median(many[1:]), median(one[1:]), "records/s", better="higher", must=1.0, reach=1.3)


def missed_rows(new_database: NewDatabase, size: Size) -> Figure:
    """Rows a reader of one grid never got while all clients pushed into that grid."""
    with (
        server_processes(new_database(), size.workers) as servers,
        tempfile.TemporaryDirectory(prefix="zhuqi-crowd-") as name,
    ):
        folder = Path(name)
        officers = [enrolled(servers.centre, "C1") for _ in range(size.clients)]
        reader = _Reader(servers.urls[-1], officers[0])
        reader.start()
        sendings = [sendings_of(officer, size.days_each, folder) for officer in officers]
        outcome = run_crowd(Plan(servers.urls, size.clients, sendings), folder)
        rate_of(outcome)
        seen = reader.finish()
        with servers.centre.store.reading() as connection:
            stored = connection.exec_driver_sql(
                "SELECT count(DISTINCT row_id) FROM change_log WHERE grid_id = %s AND sequence IS NOT NULL",
                (officers[0].grid,),
            ).scalar_one()
        require_no_gap(servers.centre)
    return figure("missed_rows", stored - seen, 0, f"of {stored} rows", must=0, reach=0)


def rate_of(outcome: Outcome) -> float:
    """Operations a second; an error counts for nothing else."""
    if outcome.errors:
        raise AssertionError(f"{len(outcome.errors)} errors, the first: {outcome.errors[0]}")
    return outcome.applied / outcome.seconds


def require_no_gap(centre: CentreProcess) -> None:
    """Every grid's numbers run from 1 to its clock without a gap."""
    with centre.store.reading() as connection:
        gaps = connection.exec_driver_sql(
            "SELECT l.grid_id FROM change_log l JOIN grid_clocks c USING (grid_id) WHERE l.sequence IS NOT NULL"
            " GROUP BY l.grid_id, c.sequence HAVING count(*) <> c.sequence OR max(l.sequence) <> c.sequence"
        ).all()
    assert not gaps, f"gaps in {len(gaps)} grids"


class _Reader(threading.Thread):
    """Follows a grid page by page until it is told that nothing more comes, and then to the end."""

    def __init__(self, url: str, officer: Officer) -> None:
        super().__init__()
        self._url, self._officer = url, officer
        self._last_round = threading.Event()
        self._seen: set[str] = set()

    def run(self) -> None:
        with HttpEndpoint(self._url, self._officer.token) as endpoint:
            cursor = 0
            while True:
                last = self._last_round.is_set()
                rows, end = endpoint.changes(self._officer.grid, cursor, LIMITS.page_rows)
                self._seen |= {row.id for row in rows}
                cursor = end.sequence
                if last and not end.more:
                    return

    def finish(self) -> int:
        """How many rows were seen in the end."""
        self._last_round.set()
        self.join()
        return len(self._seen)
