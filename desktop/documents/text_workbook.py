"""An XLSX file to be filled: text stays text, and it is on disk whole or not at all.

No cell becomes a formula or a link (SEC-60). The writer's own temporary files lie beside the target, never in the
system's temporary folder (SEC-07), and go with it.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.models.durable_file import write_aside

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@contextmanager
def text_workbook(target: Path) -> Iterator[Any]:
    """An `xlsxwriter.Workbook` to fill row by row; written to `target` when the block ends well.

    Raises:
        OSError: the target cannot be written; nothing is left behind.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    target.parent.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".", ignore_cleanup_errors=True) as folder:
        book = xlsxwriter.Workbook(packed, {**_OPTIONS, "tmpdir": folder})
        try:
            yield book
        finally:
            try:
                book.close()  # in every case: its temporary files must be closed before they can go
            except FileCreateError as error:
                raise OSError(*error.args[0].args) from error
    write_aside(target, packed.getvalue())
