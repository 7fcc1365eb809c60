"""Figures read from the database when somebody watches: what waits, how far the clocks are, how large it is."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from desktop.models.problems import Problem
from server.generation import generation_of
from server.store import Store
from server.tables import change_log, devices, grid_clocks

_SIZE = {
    "postgresql": "SELECT pg_database_size(current_database())",
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
}


def figures(store: Store) -> Iterator[Metric]:
    """The gauges, each one cheap; only `zhuqi_database_up` where the database cannot be asked."""
    try:
        with store.reading() as connection:
            found = list(_of_database(connection))
            clocks = _clocks(connection)
    except (DBAPIError, Problem):
        yield GaugeMetricFamily("zhuqi_database_up", "Whether the database answers and may be served.", 0)
        return
    yield GaugeMetricFamily("zhuqi_database_up", "Whether the database answers and may be served.", 1)
    yield from found
    yield GaugeMetricFamily("zhuqi_grid_clocks", "Sum of the last numbers of all grids.", clocks)
    if store.replica is not None:
        behind = store.replica.answer(lambda copy: clocks - _clocks(copy))
        yield GaugeMetricFamily("zhuqi_replica_up", "Whether the replica answers.", int(behind is not None))
        if behind is not None:
            yield GaugeMetricFamily("zhuqi_replica_behind", "Numbers of grids the replica has not heard of.", behind)


def _of_database(connection: Connection) -> Iterator[Metric]:
    held = select(func.count()).select_from(change_log).where(change_log.c.status == text("'held'"))
    known = select(func.count()).select_from(devices).where(devices.c.revoked_at.is_(None))
    grids = select(func.count()).select_from(grid_clocks)
    size = connection.scalar(text(_SIZE[connection.dialect.name]))
    yield GaugeMetricFamily("zhuqi_held_operations", "Operations waiting for a parent.", connection.scalar(held))
    yield GaugeMetricFamily("zhuqi_devices", "Enrolled laptops that are not revoked.", connection.scalar(known))
    yield GaugeMetricFamily("zhuqi_grids", "Grids.", connection.scalar(grids))
    yield GaugeMetricFamily("zhuqi_database_bytes", "Size of the database.", size)
    yield InfoMetricFamily("zhuqi_database", "Which one it is.", {"generation": generation_of(connection)})


def _clocks(connection: Connection) -> int:
    return int(connection.scalar(select(func.coalesce(func.sum(grid_clocks.c.sequence), 0))) or 0)
