"""The closed loop as rules: which moves there are, whose they are, what they need, and when they are due."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.closed_loop import (
    CLOSABLE_ROUTES,
    MOVES,
    STAGES,
    Need,
    Stage,
    Standing,
    Verdict,
    may_move,
    moves,
    needs,
    reachable,
    verdict,
)
from desktop.models.deadlines import checked_again_by, days_overdue, due_on, look_back_after, may_extend
from desktop.models.rule_book import rule_book
from desktop.models.vocabulary import FindingState, Role, Route, Severity

DAY = date(2020, 2, 27)
S = FindingState


def test_every_state_has_its_stage_and_its_moves() -> None:
    assert MOVES.keys() == set(S)
    assert STAGES.keys() == set(S) - {S.VOID}
    assert set(STAGES.values()) == set(Stage)


@given(start=st.sampled_from(S), route=st.sampled_from(Route), steps=st.lists(st.integers(0, 9), max_size=8))
def test_whatever_a_laptop_did_offline_the_centre_takes_as_one_edit(
    start: FindingState, route: Route, steps: list[int]
) -> None:
    """Any sequence of single moves that does not pass through void arrives where the centre finds it can arrive."""
    state = start
    for step in steps:
        ways = [to for to in moves(state, route) if to is not S.VOID]
        if not ways:
            break
        state = ways[step % len(ways)]
        assert reachable(start, state)


@pytest.mark.parametrize(
    ("start", "to"),
    [(S.ASSIGNED, S.LOGGED), (S.ASSIGNED, S.TRIAGED), (S.CLOSED, S.TRIAGED), (S.REOPENED, S.LOGGED)],
)
def test_no_way_leads_back_before_the_triage(start: FindingState, to: FindingState) -> None:
    assert not reachable(start, to)


def test_a_day_folded_into_one_edit_is_a_way() -> None:
    assert reachable(S.LOGGED, S.ASSIGNED)
    assert reachable(S.LOGGED, S.CLOSED)
    assert reachable(S.VOID, S.ASSIGNED)
    assert reachable(S.CLOSED, S.VOID)


def test_only_what_can_be_solved_on_the_spot_is_closed_after_the_triage() -> None:
    assert moves(S.TRIAGED, Route.ON_SITE)[0] is S.CLOSED
    assert all(S.CLOSED not in moves(S.TRIAGED, route) for route in Route if route is not Route.ON_SITE)
    assert S.ESCALATED not in moves(S.RECTIFYING, Route.CITY_PLUS)


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("route", Route)
def test_who_closes_follows_from_the_route_and_nobody_outside_the_service_moves_anything(
    role: Role | None, route: Route
) -> None:
    assert may_move(role, route, S.CLOSED) == (route in CLOSABLE_ROUTES.get(role or Role.GRID_INSTRUCTOR, ()))
    works = role is None or role in (*CLOSABLE_ROUTES, Role.SERVICE_OFFICER)
    assert may_move(role, route, S.RECTIFYING) == works
    assert may_move(role, route, S.VOID) == (role in (Role.COUNTY_ADMIN, Role.CITY_ADMIN))


@pytest.mark.parametrize(
    ("to", "route", "severity", "needed"),
    [
        (S.CLOSED, Route.ON_SITE, Severity.LOW, {Need.PHOTO}),
        (S.CLOSED, Route.CROSS_DEPT, Severity.LOW, {Need.NOTE}),
        (S.ASSIGNED, Route.ON_SITE, Severity.MEDIUM, {Need.OWNER}),
        (S.ASSIGNED, Route.ON_SITE, Severity.HIGH, {Need.OWNER, Need.INTERIM_CONTROL}),
        (S.ASSIGNED, Route.CITY_PLUS, Severity.LOW, {Need.OWNER, Need.LEAD_UNIT, Need.PLATFORM_NUMBER}),
        (S.SUSPENDED, Route.ON_SITE, Severity.LOW, {Need.NOTE, Need.UNTIL}),
        (S.RECTIFYING, Route.ON_SITE, Severity.HIGH, set()),
    ],
)
def test_a_move_needs(to: FindingState, route: Route, severity: Severity, needed: set[Need]) -> None:
    assert set(needs(to, route, severity)) == needed


def test_a_verdict_names_what_nothing_can_lift_before_what_is_lacking() -> None:
    here = Standing(S.REVIEW_DUE, Route.CITY_PLUS, Severity.LOW)
    assert verdict(here, S.TRIAGED, Role.CITY_ADMIN).code == "finding_move_unknown"
    assert verdict(here, S.CLOSED, Role.COUNTY_ADMIN).code == "finding_move_not_yours"
    assert verdict(here, S.CLOSED, Role.CITY_ADMIN) == Verdict(S.CLOSED, None, (Need.NOTE,))
    assert verdict(here, S.CLOSED, Role.CITY_ADMIN).code == "finding_lacks_note"


@pytest.mark.parametrize(
    ("route", "days"),
    [
        (Route.ON_SITE, (0, 0, 0)), (Route.HEALTH_DEPT, (1, 3, 5)), (Route.CROSS_DEPT, (2, 5, 7)),
        (Route.CITY_PLUS, (7, 10, 15)),
    ],
)  # fmt: skip
def test_the_deadline_follows_from_route_and_severity(route: Route, days: tuple[int, ...]) -> None:
    assert tuple((due_on(rule_book(), route, each, DAY) - DAY).days for each in Severity) == days


def test_a_finding_is_overdue_from_the_day_after_its_deadline_while_it_is_open() -> None:
    assert [days_overdue(S.ASSIGNED, DAY, date(2020, 2, day)) for day in (26, 27, 28)] == [0, 0, 1]
    assert days_overdue(S.CLOSED, DAY, date(2020, 3, 8)) == days_overdue(S.ASSIGNED, None, DAY) == 0


def test_a_deadline_is_put_off_twice_and_a_closed_finding_checked_again_within_seven_days() -> None:
    assert [may_extend(rule_book(), times, DAY) for times in (0, 1, 2)] == [True, True, False]
    assert checked_again_by(rule_book(), DAY) == date(2020, 3, 5)
    assert look_back_after(rule_book(), date(2020, 2, 29)) == date(2020, 3, 1)
