"""Photos and papers kept by the hash of their content, written aside and then renamed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from desktop.models.durable_file import write_aside


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
