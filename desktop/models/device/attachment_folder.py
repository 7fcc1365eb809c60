"""Photos and papers kept by the hash of their content, written aside and then renamed."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path


class AttachmentFolder:
    """A folder of files named by SHA-256, two levels deep. Putting the same bytes twice keeps one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """Keep the bytes durably and return their SHA-256 in hexadecimal."""
        digest = hashlib.sha256(content).hexdigest()
        target = self.path(digest)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_aside(target, content)
        return digest

    def path(self, digest: str) -> Path:
        """Where the file with this hash lies (it may be missing)."""
        return self.folder / digest[:2] / digest

    def get(self, digest: str) -> bytes | None:
        """The bytes, or nothing when they are not on this device."""
        path = self.path(digest)
        return path.read_bytes() if path.exists() else None


def write_aside(target: Path, content: bytes) -> None:
    """Write a file so that it is either whole or absent, whatever happens: temporary name, sync, rename, sync."""
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
