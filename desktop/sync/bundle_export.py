"""Writing what waits into a bundle, to be carried to the centre by hand.

A bundle is a copy: nothing is sent by writing it, and everything stays queued until the centre's receipt is read. It
holds everything that is unanswered at that moment, so the newest bundle makes every older one unnecessary.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sqlalchemy import select

from desktop.models.desk.bundles import bundle_obstacle
from desktop.models.device.local_tables import BundleMade, Device, Enrolment, NumberSeries
from desktop.models.device.number_series import next_number
from desktop.models.device.workspace import Workspace
from desktop.models.durable_file import writing_aside
from desktop.models.identity import utc_now
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.models.progress import Progress
from desktop.sync.carried_offers import close_offers
from desktop.sync.exchange_turn import exchange_turn
from desktop.sync.outbox import batch_id_of, offers_at, refuse_here, too_long, waiting_batches
from desktop.sync.wire import container, signing
from desktop.sync.wire.batch_body import line_of, packed
from desktop.sync.wire.bundle_file import (
    BUNDLE_BYTES,
    MOST_ATTACHMENTS,
    MOST_OPERATIONS,
    AttachmentPart,
    BatchPart,
    Manifest,
    bundle_id,
    content_of,
    encoded,
    file_name,
)
from desktop.sync.wire.messages import EnrolRequest
from desktop.sync.wire.protocol import LIMITS, NEWEST
from desktop.sync.wire.sealing import seal

_SERIES = "bundle"
_OVERHEAD = 1.02
"""What encryption and frames add to the content, at most."""

# What the centre has not confirmed, in the grids of the officer's scope, where its record is there or on its way.
_UNCONFIRMED = """
SELECT a.sha256 FROM attachments a
WHERE a.deleted_at IS NULL AND a.grid_id IN (SELECT grid_id FROM grid_cursors)
  AND NOT EXISTS (SELECT 1 FROM confirmed_attachments c WHERE c.sha256 = a.sha256 AND c.grid_id = a.grid_id)
  AND (a.version > 0 OR EXISTS (
    SELECT 1 FROM outbox o
    WHERE o.table_name = 'attachments' AND o.row_id = a.id AND (o.status IS NULL OR o.status = 'held')))
