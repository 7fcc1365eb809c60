"""Numbers of papers and findings: each device counts for itself, so two laptops never give the same one offline."""

from __future__ import annotations

from desktop.models.device.local_tables import NumberSeries
from desktop.models.device.unit_of_work import UnitOfWork


def next_number(session: UnitOfWork, series: str) -> int:
    """The next number of a series (from 1), taken in the caller's transaction: a rolled-back paper leaves no gap."""
    row = session.get(NumberSeries, series)
    if row is None:
        row = NumberSeries(series=series, last=0)
        session.add(row)
    row.last += 1
    session.flush()
    return row.last
