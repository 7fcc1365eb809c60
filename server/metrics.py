"""What is counted while the server runs, in the terms of Prometheus. Numbers only: nothing of a person or a record.

One process counts in memory. Several count into files of a folder they share (`COUNTERS_VARIABLE` names it before
this module is imported), and whichever of them is asked adds the files up.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

COUNTERS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own name for the folder."""

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

_requests = Counter("zhuqi_requests", "Requests answered.", ["method", "route", "status"])
_request_seconds = Histogram("zhuqi_request_seconds", "Time to answer a request.", ["route"], buckets=_SECONDS)
_faults = Counter("zhuqi_faults", "Faults of ours, each with a line in the log.")
_batches = Counter("zhuqi_batches", "Batches answered: taken in anew, or told again from the stored receipt.", ["how"])
_batch_seconds = Histogram("zhuqi_batch_seconds", "Time to take a batch in, locks and commit.", buckets=_SECONDS)
_operations = Counter("zhuqi_operations", "Operations answered, by status.", ["status"])
_pull_pages = Counter("zhuqi_pull_pages", "Pages of changes sent.")
_pull_rows = Counter("zhuqi_pull_rows", "Rows sent in pages of changes.")
_uploads = Counter("zhuqi_uploads", "Photos and papers kept, complete and with the right hash.")
_upload_bytes = Counter("zhuqi_upload_bytes", "Bytes of photos and papers kept.")
_replica_reads = Counter("zhuqi_replica_reads", "Reads offered to the replica, by who answered.", ["by"])


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """A request was answered; `route` is the pattern, never the path."""
    _requests.labels(method, route, str(status)).inc()
    _request_seconds.labels(route).observe(seconds)


def count_fault() -> None:
    """A fault of ours was answered."""
    _faults.inc()


def count_batch(counts: Mapping[str, int], seconds: float) -> None:
    """A batch was taken in; `counts` maps statuses to how many operations have them."""
    _batches.labels("anew").inc()
    _batch_seconds.observe(seconds)
    for status, number in counts.items():
        _operations.labels(status).inc(number)


def count_batch_told_again() -> None:
    """A batch was answered with the receipt it got before."""
    _batches.labels("again").inc()


def count_page(rows: int) -> None:
    """A page of changes was sent."""
    _pull_pages.inc()
    _pull_rows.inc(rows)


def count_upload(size: int) -> None:
    """A photo or paper was kept; `size` in bytes."""
    _uploads.inc()
    _upload_bytes.inc(size)


def count_replica_read(*, by_replica: bool) -> None:
    """A read that the replica might answer was answered, by it or by the primary."""
    _replica_reads.labels("replica" if by_replica else "primary").inc()


def exposition(figures: Iterable[Metric]) -> bytes:
    """Everything counted by all processes, and figures found now, as Prometheus reads it."""
    found = CollectorRegistry()
    found.register(_Found(list(figures)))
    counted = REGISTRY
    if COUNTERS_VARIABLE in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    return generate_latest(counted) + generate_latest(found)


class _Found:
    """Figures that were read rather than counted, in the shape the library asks for."""

    def __init__(self, figures: list[Metric]) -> None:
        self.figures = figures

    def collect(self) -> list[Metric]:
        """All of them."""
        return self.figures
