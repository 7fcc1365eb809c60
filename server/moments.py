"""Moments as stored, some time from now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def from_now(span: timedelta) -> str:
    """The moment that lies this far ahead (or, with a negative span, back), in the form of `utc_now`."""
    return (datetime.now(UTC) + span).isoformat(timespec="milliseconds").replace("+00:00", "Z")
