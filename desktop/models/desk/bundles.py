"""What the window shows about exchange by stick: whether this device can, and the bundles it made."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from desktop.models.device.local_tables import BundleMade
from desktop.models.device.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BundleRow:
    """One bundle this device wrote; moments are UTC.

    `name` is the file's, without its folder. `outcome` is empty until the receipt is read, then `applied` or
    `quarantined` with the problem's `code`.
    """

    sequence: int
    name: str | None
    made_at: str
    operations: int
    attachments: int
    receipt_read_at: str | None
    outcome: str | None
    code: str | None


@dataclass(frozen=True, slots=True)
class BundleStanding:
    """`obstacle` is the code of the problem that stands in the way of writing a bundle, if any does.

    `unanswered` counts bundles made after the last one whose receipt was read: on their way, or forgotten.
    """

    obstacle: str | None
    bundles: tuple[BundleRow, ...]
    unanswered: int


def bundle_standing(workspace: Workspace, limit: int = 30) -> BundleStanding:
    """How this device stands with its bundles, newest first."""
    with workspace.read() as session:
        found = session.scalars(select(BundleMade).order_by(BundleMade.sequence.desc()).limit(limit))
        bundles = tuple(
            BundleRow(
                row.sequence, row.name, row.made_at, row.operations, row.attachments,
                row.receipt_read_at, row.outcome, row.code,
            )
            for row in found
        )  # fmt: skip
    unanswered = next((n for n, row in enumerate(bundles) if row.receipt_read_at), len(bundles))
    return BundleStanding(bundle_obstacle(workspace), bundles, unanswered)


def bundle_obstacle(workspace: Workspace) -> str | None:
    """Why no bundle can be written now: `sync_not_enrolled`, or `bundle_not_prepared` while keys are missing."""
    enrolment = workspace.enrolment
    if enrolment is None:
        return "sync_not_enrolled"
    ready = enrolment.bundle_recipient and enrolment.centre_key and workspace.device.signing_key
    return None if ready else "bundle_not_prepared"
