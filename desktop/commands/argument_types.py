"""Types of arguments: a count, and a file to be written. What cannot be meant is refused before any work is done."""

from __future__ import annotations

import os
from argparse import ArgumentTypeError
from pathlib import Path

from desktop.commands.wording import say

_MOST_DIGITS = 9


def count(text: str) -> int:
    """A whole number from 0 on."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise ArgumentTypeError(say("not_a_count", text=text))
    return int(text)


def output_file(text: str) -> Path:
    """A path at which a file can be made; folders above it may still be missing."""
    path = Path(text)
    above = next(folder for folder in path.absolute().parents if folder.exists())
    if path.is_dir() or not above.is_dir() or not os.access(above, os.W_OK):
        raise ArgumentTypeError(say("not_writable_there", path=text))
    return path
