"""How photos travel: tus 1.0 (creation, creation with upload, checksum, expiration), and what we add to it.

An upload's address is made of the SHA-256 of its bytes and means "the upload of the device that asks", so a device
whose answer was lost knows where to ask. `Upload-Metadata` must carry that hash as `sha256`. An answer about a file
that is whole has `Repr-Digest`: the centre has hashed the bytes itself and holds them.

Small files may also travel several in one request, one after the other in its body: each as a creation with its upload,
and the last one, where the line is cut, goes on as any other upload.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable

UPLOADS_PATH = "/v1/attachments/uploads"
UPLOAD_PATH = "/v1/attachments/uploads/{sha256}"
TOGETHER_PATH = "/v1/attachments/uploads/together"

TOGETHER_HEADER = "Upload-Files"
"""What a body of several files holds: `SHA-256:length` of each, in order, with commas between."""
TOGETHER_BYTES = 1024 * 1024
"""The largest file that may travel so: it is kept in memory until it is here."""

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration"
CHECKSUMS = ("sha1", "sha256")
OFFSET_TYPE = "application/offset+octet-stream"

_HASH = re.compile(r"[0-9a-f]{64}")
_FILE = re.compile(r"([0-9a-f]{64}):([0-9]{1,7})")


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


def listed(files: Iterable[tuple[str, int]]) -> str:
    """The `Upload-Files` of these (SHA-256, length)."""
    return ",".join(f"{sha256}:{length}" for sha256, length in files)


def files_in(header: str, most: int) -> list[tuple[str, int]] | None:
    """The (SHA-256, length) an `Upload-Files` names; nothing when it is malformed, or names one twice or too many."""
    found = [(m[1], int(m[2])) for each in header.split(",") if (m := _FILE.fullmatch(each))]
    names = {sha256 for sha256, _ in found}
    fits = len(names) == header.count(",") + 1 <= most and all(0 < length <= TOGETHER_BYTES for _, length in found)
    return found if fits else None


def digest_of(sha256: str) -> str:
    """The `Repr-Digest` of a file that is whole (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
