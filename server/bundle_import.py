"""Taking in a bundle brought by hand: opened, proved in every part, and only then handed to the same ingest as a push.

Order (SEC-43): size, unseal, signature and manifest, every part, ingest. Whatever fails before the ingest leaves no
row and no file. Importing a bundle twice, or after the network brought the same, changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from desktop.models.identity import utc_now
from desktop.models.problems import EnvironmentProblem, UserProblem
from desktop.sync.wire import container
from desktop.sync.wire.bundle_file import BUNDLE_BYTES, Bundle, file_name
from desktop.sync.wire.messages import Receipt, counts_of
from desktop.sync.wire.receipt_file import APPLIED, QUARANTINED, BundleReceipt, EnrolledDevice, encoded, signed_file
from desktop.sync.wire.receipt_file import SUFFIX as RECEIPT_SUFFIX
from desktop.sync.wire.sealing import unseal
from server import bundle_log, ingest
from server.accounts import actor_of
from server.bundle_folder import BundleFolder
from server.bundle_log import Signer
from server.bundle_photos import keep_photos
from server.centre_keys import SecretKeys
from server.enrolment import enrol
from server.enrolment_ticket import enrolment_in
from server.generation import generation_of
from server.received_lines import read_lines
from server.rights import Actor
from server.store import Store
from server.uploads import Uploads

FOLDER = "bundles"
"""Beside the keys."""


@dataclass(frozen=True, slots=True)
class ImportedBundle:
    """What became of a bundle: the receipt, the file to carry back, and what that is called by default."""

    receipt: BundleReceipt
    file: bytes
    name: str

    def summary(self) -> dict[str, object]:
        """What a person is told: whose bundle, what became of its operations and photos."""
        results = [result for answer in self.receipt.receipts for result in answer.results]
        return {
            "device": self.receipt.device,
            "sequence": self.receipt.sequence,
            "outcome": self.receipt.outcome,
            "code": self.receipt.code,
            "operations": len(results),
            "counts": counts_of(results),
            "attachments": {"kept": len(self.receipt.kept), "refused": len(self.receipt.refused)},
        }


@dataclass(frozen=True, slots=True)
class BundleImport:
    """Imports into one centre. `accept_revoked`: also what a revoked device made, by an administrator's word."""

    uploads: Uploads
    keys: SecretKeys
    folder: BundleFolder
    accept_revoked: bool = False

    @property
    def store(self) -> Store:
        """The centre's database."""
        return self.uploads.store

    def import_file(self, file: Path) -> ImportedBundle:
        """Take a bundle in and give its receipt; a bundle seen before gets the receipt it got then.

        Raises:
            UserProblem: `bundle_not_a_bundle`, `bundle_format_unknown`, `bundle_suite_unknown`, `bundle_too_large`,
                `bundle_damaged`, `bundle_not_for_this_centre`, `bundle_protocol_newer`, `bundle_signer_unknown`,
                `bundle_signature_refused`, `bundle_import_running`, and those of `ingest.take_in`.
            EnvironmentProblem: `bundle_not_read`, `bundle_disk_full`; `sync_code_refused` and
                `sync_device_of_other_officer` where it was to enrol its device.
        """
        with self.folder.opening(_size(file)) as work:
            content = work / "content"
            self._unseal(file, content)
            with content.open("rb") as opened:
                bundle = Bundle(opened)
                receipt = self._answer(bundle, self._proved(bundle), file)
        name = file_name(receipt.device, receipt.sequence, RECEIPT_SUFFIX)
        return ImportedBundle(receipt, signed_file(encoded(receipt), self.keys.signing_key), name)

    def _unseal(self, file: Path, content: Path) -> None:
        try:
            with file.open("rb") as sealed, content.open("xb") as target:
                container.require_header(sealed.read(container.HEADER_BYTES), container.Kind.BUNDLE)
                unseal(sealed, target, self.keys.identity, BUNDLE_BYTES)
        except OSError as error:
            raise _unreadable(error) from error

    def _proved(self, bundle: Bundle) -> Signer:
        """Who signed it, once every part of it is proved; a laptop that brings its code along is enrolled."""
        device = bundle.manifest.device
        bundle.require_recipient(self.keys.public.recipient)
        with self.store.reading() as connection:
            signer = bundle_log.signer(connection, device)
        request = enrolment_in(bundle.manifest, signer)
        key = request.public_key if request else signer.public_key if signer else None
        if key is None:
            raise UserProblem("bundle_signer_unknown")
        bundle.require_signature(key)
        bundle.require_whole()
        if request is not None:
            with self.store.writing() as connection:
                enrol(connection, request)
                signer = bundle_log.signer(connection, device)
        assert signer is not None  # noqa: S101 - known before, or enrolled just now
        return signer

    def _answer(self, bundle: Bundle, signer: Signer, file: Path) -> BundleReceipt:
        refused = signer.revoked and not self.accept_revoked
        with self.store.reading() as connection:
            before = bundle_log.receipt_given(connection, bundle.manifest.device, bundle.id)
            actor = actor_of(connection, signer.account_id, bundle.manifest.device)
        if before is not None and (refused or before.outcome == APPLIED):
            return before
        name = _name_aside(bundle)
        if refused:
            self.folder.set_aside(file, name)
            return self._keep(bundle, actor, self._draft(bundle, QUARANTINED, code="bundle_device_revoked"))
        receipts = self._take_in(bundle, actor)
        kept, refused_photos = keep_photos(self.uploads, actor, bundle)
        draft = self._draft(bundle, APPLIED, receipts=receipts, kept=kept, refused=refused_photos)
        if bundle.manifest.enrolment is not None and signer.public_key is not None:
            draft = msgspec.structs.replace(draft, enrolled=EnrolledDevice(signer.code, signer.public_key))
        receipt = self._keep(bundle, actor, draft)
        self.folder.drop(name)
        return receipt

    def _take_in(self, bundle: Bundle, actor: Actor) -> list[Receipt]:
        for _part, lines in bundle.batches():  # the last look before anything is written
            read_lines(lines, actor)
        with self.store.reading() as connection:
            belated = bundle.manifest.generation != generation_of(connection)
        return [
            msgspec.json.decode(ingest.take_in(self.store, actor, part.id, lines, belated=belated), type=Receipt)
            for part, lines in bundle.batches()
        ]

    def _draft(
        self,
        bundle: Bundle,
        outcome: str,
        code: str | None = None,
        receipts: Sequence[Receipt] = (),
        kept: dict[str, list[str]] | None = None,
        refused: dict[str, str] | None = None,
    ) -> BundleReceipt:
        """The receipt but for its generation and its number."""
        manifest = bundle.manifest
        return BundleReceipt(
            container.FORMAT, container.SUITE, manifest.device, bundle.id, manifest.sequence, manifest.generation,
            "", 1, utc_now(), outcome, code, list(receipts), kept or {}, refused or {},
        )  # fmt: skip

    def _keep(self, bundle: Bundle, actor: Actor, draft: BundleReceipt) -> BundleReceipt:
        with self.store.writing() as connection:
            return bundle_log.keep(connection, actor.account_id, bundle.manifest, draft)


def _size(file: Path) -> int:
    try:
        size = file.stat().st_size
    except OSError as error:
        raise _unreadable(error) from error
    if size > BUNDLE_BYTES:
        raise UserProblem("bundle_too_large", limit=BUNDLE_BYTES)
    return size


def _unreadable(error: OSError) -> EnvironmentProblem:
    return EnvironmentProblem("bundle_not_read", reason=error.strerror or type(error).__name__)


def _name_aside(bundle: Bundle) -> str:
    stem = file_name(bundle.manifest.device, bundle.manifest.sequence, "")
    return f"{stem}-{bundle.id[:8]}.zqb"
