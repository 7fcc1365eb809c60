"""The closed loop of findings (问题闭环): states and stages, which moves there are, who may make them, what they need.

Pure. The desk asks `verdict` before it writes, the centre `reachable` before it takes what a laptop wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from desktop.models.vocabulary import FindingState as State
from desktop.models.vocabulary import Role, Route, Severity


class Stage(StrEnum):
    """The four stages of the loop: 发现入库, 研判分析, 交办督办, 评估反馈."""

    FOUND = "found"
    ANALYSIS = "analysis"
    ASSIGNMENT = "assignment"
    EVALUATION = "evaluation"


class Need(StrEnum):
    """What a move may ask for before it is made."""

    NOTE = "note"
    PHOTO = "photo"
    OWNER = "owner"
    LEAD_UNIT = "lead_unit"
    INTERIM_CONTROL = "interim_control"
    PLATFORM_NUMBER = "platform_number"
    UNTIL = "until"


STAGES: Mapping[State, Stage] = {
    State.LOGGED: Stage.FOUND,
    State.TRIAGED: Stage.ANALYSIS,
    State.ASSIGNED: Stage.ASSIGNMENT,
    State.RECTIFYING: Stage.ASSIGNMENT,
    State.REOPENED: Stage.ASSIGNMENT,
    State.ESCALATED: Stage.ASSIGNMENT,
    State.SUSPENDED: Stage.ASSIGNMENT,
    State.REVIEW_DUE: Stage.EVALUATION,
    State.CLOSED: Stage.EVALUATION,
}
"""The stage a state belongs to. What is void has left the loop."""

MOVES: Mapping[State, tuple[State, ...]] = {
    State.LOGGED: (State.TRIAGED, State.VOID),
    State.TRIAGED: (State.ASSIGNED, State.CLOSED, State.ESCALATED, State.SUSPENDED, State.VOID),
    State.ASSIGNED: (State.RECTIFYING, State.ESCALATED, State.SUSPENDED, State.VOID),
    State.RECTIFYING: (State.REVIEW_DUE, State.ESCALATED, State.SUSPENDED, State.VOID),
    State.REVIEW_DUE: (State.CLOSED, State.RECTIFYING, State.REOPENED, State.VOID),
    State.CLOSED: (State.REOPENED,),
    State.REOPENED: (State.RECTIFYING, State.ESCALATED, State.SUSPENDED, State.VOID),
    State.ESCALATED: (State.ASSIGNED, State.SUSPENDED, State.VOID),
    State.SUSPENDED: (State.ASSIGNED, State.VOID),
    State.VOID: (State.LOGGED,),
}
"""Where a finding may go from where it stands, the usual way first. A void one comes back when the answer that was
corrected turns out to have been right."""

NEXT_ROUTE: Mapping[Route, Route] = {
    Route.ON_SITE: Route.HEALTH_DEPT,
    Route.HEALTH_DEPT: Route.CROSS_DEPT,
    Route.CROSS_DEPT: Route.CITY_PLUS,
}
"""Where a finding goes when it is escalated; there is nothing above the last."""

CLOSABLE_ROUTES: Mapping[Role, frozenset[Route]] = {
    Role.GRID_INSTRUCTOR: frozenset({Route.ON_SITE, Route.HEALTH_DEPT}),
    Role.COUNTY_ADMIN: frozenset({Route.ON_SITE, Route.HEALTH_DEPT, Route.CROSS_DEPT}),
    Role.CITY_ADMIN: frozenset(Route),
}
"""The findings a role may close, by the route they were given; logging and following up is not limited by it."""

_EVERYWHERE = frozenset(Route)
_TRIAGED_BY: Mapping[Role, frozenset[Route]] = {
    Role.GRID_INSTRUCTOR: frozenset({Route.ON_SITE, Route.HEALTH_DEPT}),
    Role.COUNTY_ADMIN: _EVERYWHERE,
    Role.CITY_ADMIN: _EVERYWHERE,
}
_FOLLOWED_BY: Mapping[Role, frozenset[Route]] = {
    **dict.fromkeys((Role.GRID_INSTRUCTOR, Role.SERVICE_OFFICER, Role.COUNTY_ADMIN, Role.CITY_ADMIN), _EVERYWHERE)
}
_SUPERVISED_BY: Mapping[Role, frozenset[Route]] = dict.fromkeys((Role.COUNTY_ADMIN, Role.CITY_ADMIN), _EVERYWHERE)
_MADE_BY: Mapping[State, Mapping[Role, frozenset[Route]]] = {
    State.TRIAGED: _TRIAGED_BY,
    State.ASSIGNED: CLOSABLE_ROUTES,
    State.CLOSED: CLOSABLE_ROUTES,
    State.SUSPENDED: _SUPERVISED_BY,
    State.VOID: _SUPERVISED_BY,
}
"""State → role → routes on which the role may move a finding there; everybody who follows findings where not named."""

_NEEDS: Mapping[State, tuple[Need, ...]] = {
    State.ASSIGNED: (Need.OWNER,),
    State.REOPENED: (Need.NOTE,),
    State.ESCALATED: (Need.NOTE,),
    State.SUSPENDED: (Need.NOTE, Need.UNTIL),
    State.VOID: (Need.NOTE,),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a finding decides about its moves; `present` is what there is of what a move may need."""

    state: State
    route: Route
    severity: Severity
    present: frozenset[Need] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands against a move: the code of a refusal that nothing entered can lift, and what is lacking."""

    to: State
    refusal: str | None = None
    lacking: tuple[Need, ...] = ()

    @property
    def code(self) -> str | None:
        """The first thing that stands against the move, as a code with words; nothing when it may be made."""
        return self.refusal or (f"finding_lacks_{self.lacking[0]}" if self.lacking else None)


def moves(state: State, route: Route) -> tuple[State, ...]:
    """The moves there are for a finding of this route, the usual one first."""
    found = [to for to in MOVES[state] if _on_route(state, to, route)]
    if state is State.TRIAGED:  # what can be put right on the spot is closed on the spot
        found.sort(key=lambda to: to is not State.CLOSED)
    return tuple(found)


def needs(to: State, route: Route, severity: Severity) -> tuple[Need, ...]:
    """What a move to this state needs."""
    found = list(_NEEDS.get(to, ()))
    if to is State.ASSIGNED:
        if route is not Route.ON_SITE:
            found.append(Need.LEAD_UNIT)
        if severity is Severity.HIGH:
            found.append(Need.INTERIM_CONTROL)
        if route is Route.CITY_PLUS:
            found.append(Need.PLATFORM_NUMBER)
    elif to is State.CLOSED:
        found.append(Need.PHOTO if route is Route.ON_SITE else Need.NOTE)
    return tuple(found)


def may_move(role: Role | None, route: Route, to: State) -> bool:
    """Whether somebody in this role may move a finding of this route there; without a role as a grid instructor,
    who is whom a laptop without a centre belongs to."""
    allowed = _MADE_BY.get(to, _FOLLOWED_BY)
    return route in allowed.get(role or Role.GRID_INSTRUCTOR, frozenset())


def verdict(standing: Standing, to: State, role: Role | None, *, at_once: bool = False) -> Verdict:
    """What stands against a move.

    Args:
        at_once: several moves made as one, as a look-back does that finds something put right.
    """
    here = reachable(standing.state, to) if at_once else to in moves(standing.state, standing.route)
    if not here:
        return Verdict(to, "finding_move_unknown")
    if not may_move(role, standing.route, to):
        return Verdict(to, "finding_move_not_yours")
    needed = needs(to, standing.route, standing.severity)
    return Verdict(to, None, tuple(need for need in needed if need not in standing.present))


@cache
def reachable(start: State, to: State) -> bool:
    """Whether moves can lead from one state to another, however many.

    A laptop offers what became of a finding since the last exchange as one edit: an afternoon's logged → triaged →
    assigned arrives as logged → assigned. So the centre cannot ask for a single move; it asks whether there is a way.
    Ways do not lead through `void`: coming back from there begins the loop anew, and anything could be reached by it.
    """
    seen, ahead = {start}, [start]
    while ahead:
        state = ahead.pop()
        for after in MOVES[state] if state is start or state is not State.VOID else ():
            if after not in seen:
                seen.add(after)
                ahead.append(after)
    return to in seen


def _on_route(state: State, to: State, route: Route) -> bool:
    if to is State.ESCALATED:
        return route in NEXT_ROUTE
    if state is State.TRIAGED and to is State.CLOSED:
        return route is Route.ON_SITE
    return True
