"""No file from outside harms the program: each is named in time, the parent lives, nothing is left anywhere."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from desktop.documents.roster_reader import read_roster
from desktop.documents.staff_reader import read_staff
from desktop.models.problems import Problem, known_codes
from desktop.models.roster_rows import RowStatus
from tests.hostile.packages import CODE, parts, row, sheet, zipped
from tests.hostile.rosters import HOSTILE

SLOWEST_S = 10.0
GROWTH = 64 * 2**20


def resident() -> int:
    if not sys.platform.startswith("linux"):
        return 0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """(the file's folder, the temporary folder); the current folder is one more that must stay empty."""
    for name in ("brought", "temporary", "current"):
        (tmp_path / name).mkdir()
    for variable in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(tmp_path / "temporary"))
    monkeypatch.chdir(tmp_path / "current")
    return tmp_path / "brought", tmp_path


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_named_in_time_and_leaves_nothing(name: str, folders: tuple[Path, Path]) -> None:
    build, codes = HOSTILE[name]
    assert codes <= known_codes()
    path = folders[0] / "名册.xlsx"
    build(path)
    memory, start = resident(), time.monotonic()
    with pytest.raises(Problem) as caught:
        read_roster(path)
    assert caught.value.code in codes
    assert time.monotonic() - start < SLOWEST_S
    assert resident() - memory < GROWTH
    assert [each for each in folders[1].rglob("*") if each.is_file()] == [path]
    assert not Path("/tmp/zhuqi_escaped.txt").exists()
    assert caught.value.sentence("zh")
    assert caught.value.sentence("en")


@pytest.mark.parametrize("name", sorted(HOSTILE)[::6])
def test_a_hostile_file_given_as_a_list_of_staff_is_named_as_well(name: str, folders: tuple[Path, Path]) -> None:
    build, codes = HOSTILE[name]
    path = folders[0] / "名单.xlsx"
    build(path)
    with pytest.raises(Problem) as caught:
        read_staff(path)
    assert caught.value.code in codes | {"staff_no_table"}
    assert [each for each in folders[1].rglob("*") if each.is_file()] == [path]


def test_there_are_at_least_thirty_hostile_files() -> None:
    assert len(HOSTILE) >= 30


@pytest.mark.parametrize(
    "name",
    ['=HYPERLINK(&quot;http://x&quot;,&quot;y&quot;)', "=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "&lt;img src=http://x&gt;",
     "&lt;para&gt;&lt;b&gt;", "%s%n{0}", "';DROP TABLE enterprises;--", "甲\u202e公司"],
)  # fmt: skip
def test_a_name_that_looks_like_a_formula_or_markup_stays_the_text_it_is(name: str, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(zipped(parts(sheet=sheet(row(2, name, CODE)))))
    read = read_roster(path).rows[0]
    plain = name.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("\u202e", "")
    assert read.fields.name == plain
    assert read.status is RowStatus.OK


def test_a_formula_in_place_of_a_name_is_taken_for_its_stored_value(tmp_path: Path) -> None:
    name = '<c r="A2" t="str"><f>HYPERLINK("http://x","甲")</f><v>甲有限公司</v></c>'
    cells = f'<row r="2">{name}<c r="B2" t="str"><v>{CODE}</v></c></row>'
    path = tmp_path / "r.xlsx"
    path.write_bytes(zipped(parts(sheet=sheet(cells.encode()))))
    assert read_roster(path).rows[0].fields.name == "甲有限公司"


def test_empty_formatted_cells_far_away_are_no_obstacle(tmp_path: Path) -> None:
    far = b'<row r="1048576" s="1"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>'
    path = tmp_path / "r.xlsx"
    path.write_bytes(zipped(parts(sheet=sheet(row(2, "甲有限公司", CODE), far))))
    assert len(read_roster(path).rows) == 1


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="file_missing"):
        read_roster(tmp_path / "gone.xlsx")
