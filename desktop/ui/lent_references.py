"""Keeps Python 3.11 alive under PySide6 6.12.0, whose wheels give constants away without owning a reference.

The wheels are built as if `None`, `True` and `False` were immortal, which they are only from Python 3.12 on (PEP 683).
On 3.11 every call that returns nothing, `QPainter.setPen` for one, takes one reference from `None`; after some thousand
calls the interpreter stops with "none_dealloc: deallocating None". Measured: 1,000 calls, 1,000 references lost;
PySide6 6.11.3 loses none, but has QtPdf only in the 160 MB add-on wheel.

So each constant is lent more references than any program can lose. To be removed with Python 3.11, or with a PySide6
that passes `tests/ui/test_lent_references.py` without it.
"""

from __future__ import annotations

import ctypes
import sys

LENT = 1 << 40
"""References lent to each constant: at a million lost a second, enough for twelve days without a pause."""


def lend_references() -> None:
    """Make the constants outlive the process on Python 3.11. Does nothing on later versions, or when done already."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) > LENT // 2:
        return
    for constant in (None, True, False, NotImplemented, Ellipsis):
        # The reference count is the first field of every object of CPython 3.11.
        ctypes.c_ssize_t.from_address(id(constant)).value += LENT
