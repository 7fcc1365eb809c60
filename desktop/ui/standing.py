"""Keeps the status strip and the rail's counts true: asks the workspace after each write, listens to sync."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QLocale, QObject, QTimer, Slot

from desktop.models.progress import Progress
from desktop.ui import wording
from desktop.ui.bench import Bench
from desktop.ui.rail import Rail
from desktop.ui.status_strip import Network, Standing, StatusStrip

if TYPE_CHECKING:
    from desktop.models.device.workspace import Workspace

_SOON_MS = 400


@dataclass(frozen=True)
class _Facts:
    waiting: int
    refused: int
    contested: int
    last_sync: str | None
    place: str
    officer: str
    enrolled: bool
    open_findings: int


def _facts(workspace: Workspace, _progress: Progress) -> _Facts:
    from desktop.models.desk.finding_board import open_findings
    from desktop.models.desk.grids import known_grids
    from desktop.models.desk.workspace_health import status

    counts = status(workspace)
    own = [grid for grid in known_grids(workspace) if not grid.local]
    place = own[0].name if len(own) == 1 else ""
    enrolment = workspace.enrolment
    return _Facts(
        waiting=counts["unsent"],
        refused=counts["rejected"] + counts["held"],
        contested=counts["conflicts"],
        last_sync=counts["last_sync"],
        place=place,
        officer=enrolment.officer_name if enrolment else "",
        enrolled=enrolment is not None,
        open_findings=open_findings(workspace),
    )


class StandingWatch(QObject):
    """Shows how things stand, in a strip and a rail that live as long as each other."""

    def __init__(self, bench: Bench, strip: StatusStrip, rail: Rail) -> None:
        super().__init__(strip)  # lives as long as what it shows
        self._bench, self._strip, self._rail = bench, strip, rail
        self._standing = Standing()
        self._timer = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._timer.timeout.connect(self.refresh)

    @Slot()
    def refresh_soon(self) -> None:
        """Ask again once the writing pauses."""
        self._timer.start()

    @Slot()
    def refresh(self) -> None:
        """Ask the workspace now."""
        self._bench.read(self, _facts, self._show)

    @Slot(str, int)
    def take_network(self, network: str, percent: int) -> None:
        """Sync says what it found."""
        self._standing = replace(self._standing, network=cast(Network, network), percent=percent)
        self._strip.show_standing(self._standing)
        if network != "running":
            self.refresh()

    def _show(self, facts: _Facts) -> None:
        network = self._standing.network
        if (facts.refused or facts.contested) and network != "running":
            network = "refused"
        officer = facts.officer or self.tr("Not enrolled yet")
        self._standing = replace(
            self._standing, network=network, waiting=facts.waiting, refused=facts.refused,
            contested=facts.contested, place=facts.place, officer=officer, synced_at=wording.moment(facts.last_sync),
        )  # fmt: skip
        self._strip.show_standing(self._standing)
        self._rail.show_count("sync", QLocale().toString(facts.waiting) if facts.waiting else "")
        self._rail.show_count("findings", QLocale().toString(facts.open_findings) if facts.open_findings else "")
