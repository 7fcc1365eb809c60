"""Disinfection records: one kept as the rules allow, the log with what is due first, and today's required places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import text

from desktop.models.desk.isolation_setup import room_row
from desktop.models.desk.observation_desk import utc_text
from desktop.models.device.workspace import Workspace
from desktop.models.disinfection_rules import Disinfection, disinfection_remarks, next_due
from desktop.models.disinfection_targets import Target, targets
from desktop.models.identity import new_id
from desktop.models.premises_terms import RoomState
from desktop.models.problems import UserProblem
from desktop.models.records.disinfections import DisinfectionRecord
from desktop.models.records.enterprises import Enterprise
from desktop.models.rule_book import rule_book
from desktop.models.rule_remarks import Remark, refuse_hard


@dataclass(frozen=True, slots=True)
class SavedDisinfection:
    """The record's id, what the rules remark, and when it is due again (UTC)."""

    id: str
    remarks: tuple[Remark, ...]
    next_due_at: str | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log. `latest` is 1 where nothing newer is recorded for the place and target; moments are UTC."""

    id: str
    place_type: str
    place: str
    target: str
    agent: str
    product_name: str | None
    conc_mg_l: float | None
    contact_min: int | None
    operator: str
    done_at: str
    next_due_at: str | None
    latest: int


@dataclass(frozen=True, slots=True)
class RequiredPlace:
    """A place that is disinfected by the day (DIS-13): how often today, of how often it should be."""

    place_type: str
    place: str
    target: str
    done: int
    planned: int

    @property
    def met(self) -> bool:
        """Whether today's are all done."""
        return self.done >= self.planned


def record_disinfection(
    workspace: Workspace,
    enterprise_id: str,
    done: Disinfection,
    *,
    visit_id: str | None = None,
    room_id: str | None = None,
) -> SavedDisinfection:
    """Keep a disinfection as it was done. The terminal one of an isolation room makes that room ready again.

    Raises:
        UserProblem: `enterprise_unknown`, `room_unknown`, `disinfection_in_future`, or the code of a hard rule.
    """
    if done.done_at.astimezone() > datetime.now().astimezone():
        raise UserProblem("disinfection_in_future")
    book = rule_book(workspace.folder)
    remarks = disinfection_remarks(done, book)
    refuse_hard(remarks)
    target = targets(book, done.done_at.date())[done.target]
    due = next_due(done.done_at, target)
    with workspace.write() as session:
        enterprise = session.get(Enterprise, enterprise_id)
        if enterprise is None:
            raise UserProblem("enterprise_unknown", enterprise=enterprise_id)
        row = DisinfectionRecord(
            id=new_id(),
            grid_id=enterprise.grid_id,
            enterprise_id=enterprise_id,
            visit_id=visit_id,
            next_due_at=utc_text(due) if due else None,
            **_columns(done),
        )
        session.add(row)
        if room_id is not None:
            room = room_row(session, room_id)
            room.state, room.disinfected_on = RoomState.READY, done.done_at.date().isoformat()
        return SavedDisinfection(row.id, remarks, row.next_due_at)


def disinfection_log(workspace: Workspace, enterprise_id: str, limit: int = 500) -> list[LogLine]:
    """The log of an enterprise: what is due first, then what is not due by the clock, newest first."""
    with workspace.read() as session:
        rows = session.execute(
            text(
                "SELECT *, row_number() OVER (PARTITION BY place_type, place, target ORDER BY done_at DESC) = 1"
                " FROM (SELECT id, place_type, place, target, agent, product_name, conc_mg_l, contact_min,"
                " operator, done_at, next_due_at FROM disinfections WHERE enterprise_id = :enterprise"
                " AND deleted_at IS NULL ORDER BY done_at DESC LIMIT :limit)"
            ),
            {"enterprise": enterprise_id, "limit": limit},
        )
        lines = [LogLine(*row) for row in rows]
    lines.sort(key=lambda line: line.done_at, reverse=True)
    return sorted(lines, key=lambda line: (line.next_due_at if line.latest else None) or "~")


def required_places(workspace: Workspace, enterprise_id: str, today: date) -> list[RequiredPlace]:
    """Today's required places, those still wanting first: what was disinfected by the day in the last days."""
    book = rule_book(workspace.folder)
    table = targets(book, today)
    since = today - timedelta(days=int(book.number("places_due_days", today)))
    begin = _day_begins(today)
    with workspace.read() as session:
        rows = session.execute(
            text(
                "SELECT place_type, place, target, sum(done_at >= :today) FROM disinfections"
                " WHERE enterprise_id = :enterprise AND done_at >= :since AND done_at < :tomorrow"
                " AND deleted_at IS NULL GROUP BY place_type, place, target ORDER BY place, target"
            ),
            {
                "enterprise": enterprise_id,
                "today": begin,
                "since": _day_begins(since),
                "tomorrow": _day_begins(today + timedelta(days=1)),
            },
        ).all()
    found = [
        RequiredPlace(row[0], row[1], row[2], row[3], planned)
        for row in rows
        if (planned := _times_a_day(table.get(row[2]))) > 0
    ]
    return sorted(found, key=lambda each: each.met)


def unmet(places: Sequence[RequiredPlace]) -> int:
    """How many required places still want a disinfection today."""
    return sum(not each.met for each in places)


def _times_a_day(target: Target | None) -> int:
    hours = target.value.every_hours if target else None
    return 24 // hours if hours else 0


def _columns(done: Disinfection) -> dict[str, object]:
    fields = asdict(done)
    fields["done_at"] = utc_text(done.done_at)
    fields["prepared_at"] = utc_text(done.prepared_at) if done.prepared_at else None
    fields["expires_on"] = done.expires_on.isoformat() if done.expires_on else None
    for name in ("licensed", "people_present", "rinsed", "trained"):
        fields[name] = None if fields[name] is None else int(fields[name])
    for name in ("mixed_with", "ppe"):
        fields[name] = [str(each) for each in fields[name]] or None
    for name in ("place", "operator"):
        fields[name] = fields[name].strip()
    return fields


def _day_begins(day: date) -> str:
    return utc_text(datetime(day.year, day.month, day.day))
