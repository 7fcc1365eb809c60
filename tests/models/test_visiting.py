"""A visit from arrival to completion."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from desktop.models.desk.answer_findings import edit_finding
from desktop.models.desk.visit_sheet import visit_sheet
from desktop.models.desk.visiting import (
    AnswerEntry,
    attach_photo,
    clear_answer,
    complete_visit,
    record_answer,
    start_visit,
)
from desktop.models.desk.workspace_health import check
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.records.findings import Finding
from desktop.models.vocabulary import Result, VisitKind
from tests.builders import DAY, add_enterprise, answer_all, begin_visit
from tests.photos import photo


@pytest.fixture
def visit(workspace: Workspace, enterprise: str) -> str:
    return begin_visit(workspace, enterprise)


def test_an_open_visit_of_the_same_day_and_kind_is_taken_up_again(
    workspace: Workspace, enterprise: str, visit: str
) -> None:
    assert begin_visit(workspace, enterprise) == visit
    assert start_visit(workspace, enterprise, VisitKind.LOOK_BACK, DAY) != visit


def test_a_failed_answer_leaves_a_finding_with_a_number_a_deadline_and_somebody_responsible(
    workspace: Workspace, visit: str
) -> None:
    saved = record_answer(workspace, visit, "M14", AnswerEntry(Result.FAIL, note="台账缺签名"))
    assert saved.finding is not None
    assert saved.finding.number == f"P-20200227-01-{workspace.device.code}"
    assert (saved.finding.fact, saved.finding.responsible) == ("台账缺签名", "顾言")
    assert saved.finding.due_on is not None
    assert saved.finding.due_on >= DAY


def test_a_corrected_answer_voids_its_finding_and_a_second_mind_revives_it_under_its_number(
    workspace: Workspace, visit: str
) -> None:
    first = record_answer(workspace, visit, "M14", AnswerEntry(Result.FAIL)).finding
    assert record_answer(workspace, visit, "M14", AnswerEntry(Result.PASS)).finding is None
    assert visit_sheet(workspace, visit).findings == {}
    again = record_answer(workspace, visit, "M14", AnswerEntry(Result.PARTIAL)).finding
    assert first is not None
    assert again is not None
    assert (again.id, again.number, again.state) == (first.id, first.number, "logged")


def test_a_severity_the_officer_chose_survives_another_result(workspace: Workspace, visit: str) -> None:
    finding = record_answer(workspace, visit, "M14", AnswerEntry(Result.FAIL)).finding
    assert finding is not None
    chosen = "low" if finding.severity == "high" else "high"
    edit_finding(workspace, finding.id, severity=chosen)
    after = record_answer(workspace, visit, "M14", AnswerEntry(Result.PARTIAL)).finding
    assert after is not None
    assert after.severity == chosen


def test_not_applicable_is_refused_where_the_measure_is_compulsory(workspace: Workspace, visit: str) -> None:
    with pytest.raises(UserProblem) as refusal:
        record_answer(workspace, visit, "M14", AnswerEntry(Result.NA, note="无"))
    assert refusal.value.code == "answer_na_not_allowed"
    assert visit_sheet(workspace, visit).answers == {}


def test_a_cleared_answer_is_unchecked_again(workspace: Workspace, visit: str) -> None:
    record_answer(workspace, visit, "M14", AnswerEntry(Result.FAIL))
    clear_answer(workspace, visit, "M14")
    sheet = visit_sheet(workspace, visit)
    assert (sheet.answers, sheet.findings) == ({}, {})


def test_a_visit_completed_with_gaps_records_them_and_takes_no_more_answers(workspace: Workspace, visit: str) -> None:
    record_answer(workspace, visit, "M01", AnswerEntry(Result.PASS))
    sheet = complete_visit(workspace, visit)
    assert sheet.state == "completed"
    assert "unchecked:M02" in sheet.gaps
    assert "unchecked:M01" not in sheet.gaps
    with pytest.raises(UserProblem) as refusal:
        record_answer(workspace, visit, "M02", AnswerEntry(Result.PASS))
    assert refusal.value.code == "visit_completed"


def test_the_next_visit_sees_what_the_last_one_said(workspace: Workspace, enterprise: str, visit: str) -> None:
    record_answer(workspace, visit, "M14", AnswerEntry(Result.FAIL, note="台账缺签名"))
    complete_visit(workspace, visit)
    later = start_visit(workspace, enterprise, VisitKind.LOOK_BACK, "2020-02-28")
    sheet = visit_sheet(workspace, later)
    assert sheet.previous_on == DAY
    assert sheet.previous["M14"].note == "台账缺签名"
    assert sheet.answers == {}


def test_the_same_photo_twice_is_kept_once(workspace: Workspace, visit: str) -> None:
    one = attach_photo(workspace, visit, "M14", b"jpeg", "标签")
    assert attach_photo(workspace, visit, "M14", b"jpeg", "标签").id == one.id
    assert workspace.attachments.get(one.sha256) == b"jpeg"


def test_numbers_of_findings_never_repeat_on_a_device(workspace: Workspace) -> None:
    for n in range(3):
        answer_all(workspace, begin_visit(workspace, add_enterprise(workspace, f"企业{n}", None)), Result.FAIL)
    with workspace.read() as session:
        assert session.scalar(select(func.count(func.distinct(Finding.number)))) == 69
    assert check(workspace)["ok"]


def test_the_name_a_photo_came_with_is_kept_without_what_cannot_be_seen(workspace: Workspace, enterprise: str) -> None:
    visit = begin_visit(workspace, enterprise)
    titles = ["门口\u202egpj.exe", "a\tb\n\u200bc.jpg", " \u2066 ", "长" * 200, None]
    kept = [attach_photo(workspace, visit, "M01", photo(n, 100), title).title for n, title in enumerate(titles)]
    assert kept == ["门口gpj.exe", "abc.jpg", None, "长" * 120, None]
