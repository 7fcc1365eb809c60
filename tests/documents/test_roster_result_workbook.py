"""The copy that goes back holds the file's own cells as text, what became of each row, and why."""

from __future__ import annotations

import os
import zipfile
from itertools import count
from pathlib import Path

import openpyxl
import pytest

from desktop.documents.roster_reader import read_roster
from desktop.documents.roster_result_workbook import write_result
from desktop.models.progress import Cancelled, Progress
from desktop.models.roster_rows import RosterReading, RowStatus
from desktop.models.roster_settlement import Decision, settle
from tests.documents.roster_sheets import VALID_CODES, workbook

A, B = VALID_CODES[:2]
LINK = '=HYPERLINK("http://x","y")'


@pytest.fixture
def reading(tmp_path: Path) -> RosterReading:
    path = workbook(tmp_path / "名册.xlsx", {
        "甲": [["名单"],
              ["企业名称", "信用代码", "员工总数", "设隔离区"], ["甲公司", A, 5, "是"],
        ["乙公司", f"{B[:-1]}0", "约6", "否"]],
        "乙": [["信用代码", "企业名称"], [A, "甲公司"], [None, "丙公司"]],
    })  # fmt: skip
    return read_roster(path)


def decided(reading: RosterReading) -> list[Decision]:
    numbers = count()
    return settle(reading.rows, {}, {}, lambda: f"e{next(numbers)}")


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_copy_has_the_files_sheets_cells_and_the_reasons(reading: RosterReading, tmp_path: Path) -> None:
    target = tmp_path / "out" / "结果.xlsx"
    assert write_result(target, reading, decided(reading)) == 4
    copy = cells(target)
    assert copy["甲"][0] == ("企业名称", "信用代码", "员工总数", "设隔离区", "原表行号", "导入结果", "原因")
    assert copy["甲"][1][:6] == ("甲公司", A, "5", "是", "3", "可导入")
    assert not copy["甲"][1][6]
    assert copy["甲"][2][:6] == ("乙公司", f"{B[:-1]}0", "约6", "否", "4", "退回")
    assert "校验位错误" in str(copy["甲"][2][6])
    assert copy["乙"][1][3:] == ("重复", "与 甲!3 重复")


def test_the_copy_can_be_read_again(reading: RosterReading, tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    write_result(target, reading, decided(reading))
    again = read_roster(target)
    assert [row.status for row in again.rows] == [row.status for row in reading.rows]


def test_what_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    source = tmp_path / "r.csv"
    source.write_text(f'企业名称,备注\n"{LINK.replace(chr(34), chr(34) * 2)}",http://x\n', encoding="utf-8")
    reading = read_roster(source)
    target = tmp_path / "结果.xlsx"
    write_result(target, reading, decided(reading))
    with zipfile.ZipFile(target) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert not any("hyperlink" in name.lower() for name in archive.namelist())
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 't="inlineStr"' in sheet
    assert cells(target)["r"][1][:2] == (LINK, "http://x")


def test_only_some_statuses_can_be_sent_back(reading: RosterReading, tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    assert write_result(target, reading, decided(reading), "en", only=(RowStatus.REJECT,)) == 1
    copy = cells(target)
    assert copy["甲"][1][5] == "returned"
    assert len(copy["乙"]) == 1


def test_calling_it_off_leaves_nothing(reading: RosterReading, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    target = tmp_path / "out" / "结果.xlsx"
    with pytest.raises(Cancelled):
        write_result(target, reading, decided(reading), progress=progress)
    assert os.listdir(target.parent) == []  # noqa: PTH208


def test_a_name_no_sheet_may_have_is_changed(tmp_path: Path) -> None:
    source = tmp_path / "2020年[平湖]:名册'.csv"
    source.write_text("企业名称\n甲公司\n", encoding="utf-8")
    target = tmp_path / "结果.xlsx"
    reading = read_roster(source)
    write_result(target, reading, decided(reading))
    assert list(cells(target)) == ["2020年_平湖__名册"]
