"""Reading the receipt the centre gave for a bundle: only now is what was carried there answered.

A receipt tells what was true when it was written, so an older one never changes what a newer one, or the network, has
said since: an operation that is answered already stays as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import func, select, update

from desktop.models.device.local_tables import BundleMade, Device, Enrolment
from desktop.models.device.unit_of_work import UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.identity import utc_now
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.sync.carried_offers import awaited_offers
from desktop.sync.exchange_turn import exchange_turn
from desktop.sync.outbox import acknowledge, offer_again
from desktop.sync.wire.digest import results_digest
from desktop.sync.wire.messages import OperationResult, Receipt, counts_of
from desktop.sync.wire.receipt_file import APPLIED, RECEIPT_BYTES, BundleReceipt, read_signed_file
from desktop.sync.wire.signing import public_key_of

_CONFIRM = "INSERT INTO confirmed_attachments (sha256, grid_id, confirmed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_FORGET = "DELETE FROM attachment_uploads WHERE sha256 = ?"
_REFUSED = (
    "INSERT INTO attachment_uploads (sha256, received, code, noted_at) VALUES (?, 0, ?, ?)"
    " ON CONFLICT (sha256) DO UPDATE SET code = excluded.code, noted_at = excluded.noted_at"
)


def read_bundle_receipt(workspace: Workspace, file: Path) -> dict[str, Any]:
    """Take the centre's answers over and return the receipt, in the form of a sync run's.

    Reading one twice changes nothing. After a receipt from a centre that was restored from a backup everything is
    queued once more: the next bundle, or the network, brings what it lost.

    Raises:
        UserProblem: `sync_not_enrolled`, `sync_running`, `bundle_not_prepared`, `bundle_receipt_other_device`,
            `bundle_receipt_old`, `bundle_receipt_refused`, `bundle_not_a_receipt`, `bundle_format_unknown`,
            `bundle_suite_unknown`.
        EnvironmentProblem: `bundle_not_read` when the file cannot be read.
    """
    with exchange_turn(workspace.folder):
        return _read(workspace, _content(file))


def _read(workspace: Workspace, content: bytes) -> dict[str, Any]:
    receipt = read_signed_file(content, _centre_key(workspace))
    if receipt.device != workspace.device.id:
        raise UserProblem("bundle_receipt_other_device")
    _require_news(workspace, receipt)
    assert workspace.enrolment is not None  # noqa: S101 - `_centre_key` has asked
    if receipt.outcome == APPLIED:
        if receipt.generation != workspace.enrolment.generation:
            _centre_was_restored(workspace, receipt.generation)
        for answer in receipt.receipts:
            _acknowledge(workspace, answer)
    _note(workspace, receipt)
    return _told(receipt)


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > RECEIPT_BYTES:
            raise UserProblem("bundle_not_a_receipt")
        return file.read_bytes()
    except OSError as error:
        raise EnvironmentProblem("bundle_not_read", reason=error.strerror or type(error).__name__) from error


def _centre_key(workspace: Workspace) -> str:
    if workspace.enrolment is None:
        raise UserProblem("sync_not_enrolled")
    if workspace.enrolment.centre_key is None:
        raise UserProblem("bundle_not_prepared")
    return workspace.enrolment.centre_key


def _require_news(workspace: Workspace, receipt: BundleReceipt) -> None:
    """Refuse what a newer receipt has overtaken, or a generation of the centre this device has left behind.

    A generation that is not ours is a restored centre only as long as we still stood where the bundle was made.
    """
    assert workspace.enrolment is not None  # noqa: S101 - `_centre_key` has asked
    ours = workspace.enrolment.generation
    with workspace.read() as session:
        newest = session.scalar(
            select(func.max(BundleMade.receipt_counter)).where(BundleMade.receipt_generation == receipt.generation)
        )
    left_behind = receipt.generation != ours and receipt.known_generation != ours
    if left_behind or receipt.counter < (newest or 0):
        raise UserProblem("bundle_receipt_old")


def _centre_was_restored(workspace: Workspace, generation: str) -> None:
    with workspace.write() as session:
        session.get_one(Enrolment, 1).generation = generation
        offer_again(session)
    workspace.refresh_enrolment()


def _acknowledge(workspace: Workspace, receipt: Receipt) -> None:
    """Write the answers that are still awaited. A cursor moves only where the whole batch was."""
    awaited = awaited_offers(workspace, [result.op_id for result in receipt.results])
    results = [result for result in receipt.results if result.op_id in awaited]
    if len(results) < len(receipt.results):
        receipt = msgspec.structs.replace(receipt, results=results, sequences={})
    if results:
        acknowledge(workspace, [awaited[result.op_id] for result in results], receipt)


def _note(workspace: Workspace, receipt: BundleReceipt) -> None:
    """Confirm the photos that arrived and keep the receipt's place, in one transaction: it is read now."""
    now = utc_now()
    with workspace.write() as session:
        if receipt.outcome == APPLIED:
            _note_photos(session, receipt, now)
        made = session.get(BundleMade, receipt.bundle)
        if made is None:  # the workspace was restored from a copy that is older than the bundle
            made = BundleMade(
                bundle_id=receipt.bundle, sequence=receipt.sequence, made_at=receipt.made_at,
                operations=sum(len(answer.results) for answer in receipt.receipts), attachments=len(receipt.kept),
            )  # fmt: skip
            session.add(made)
        if receipt.enrolled is not None and receipt.enrolled.public_key == _own_public_key(workspace):
            session.execute(update(Device).values(code=receipt.enrolled.device_code))
            session.execute(update(Enrolment).values(pending_code=None))
        made.receipt_read_at = made.receipt_read_at or now
        made.receipt_generation, made.receipt_counter = receipt.generation, receipt.counter
        made.outcome, made.code = receipt.outcome, receipt.code
    workspace.refresh_enrolment()


def _note_photos(session: UnitOfWork, receipt: BundleReceipt, now: str) -> None:
    """Confirm the photos that arrived, and keep the reason beside each that did not."""
    held = [(sha256, grid, now) for sha256, grids in receipt.kept.items() for grid in grids]
    for statement, rows in (
        (_CONFIRM, held),
        (_FORGET, [(sha256,) for sha256 in receipt.kept]),
        (_REFUSED, [(sha256, code, now) for sha256, code in receipt.refused.items()]),
    ):
        if rows:
            session.connection().exec_driver_sql(statement, rows)


def _own_public_key(workspace: Workspace) -> str | None:
    """The key of the present enrolment; a receipt of an earlier one says nothing about it."""
    key = workspace.device.signing_key
    return public_key_of(key) if key else None


def _told(receipt: BundleReceipt) -> dict[str, Any]:
    results: list[OperationResult] = [result for answer in receipt.receipts for result in answer.results]
    return {
        "batch_id": receipt.receipts[-1].batch_id if receipt.receipts else None,
        "generation": receipt.generation,
        "results": msgspec.to_builtins(results),
        "counts": counts_of(results),
        "sequences": {grid: number for answer in receipt.receipts for grid, number in answer.sequences.items()},
        "digest": results_digest(results),
        "bundle": {"sequence": receipt.sequence, "outcome": receipt.outcome, "code": receipt.code},
        "attachments": {"sent": len(receipt.kept), "waiting": len(receipt.refused)},
    }
