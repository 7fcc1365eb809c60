"""How a server's process treats memory.

The C library is told to keep what requests are received into. By default it gives every block of 128 KiB and more back
to the system at once and asks for it anew with the next piece of a body; clearing those pages cost 0.6 ms for a photo
of 300 KB, more than parsing and writing it together.

Python is told to look for cycles of garbage rarely. By default it does so after every 700 new objects; a full batch
makes many times as many and not one cycle, and the looking was a fifth of Python's work on it.
"""

from __future__ import annotations

import ctypes
import gc
import sys

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3  # of <malloc.h>
_SETTINGS = {_MMAP_THRESHOLD: 4 * 2**20, _TRIM_THRESHOLD: 16 * 2**20, _TOP_PAD: 2**20}


def keep_memory() -> bool:
    """Keep up to 16 MiB of freed memory in this process; whether the C library knows how (glibc on Linux does)."""
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and all(mallopt(name, value) == 1 for name, value in _SETTINGS.items())


def collect_rarely() -> None:
    """Look for cycles of garbage once in 50,000 new objects; whatever is in none goes at once as ever."""
    gc.set_threshold(50_000, 10, 10)
