"""What goes for a photo where nobody looks at it: the first and last bytes of a JPEG, and noise that never repeats."""

from __future__ import annotations

import random


def photo(seed: int, size: int) -> bytes:
    """So many bytes, the same for the same seed."""
    return b"\xff\xd8\xff" + random.Random(seed).randbytes(size - 5) + b"\xff\xd9"
