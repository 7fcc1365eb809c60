"""Registers as screen and spreadsheet share them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.documents.register_workbook import write_register
from desktop.models.desk.employee_file import add_employee
from desktop.models.desk.finding_moves import Evidence, note, set_route, set_terms
from desktop.models.desk.health_readings import Reading as HealthReading
from desktop.models.desk.health_readings import set_reading
from desktop.models.desk.register_words import in_words
from desktop.models.desk.visiting import AnswerEntry, record_answer
from desktop.models.device.workspace import Workspace
from desktop.models.health_terms import Slot
from desktop.models.problems import Language, UserProblem
from desktop.models.progress import Cancelled, Progress
from desktop.models.records.negative_lists import NegativeEntry
from desktop.models.records.visits import Visit
from desktop.models.registers import REGISTERS, register_rows, register_sum
from desktop.models.vocabulary import Result, Route
from tests.builders import DAY, add_enterprise, begin_visit

HOSTILE = '=HYPERLINK("http://x","y")'


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_register_can_be_written_in_both_languages(
    workspace: Workspace, enterprise: str, tmp_path: Path, name: str, language: Language
) -> None:
    record_answer(workspace, begin_visit(workspace, enterprise), "M14", AnswerEntry(Result.FAIL))
    register = REGISTERS[name]
    with workspace.read() as session:
        total = register_sum(session, register, {})
        rows = register_rows(session, register, {})
        assert write_register(tmp_path / "r.xlsx", register, rows, language, total) == total
    sheet = load_workbook(tmp_path / "r.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[3]] == [column.label(language) for column in register.columns]
    assert sheet.max_row == 3 + total or total == 0
    assert sheet.freeze_panes == "B4"


def test_personal_data_leaves_a_register_masked(workspace: Workspace, enterprise: str) -> None:
    today = date(2020, 2, 28)
    facts = {"name": "欧阳澄", "id_kind": "passport", "id_number": "E12345678", "phone": "13800001234"}
    who = add_employee(workspace, enterprise, facts, today=today)
    set_reading(workspace, who, today.isoformat(), Slot.AM, HealthReading(36.5), today=today)
    with workspace.read() as session:
        told = [next(register_rows(session, REGISTERS[name], {})) for name in ("employees", "health_entries")]
    assert "欧阳*" in told[0]
    assert {"******678", "138****1234"} < set(told[0])
    assert (told[1][2], told[1][6]) == ("欧阳*", 36.5)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["共 1 行", "不符", "试纸实测有效氯 150 mg/L；作用时间 30分钟"]),
        ("en", ["1 rows", "Fail", "Test strip, available chlorine 150 mg/L; Contact time 30 min"]),
    ],
)
def test_codes_and_values_stand_in_a_spreadsheet_as_words(
    workspace: Workspace, enterprise: str, tmp_path: Path, language: Language, words: list[str]
) -> None:
    values = {"chlorine_mg_l": 150, "contact_min": 30, "times_per_day": None}
    record_answer(workspace, begin_visit(workspace, enterprise), "M14", AnswerEntry(Result.FAIL, measured=values))
    register = REGISTERS["answers"]
    with workspace.read() as session:
        rows = in_words(workspace, register, register_rows(session, register, {}), language)
        write_register(tmp_path / "r.xlsx", register, rows, language, 1)
    sheet = load_workbook(tmp_path / "r.xlsx").worksheets[0]
    assert [sheet[cell].value for cell in ("A2", "E4", "F4")] == words


def test_values_of_a_measure_set_that_is_not_kept_here_are_shown_by_their_keys(
    workspace: Workspace, enterprise: str
) -> None:
    visit = begin_visit(workspace, enterprise)
    record_answer(workspace, visit, "M14", AnswerEntry(Result.FAIL, measured={"chlorine_mg_l": 150}))
    with workspace.write() as session:
        session.get_one(Visit, visit).measure_set = "elsewhere@1"
    register = REGISTERS["answers"]
    with workspace.read() as session:
        (row,) = in_words(workspace, register, register_rows(session, register, {}), "zh")
    assert row[5] == "chlorine_mg_l 150"


def test_the_three_lists_and_the_entry_sheet_tell_of_a_finding_what_each_is_for(
    workspace: Workspace, enterprise: str
) -> None:
    visit = begin_visit(workspace, enterprise)
    found = record_answer(workspace, visit, "M18", AnswerEntry(Result.FAIL)).finding
    assert found is not None
    day = date.fromisoformat(DAY)
    set_route(workspace, found.id, Route.CITY_PLUS, day)
    set_terms(workspace, found.id, lead_unit="开发区管委会", co_units=["住建分局", "消防"], interim_control="错时休息")
    note(workspace, found.id, day, Evidence("已定迁出1人"))
    with workspace.write() as written:
        grid = workspace.device.local_grid_id
        for kind in ("tight_dormitory", "labour_intensive"):
            written.add(
                NegativeEntry(grid_id=grid, enterprise_id=enterprise, type=kind, level="key", origin="rule", reasons=[],
                              entered_on=DAY)
            )  # fmt: skip

    def only(name: str) -> dict[str, object]:
        register = REGISTERS[name]
        with workspace.read() as session:
            (row,) = in_words(workspace, register, register_rows(session, register, {}), "zh")
        return dict(zip((column.key for column in register.columns), row, strict=True))

    assert only("findings")["negative_types"] == "劳动密集型、员工宿舍紧张型"
    assert only("responsibilities")["co_units"] == "住建分局、消防"
    assert "已定迁出1人" in str(only("rectifications")["follow_ups"])
    assert (only("steward_entries")["kind"], only("steward_entries")["lead_unit"]) == ("企业", "开发区管委会")
    set_route(workspace, found.id, Route.CROSS_DEPT, day)
    with workspace.read() as session:
        assert register_sum(session, REGISTERS["steward_entries"], {}) == 0


def test_text_that_looks_like_a_formula_stays_text(workspace: Workspace, tmp_path: Path) -> None:
    add_enterprise(workspace, HOSTILE, None)
    register = REGISTERS["enterprises"]
    with workspace.read() as session:
        write_register(tmp_path / "r.xlsx", register, register_rows(session, register, {}), "zh", 1)
    cell = load_workbook(tmp_path / "r.xlsx").worksheets[0]["A4"]
    assert (cell.value, cell.data_type) == (HOSTILE, "s")
    assert cell.hyperlink is None


def test_a_filter_narrows_and_an_unknown_one_is_refused(workspace: Workspace, enterprise: str) -> None:
    add_enterprise(workspace, "澄州木青服饰有限公司", None)
    register = REGISTERS["enterprises"]
    with workspace.read() as session:
        assert register_sum(session, register, {"credit_code": "913304990000000019"}) == 1
        with pytest.raises(UserProblem) as refusal:
            register_sum(session, register, {"1=1; --": "x"})
    assert refusal.value.code == "register_filter_unknown"


def test_a_cancelled_export_leaves_no_file(workspace: Workspace, enterprise: str, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    register = REGISTERS["enterprises"]
    with workspace.read() as session, pytest.raises(Cancelled):
        write_register(tmp_path / "r.xlsx", register, register_rows(session, register, {}), "zh", 1, progress)
    assert list(tmp_path.glob("*r.xlsx*")) == []
