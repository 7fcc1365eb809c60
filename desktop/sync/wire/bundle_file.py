"""The bundle `.zqb`: operations and photos in one file that only the centre can open, signed by the device (SEC-42).

    header │ age( manifest │ signature │ batch … │ photo … )        each part a frame, in the manifest's order

A batch is what a push would send, compressed, under the same id. The manifest counts, measures and hashes every part
and names the centre and the device, so the one signature over it covers the whole file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Annotated, BinaryIO

import msgspec
from msgspec import Meta

from desktop.models.problems import UserProblem
from desktop.sync.wire import container, signing
from desktop.sync.wire.batch_body import canonical, lines_of, unpacked
from desktop.sync.wire.frames import FRAME_BYTES, PREFIX_BYTES, frame_pieces, framed, read_frame
from desktop.sync.wire.messages import EnrolRequest, Id, Moment
from desktop.sync.wire.protocol import LIMITS, NEWEST

SUFFIX = ".zqb"
BUNDLE_BYTES = 2 * 1024**3
MANIFEST_BYTES = 8 * 1024**2
MOST_OPERATIONS = 200_000
MOST_ATTACHMENTS = 5_000
"""What one bundle may hold (SEC-43); the rest goes into the next one."""

Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", max_length=64)]
Length = Annotated[int, Meta(ge=0, le=FRAME_BYTES)]


class BatchPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One batch: its id as a push would give it, how many operations, and the length and hash of its frame."""

    id: Id
    operations: Annotated[int, Meta(ge=0, le=LIMITS.batch_operations)]
    length: Length
    sha256: Hash


class AttachmentPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One photo or paper; its hash is its name."""

    sha256: Hash
    length: Annotated[int, Meta(ge=0, le=LIMITS.attachment_bytes)]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a bundle is and holds.

    `sequence` counts this device's bundles, `previous` is the id of the one before; `generation` is the centre's as
    the device knows it; `recipient` the key it is sealed to; `protocol` the version the lines are written in;
    `enrolment` what enrols the device where the centre does not know it yet.
    """

    format: int
    suite: int
    protocol: int
    device: Id
    sequence: Annotated[int, Meta(ge=1, lt=2**31)]
    previous: Hash | None
    generation: Id
    made_at: Moment
    recipient: Annotated[str, Meta(max_length=200)]
    batches: list[BatchPart]
    attachments: Annotated[list[AttachmentPart], Meta(max_length=MOST_ATTACHMENTS)]
    enrolment: EnrolRequest | None = None

    @property
    def operations(self) -> int:
        """Operations in all batches."""
        return sum(part.operations for part in self.batches)

    @property
    def parts(self) -> list[BatchPart | AttachmentPart]:
        """Every part in the order of its frames."""
        return [*self.batches, *self.attachments]


def file_name(device: str, sequence: int, suffix: str = SUFFIX) -> str:
    """What a bundle is called when nobody names it. The device by its last digits: the first ones tell the time."""
    return f"zhuqi-{device[-8:]}-{sequence:04}{suffix}"


def bundle_id(manifest: bytes) -> str:
    """What a bundle is known by: the SHA-256 of its manifest."""
    return hashlib.sha256(manifest).hexdigest()


def encoded(manifest: Manifest) -> bytes:
    """The manifest as it is signed."""
    return canonical(manifest)


def content_of(manifest: Manifest, signing_key: str, parts: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """Everything that is sealed.

    Args:
        parts: the pieces of every batch and then of every photo, in the manifest's order.

    Raises:
        ValueError: a part has another length than the manifest says.
    """
    text = encoded(manifest)
    yield from framed(len(text), [text])
    yield from framed(signing.SIGNATURE_BYTES, [signing.sign(signing_key, signing.BUNDLE, text)])
    for part, pieces in zip(manifest.parts, parts, strict=True):
        yield from framed(part.length, pieces)


class Bundle:
    """The unsealed content of a bundle. Ask `require_…` first; what is read before means nothing."""

    def __init__(self, content: BinaryIO) -> None:
        """Read the manifest.

        Raises:
            UserProblem: `bundle_damaged`, `bundle_protocol_newer`, `bundle_too_large`.
        """
        self._content = content
        self._text = read_frame(content, MANIFEST_BYTES)
        self._signature = read_frame(content, signing.SIGNATURE_BYTES)
        self._start = content.tell()
        try:
            self.manifest = msgspec.json.decode(self._text, type=Manifest)
        except (msgspec.MsgspecError, RecursionError, ValueError) as error:
            raise UserProblem("bundle_damaged") from error
        self.id = bundle_id(self._text)
        if (self.manifest.format, self.manifest.suite) != (container.FORMAT, container.SUITE):
            raise UserProblem("bundle_damaged")
        if self.manifest.protocol > NEWEST:
            raise UserProblem("bundle_protocol_newer", found=self.manifest.protocol, known=NEWEST)
        if self.manifest.operations > MOST_OPERATIONS:
            raise UserProblem("bundle_too_large", limit=MOST_OPERATIONS)

    def require_recipient(self, recipient: str) -> None:
        """Refuse a bundle that was made for another centre and sealed anew for this one.

        Raises:
            UserProblem: `bundle_not_for_this_centre`.
        """
        if self.manifest.recipient != recipient:
            raise UserProblem("bundle_not_for_this_centre")

    def require_signature(self, public_key: str) -> None:
        """Refuse a bundle that the device did not sign.

        Raises:
            UserProblem: `bundle_signature_refused`.
        """
        if not signing.is_signed(public_key, signing.BUNDLE, self._text, self._signature):
            raise UserProblem("bundle_signature_refused")

    def require_whole(self) -> None:
        """Refuse a bundle of which any part is not what the manifest says, or that holds more.

        Raises:
            UserProblem: `bundle_damaged`.
        """
        self._content.seek(self._start)
        for part in self.manifest.parts:
            digest = hashlib.sha256()
            for piece in frame_pieces(self._content, part.length):
                digest.update(piece)
            if digest.hexdigest() != part.sha256:
                raise UserProblem("bundle_damaged")
        if self._content.read(1):
            raise UserProblem("bundle_damaged")

    def batches(self) -> Iterator[tuple[BatchPart, list[bytes]]]:
        """Every batch with its lines.

        Raises:
            UserProblem: `bundle_damaged` when one is not a batch within the limits of a push.
        """
        place = self._start
        for part in self.manifest.batches:
            body = b"".join(self._pieces(place, part.length))
            try:
                lines = lines_of(unpacked(body, "zstd", LIMITS.batch_bytes))
            except UserProblem as problem:
                raise UserProblem("bundle_damaged") from problem
            if len(lines) != part.operations:
                raise UserProblem("bundle_damaged")
            yield part, lines
            place += PREFIX_BYTES + part.length

    def attachments(self) -> Iterator[tuple[AttachmentPart, Iterator[bytes]]]:
        """Every photo with its bytes, piece by piece."""
        place = self._start + sum(PREFIX_BYTES + part.length for part in self.manifest.batches)
        for part in self.manifest.attachments:
            yield part, self._pieces(place, part.length)
            place += PREFIX_BYTES + part.length

    def _pieces(self, place: int, length: int) -> Iterator[bytes]:
        self._content.seek(place)
        yield from frame_pieces(self._content, length)
