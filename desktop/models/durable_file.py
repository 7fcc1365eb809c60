"""Writing a file so that it is either whole or absent, whatever happens, and under a name every system takes."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_NAME_BYTES = 200
"""Room for an ending and a mark of ours within the 255 bytes a file name may have."""


def plain_name(text: str) -> str:
    """A text as the name of a file, without its ending: what Windows or Linux forbids becomes "_", length is cut."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]', "_", text).strip(" .")
    return name.encode("utf-8", "ignore")[:_NAME_BYTES].decode("utf-8", "ignore") or "_"


def write_aside(target: Path, content: bytes) -> None:
    """Write a file so that it is either whole or absent, whatever happens: temporary name, sync, rename, sync."""
    with writing_aside(target) as file:
        file.write(content)


@contextmanager
def writing_aside(target: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file to write piece by piece; it takes its name when the block ends well, and goes when it does not.

    Args:
        mode: who may read it, as far as the system's defaults allow; a secret is never readable for a moment.
    """
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with open(aside, "xb", opener=lambda path, flags: os.open(path, flags, mode)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system knows such a thing."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
