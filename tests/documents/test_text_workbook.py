"""A workbook is on disk whole or not at all, also when the disk takes no more."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.documents.text_workbook import text_workbook


def fill(target: Path, rows: int) -> None:
    with text_workbook(target) as book:
        sheet = book.add_worksheet("名册")
        for row in range(rows):
            sheet.write_string(row, 0, f"=1+{row}")


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """The system refuses to write files larger than this many bytes."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_workbook_stands_alone_in_its_folder_and_its_text_is_text(tmp_path: Path) -> None:
    fill(tmp_path / "new" / "a.xlsx", 3)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.xlsx"]
    cell = load_workbook(tmp_path / "new" / "a.xlsx").worksheets[0]["A3"]
    assert (cell.value, cell.data_type) == ("=1+2", "s")


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of Unix")
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # the writer's own, in the folder that goes
@pytest.mark.parametrize("size", [0, 4096, 100_000])
def test_a_full_disk_is_an_error_of_the_disk_and_leaves_the_old_file(tmp_path: Path, size: int) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    with no_file_above(size), pytest.raises(OSError, match=r"File too large"):
        fill(target, 40_000)
    gc.collect()  # what is still open would complain now
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_work_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), text_workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_string(0, 0, str(1 / 0))
    assert list(tmp_path.iterdir()) == []
