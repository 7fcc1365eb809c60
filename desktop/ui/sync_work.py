"""What the sync page asks of the workspace and of the centre, as functions for the workers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.models.desk.conflict_desk import ConflictRow, open_conflicts, settle_conflict
from desktop.models.desk.grids import GridRow, known_grids
from desktop.models.desk.refusals import put_aside, send_again
from desktop.models.desk.sync_choices import auto_sync, keep_auto_sync
from desktop.models.desk.waiting_work import WaitingWork, waiting_work
from desktop.models.desk.workspace_health import status
from desktop.models.device.workspace import Workspace
from desktop.models.durable_file import write_aside
from desktop.models.progress import Progress
from desktop.models.vocabulary import Resolution


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
    conflicts: tuple[ConflictRow, ...]
    automatic: bool
    """Whether it syncs by itself when a connection appears."""


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
        conflicts=tuple(open_conflicts(workspace)),
        automatic=auto_sync(workspace),
    )


def enrol(
    workspace: Workspace, _progress: Progress, *, server: str, code: str, ca_file: Path | None = None
) -> dict[str, Any]:
    """Enrol this device; from then on only the certificate authority named is trusted, if one is."""
    from desktop.sync import enrolment

    return enrolment.enrol(workspace, server, code, ca_file=ca_file)


def adopt(workspace: Workspace, _progress: Progress, *, grid: str) -> int:
    """Hand what was recorded before enrolment over to a grid."""
    from desktop.sync.enrolment import adopt_local_work

    return adopt_local_work(workspace, grid)


def run(workspace: Workspace, progress: Progress, *, accept_removals: bool = False) -> dict[str, Any]:
    """Exchange everything with the centre."""
    from desktop.sync.sync_run import run_sync

    return run_sync(workspace, progress, accept_removals=accept_removals)


def settle(workspace: Workspace, _progress: Progress, *, conflict: str, how: Resolution, value: object) -> None:
    """Settle a conflict."""
    settle_conflict(workspace, conflict, how, value)


def offer_refused(workspace: Workspace, _progress: Progress, *, op_id: str) -> int:
    """Queue a refused operation's fields once more."""
    return send_again(workspace, [op_id])


def set_aside(workspace: Workspace, _progress: Progress, *, op_id: str) -> None:
    """Be done with a refusal."""
    put_aside(workspace, [op_id])


def choose_automatic(workspace: Workspace, _progress: Progress, *, on: bool) -> None:
    """Keep whether to sync by itself."""
    keep_auto_sync(workspace, on)


def save_log(workspace: Workspace, _progress: Progress, *, path: Path) -> Path:
    """Write the log of exchanges as a file a spreadsheet opens."""
    from desktop.models.desk.sync_log import log_lines

    write_aside(path, log_lines(workspace).encode("utf-8-sig"))
    return path


def save_receipt(workspace: Workspace, _progress: Progress, *, run_id: str, path: Path) -> Path:
    """Write the receipt of one exchange as PDF."""
    from desktop.documents.sync_receipt_pdf import draw_sync_receipt
    from desktop.models.desk.sync_log import receipt_of

    write_aside(path, draw_sync_receipt(receipt_of(workspace, run_id)))
    return path


def save_unsent(workspace: Workspace, _progress: Progress, *, path: Path) -> Path:
    """Write what the centre has not taken as a plain file."""
    from desktop.sync.unsent_export import export_unsent

    export_unsent(workspace.folder, path)
    return path
