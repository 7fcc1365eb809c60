"""The evening on which every officer's day comes in: each on a new TLS connection, all from this machine."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.client_crowd import Plan, Sending, run_crowd
from benchmarks.crowd_figures import Officer, enrolled, rate_of, require_no_gap, sendings_of
from benchmarks.measuring import Figure, figure
from benchmarks.officer_days import RECORDS_A_DAY
from benchmarks.private_postgresql import NewDatabase
from benchmarks.server_processes import make_certificate, server_processes
from benchmarks.sync_size import FULL_RUSH_DAYS, Size

NEEDED = 744.0
"""Records a second: 6,200 officer-days of 432 records within an hour."""
WORKER_MIB = 150.0
OFFICERS = 62


class WorkerTooLarge(Exception):
    """A worker took more memory than it may; the figure itself was measured."""

    def __init__(self, measured: Figure, peak_mib: float) -> None:
        super().__init__(f"a worker took {peak_mib:.0f} MiB, and may take {WORKER_MIB:.0f}")
        self.figure = measured


def evening_rush(new_database: NewDatabase, size: Size) -> Figure:
    """Records a second beside what an evening needs; any error ends it.

    Raises:
        WorkerTooLarge: with the figure.
    """
    url = new_database()
    with tempfile.TemporaryDirectory(prefix="zhuqi-rush-") as name:
        folder = Path(name)
        with server_processes(url, 1) as servers:
            officers = [enrolled(servers.centre, f"R{number}") for number in range(min(OFFICERS, size.rush_days))]
        sendings = _by_turns(officers, size.rush_days, folder)
        certificate = make_certificate(folder)
        with server_processes(url, size.workers, certificate) as servers:
            trusted = str(certificate.certificate)
            outcome = run_crowd(Plan(servers.urls, size.clients, [sendings], trusted, True, True), folder)
            peaks = servers.peak_mib()
            require_no_gap(servers.centre)
    rate = rate_of(outcome)
    assert outcome.applied == size.rush_days * RECORDS_A_DAY
    print(f"evening_rush: {', '.join(f'{peak:.0f} MiB' for peak in peaks)} at most in a worker", file=sys.stderr)
    whole = "" if size.rush_days >= FULL_RUSH_DAYS else f", {size.rush_days} of {FULL_RUSH_DAYS} officer-days"
    measured = figure("evening_rush", rate, NEEDED, f"records/s{whole}", better="higher", must=25.0, reach=50.0)
    if max(peaks) > WORKER_MIB:
        raise WorkerTooLarge(measured, max(peaks))
    return measured


def _by_turns(officers: list[Officer], days: int, folder: Path) -> list[Sending]:
    """Days of work, of one officer after the other, so that no two at once are of the same device."""
    turns = (officers[number % len(officers)] for number in range(days))
    return [sending for officer in turns for sending in sendings_of(officer, 1, folder)]
