"""What the sync page asks of the workspace and of the centre, as functions for the workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.models.desk.grids import GridRow, known_grids
from desktop.models.desk.waiting_work import WaitingWork, waiting_work
from desktop.models.desk.workspace_health import status
from desktop.models.device.workspace import Workspace
from desktop.models.progress import Progress


@dataclass(frozen=True)
class SyncStanding:
    """All the page shows of a device at rest. `last_sync` is UTC; `unadopted` counts operations of the local grid."""

    enrolled: bool
    server: str
    officer: str
    grids: tuple[GridRow, ...]
    """The officer's own grids, without the local one."""
    unadopted: int
    last_sync: str | None
    photos: int
    """Photos and papers the centre has not confirmed."""
    work: WaitingWork


def standing(workspace: Workspace, _progress: Progress) -> SyncStanding:
    """How this device stands with the centre."""
    counts, enrolment = status(workspace), workspace.enrolment
    return SyncStanding(
        enrolled=enrolment is not None,
        server=enrolment.server_url if enrolment else "",
        officer=enrolment.officer_name if enrolment else "",
        grids=tuple(grid for grid in known_grids(workspace) if not grid.local),
        unadopted=counts["unadopted"],
        last_sync=counts["last_sync"],
        photos=counts["attachments_waiting"],
        work=waiting_work(workspace),
    )


def enrol(workspace: Workspace, _progress: Progress, *, server: str, code: str) -> dict[str, Any]:
    """Enrol this device."""
    from desktop.sync import enrolment

    return enrolment.enrol(workspace, server, code)


def adopt(workspace: Workspace, _progress: Progress, *, grid: str) -> int:
    """Hand what was recorded before enrolment over to a grid."""
    from desktop.sync.enrolment import adopt_local_work

    return adopt_local_work(workspace, grid)


def run(workspace: Workspace, progress: Progress) -> dict[str, Any]:
    """Exchange everything with the centre."""
    from desktop.sync.sync_run import run_sync

    return run_sync(workspace, progress)
