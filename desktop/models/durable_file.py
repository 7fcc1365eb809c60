"""Writing a file so that it is either whole or absent, whatever happens."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


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
