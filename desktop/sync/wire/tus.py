"""How photos travel: tus 1.0 (creation, creation with upload, checksum, expiration), and what we add to it.

An upload's address is made of the SHA-256 of its bytes and means "the upload of the device that asks", so a device
whose answer was lost knows where to ask. `Upload-Metadata` must carry that hash as `sha256`. An answer about a file
that is whole has `Repr-Digest`: the centre has hashed the bytes itself and holds them.
"""

from __future__ import annotations

import base64
import binascii
import re

UPLOADS_PATH = "/v1/attachments/uploads"
UPLOAD_PATH = "/v1/attachments/uploads/{sha256}"

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration"
CHECKSUMS = ("sha1", "sha256")
OFFSET_TYPE = "application/offset+octet-stream"

_HASH = re.compile(r"[0-9a-f]{64}")


def is_hash(text: str) -> bool:
    """Whether this is a SHA-256 in hexadecimal."""
    return _HASH.fullmatch(text) is not None


def metadata_of(sha256: str) -> str:
    """The `Upload-Metadata` of a file."""
    return f"sha256 {base64.b64encode(sha256.encode()).decode()}"


def hash_in(metadata: str) -> str | None:
    """The hash that an `Upload-Metadata` names; every other key is passed over."""
    pairs = dict(pair.strip().partition(" ")[::2] for pair in metadata.split(","))
    try:
        found = base64.b64decode(pairs.get("sha256", ""), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return found if is_hash(found) else None


def digest_of(sha256: str) -> str:
    """The `Repr-Digest` of a file that is whole (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
