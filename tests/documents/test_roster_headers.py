"""Headers are found where people put them, and rows that are no enterprises are told from those that are."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.documents.roster_columns import column_letter, fields_of, guess
from desktop.documents.roster_reader import RosterChoices, read_roster
from desktop.models.problems import UserProblem
from desktop.models.roster_rows import ColumnMapping, RowStatus, SheetState
from tests.documents.roster_sheets import VALID_CODES, text_table, workbook

A, B, C, D, E = VALID_CODES


def test_the_header_is_found_below_titles_and_notes(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {
        "一": [["某区企业名单"], [],
             ["填报单位：某指导组", None, "填报日期：2020年2月26日"], ["序号", "企业名称", "信用代码"],
             [1, "甲有限公司", A]],
    })  # fmt: skip
    sheet = read_roster(path).sheets[0]
    assert (sheet.header_rows, sheet.year, sheet.data_rows) == ((4, 4), 2020, 1)


def test_a_header_of_three_merged_rows_is_read_by_its_lowest_labels(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "r.xlsx",
        {"一": [["企业情况", None, "人员情况", None, "联系人", None],
               ["名称", "信用代码", "员工", None, "姓名", "电话"],
               [None, None, "员工总数", "已返岗", None, None], ["甲有限公司", A, 10, 8, "某人", "0573-1234567"]]},
        {"一": ["A1:B1", "C1:D1", "E1:F1", "C2:D2"]},
    )  # fmt: skip
    reading = read_roster(path)
    assert reading.sheets[0].header_rows == (1, 3)
    fields = reading.rows[0].fields
    assert (fields.name, fields.staff_due, fields.staff_on_duty) == ("甲有限公司", 10, 8)
    assert (fields.contact_name, fields.contact_phone) == ("某人", "0573-1234567")


def test_columns_may_stand_in_any_order_and_several_sheets_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {
        "说明": [["请如实填写企业名称"]],
        "甲": [["企业名称", "统一社会信用代码"], ["甲有限公司", A]],
        "乙": [["统一社会信用代码", "复工日期", "单位名称"], [B, "2020-02-17", "乙有限公司"]],
    })  # fmt: skip
    reading = read_roster(path)
    assert [(row.sheet, row.fields.name, row.fields.credit_code) for row in reading.rows] == [
        ("甲", "甲有限公司", A), ("乙", "乙有限公司", B),
    ]  # fmt: skip
    assert [each.state for each in reading.sheets] == [SheetState.NO_TABLE, SheetState.READ, SheetState.READ]


@pytest.mark.parametrize("labels", [["企业名称", "甲乙丙"], ["编", "企业名称", "丁", "戊"], ["企业名称", ""]])
def test_a_list_of_firms_needs_no_other_label_we_know(tmp_path: Path, labels: list[str]) -> None:
    at = labels.index("企业名称")
    rows = [["x"] * at + [name] + ["y"] * (len(labels) - at - 1) for name in ("甲有限公司", "乙厂", "丙商店")]
    reading = read_roster(workbook(tmp_path / "r.xlsx", {"一": [["2020年名单"], labels, *rows]}))
    assert [row.fields.name for row in reading.rows] == ["甲有限公司", "乙厂", "丙商店"]


def test_a_page_of_explanations_is_no_list_of_firms(tmp_path: Path) -> None:
    lines = [["企业名称", "按营业执照填写"], ["信用代码", "18位"], ["员工总数", "含劳务派遣"], ["填报单位", "某公司"]]
    path = workbook(tmp_path / "r.xlsx", {"说明": lines})
    with pytest.raises(UserProblem, match="roster_no_table"):
        read_roster(path)


def test_totals_groups_notes_and_repeated_headers_are_counted_not_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {"一": [
        ["序号", "企业名称", "信用代码", "员工总数"],
        ["一、某某街道（共2家）"], [1, "甲有限公司", A, 5], [None, "小 计", None, 5],
        ["序号", "企业名称", "信用代码", "员工总数"], [2, "乙有限公司", B, 7], [3],
        ["合计", None, None, 12], ["注：数据截至昨日"], [None, "填表人：", None, "审核人："],
    ]})  # fmt: skip
    reading = read_roster(path)
    skipped = reading.sheets[0].skipped
    assert [row.row for row in reading.rows] == [3, 6]
    assert (skipped.totals, skipped.groups, skipped.headers, skipped.blanks, skipped.notes) == (2, 1, 1, 1, 2)


def test_an_enterprise_with_only_a_name_is_a_row_and_one_without_a_name_is_rejected(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {"一": [["企业名称", "信用代码"], ["合计机械有限公司", None], [None, A]]})
    rows = read_roster(path).rows
    assert [row.status for row in rows] == [RowStatus.WARN, RowStatus.REJECT]
    assert rows[1].reason("zh") == "企业名称为空"


def test_same_code_is_a_duplicate_or_a_conflict_and_same_name_is_asked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {"一": [
        ["企业名称", "信用代码"],
        ["甲(中国)有限公司", A], ["甲（中国）有限公司", f"{A[:8]} {A[8:]}"],
        ["乙有限公司", A], ["甲（中国）有限公司", B], ["甲（中国）有限公司", None],
    ]})  # fmt: skip
    rows = read_roster(path).rows
    assert [row.status for row in rows] == ["ok", "duplicate", "conflict", "ask", "ask"]
    assert rows[1].reason("zh").startswith("与 一!2 重复")
    assert "甲（中国）有限公司" in rows[2].reason("zh")
    assert "一!2" in rows[3].reason("zh")


def test_a_rejected_row_is_nobodys_first(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {"一": [["企业名称", "信用代码"], [None, A], ["甲有限公司", A]]})
    assert [row.status for row in read_roster(path).rows] == ["reject", "ok"]


def test_a_corrected_mapping_is_used_for_the_same_header_again(tmp_path: Path) -> None:
    rows = [["企业名称", "信用代码", "备用1", "地址"], ["甲有限公司", A, "某路1号", "别处"]]
    path = workbook(tmp_path / "r.xlsx", {"一": rows})
    found = read_roster(path).sheets[0].mapping()
    assert found.columns == (("企业名称", "name"), ("信用代码", "credit_code"), ("备用1", ""), ("地址", "address"))
    corrected = ColumnMapping(
        found.fingerprint,
        tuple((label, {"备用1": "address", "地址": "remark"}.get(label, field)) for label, field in found.columns),
    )
    kept = ColumnMapping.from_dict(corrected.to_dict())
    assert kept == corrected
    again = read_roster(path, RosterChoices(mappings=[kept]))
    assert (again.rows[0].fields.address, again.rows[0].fields.remark) == ("某路1号", "别处")
    assert again.sheets[0].columns[2].found_by == "kept"


def test_a_header_that_is_pointed_out_is_used(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {"一": [["名", "码"], ["甲有限公司", A]]})
    with pytest.raises(UserProblem, match="roster_no_table"):
        read_roster(path)
    reading = read_roster(path, RosterChoices(headers={"一": (1, 1)}))
    assert reading.sheets[0].state is SheetState.NO_NAMES
    mapping = ColumnMapping(reading.sheets[0].fingerprint, (("名", "name"), ("码", "credit_code")))
    assert read_roster(path, RosterChoices(headers={"一": (1, 1)}, mappings=[mapping])).rows[0].fields.credit_code == A


def test_only_chosen_sheets_are_read_even_hidden_ones(tmp_path: Path) -> None:
    table = [["企业名称", "信用代码"], ["甲有限公司", A]]
    path = workbook(tmp_path / "r.xlsx", {"甲": table, "乙": table})
    reading = read_roster(path, RosterChoices(sheets=("乙",)))
    assert [row.sheet for row in reading.rows] == ["乙"]
    with pytest.raises(UserProblem, match="roster_no_such_sheet"):
        read_roster(path, RosterChoices(sheets=("丙",)))


def test_a_table_without_rows_is_no_problem_and_says_why(tmp_path: Path) -> None:
    reading = read_roster(workbook(tmp_path / "r.xlsx", {"一": [["企业名称", "信用代码"], ["合计", None]]}))
    why = reading.why_empty()
    assert reading.rows == []
    assert why is not None
    assert "一" in why.words("zh")


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("gbk", "\t"), ("gb18030", "|"), ("utf-8", "\t")],
)
def test_text_tables_are_read_in_every_usual_encoding_and_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = text_table(tmp_path / "r.csv", [["企业名称", "信用代码"], ["甲有限公司", A]], encoding, separator)
    assert read_roster(path).rows[0].fields.name == "甲有限公司"


def test_what_guards_a_formula_in_a_text_table_is_taken_off(tmp_path: Path) -> None:
    path = text_table(tmp_path / "r.csv", [["企业名称", "信用代码"], ["'=1+1有限公司", A]])
    assert read_roster(path).rows[0].fields.name == "=1+1有限公司"


def test_labels_are_known_with_brackets_stars_blanks_and_width() -> None:
    for label in ("企业名称", "*企业名称", "企业名称（全称）", "企 业 名 称", "企业\n名称：", "ＮＡＭＥ"):
        found = guess(label)
        assert found is not None, label
        assert found.field == "name", label


def test_the_better_label_wins_when_two_columns_claim_a_field() -> None:
    fields = [field for field, _ in fields_of([("注册地址", ""), ("企业名称", ""), ("经营地址", "")])]
    assert fields == ["", "name", "address"]


def test_column_letters_are_those_of_the_spreadsheet() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 255, 701, 702)] == ["A", "Z", "AA", "IV", "ZZ", "AAA"]
