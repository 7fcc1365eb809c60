"""The demo's enterprises are plainly invented, and its visit obeys the rules of the measure set."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from stdnum.cn import uscc

from desktop.commands.answers_file import read_answers
from desktop.models.catalogue import answer_problems, bundled
from desktop.models.vocabulary import Result, VisitKind
from desktop.resource_paths import resource
from tools.build_demo import COUNTY, GRID, HEADER, enterprises, write_roster

ANSWERS = read_answers(resource("demo", "answers.json"))
PHOTOS = sorted(resource("demo", "photos").glob("*.jpg"))


def _cells(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]


def test_the_roster_names_forty_enterprises_that_cannot_exist() -> None:
    found = enterprises()
    assert len(found) == 40
    assert len({each.name for each in found}) == len({each.code for each in found}) == 40
    for each in found:
        assert uscc.is_valid(each.code), each.name
        assert each.code[2:8] == COUNTY == "330499"
        assert re.fullmatch(r"1000000\d{4}", each.phone)
        assert each.address.startswith("澄州市")
        assert 0 < each.staff_on_duty <= each.staff_due


def test_the_shipped_roster_is_what_the_program_builds(tmp_path: Path) -> None:
    write_roster(tmp_path / "roster.xlsx")
    shipped = _cells(resource("demo", "roster.xlsx"))
    assert shipped == _cells(tmp_path / "roster.xlsx")
    assert shipped[1] == list(HEADER)
    assert "虚构" in str(shipped[0][0])
    assert {row[10] for row in shipped[2:]} == {GRID}


def test_the_visit_answers_every_measure_once_on_its_day() -> None:
    assert ANSWERS.visit.on == date(2020, 2, 27)
    assert ANSWERS.visit.kind is VisitKind.ROUTINE
    assert [answer.measure for answer in ANSWERS.answers] == list(bundled().codes)


def test_the_visit_has_something_of_everything() -> None:
    results = [answer.result for answer in ANSWERS.answers]
    assert 1 <= results.count(Result.PARTIAL) <= 2
    assert 4 <= results.count(Result.FAIL) <= 6
    assert results.count(Result.NA) == 1


@pytest.mark.parametrize("answer", ANSWERS.answers, ids=lambda answer: answer.measure)
def test_an_answer_obeys_the_rules_and_says_what_was_found(answer: object) -> None:
    given = next(each for each in ANSWERS.answers if each is answer)
    measure = bundled().measure(given.measure)
    found = answer_problems(measure, given.result, given.values, given.note or "", len(given.photos), ANSWERS.visit.on)
    assert not any(problem.hard for problem in found)
    assert "answer_photo_missing" not in {problem.code for problem in found}
    if given.result is Result.PASS:
        assert found == ()
        assert all(given.points.values())
    if given.result in (Result.PARTIAL, Result.FAIL):
        assert 10 <= len(given.note or "") <= 120
        assert not all(given.points.values())
    if given.result is not Result.NA:
        assert list(given.points) == [str(number + 1) for number in range(len(measure.check_points))]


def test_the_photographs_are_small_drawings_that_an_answer_names() -> None:
    named = {photo for answer in ANSWERS.answers for photo in answer.photos}
    assert named == {f"photos/{path.name}" for path in PHOTOS}
    for path in PHOTOS:
        assert path.stat().st_size < 40_000
        with Image.open(path) as picture:
            assert picture.format == "JPEG"
            assert not picture.getexif()
