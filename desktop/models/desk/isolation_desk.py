"""Isolation as a page shows it: the sites of an enterprise with their checks, and everybody under observation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desktop.models.desk.observation_desk import step_moments
from desktop.models.device.workspace import Workspace
from desktop.models.health_terms import Slot
from desktop.models.isolation_rules import Check, RoomFacts, SiteFacts, Verdict, site_checks
from desktop.models.masks import masked_name
from desktop.models.observation_rules import Progress, Reading, due_now, progress, release_remarks
from desktop.models.premises_terms import EmergencyStep, SiteKind, StayReason
from desktop.models.problems import UserProblem
from desktop.models.records.base import ENVELOPE_COLUMNS, JsonText
from desktop.models.records.isolation import IsolationSite
from desktop.models.rule_book import RuleBook, rule_book
from desktop.models.rule_remarks import Remark


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room; `stay_id`: who is in it."""

    id: str
    room_no: str
    state: str
    ensuite: int | None
    area_m2: float | None
    persons: int


@dataclass(frozen=True, slots=True)
class SiteCard:
    """A site with all that was found there; `columns` by name. The checks are by the rules of the day of the check."""

    id: str
    kind: SiteKind
    location: str
    columns: Mapping[str, Any]
    rooms: tuple[RoomRow, ...]
    checks: tuple[Check, ...]

    @property
    def persons(self) -> int:
        """How many are there now."""
        return sum(room.persons for room in self.rooms)

    @property
    def free(self) -> tuple[RoomRow, ...]:
        """Rooms that can take somebody in."""
        return tuple(room for room in self.rooms if not room.persons and room.state == "ready")

    def count(self, verdict: Verdict) -> int:
        """How many checks came out so."""
        return sum(check.verdict is verdict for check in self.checks)


@dataclass(frozen=True, slots=True)
class StayRow:
    """One person under observation; the name is masked. `against`: what stands against a release today."""

    id: str
    site_id: str
    room_no: str
    person: str
    reason: StayReason
    start_on: date
    end_on: date
    progress: Progress
    due: tuple[Slot, ...]
    against: tuple[Remark, ...]
    steps: Mapping[EmergencyStep, datetime]


@dataclass(frozen=True, slots=True)
class Premises:
    """The isolation of one enterprise."""

    enterprise_id: str
    enterprise: str
    sites: tuple[SiteCard, ...]
    stays: tuple[StayRow, ...]


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """Somebody who can be taken in; masked, with what tells two of a name apart."""

    id: str
    person: str
    place: str


def premises(workspace: Workspace, enterprise_id: str, now: datetime) -> Premises:
    """Sites and stays of an enterprise.

    Raises:
        UserProblem: `enterprise_unknown`.
    """
    book = rule_book(workspace.folder)
    with workspace.read() as session:
        head = session.execute(
            text("SELECT name, coalesce(staff_due, staff_on_duty, 0) FROM enterprises WHERE id = :id"),
            {"id": enterprise_id},
        ).first()
        if head is None:
            raise UserProblem("enterprise_unknown", enterprise=enterprise_id)
        rooms = _rooms(session, enterprise_id)
        sites = [
            _site(row, rooms.get(row.id, ()), head[1], book, now.date())
            for row in session.scalars(
                select(IsolationSite)
                .where(
                    IsolationSite.enterprise_id == enterprise_id,
                    IsolationSite.deleted_at.is_(None),
                    IsolationSite.closed_on.is_(None),
                )
                .order_by(IsolationSite.kind.desc(), IsolationSite.location)
            )
        ]
        return Premises(enterprise_id, head[0], tuple(sites), _stays(session, enterprise_id, book, now))


def people_to_take_in(workspace: Workspace, enterprise_id: str, limit: int = 500) -> list[PersonChoice]:
    """Employees of an enterprise who are not under observation."""
    with workspace.read() as session:
        found = session.execute(
            text(
                "SELECT p.id, p.name, p.department, p.team FROM employees p WHERE p.enterprise_id = :enterprise"
                " AND p.deleted_at IS NULL AND p.left_on IS NULL AND NOT EXISTS (SELECT 1 FROM isolation_stays s"
                " WHERE s.employee_id = p.id AND s.outcome IS NULL AND s.deleted_at IS NULL)"
                " ORDER BY p.name, p.id LIMIT :limit"
            ),
            {"enterprise": enterprise_id, "limit": limit},
        )
        return [PersonChoice(row[0], masked_name(row[1]), " · ".join(filter(None, row[2:4]))) for row in found]


