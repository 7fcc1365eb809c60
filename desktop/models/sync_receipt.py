"""What the receipt of a sync says, ready to be put on paper. Moments are local time, as people read them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SyncReceipt:
    """One exchange. `counts` are results by status; `sequences` the clocks of the grids by their codes."""

    officer: str
    centre: str
    device: str
    began: str
    ended: str
    complete: bool
    counts: dict[str, int]
    pulled: int
    photos_sent: int
    photos_waiting: int
    sequences: dict[str, int]
    generation: str
    digest: str
    refused: tuple[str, ...] = ()
    """A line for each operation that was not taken, with its reason."""
