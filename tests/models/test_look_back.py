"""回头看: what is put right is closed, what came back is the same finding again."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from desktop.models.desk.finding_moves import Evidence, move
from desktop.models.desk.finding_steps import timeline
from desktop.models.desk.look_back import look_back_list, look_backs_due, record_look_back
from desktop.models.desk.visit_sheet import visit_sheet
from desktop.models.desk.visiting import AnswerEntry, attach_photo, complete_visit, record_answer, start_visit
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.records.findings import Finding
from desktop.models.vocabulary import FindingState, LookBackOutcome, Result, VisitKind
from tests.builders import DAY, add_enterprise, begin_visit
from tests.photos import photo

TODAY = date.fromisoformat(DAY)
LATER = "2020-03-01"
O = LookBackOutcome  # noqa: E741


def stored(workspace: Workspace, finding: str) -> Finding:
    with workspace.read() as session:
        return session.get_one(Finding, finding)


def outcomes(workspace: Workspace, finding: str) -> list[str]:
    with workspace.read() as session:
        return [step.outcome for step in timeline(session, finding) if step.outcome]


@pytest.fixture
def finding(workspace: Workspace, enterprise: str) -> str:
    """Of M14, found on the spot with a photo, on a visit that is completed."""
    visit = begin_visit(workspace, enterprise)
    saved = record_answer(workspace, visit, "M14", AnswerEntry(Result.FAIL))
    attach_photo(workspace, visit, "M14", photo(1, 900), "前.jpg")
    complete_visit(workspace, visit)
    assert saved.finding is not None
    with workspace.write() as session:
        row = session.get_one(Finding, saved.finding.id)
        row.route, row.severity = "on_site", "medium"
    return saved.finding.id


@pytest.fixture
def closed(workspace: Workspace, finding: str) -> str:
    move(workspace, finding, FindingState.TRIAGED, TODAY)
    move(workspace, finding, FindingState.CLOSED, TODAY, Evidence(photo=photo(2, 900)))
    return finding


@pytest.fixture
def visit(workspace: Workspace, enterprise: str) -> str:
    return start_visit(workspace, enterprise, VisitKind.LOOK_BACK, LATER)


def test_a_look_back_lists_what_is_open_with_the_promise_the_deadline_and_the_earlier_photo(
    workspace: Workspace, finding: str, enterprise: str
) -> None:
    tour = start_visit(workspace, enterprise, VisitKind.ROUTINE, "2020-02-28")
    late = record_answer(workspace, tour, "M18", AnswerEntry(Result.FAIL)).finding
    complete_visit(workspace, tour)
    assert late is not None
    visit = start_visit(workspace, enterprise, VisitKind.LOOK_BACK, LATER)
    rows = look_back_list(workspace, visit)
    assert [(row.measure, row.failed_last, row.outcome) for row in rows] == [("M18", 1, None), ("M14", 0, None)]
    assert rows[1].photo is not None
    assert rows[1].promised == late.advice or rows[1].promised
    assert rows[1].due_on == stored(workspace, finding).due_on


def test_what_is_put_right_is_closed_only_with_its_photo(workspace: Workspace, finding: str, visit: str) -> None:
    record_look_back(workspace, finding, visit, O.FIXED)
    assert stored(workspace, finding).state == "review_due"
    record_look_back(workspace, finding, visit, O.FIXED, Evidence(photo=photo(3, 900)))
    row = stored(workspace, finding)
    assert (row.state, row.closed_on, row.look_back_on) == ("closed", LATER, "2020-03-08")
    assert [each.outcome for each in look_back_list(workspace, visit)] == ["fixed"]


def test_what_is_not_put_right_stays_open_with_a_new_deadline(workspace: Workspace, finding: str, visit: str) -> None:
    record_look_back(workspace, finding, visit, O.REBOUND, Evidence("台账仍缺"))
    row = stored(workspace, finding)
    assert (row.state, row.review_outcome, row.due_on, row.look_back_on) == ("logged", "not_fixed", LATER, "2020-03-02")
    assert outcomes(workspace, finding) == ["not_fixed"]


def test_a_closed_finding_is_checked_once_more_or_comes_back(workspace: Workspace, closed: str, visit: str) -> None:
    assert [row.state for row in look_back_list(workspace, visit)] == ["closed"]
    record_look_back(workspace, closed, visit, O.NOT_FIXED, Evidence("又堆满杂物"))
    row = stored(workspace, closed)
    assert (row.state, row.closed_on, row.review_outcome) == ("reopened", None, "rebound")


def test_a_closed_finding_is_due_within_seven_days_and_asked_for_until_it_was_checked(
    workspace: Workspace, closed: str, visit: str, enterprise: str
) -> None:
    assert [[row.id for row in look_backs_due(workspace, date(2020, 3, day))] for day in (4, 5)] == [[], [closed]]
    late = start_visit(workspace, enterprise, VisitKind.LOOK_BACK, "2020-03-06")
    assert [row.id for row in look_back_list(workspace, late)] == [closed]
    record_look_back(workspace, closed, visit, O.FIXED)
    assert look_back_list(workspace, late) == ()
    assert look_backs_due(workspace, date(2020, 3, 9)) == ()
    assert stored(workspace, closed).state == "closed"


def test_an_open_finding_is_due_on_the_day_after_its_deadline(workspace: Workspace, finding: str) -> None:
    day = date.fromisoformat(stored(workspace, finding).look_back_on or "")
    assert [row.id for row in look_backs_due(workspace, day)] == [finding]
    assert look_backs_due(workspace, TODAY) == ()


def test_a_measure_that_fails_again_on_a_look_back_brings_its_closed_finding_back(
    workspace: Workspace, closed: str, visit: str
) -> None:
    for note in ("又", "又缺", "又缺签名"):
        again = record_answer(workspace, visit, "M14", AnswerEntry(Result.FAIL, note=note)).finding
        assert again is not None
        assert (again.id, again.state, again.fact) == (closed, "reopened", note)
    assert outcomes(workspace, closed) == ["rebound"]
    assert visit_sheet(workspace, visit).findings["M14"].id == closed
    with workspace.read() as session:
        assert session.scalar(select(func.count()).select_from(Finding)) == 1


def test_a_slip_corrected_on_the_look_back_leaves_the_finding_closed_and_the_timeline_says_so(
    workspace: Workspace, closed: str, visit: str
) -> None:
    record_answer(workspace, visit, "M14", AnswerEntry(Result.FAIL))
    assert record_answer(workspace, visit, "M14", AnswerEntry(Result.PASS)).finding is None
    assert stored(workspace, closed).state == "closed"
    assert visit_sheet(workspace, visit).findings == {}
    record_answer(workspace, visit, "M14", AnswerEntry(Result.FAIL))
    assert stored(workspace, closed).state == "reopened"
    assert outcomes(workspace, closed) == ["rebound", "fixed", "rebound"]


def test_a_measure_that_still_fails_makes_no_second_finding(workspace: Workspace, finding: str, visit: str) -> None:
    again = record_answer(workspace, visit, "M14", AnswerEntry(Result.PARTIAL)).finding
    assert again is not None
    assert again.id == finding
    assert outcomes(workspace, finding) == ["partly"]
    assert visit_sheet(workspace, visit).findings["M14"].id == finding


def test_a_look_back_is_on_findings_of_the_enterprise_visited(workspace: Workspace, finding: str) -> None:
    other = add_enterprise(workspace, "别的企业", None)
    elsewhere = start_visit(workspace, other, VisitKind.LOOK_BACK, LATER)
    with pytest.raises(UserProblem, match="look_back_not_of_enterprise"):
        record_look_back(workspace, finding, elsewhere, O.FIXED)
