"""The findings of all enterprises: ids by stage or in one list, overdue first; rows when painted; the figures above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import String, bindparam, text

from desktop.models.closed_loop import STAGES, Stage
from desktop.models.desk.checklists import current_set
from desktop.models.device.workspace import Workspace
from desktop.models.measure_set import Words
from desktop.models.vocabulary import FindingState

_OPEN = "f.state NOT IN ('closed', 'void')"
_ORDER = (
    " ORDER BY f.state = 'closed', f.due_on IS NULL, f.due_on,"
    " CASE f.severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, f.number"
)

_ROWS = text("""
SELECT f.id, f.number, f.title, f.enterprise_id, e.name, f.measure, f.severity, f.route, f.state, f.responsible,
  f.due_on, f.closed_on, f.extensions
FROM findings f JOIN enterprises e ON e.id = f.enterprise_id WHERE f.id IN :ids
""").bindparams(bindparam("ids", expanding=True, type_=String))

_FIGURES = text(f"""
SELECT coalesce(sum({_OPEN}), 0), coalesce(sum({_OPEN} AND f.due_on < :today), 0),
  coalesce(sum({_OPEN} AND f.due_on = :today), 0), coalesce(sum(f.found_on >= :month), 0),
  coalesce(sum(f.found_on >= :month AND f.state = 'closed'), 0), count(*)
FROM findings f WHERE f.deleted_at IS NULL AND f.state <> 'void'
""")  # noqa: S608


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What is shown: only open ones, of a route, a severity, a focus area, overdue ones. Empty where all are."""

    open: bool = True
    overdue: bool = False
    route: str = ""
    severity: str = ""
    focus_area: str = ""
    enterprise_id: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A finding on a card or in a line; days are local."""

    id: str
    number: str
    title: str
    enterprise_id: str
    enterprise: str
    measure: str
    severity: str
    route: str
    state: str
    responsible: str | None
    due_on: str | None
    closed_on: str | None
    extensions: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How many findings there are (none of the void ones); `found` and `closed` of those found this month."""

    open: int
    overdue: int
    due_today: int
    found: int
    closed: int
    total: int

    @property
    def rectification_rate(self) -> str | None:
        """整改率 of this month in per cent with one decimal, half up; nothing while nothing was found."""
        if not self.found:
            return None
        share = Decimal(self.closed * 100) / self.found
        return str(share.quantize(Decimal("0.1"), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Board:
    """Ids of findings in the order they are to be done, and of each stage.

    `overdue` and `due_today` count among `ids`, which begin with them; `areas` are the focus areas there are, by code.
    """

    ids: tuple[str, ...]
    stages: Mapping[Stage, tuple[str, ...]]
    figures: Figures
    overdue: int
    due_today: int
    areas: Mapping[str, Words]


def board(workspace: Workspace, wanted: FindingFilter, today: date) -> Board:
    """Read which findings there are; cards and lines are read as they are painted (`board_rows`)."""
    measure_set = current_set(workspace)
    where, facts = _conditions(wanted, today)
    if wanted.focus_area:
        codes = [measure.code for measure in measure_set.measures_of(wanted.focus_area)]
        where += f" AND f.measure IN ({', '.join(f':m{n}' for n in range(len(codes)))})" if codes else " AND 0"
        facts |= {f"m{n}": code for n, code in enumerate(codes)}
    month = today.replace(day=1)
    with workspace.read() as session:
        found = session.execute(
            text(f"SELECT f.id, f.state, f.due_on FROM findings f WHERE {where}{_ORDER}"),  # noqa: S608
            facts,
        ).all()
        figures = session.execute(_FIGURES, {"today": today.isoformat(), "month": month.isoformat()}).one()
    stages: dict[Stage, list[str]] = {stage: [] for stage in Stage}
    for row_id, state, _ in found:
        stages[STAGES[FindingState(state)]].append(row_id)
    still = [due for _, state, due in found if due and state != FindingState.CLOSED]
    day = today.isoformat()
    return Board(
        ids=tuple(row[0] for row in found),
        stages={stage: tuple(ids) for stage, ids in stages.items()},
        figures=Figures(*figures),
        overdue=sum(due < day for due in still),
        due_today=sum(due == day for due in still),
        areas={area.code: area.short for area in measure_set.focus_areas},
    )


def open_findings(workspace: Workspace) -> int:
    """How many findings are open; by the index on states, as it is asked after every write."""
    states = ", ".join(f"'{state}'" for state in STAGES if state is not FindingState.CLOSED)
    with workspace.read() as session:
        count = session.scalar(text(f"SELECT count(*) FROM findings WHERE state IN ({states})"))  # noqa: S608
        return int(count or 0)


def board_rows(workspace: Workspace, ids: Sequence[str]) -> list[BoardRow]:
    """The findings with these ids, in this order."""
    with workspace.read() as session:
        found = {row[0]: BoardRow(*row) for row in session.execute(_ROWS, {"ids": list(ids)})}
    return [found[each] for each in ids if each in found]


def _conditions(wanted: FindingFilter, today: date) -> tuple[str, dict[str, str]]:
    where, facts = ["f.deleted_at IS NULL", "f.state <> 'void'"], dict[str, str]()
    if wanted.open:
        where.append("f.state <> 'closed'")
    if wanted.overdue:
        where.append("f.state <> 'closed' AND f.due_on < :today")
        facts["today"] = today.isoformat()
    for column in ("route", "severity", "enterprise_id"):
        if value := getattr(wanted, column):
            where.append(f"f.{column} = :{column}")
            facts[column] = value
    return " AND ".join(where), facts