def _site(row: IsolationSite, rooms: tuple[RoomRow, ...], staff: int, book: RuleBook, today: date) -> SiteCard:
    names = [column.name for column in IsolationSite.__table__.columns if column.name not in ENVELOPE_COLUMNS]
    columns = {name: getattr(row, name) for name in names}
    kind = SiteKind(row.kind)
    facts = SiteFacts(kind, columns, [RoomFacts(each.ensuite, each.area_m2, each.persons) for each in rooms], staff)
    on = date.fromisoformat(row.checked_on) if row.checked_on else today
    return SiteCard(row.id, kind, row.location, columns, rooms, site_checks(facts, book, on))


def _rooms(session: Session, enterprise_id: str) -> dict[str, tuple[RoomRow, ...]]:
    found: dict[str, list[RoomRow]] = {}
    for row in session.execute(
        text(
            "SELECT r.site_id, r.id, r.room_no, r.state, r.ensuite, r.area_m2, (SELECT count(*) FROM isolation_stays s"
            " WHERE s.room_id = r.id AND s.outcome IS NULL AND s.deleted_at IS NULL)"
            " FROM isolation_rooms r JOIN isolation_sites i ON i.id = r.site_id"
            " WHERE i.enterprise_id = :enterprise AND r.deleted_at IS NULL ORDER BY r.room_no"
        ),
        {"enterprise": enterprise_id},
    ):
        found.setdefault(row[0], []).append(RoomRow(*row[1:]))
    return {site: tuple(rooms) for site, rooms in found.items()}


def _stays(session: Session, enterprise_id: str, book: RuleBook, now: datetime) -> tuple[StayRow, ...]:
    entries = _readings(session, enterprise_id)
    rows = session.execute(
        text(
            "SELECT s.id, s.site_id, r.room_no, p.name, s.reason, s.start_on, s.expected_end_on, s.steps"
            " FROM isolation_stays s LEFT JOIN employees p ON p.id = s.employee_id"
            " LEFT JOIN isolation_rooms r ON r.id = s.room_id"
            " WHERE s.enterprise_id = :enterprise AND s.outcome IS NULL AND s.deleted_at IS NULL"
            " ORDER BY s.expected_end_on, r.room_no"
        ).columns(steps=JsonText),
        {"enterprise": enterprise_id},
    )
    return tuple(_stay(row, entries.get(row[0], []), book, now) for row in rows)


def _stay(row: Any, readings: list[Reading], book: RuleBook, now: datetime) -> StayRow:
    start, end = date.fromisoformat(row[5]), date.fromisoformat(row[6])
    return StayRow(
        row[0], row[1], row[2] or "", masked_name(row[3] or ""), StayReason(row[4]), start, end,
        progress(start, end, readings, now.date()),
        due_now(readings, now),
        release_remarks(start, end, readings, now.date(), book),
        step_moments(row[7] or {}),
    )  # fmt: skip


def _readings(session: Session, enterprise_id: str) -> dict[str, list[Reading]]:
    """Readings of everybody under observation, by stay."""
    found: dict[str, list[Reading]] = {}
    for stay, day, slot, temperature, symptoms in session.execute(
        text(
            "SELECT s.id, h.day, h.slot, h.temperature_c, coalesce(json_array_length(h.symptoms), 0)"
            " FROM isolation_stays s JOIN health_entries h ON h.employee_id = s.employee_id AND h.day >= s.start_on"
            " WHERE s.enterprise_id = :enterprise AND s.outcome IS NULL AND s.deleted_at IS NULL"
            " AND h.deleted_at IS NULL"
        ),
        {"enterprise": enterprise_id},
    ):
        found.setdefault(stay, []).append(Reading(date.fromisoformat(day), slot, temperature, symptoms))
    return found
