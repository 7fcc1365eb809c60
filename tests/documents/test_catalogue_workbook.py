"""A measure set survives its workbook, and a workbook's mistakes are named cell by cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.documents import catalogue_task
from desktop.documents.catalogue_assembly import Cell, assemble
from desktop.documents.catalogue_sheets import ABOUT, SHEETS
from desktop.documents.catalogue_workbook import CatalogueWorkbookProblem, export_catalogue, read_catalogue
from desktop.models.catalogue import bundled
from desktop.models.measure_set import MeasureSet, Words
from desktop.models.problems import EnvironmentProblem, UserProblem
from tests.models.measure_sets import measure_sets


class Blocks:
    """What the reading child would send."""

    def __init__(self) -> None:
        self.content = b""

    def block(self, body: bytes) -> None:
        self.content += body

    def step(self, done: int, total: int, label: str) -> None:
        """Progress is not looked at."""


def read_here(content: bytes) -> MeasureSet:
    """Read a workbook in this process, without the child."""
    blocks = Blocks()
    catalogue_task.run(msgspec.msgpack.encode(content), blocks)
    return assemble(msgspec.msgpack.decode(blocks.content, type=dict[str, list[list[Cell]]]))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled set as a workbook."""
    path = tmp_path_factory.mktemp("catalogue") / "set.xlsx"
    export_catalogue(bundled(), path)
    return path


def edited(exported: Path, edit: Callable[[Workbook], object]) -> bytes:
    """The exported workbook after somebody edited it."""
    book = load_workbook(exported)
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(page: Worksheet, key: str, row: int) -> str:
    """The address of a column's cell, by the key in row 2."""
    for number, found in enumerate(page[2], 1):
        if found.value == key:
            return f"{page.cell(row, number).coordinate}"
    raise AssertionError(key)


def put(sheet: str, key: str, row: int, value: object) -> Callable[[Workbook], object]:
    def edit(book: Workbook) -> None:
        page = book[sheet]
        page[cell(page, key, row)].value = value

    return edit


def test_the_bundled_set_comes_back_the_same_through_the_reading_child(exported: Path) -> None:
    assert read_catalogue(exported) == bundled()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(measure_sets())
def test_any_set_comes_back_the_same(tmp_path: Path, measure_set: MeasureSet) -> None:
    path = tmp_path / "set.xlsx"
    export_catalogue(measure_set, path)
    assert read_here(path.read_bytes()) == measure_set


def test_a_set_saved_again_by_a_spreadsheet_program_comes_back_the_same(exported: Path) -> None:
    assert read_here(edited(exported, lambda book: None)) == bundled()


def test_every_cell_is_text_and_none_is_a_formula(tmp_path: Path) -> None:
    dangerous = msgspec.structs.replace(bundled(), title=Words('=HYPERLINK("http://x","y")', "@SUM(1)"))
    path = tmp_path / "set.xlsx"
    export_catalogue(dangerous, path)
    book = load_workbook(path)
    kinds = {found.data_type for page in book for row in page.iter_rows() for found in row if found.value is not None}
    assert kinds == {"s"}
    assert read_here(path.read_bytes()).title == dangerous.title


def test_the_header_is_locked_and_the_data_is_not(exported: Path) -> None:
    book = load_workbook(exported)
    for sheet in SHEETS:
        page = book[sheet.name]
        assert page.protection.sheet
        assert page["A1"].protection.locked
        assert page["A2"].protection.locked
        assert not page["A3"].protection.locked
        assert page.freeze_panes is not None
        assert page.freeze_panes.endswith("3")


def test_closed_lists_are_offered_for_choice(exported: Path) -> None:
    page = load_workbook(exported)["检查项"]
    offered = {str(rule.formula1) for rule in page.data_validations.dataValidation}
    assert '"none,useful,required,if_event"' in offered
    assert '"high,medium,low"' in offered
    assert '"是,否"' in offered


def test_rows_may_be_added_and_columns_moved(exported: Path) -> None:
    def edit(book: Workbook) -> None:
        page = book["常用语"]
        page.append(["M21", "无台账", "no ledger", "酒精领用无台账。", "No ledger of alcohol taken out."])
        page = book["来源"]
        page.insert_cols(1)
        page["A2"].value = "remark"
        page["A3"].value = "our own note"

    measure_set = read_here(edited(exported, edit))
    assert measure_set.measure("M21").phrases[-1].text.zh == "酒精领用无台账。"
    assert measure_set.sources == bundled().sources


def test_a_number_or_a_day_the_program_turned_into_its_own_kind_is_read(exported: Path) -> None:
    from datetime import datetime

    def edit(book: Workbook) -> None:
        put("数值", "max", 3, 500.0)(book)
        put("检查项", "na_allowed", 3, True)(book)
        page = book[ABOUT]
        for row in page.iter_rows():
            if row[0].value == "valid_from":
                row[2].value = datetime(2020, 3, 1)

    measure_set = read_here(edited(exported, edit))
    assert measure_set.valid_from == "2020-03-01"
    assert measure_set.measures[0].values[0].max == 500


