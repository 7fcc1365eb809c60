"""Bundles made by hand, for the tests of the format itself."""

from __future__ import annotations

import hashlib
import io

import pyrage

from desktop.models.identity import new_id, utc_now
from desktop.sync.wire import container
from desktop.sync.wire.batch_body import packed
from desktop.sync.wire.bundle_file import AttachmentPart, BatchPart, Bundle, Manifest, content_of
from desktop.sync.wire.protocol import NEWEST
from desktop.sync.wire.sealing import seal, unseal
from desktop.sync.wire.signing import new_signing_key

IDENTITY = pyrage.x25519.Identity.generate()
RECIPIENT = str(IDENTITY.to_public())
SIGNING_KEY = new_signing_key()


def manifest_of(batches: list[list[bytes]], photos: list[bytes], recipient: str = RECIPIENT) -> Manifest:
    """A manifest of batches (their lines) and photos."""
    bodies = [packed(lines) for lines in batches]
    return Manifest(
        container.FORMAT, container.SUITE, NEWEST, new_id(), 1, None, new_id(), utc_now(), recipient,
        [
            BatchPart(new_id(), len(lines), len(body), hashlib.sha256(body).hexdigest())
            for lines, body in zip(batches, bodies, strict=True)
        ],
        [AttachmentPart(hashlib.sha256(photo).hexdigest(), len(photo)) for photo in photos],
    )  # fmt: skip


def content(manifest: Manifest, batches: list[list[bytes]], photos: list[bytes], key: str = SIGNING_KEY) -> bytes:
    """What is sealed."""
    parts = [*([packed(lines)] for lines in batches), *([photo] for photo in photos)]
    return b"".join(content_of(manifest, key, parts))


def sealed(text: bytes, recipient: str = RECIPIENT) -> bytes:
    """The whole file."""
    file = io.BytesIO(container.header(container.Kind.BUNDLE))
    file.seek(0, io.SEEK_END)
    seal([text], file, recipient)
    return file.getvalue()


def opened(file: bytes, most: int = 2**20) -> Bundle:
    """The bundle in a file, not proved yet."""
    container.require_header(file, container.Kind.BUNDLE)
    found = io.BytesIO()
    unseal(io.BytesIO(file[container.HEADER_BYTES :]), found, str(IDENTITY), most)
    found.seek(0)
    return Bundle(found)
