"""The board and the register of findings: which, in what order, and the figures above them."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.closed_loop import Stage
from desktop.models.desk.finding_board import Figures, FindingFilter, board, board_rows, open_findings
from desktop.models.desk.finding_file import finding_file
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id
from desktop.models.records.findings import Finding

TODAY = date(2020, 2, 28)


@pytest.fixture
def findings(workspace: Workspace, enterprise: str) -> dict[str, str]:
    """By number: overdue, due today, later, in review, closed this month, found last month, void."""
    facts = (
        ("late", "assigned", "high", "cross_department", "2020-02-22", "2020-02-26", "M18"),
        ("today", "triaged", "medium", "health_department", "2020-02-25", "2020-02-28", "M06"),
        ("today-high", "logged", "high", "on_site", "2020-02-28", "2020-02-28", "M14"),
        ("later", "rectifying", "low", "municipal", "2020-02-26", "2020-03-09", "M19"),
        ("review", "review_due", "medium", "on_site", "2020-02-20", None, "M17"),
        ("closed", "closed", "low", "on_site", "2020-02-20", "2020-02-21", "M17"),
        ("january", "closed", "low", "on_site", "2020-01-31", "2020-02-01", "M17"),
        ("void", "void", "low", "on_site", "2020-02-20", "2020-02-21", "M17"),
    )
    ids = {}
    with workspace.write() as session:
        for number, state, severity, route, found, due, measure in facts:
            ids[number] = new_id()
            session.add(
                Finding(
                    id=ids[number], grid_id=workspace.device.local_grid_id, enterprise_id=enterprise, number=number,
                    measure=measure, title=number, severity=severity, route=route, state=state,
                    found_on=found, due_on=due,
                )
            )  # fmt: skip
    return ids


def shown(workspace: Workspace, findings: dict[str, str], wanted: FindingFilter) -> list[str]:
    numbers = {row_id: number for number, row_id in findings.items()}
    return [numbers[row_id] for row_id in board(workspace, wanted, TODAY).ids]


def test_what_is_overdue_comes_first_then_by_deadline_and_severity(
    workspace: Workspace, findings: dict[str, str]
) -> None:
    assert shown(workspace, findings, FindingFilter()) == ["late", "today-high", "today", "later", "review"]
    found = board(workspace, FindingFilter(), TODAY)
    assert (found.overdue, found.due_today) == (1, 2)
    assert found.stages[Stage.ASSIGNMENT] == (findings["late"], findings["later"])
    assert found.stages[Stage.EVALUATION] == (findings["review"],)
    assert [row.number for row in board_rows(workspace, found.ids[1:3])] == ["today-high", "today"]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (FindingFilter(overdue=True), ["late"]),
        (FindingFilter(route="on_site"), ["today-high", "review"]),
        (FindingFilter(severity="high"), ["late", "today-high"]),
        (FindingFilter(open=False, route="on_site"), ["today-high", "review", "january", "closed"]),
        (FindingFilter(focus_area="F7"), ["late"]),
        (FindingFilter(focus_area="none"), []),
    ],
)
def test_filters_narrow_it(
    workspace: Workspace, findings: dict[str, str], wanted: FindingFilter, numbers: list[str]
) -> None:
    assert shown(workspace, findings, wanted) == numbers


def test_the_rate_of_the_month_counts_what_was_found_in_it(workspace: Workspace, findings: dict[str, str]) -> None:
    figures = board(workspace, FindingFilter(), TODAY).figures
    assert figures == Figures(open=5, overdue=1, due_today=2, found=6, closed=1, total=7)
    assert figures.rectification_rate == "16.7"
    assert open_findings(workspace) == figures.open


@pytest.mark.parametrize(("closed", "found", "rate"), [(0, 0, None), (0, 3, "0.0"), (1, 16, "6.3"), (3, 3, "100.0")])
def test_the_rate_is_rounded_half_up_and_nothing_where_nothing_was_found(
    closed: int, found: int, rate: str | None
) -> None:
    assert Figures(0, 0, 0, found, closed, found).rectification_rate == rate


def test_the_file_of_a_finding_says_which_moves_there_are_and_what_stands_against_them(
    workspace: Workspace, findings: dict[str, str]
) -> None:
    file = finding_file(workspace, findings["late"], TODAY)
    assert (file.stage, file.overdue, file.people) == (Stage.ASSIGNMENT, 2, ("顾言",))
    assert [(each.to, each.code) for each in file.verdicts] == [
        ("rectifying", None),
        ("escalated", "finding_lacks_note"),
        ("suspended", "finding_move_not_yours"),
        ("void", "finding_move_not_yours"),
    ]