WRONG: dict[str, tuple[Callable[[Workbook], object], str, str, int, str]] = {
    "a formula": (put("检查项", "title.zh", 5, "=1+1"), "catalogue_cell_formula", "检查项", 5, "标题（中文）"),
    "an empty title": (put("检查项", "title.en", 5, None), "catalogue_cell_empty", "检查项", 5, "标题（英文）"),
    "a blank title": (put("检查项", "title.en", 5, "  "), "catalogue_cell_empty", "检查项", 5, "标题（英文）"),
    "half a hint": (put("数值", "hint.zh", 3, "提示"), "catalogue_cell_empty", "数值", 3, "提示（英文）"),
    "a bound without words": (
        put("数值", "expected.low", 3, "1"),
        "catalogue_cell_empty",
        "数值",
        3,
        "预期说明（中文）",
    ),
    "a word for a number": (put("数值", "max", 4, "many"), "catalogue_cell_number", "数值", 4, "最大"),
    "a broken number of days": (
        put("检查项", "finding.due_days", 4, "1.5"),
        "catalogue_cell_int",
        "检查项",
        4,
        "整改天数",
    ),
    "a severity that is none": (
        put("检查项", "finding.severity", 4, "urgent"),
        "catalogue_cell_choice",
        "检查项",
        4,
        "风险等级",
    ),
    "neither yes nor no": (put("检查项", "na_allowed", 4, "也许"), "catalogue_cell_yes_no", "检查项", 4, "可不适用"),
    "a code of the wrong form": (put("检查项", "code", 4, "m-2"), "catalogue_cell_form", "检查项", 4, "编号"),
    "a phrase of no measure": (put("常用语", "measure", 7, "M99"), "catalogue_orphan", "常用语", 7, "检查项"),
    "a choice of no value": (put("选项", "value", 3, "nothing"), "catalogue_orphan", "选项", 3, "数值标识"),
    "a measure listed twice": (put("分组", "code", 4, "A"), "catalogue_twice", "分组", 4, "编号"),
    "an unknown area": (put("检查项", "primary_area", 6, "F11"), "catalogue_area_unknown", "检查项", 6, "主要重点"),
    "an unknown group": (put("检查项", "group", 6, "K"), "catalogue_group_unknown", "检查项", 6, "分组"),
    "a range upside down": (put("数值", "min", 3, "200000"), "catalogue_range", "数值", 3, "最小"),
    "an order in the advice": (
        put("检查项", "finding.advice.zh", 8, "责令整改。"),
        "catalogue_ordering_word",
        "检查项",
        8,
        "建议（中文）",
    ),
    "a missing sheet": (lambda book: book.remove(book["依据"]), "catalogue_sheet_missing", "依据", 0, ""),
    "a missing column": (
        lambda book: book["重点内容"].delete_cols(4),
        "catalogue_column_missing",
        "重点内容",
        2,
        "简称（中文）",
    ),
}


@pytest.mark.parametrize(("edit", "code", "sheet", "row", "column"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_named_by_sheet_row_and_column(
    exported: Path, edit: Callable[[Workbook], object], code: str, sheet: str, row: int, column: str
) -> None:
    with pytest.raises(CatalogueWorkbookProblem) as refused:
        read_here(edited(exported, edit))
    found = [(error.code, error.sheet, error.row, error.column) for error in refused.value.errors]
    assert (code, sheet, row, column) in found, found
    for error in refused.value.errors:
        assert sheet in error.sentence()
        assert "—" not in error.sentence("en")


def test_all_mistakes_are_told_at_once(exported: Path) -> None:
    def edit(book: Workbook) -> None:
        for mistake, _code, _sheet, _row, _column in list(WRONG.values())[:8]:
            mistake(book)

    with pytest.raises(CatalogueWorkbookProblem) as refused:
        read_here(edited(exported, edit))
    places = {(error.sheet, error.row, error.column) for error in refused.value.errors}
    assert len(places) == 8  # the two edits of one title are one mistake; a bound without words lacks two
    assert refused.value.fields["more"] == len(refused.value.errors) - 1


def test_a_workbook_that_is_no_measure_set_says_which_sheets_are_missing(tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(CatalogueWorkbookProblem) as refused:
        read_catalogue(tmp_path / "other.xlsx")
    assert {error.sheet for error in refused.value.errors} == {ABOUT, *(sheet.name for sheet in SHEETS)}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"name,code\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "set.xlsx"
    path.write_bytes(content)
    with pytest.raises(UserProblem, match="catalogue_not_workbook"):
        read_catalogue(path)


def test_a_damaged_or_missing_file_is_refused_by_name(tmp_path: Path, exported: Path) -> None:
    path = tmp_path / "set.xlsx"
    path.write_bytes(exported.read_bytes()[:2000])
    with pytest.raises(UserProblem, match="file_damaged"):
        read_catalogue(path)
    with pytest.raises(UserProblem, match="file_missing"):
        read_catalogue(tmp_path / "nothing.xlsx")


def test_an_enormous_file_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "set.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(9 * 2**20))
    with pytest.raises(UserProblem, match="catalogue_too_big"):
        read_catalogue(path)


def test_too_many_rows_are_refused_in_the_child(exported: Path) -> None:
    def edit(book: Workbook) -> None:
        book["来源"]["A6000"].value = "S99"

    with pytest.raises(UserProblem, match="file_too_many_rows"):
        read_here(edited(exported, edit))


def test_a_workbook_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="catalogue_not_written"):
        export_catalogue(bundled(), tmp_path / "no such folder" / "set.xlsx")
