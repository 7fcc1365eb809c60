"""How much work each figure of the exchange is measured with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Operations, rounds, clients and so on; the defaults end within a few minutes on two cores."""

    operations: int = 10_000
    day: int = 432
    """Operations of an officer-day."""
    rounds: int = 5
    exchanges: int = 30
    """Rounds of an exchange with nothing to do."""
    clients: int = 8
    days_each: int = 6
    """Officer-days each of several clients pushes."""
    photos: int = 60
    photo_bytes: int = 300_000
    workers: int = 2
    rush_days: int = 240
    stored: int = 500_000
    """Operations a database holds already when it is called grown."""


DEFAULT = Size()
FULL_RUSH_DAYS = 6_200
FULL_STORED = 10_000_000
TINY = Size(60, 20, 1, 2, 2, 1, 2, 5_000, 1, 2, 480)
"""Shows that a figure can still be measured, and says nothing about speed."""