GROUP BY a.sha256 ORDER BY min(a.id)
"""


@dataclass(frozen=True, slots=True)
class ExportedBundle:
    """A bundle that was written, and how much that waits had no room in it or, of photos, is not on this device."""

    file: Path
    sequence: int
    operations: int
    attachments: int
    operations_left: int
    attachments_left: int


@dataclass(frozen=True, slots=True)
class _Batch:
    part: BatchPart
    body: bytes


def suggested_name(workspace: Workspace) -> str:
    """What the next bundle will be called unless somebody names it."""
    with workspace.read() as session:
        series = session.get(NumberSeries, _SERIES)
    return file_name(workspace.device.id, series.last + 1 if series else 1)


def export_bundle(workspace: Workspace, target: Path, progress: Progress | None = None) -> ExportedBundle:
    """Write everything that waits into one file, which is either whole or not there.

    Args:
        target: the file, or a folder (a stick) in which it gets its own name.
        progress: counts bytes, under the label `bundle`.

    Raises:
        UserProblem: `sync_not_enrolled`, `sync_running`, `bundle_not_prepared` when this device and the centre have
            not exchanged keys yet.
        EnvironmentProblem: `bundle_not_written` when the disk or the stick refuses.
        Cancelled: the person called it off; no file is left.
    """
    with exchange_turn(workspace.folder):
        return _export(workspace, target, progress or Progress())


def _export(workspace: Workspace, target: Path, progress: Progress) -> ExportedBundle:
    recipient, signing_key = _keys(workspace)
    with workspace.write() as session:  # taken first, so that no two bundles ever have the same number
        sequence = next_number(session, _SERIES)
    if target.is_dir():
        target = target / file_name(workspace.device.id, sequence)
    batches, operations_left = _batches(workspace, progress)
    room = int(BUNDLE_BYTES / _OVERHEAD) - sum(len(batch.body) for batch in batches)
    photos, photos_left = _photos(workspace, room, progress)
    manifest = _manifest(workspace, recipient, sequence, batches, photos)
    parts = chain(([batch.body] for batch in batches), (_photo(workspace, photo) for photo in photos))
    content = content_of(manifest, signing_key, parts)
    try:
        with writing_aside(target) as file:
            file.write(container.header(container.Kind.BUNDLE))
            seal(_counted(content, manifest, progress), file, recipient)
    except OSError as error:
        raise EnvironmentProblem("bundle_not_written", reason=error.strerror or type(error).__name__) from error
    made = ExportedBundle(target, sequence, manifest.operations, len(photos), operations_left, photos_left)
    _note(workspace, manifest, made)
    return made


def _keys(workspace: Workspace) -> tuple[str, str]:
    obstacle = bundle_obstacle(workspace)
    if obstacle:
        raise UserProblem(obstacle)
    enrolment, signing_key = workspace.enrolment, workspace.device.signing_key
    assert enrolment is not None and enrolment.bundle_recipient and signing_key  # noqa: S101, PT018 - no obstacle
    return enrolment.bundle_recipient, signing_key


def _batches(workspace: Workspace, progress: Progress) -> tuple[list[_Batch], int]:
    """The batches a push would send, compressed, as many as one bundle may hold; and how many operations it may not."""
    found: list[_Batch] = []
    room, left = MOST_OPERATIONS, 0
    for waiting in waiting_batches(workspace, LIMITS):
        progress.step(0, 0, "bundle")
        room -= len(waiting)  # more than travel, where some are folded
        if room < 0:
            left += len(waiting)
            continue
        offers = offers_at(workspace, [operation.position for operation in waiting])
        if endless := [offer for offer in offers if too_long(offer.operation)]:
            refuse_here(workspace, endless, "sync_line_too_long")
            offers = [offer for offer in offers if offer not in endless]
        if offers:
            batch_id = batch_id_of(offer.operation for offer in offers)
            close_offers(workspace, offers, batch_id)
            body = packed([line_of(offer.operation) for offer in offers])
            found.append(_Batch(BatchPart(batch_id, len(offers), len(body), hashlib.sha256(body).hexdigest()), body))
    return found, left


def _photos(workspace: Workspace, room: int, progress: Progress) -> tuple[list[AttachmentPart], int]:
    """The photos that fit, oldest first, each read and hashed; and how many others wait."""
    with workspace.read() as session:
        waiting = list(session.connection().exec_driver_sql(_UNCONFIRMED).scalars())
    found: list[AttachmentPart] = []
    for sha256 in waiting:
        progress.step(0, 0, "bundle")
        content = workspace.attachments.get(sha256) if len(found) < MOST_ATTACHMENTS else None
        if content is None or len(content) > min(LIMITS.attachment_bytes, room):
            continue
        if hashlib.sha256(content).hexdigest() == sha256:
            found.append(AttachmentPart(sha256, len(content)))
            room -= len(content)
    return found, len(waiting) - len(found)


def _photo(workspace: Workspace, part: AttachmentPart) -> Iterator[bytes]:
    """The bytes, once more: they are not kept in memory between choosing and writing."""
    content = workspace.attachments.get(part.sha256)
    if content is None or hashlib.sha256(content).hexdigest() != part.sha256:
        raise OSError("a photo changed while it was read")
    yield content


def _manifest(
    workspace: Workspace, recipient: str, sequence: int, batches: list[_Batch], photos: list[AttachmentPart]
) -> Manifest:
    with workspace.read() as session:
        previous = session.scalars(select(BundleMade.bundle_id).order_by(BundleMade.sequence.desc()).limit(1)).first()
    assert workspace.enrolment is not None  # noqa: S101 - `_keys` has asked
    return Manifest(
        container.FORMAT, container.SUITE, NEWEST, workspace.device.id, sequence, previous,
        workspace.enrolment.generation, utc_now(), recipient, [batch.part for batch in batches], photos,
        _enrolment(workspace.device, workspace.enrolment),
    )  # fmt: skip


def _enrolment(device: Device, enrolment: Enrolment) -> EnrolRequest | None:
    """What enrols this device at the centre, until the centre has said that it did."""
    if enrolment.pending_code is None or device.signing_key is None:
        return None
    return EnrolRequest(
        enrolment.pending_code, device.id, device.code, public_key=signing.public_key_of(device.signing_key)
    )


def _counted(content: Iterator[bytes], manifest: Manifest, progress: Progress) -> Iterator[bytes]:
    total = sum(part.length for part in manifest.parts)
    done = 0
    for piece in content:
        progress.step(min(done, total), total, "bundle")
        done += len(piece)
        yield piece
    progress.step(total, total, "bundle")


def _note(workspace: Workspace, manifest: Manifest, made: ExportedBundle) -> None:
    with workspace.write() as session:
        session.add(
            BundleMade(
                bundle_id=bundle_id(encoded(manifest)), sequence=made.sequence, name=made.file.name,
                made_at=manifest.made_at, operations=made.operations, attachments=made.attachments,
            )
        )  # fmt: skip
