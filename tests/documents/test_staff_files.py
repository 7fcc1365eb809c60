"""Lists of staff as enterprises keep them become health files: each person once, and a reason for every other row."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from desktop.documents.staff_reader import read_staff
from desktop.models.desk.enterprise_register import find_enterprise
from desktop.models.desk.staffing import StaffImported, import_staff
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.resident_id import check_character
from desktop.models.staff_rows import StaffReading
from tests.builders import add_enterprise

TODAY = date(2020, 2, 28)
HEAD = ["序号", "姓名", "身份证号", "联系电话", "部门", "住宿情况", "返岗情况", "返厂日期", "健康码"]


def number(order: int) -> str:
    first = f"33049919880312{order:03}"
    return first + check_character(first)


def listed(folder: Path, rows: list[list[Any]], encoding: str = "gb18030") -> StaffReading:
    file = folder / "名单.csv"
    with file.open("w", encoding=encoding, newline="") as out:
        csv.writer(out).writerows([["浙江陆盛精密机械有限公司员工名单 2020年2月"], HEAD, *rows])
    return read_staff(file, today=TODAY)


def taken(workspace: Workspace, enterprise: str, reading: StaffReading, dry_run: bool = False) -> StaffImported:
    return import_staff(workspace, enterprise, reading, today=TODAY, dry_run=dry_run)


def stored(workspace: Workspace, columns: str) -> list[tuple[Any, ...]]:
    with workspace.read() as session:
        return [tuple(row) for row in session.execute(text(f"SELECT {columns} FROM employees ORDER BY name"))]


ROWS: list[list[Any]] = [
    [1, "丁 一", f"'{number(1).lower()}", "13800000001", "装配一班", "厂内宿舍", "在岗", "2月20日", "绿"],
    [2, "丁二", "", "138 0000 0002", "机加", "租房", "隔离", "2020.2.21", "黄码"],
    [3, "丁三", number(3)[:-1] + "0", "", "", "", "", "", ""],
    [4, "", number(4), "", "", "", "", "", ""],
    [5, "丁一", number(1), "", "", "", "", "", ""],
    ["合计", "5人", "", "", "", "", "", "", ""],
    ["填表人：王某", "", "", "", "", "", "", "", ""],
]


def test_a_list_is_read_row_by_row_with_a_reason_where_one_is_not_taken(
    workspace: Workspace, enterprise: str, tmp_path: Path
) -> None:
    done = taken(workspace, enterprise, listed(tmp_path, ROWS))
    assert [(each.row.row, each.act, each.issues[0].code if each.issues else "") for each in done.decisions] == [
        (3, "new", "roster_date_year_assumed"),
        (4, "new", "staff_id_missing"),
        (5, "none", "staff_id_check_digit"),
        (6, "none", "staff_name_missing"),
        (7, "none", "staff_twice"),
    ]
    assert stored(workspace, "name, id_number, phone, housing, return_status, arrived_on, health_code, sex") == [
        ("丁一", number(1), "13800000001", "dormitory", "on_duty", "2020-02-20", "green", "male"),
        ("丁二", None, "13800000002", "rented", "observing", "2020-02-21", "yellow", None),
    ]


def test_the_same_list_again_changes_nothing_and_an_empty_cell_empties_nothing(
    workspace: Workspace, enterprise: str, tmp_path: Path
) -> None:
    reading = listed(tmp_path, ROWS, "utf-8-sig")
    assert taken(workspace, enterprise, reading, dry_run=True).summary()["imported"] == 2
    assert stored(workspace, "name") == []
    taken(workspace, enterprise, reading)
    again = taken(workspace, enterprise, reading).summary()
    assert (again["imported"], again["updated"], again["unchanged"]) == (0, 0, 2)
    moved = listed(tmp_path, [[1, "丁一", number(1), "", "质检", "", "", "", ""]])
    assert taken(workspace, enterprise, moved).summary()["updated"] == 1
    assert stored(workspace, "department, phone")[0] == ("质检", "13800000001")


def test_a_number_found_later_joins_the_file_and_one_that_differs_is_told(
    workspace: Workspace, enterprise: str, tmp_path: Path
) -> None:
    taken(workspace, enterprise, listed(tmp_path, ROWS[:2]))
    later = [
        [1, "丁二", number(2), "13800000002", "", "", "", "", ""],
        [2, "丁一", number(9), "13800000001", "", "", "", "", ""],
        [3, "别人", number(1), "", "", "", "", "", ""],
    ]
    done = taken(workspace, enterprise, listed(tmp_path, later))
    assert [each.act for each in done.decisions] == ["update", "none", "none"]
    assert [each.issues[0].code for each in done.decisions[1:]] == ["staff_other_number", "staff_number_taken"]
    assert len(stored(workspace, "name")) == 2


def test_leaving_closes_a_file_once_and_coming_back_opens_it(
    workspace: Workspace, enterprise: str, tmp_path: Path
) -> None:
    taken(workspace, enterprise, listed(tmp_path, ROWS[:1]))
    gone = listed(tmp_path, [[1, "丁一", number(1), "", "", "", "离职", "", ""]])
    taken(workspace, enterprise, gone)
    assert stored(workspace, "return_status, left_on") == [("left", "2020-02-28")]
    later = import_staff(workspace, enterprise, gone, today=date(2020, 3, 1))
    assert later.summary()["unchanged"] == 1
    taken(workspace, enterprise, listed(tmp_path, ROWS[:1]))
    assert stored(workspace, "return_status, left_on") == [("on_duty", None)]


def test_two_thousand_synthetic_people_are_read_and_only_one_enterprise_s_are_taken(
    workspace: Workspace, shared_data: Path
) -> None:
    reading = read_staff(shared_data / "people/employees_SYNTHETIC_2000.xlsx", today=TODAY)
    assert len(reading.rows) == 2000
    assert not [row for row in reading.rows if row.status == "reject"]
    name, code = reading.rows[0].fields.enterprise, reading.rows[0].fields.credit_code
    enterprise = add_enterprise(workspace, str(name), code)
    done = taken(workspace, enterprise, reading)
    own = sum(row.fields.credit_code == code for row in reading.rows)
    assert done.summary()["imported"] == own > 0
    assert done.summary()["rejected"] == 2000 - own
    assert find_enterprise(workspace, str(name)).id == enterprise


def test_a_file_without_people_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "别的.csv"
    file.write_text("日期,数量\n2020-02-27,3\n", encoding="utf-8")
    with pytest.raises(UserProblem, match="staff_no_table"):
        read_staff(file, today=TODAY)
