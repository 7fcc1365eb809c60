"""Evidence photos made safe and small before they are kept: decoded in a child process, turned upright, re-encoded.

What the camera wrote beside the picture (place, owner, serial number, preview) does not survive. Nothing here keeps a
file; the caller puts the prepared bytes into the attachment folder.
"""

from __future__ import annotations

from pathlib import Path

from desktop.documents.untrusted_file import Limits, read_untrusted
from desktop.models.problems import StorageProblem, UserProblem
from desktop.models.progress import Progress

LARGEST_FILE = 15 * 2**20
"""Bytes of a file that is opened at all (SEC-53)."""
LARGEST_PICTURE = 50_000_000
"""Pixels of a picture that is decoded at all (SEC-53)."""
LONGEST_EDGE = 1600
"""Pixels of the longer edge of what is kept."""

_LIMITS = Limits(seconds=30, answer=8 * 2**20)


def prepare_photo(source: Path | bytes, progress: Progress | None = None) -> bytes:
    """The picture as a JPEG of at most 1600 px, upright, on white where it was transparent, with no data beside it.

    Args:
        source: a file, or the bytes of one (from the clipboard).

    Raises:
        UserProblem: `photo_too_big`, `photo_too_many_pixels`, `photo_format` (not JPEG, PNG or WebP by its content),
            `photo_damaged`, or a `file_*` code when the child had to be ended.
        StorageProblem: `photo_unreadable`.
        Cancelled: the person called it off.
    """
    content = source if isinstance(source, bytes) else _read(source)
    if len(content) > LARGEST_FILE:
        raise UserProblem("photo_too_big", limit=LARGEST_FILE // 2**20)
    blocks: list[bytes] = []
    read_untrusted("photo", content, blocks.append, progress, _LIMITS)
    picture = b"".join(blocks)
    if not picture.startswith(b"\xff\xd8\xff") or not picture.endswith(b"\xff\xd9"):
        raise UserProblem("file_reader_answer")
    return picture


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise StorageProblem("photo_unreadable", reason=error.strerror or type(error).__name__) from error
