"""What is done about a finding, and the line of its timeline each act leaves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.models.desk.finding_moves import Evidence, move, note, remind, set_deadline, set_route, set_terms
from desktop.models.desk.finding_steps import timeline
from desktop.models.desk.visiting import AnswerEntry, record_answer
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.records.findings import Finding
from desktop.models.vocabulary import FindingState, Result, Route
from tests.builders import DAY, begin_visit
from tests.photos import photo

TODAY = date.fromisoformat(DAY)
S = FindingState


@pytest.fixture
def finding(workspace: Workspace, enterprise: str) -> str:
    saved = record_answer(workspace, begin_visit(workspace, enterprise), "M14", AnswerEntry(Result.FAIL, note="缺签名"))
    assert saved.finding is not None
    set_terms(workspace, saved.finding.id, severity="medium")
    set_route(workspace, saved.finding.id, Route.ON_SITE, TODAY)
    return saved.finding.id


def stored(workspace: Workspace, finding: str) -> Finding:
    with workspace.read() as session:
        return session.get_one(Finding, finding)


def told(workspace: Workspace, finding: str) -> list[tuple[Any, ...]]:
    with workspace.read() as session:
        return [(step.kind, step.from_state, step.to_state, step.note) for step in timeline(session, finding)]


def test_a_finding_goes_round_the_loop_and_its_timeline_tells_every_step(workspace: Workspace, finding: str) -> None:
    for to in (S.TRIAGED, S.ASSIGNED, S.RECTIFYING, S.REVIEW_DUE):
        move(workspace, finding, to, TODAY)
    move(workspace, finding, S.CLOSED, TODAY, Evidence(photo=photo(1, 900), photo_title="整改后.jpg"))
    closed = stored(workspace, finding)
    assert (closed.state, closed.closed_on, closed.done_on, closed.review_outcome) == ("closed", DAY, DAY, "fixed")
    assert closed.look_back_on == "2020-03-05"
    assert [line[:3] for line in told(workspace, finding)] == [
        ("found", None, "logged"),
        ("moved", "logged", "triaged"),
        ("moved", "triaged", "assigned"),
        ("moved", "assigned", "rectifying"),
        ("moved", "rectifying", "review_due"),
        ("moved", "review_due", "closed"),
    ]
    with workspace.read() as session:
        lines = timeline(session, finding)
    assert lines[0].note == "缺签名"
    assert [each.title for each in lines[-1].photos] == ["整改后.jpg"]


def test_a_refused_move_leaves_nothing(workspace: Workspace, finding: str) -> None:
    move(workspace, finding, S.TRIAGED, TODAY)
    for to, code in (
        (S.CLOSED, "finding_lacks_photo"), (S.RECTIFYING, "finding_move_unknown"), (S.VOID, "finding_move_not_yours"),
    ):  # fmt: skip
        with pytest.raises(UserProblem) as refused:
            move(workspace, finding, to, TODAY, Evidence(terms={"lead_unit": "卫健局"}))
        assert refused.value.code == code
    assert stored(workspace, finding).state == "triaged"
    assert stored(workspace, finding).lead_unit is None
    assert len(told(workspace, finding)) == 2


def test_a_photo_noted_on_the_way_serves_for_closing_but_not_after_it_came_back(
    workspace: Workspace, finding: str
) -> None:
    move(workspace, finding, S.TRIAGED, TODAY)
    note(workspace, finding, TODAY, Evidence("已补签", photo(1, 900)))
    move(workspace, finding, S.CLOSED, TODAY)
    move(workspace, finding, S.REOPENED, TODAY, Evidence("又缺签名"))
    for to in (S.RECTIFYING, S.REVIEW_DUE):
        move(workspace, finding, to, TODAY)
    with pytest.raises(UserProblem, match="finding_lacks_photo"):
        move(workspace, finding, S.CLOSED, TODAY)


def test_a_deadline_moves_freely_before_it_is_assigned_and_twice_with_a_reason_afterwards(
    workspace: Workspace, finding: str
) -> None:
    set_deadline(workspace, finding, date(2020, 3, 1), TODAY)
    assert (stored(workspace, finding).due_on, stored(workspace, finding).look_back_on) == ("2020-03-01", "2020-03-02")
    for to in (S.TRIAGED, S.ASSIGNED):
        move(workspace, finding, to, TODAY)
    with pytest.raises(UserProblem, match="finding_lacks_note"):
        set_deadline(workspace, finding, date(2020, 3, 2), TODAY)
    set_deadline(workspace, finding, date(2020, 2, 28), TODAY)
    for day in (2, 3):
        set_deadline(workspace, finding, date(2020, 3, day), TODAY, "空房未腾出")
    with pytest.raises(UserProblem, match="finding_extensions_used_up"):
        set_deadline(workspace, finding, date(2020, 3, 4), TODAY, "空房未腾出")
    with pytest.raises(UserProblem, match="finding_deadline_unclear"):
        set_deadline(workspace, finding, date(2020, 2, 26), TODAY, "早")
    assert (stored(workspace, finding).due_on, stored(workspace, finding).extensions) == ("2020-03-03", 2)
    remind(workspace, finding, TODAY)
    kinds = [line[0] for line in told(workspace, finding)]
    assert kinds == ["found", "noted", "moved", "moved", "noted", "extended", "extended", "reminded"]


def test_another_route_counts_the_deadline_anew_and_so_does_escalation(workspace: Workspace, finding: str) -> None:
    set_route(workspace, finding, Route.HEALTH_DEPT, TODAY)
    assert stored(workspace, finding).due_on == "2020-03-01"
    assert told(workspace, finding)[-1][3] == "当场解决 → 卫健部门"
    move(workspace, finding, S.TRIAGED, TODAY)
    move(workspace, finding, S.ESCALATED, TODAY, Evidence("需住建协同"))
    risen = stored(workspace, finding)
    assert (risen.route, risen.due_on) == ("cross_department", "2020-03-03")
