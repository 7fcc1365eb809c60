"""What the sync page asks for about bundles, as functions for the workers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.models.desk.bundles import BundleStanding, bundle_standing
from desktop.models.device.workspace import Workspace
from desktop.models.progress import Progress

if TYPE_CHECKING:
    from desktop.sync.bundle_export import ExportedBundle


def standing(workspace: Workspace, _progress: Progress) -> BundleStanding:
    """How this device stands with its bundles."""
    return bundle_standing(workspace)


def enrol_by_ticket(workspace: Workspace, _progress: Progress, *, file: Path) -> dict[str, Any]:
    """Enrol this device by the file an administrator gave."""
    from desktop.sync import ticket_enrolment

    return ticket_enrolment.enrol_by_ticket(workspace, file)


def next_name(workspace: Workspace, _progress: Progress) -> str:
    """What the next bundle is called unless somebody names it."""
    from desktop.sync.bundle_export import suggested_name

    return suggested_name(workspace)


def write(workspace: Workspace, progress: Progress, *, target: Path) -> ExportedBundle:
    """Write what waits into a file, or into a folder under its own name."""
    from desktop.sync.bundle_export import export_bundle

    return export_bundle(workspace, target, progress)


def read_receipt(workspace: Workspace, _progress: Progress, *, file: Path) -> dict[str, Any]:
    """Take over what the centre answered."""
    from desktop.sync.bundle_receipt import read_bundle_receipt

    return read_bundle_receipt(workspace, file)
