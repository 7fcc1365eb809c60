"""The real rosters are read as their makers say they should be, row for row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.documents.roster_reader import read_roster
from desktop.models.roster_rows import RosterReading, RosterRow, RowStatus, SheetState

UNDETECTABLE = {"小写"}
"""Remarks of how a cell was spoiled that leave no trace when the code holds no letter."""


@pytest.fixture(scope="module")
def rosters(request: pytest.FixtureRequest) -> Path:
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "rosters"
    if not folder.is_dir():
        pytest.skip("the shared data folder does not stand beside this clone")
    return folder


@pytest.fixture(scope="module")
def messy(rosters: Path) -> RosterReading:
    return read_roster(rosters / "02_messy_return_to_work_2020.xlsx")


@pytest.fixture(scope="module")
def expected(rosters: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((rosters / "expected/02_messy.json").read_text(encoding="utf-8"))
    return loaded


def pairs(reading: RosterReading, expected: dict[str, Any]) -> Iterator[tuple[dict[str, Any], RosterRow]]:
    by_place = {(row.sheet, row.row): row for row in reading.rows}
    for row in expected["rows"]:
        yield row, by_place[row["sheet"], row["row"]]


def test_the_messy_roster_has_exactly_the_expected_rows(messy: RosterReading, expected: dict[str, Any]) -> None:
    assert [(row.sheet, row.row) for row in messy.rows] == [(r["sheet"], r["row"]) for r in expected["rows"]]
    assert {status.value: n for status, n in messy.counts().items() if n} == expected["status"]


def test_every_row_of_the_messy_roster_has_the_expected_status(messy: RosterReading, expected: dict[str, Any]) -> None:
    wrong = [
        (r["sheet"], r["row"], r["status"], row.status)
        for r, row in pairs(messy, expected)
        if row.status != r["status"]
    ]
    assert wrong == []


def test_every_row_of_the_messy_roster_is_read_as_expected(messy: RosterReading, expected: dict[str, Any]) -> None:
    wrong = []
    for r, row in pairs(messy, expected):
        f = row.fields
        read = (f.name, f.credit_code, f.resumed_on, f.staff_due, f.staff_on_duty)
        if read != (r["name"], r["code"], r["resume"], r["emp"], r["onduty"]):
            wrong.append((r["sheet"], r["row"], read))
    assert wrong == []


def test_every_expected_remark_stands_in_the_reason(messy: RosterReading, expected: dict[str, Any]) -> None:
    wrong = [
        (r["sheet"], r["row"], remark, row.reason("zh"))
        for r, row in pairs(messy, expected)
        for remark in r["issues"]
        if remark not in row.reason("zh") and not (remark in UNDETECTABLE and not re.search("[A-Z]", r["code"] or ""))
    ]
    assert wrong == []


def test_rejected_rows_begin_with_the_expected_reason(messy: RosterReading, expected: dict[str, Any]) -> None:
    reasons = sorted(expected["reject_reasons"], key=len, reverse=True)
    counts = dict.fromkeys(reasons, 0)
    for row in messy.rows:
        if row.status is RowStatus.REJECT:
            counts[next(reason for reason in reasons if reason in row.issues[0].words("zh"))] += 1
    assert counts == {reason: expected["reject_reasons"][reason] for reason in reasons}


def test_the_messy_roster_tells_what_was_skipped_and_hidden(messy: RosterReading) -> None:
    states = {each.name: each.state for each in messy.sheets}
    assert states["填表说明"] is SheetState.NO_TABLE
    assert states["字典"] is SheetState.HIDDEN
    read = [each for each in messy.sheets if each.state is SheetState.READ]
    assert [each.header_rows for each in read] == [(3, 4), (3, 3), (3, 4)]
    assert sum(each.skipped.totals for each in read) == 17
    assert sum(each.skipped.groups for each in read) == 14
    assert sum(each.hidden_rows for each in read) == 14
    assert {column.letter for each in read for column in each.columns if column.hidden}


def test_a_group_row_gives_its_township_to_the_rows_below(messy: RosterReading) -> None:
    by_place = {(row.sheet, row.row): row for row in messy.rows}
    assert by_place["平湖", 6].fields.township == "钟埭街道"
    assert by_place["平湖", 99].fields.township == "当湖街道"
    assert by_place["海盐（含港区）", 200].fields.township == "百步镇"


def test_the_clean_roster_is_read_with_all_its_columns(rosters: Path) -> None:
    reading = read_roster(rosters / "01_clean_jiaxing_econ_dev_zone.xlsx")
    assert reading.counts()[RowStatus.OK] == len(reading.rows) == 276
    first = reading.rows[0].fields
    assert (first.name, first.credit_code) == ("嘉兴海拉灯具有限公司", "913304000513137281")
    assert (first.registered_on, first.resumed_on, first.staff_due) == ("2012-07-31", "2020-02-24", 24)
    assert (first.scale, first.industry, first.capital) == ("small_micro", "批发零售", "27000万元")
    assert (first.grid_code, first.longitude, first.latitude) == ("330402-G016", 120.68232, 30.73168)
    assert first.contact_phone == "10000000001"
    assert all(row.fields.contact_name and row.fields.contact_phone for row in reading.rows)


def test_fifty_thousand_rows_are_read_whole(rosters: Path) -> None:
    reading = read_roster(rosters / "03_big_50000.xlsx")
    assert reading.counts()[RowStatus.OK] == len(reading.rows) == 50_000
    assert reading.rows[-1].row == 50_001
    assert all(row.fields.credit_code and row.fields.registered_on for row in reading.rows)


def test_the_old_excel_format_is_read(rosters: Path) -> None:
    reading = read_roster(rosters / "04_zhoushan_379.xls")
    assert (reading.kind, len(reading.rows), reading.counts()[RowStatus.OK]) == ("xls", 379, 379)
    assert reading.rows[0].row == 3
    assert reading.rows[0].fields.contact_phone == "0580-0000001"
    assert sum(row.fields.county is None for row in reading.rows) == 8


def test_a_gbk_text_table_is_read_without_the_tabs_before_its_codes(rosters: Path) -> None:
    reading = read_roster(rosters / "05_tongxiang_gbk.csv")
    assert (reading.kind, len(reading.rows)) == ("csv", 220)
    assert all(row.status is RowStatus.OK and not row.issues for row in reading.rows)
    assert reading.rows[0].fields.name == "桐乡市水务集团有限公司"
    assert reading.rows[0].fields.resumed_on == "2020-02-20"


@pytest.mark.parametrize("name", ["roster.csv", "roster.xls", "roster.doc", "roster"])
def test_a_wrong_extension_does_not_matter(rosters: Path, tmp_path: Path, name: str) -> None:
    renamed = tmp_path / name
    renamed.write_bytes((rosters / "01_clean_jiaxing_econ_dev_zone.xlsx").read_bytes())
    assert len(read_roster(renamed).rows) == 276


def test_the_own_cells_of_a_row_are_kept(messy: RosterReading) -> None:
    row = next(row for row in messy.rows if (row.sheet, row.row) == ("平湖", 6))
    assert row.cells()[2] == "9133 0482 MA2B APBN 19"
    assert row.cells()[8] == "2.20"
