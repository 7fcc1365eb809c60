"""The findings of the demo workspace on their way through the closed loop, each with the lines of its timeline."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import select

from desktop.models.desk.finding_steps import add_photo
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id
from desktop.models.records.findings import Finding, FindingStep
from desktop.models.vocabulary import FindingState as State
from desktop.models.vocabulary import LookBackOutcome, Route, Severity, StepKind
from desktop.resource_paths import resource

_LOOP = (State.LOGGED, State.TRIAGED, State.ASSIGNED, State.RECTIFYING, State.REVIEW_DUE, State.CLOSED)
_NOTES = {
    State.TRIAGED: "已现场核实，需企业限期整改。",
    State.ASSIGNED: "已当面交办企业负责人，约定整改时限。",
    State.RECTIFYING: "企业已安排专人整改。",
    State.REVIEW_DUE: "企业报告已完成，等待复查。",
    State.CLOSED: "现场复查合格，予以销号。",
}
_STAY_OPEN = 12
_UNITS = ("开发区管委会", "市场监管分局", "消防救援大队", "住建分局")


def follow_up(workspace: Workspace, chance: random.Random) -> None:
    """Close what is old, and leave a handful of the newest in every stage, one of them overdue."""
    with workspace.read() as session:
        newest = select(Finding.id).where(Finding.state == State.LOGGED).order_by(Finding.due_on.desc(), Finding.number)
        ids = list(session.scalars(newest))
    for place, finding in enumerate(ids):
        to = State.CLOSED if place >= _STAY_OPEN else _LOOP[place % (len(_LOOP) - 1)]
        _bring(workspace, finding, to, chance, overdue=place in (2, 3))


def _bring(workspace: Workspace, finding_id: str, to: State, chance: random.Random, *, overdue: bool) -> None:
    path = _LOOP[: _LOOP.index(to) + 1]
    with workspace.write() as session:
        row = session.get_one(Finding, finding_id)
        found, today = date.fromisoformat(row.found_on), date.today()
        row.instructor, row.service_officer = "周砚秋", "陆知秋"
        row.action = row.advice
        if row.route != Route.ON_SITE:
            row.lead_unit, row.supervisor = chance.choice(_UNITS), "林槐"
        if row.severity == Severity.HIGH:
            row.interim_control = "整改期间专人值守，每日两次巡查。"
        days = max(1, (today - found).days)
        at = datetime.combine(found, datetime.min.time()).astimezone() + timedelta(
            hours=9, minutes=chance.randrange(59)
        )
        for first in session.scalars(select(FindingStep).where(FindingStep.finding_id == row.id)):
            first.at, first.by_name = _utc(at), row.instructor
        for come_from, state in pairwise(path):
            at = min(at + timedelta(hours=24 * days / len(_LOOP)), datetime.now().astimezone())
            step = FindingStep(
                id=new_id(), grid_id=row.grid_id, finding_id=row.id, at=_utc(at), kind=StepKind.MOVED,
                by_name="周砚秋", from_state=come_from, to_state=state, note=_NOTES[state],
            )  # fmt: skip
            session.add(step)
            if state in (State.RECTIFYING, State.CLOSED) and chance.random() < 0.5:
                photo = resource("demo", "photos", chance.choice(_photos()))
                add_photo(session, workspace, step, photo.read_bytes(), photo.stem)
        row.state = to
        if to is State.CLOSED:
            row.closed_on = row.done_on = row.reviewed_on = min(found + timedelta(days=2), today).isoformat()
            row.look_back_on, row.review_outcome = None, LookBackOutcome.FIXED
        elif overdue:
            row.due_on = (today - timedelta(days=chance.randrange(1, 3))).isoformat()
        else:
            row.due_on = (today + timedelta(days=chance.randrange(6))).isoformat()


def _photos() -> list[str]:
    return sorted(path.name for path in resource("demo", "photos").glob("*.jpg"))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
