"""The health files of one enterprise as a register: fever and absence first, figures of the day, ids before rows.

Names and numbers leave here masked; the days and their readings of a block of people are read in one query.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
from sqlalchemy import text

from desktop.models.device.search_keys import fold, search_keys
from desktop.models.device.unit_of_work import ReadSession, UnitOfWork
from desktop.models.health_rules import Standard, code_is_old, completeness, due_by, is_fever, readings_due
from desktop.models.health_terms import ReturnStatus, Slot
from desktop.models.masks import masked_id, masked_name
from desktop.models.rule_book import RuleBook

SHOWN_DAYS = 5
SYMPTOMS_NONE = "[]"
_TROUBLE_ORDER = {"fever": 0, "missing": 1, "observing": 2, "on_duty": 3, "not_returned": 4, "left": 5}

_PEOPLE_SQL = """
SELECT p.id, p.name, p.id_number, p.phone, p.department, p.return_status, p.housing, p.arrived_on,
  EXISTS (SELECT 1 FROM isolation_stays s WHERE s.employee_id = p.id AND s.ended_on IS NULL AND s.deleted_at IS NULL),
  EXISTS (SELECT 1 FROM roaming_queries q WHERE q.employee_id = p.id AND q.deleted_at IS NULL)
FROM employees p WHERE p.enterprise_id = :enterprise AND p.deleted_at IS NULL
"""
_ENTRIES_SQL = """
SELECT employee_id, day, slot, temperature_c, absent_reason, symptoms FROM health_entries
WHERE enterprise_id = :enterprise AND day BETWEEN :since AND :day AND deleted_at IS NULL
  AND (temperature_c IS NOT NULL OR absent_reason IS NOT NULL) AND (day = :day OR temperature_c >= :fever
  OR symptoms IS NOT NULL)
"""
_LATEST_SQL = """
SELECT employee_id, max(day || slot) FROM health_entries
WHERE enterprise_id = :enterprise AND day BETWEEN :since AND :day AND temperature_c IS NOT NULL AND deleted_at IS NULL
GROUP BY employee_id
"""
_ROWS_SQL = """
SELECT p.id, p.name, p.id_number, p.department, p.housing, p.dormitory_room, p.return_status, p.health_code,
  p.health_code_on, p.arrived_on,
  EXISTS (SELECT 1 FROM roaming_queries q WHERE q.employee_id = p.id AND q.deleted_at IS NULL),
  (SELECT max(s.start_on) FROM isolation_stays s
   WHERE s.employee_id = p.id AND s.ended_on IS NULL AND s.deleted_at IS NULL)
FROM employees p WHERE p.id IN (SELECT value FROM json_each(:ids))
"""
_BLOCK_SQL = """
SELECT employee_id, day, slot, temperature_c, absent_reason, symptoms FROM health_entries
WHERE employee_id IN (SELECT value FROM json_each(:ids)) AND day BETWEEN :since AND :day AND deleted_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """When the register is looked at: the local day, and which half of it."""

    day: date
    half: Slot

    @property
    def days(self) -> tuple[date, ...]:
        """The days shown, oldest first."""
        return tuple(self.day - timedelta(back) for back in range(SHOWN_DAYS - 1, -1, -1))

    @property
    def slots(self) -> tuple[tuple[str, Slot], ...]:
        """The slots shown, from left to right."""
        return tuple((day.isoformat(), slot) for day in self.days for slot in Slot)


@dataclass(frozen=True, slots=True)
class HealthFilter:
    """Whose files are shown. `search`: part of a name (also as pinyin), or a whole number or phone."""

    enterprise_id: str
    search: str = ""
    department: str | None = None
    trouble_first: bool = True
    trouble_only: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """The day in numbers of persons; `percent` of the entries that are due by now."""

    people: int = 0
    due: int = 0
    taken: int = 0
    fever: int = 0
    missing: int = 0
    observing: int = 0
    arrivals: int = 0
    queried: int = 0
    percent: float = 100.0
    standard: Standard = "pass"


@dataclass(frozen=True, slots=True)
class HealthListing:
    """Ids in order, the figures of the whole enterprise, its departments, and who has a fever nobody acted on."""

    ids: list[str]
    figures: Figures
    departments: list[str]
    untended: list[str]
    by_number: bool = False
    """Whether somebody was found by a whole number or phone: that is noted."""


@dataclass(frozen=True, slots=True)
class ReadingCell:
    """One reading as the grid shows it."""

    temperature_c: float | None
    absent_reason: str | None
    symptoms: tuple[str, ...]
    abnormal: bool
    """A fever or a symptom."""
    fever: bool = False


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One line. `state`: fever, missing, observing, on_duty, not_returned or left; `cells` follow `Moment.slots`."""

    id: str
    name: str
    number: str
    department: str | None
    housing: str | None
    room: str | None
    state: str
    observed_days: int | None
    health_code: str | None
    code_old: bool
    roaming: str
    """queried, missing, or "" where nobody has to be asked."""
    cells: tuple[ReadingCell | None, ...]
    due: tuple[int, ...]
    """How many readings each shown day asks for."""


def health_listing(session: ReadSession, chosen: HealthFilter, moment: Moment, book: RuleBook) -> HealthListing:
    """Whom to show, in which order, and how the day stands."""
    day, facts = moment.day, _facts(chosen.enterprise_id, moment)
    fever = book.number("fever_c", day)
    made: dict[str, int] = {}
    hot: set[str] = set()
    ever: dict[str, set[str]] = {}
    for person, on, slot, degrees, _, symptoms in session.execute(text(_ENTRIES_SQL), {**facts, "fever": fever}):
        abnormal = is_fever(degrees, book, day) or symptoms not in (None, SYMPTOMS_NONE)
        if on == day.isoformat():
            made[person] = made.get(person, 0) + 1
            if abnormal:
                hot.add(person)
        elif abnormal:
            ever.setdefault(person, set()).add(on + slot)
    if ever:
        latest = {row[0]: row[1] for row in session.execute(text(_LATEST_SQL), facts)}
        hot |= {person for person, moments in ever.items() if latest.get(person) in moments}
    since = (day - timedelta(book.number("roaming_window_days", day))).isoformat()
    today = day.isoformat()
    wanted = fold(chosen.search)
    counts = dict.fromkeys(("people", "due", "taken", "fever", "missing", "observing", "arrivals", "queried"), 0)
    entries_due = entries_made = 0
    shown: list[tuple[tuple[object, ...], str]] = []
    departments: set[str] = set()
    untended: list[str] = []
    by_number = False
    for row in session.execute(text(_PEOPLE_SQL), facts):
        person, name, number, phone, department, status, housing, arrived_on, stays, queried = row
        if (status == ReturnStatus.LEFT) is not chosen.left:
            continue
        due = due_by(readings_due(status, housing, arrived_on, book, day), moment.half)
        done = made.get(person, 0)
        state = "fever" if person in hot else "missing" if done < due else str(status)
        counts["people"] += 1
        counts["due"] += due > 0
        counts["taken"] += 0 < due <= done
        counts["missing"] += done < due
        counts["fever"] += person in hot
        counts["observing"] += status == ReturnStatus.OBSERVING
        if status in (ReturnStatus.ON_DUTY, ReturnStatus.OBSERVING) and since <= (arrived_on or "") <= today:
            counts["arrivals"] += 1
            counts["queried"] += bool(queried)
        entries_due += due
        entries_made += min(done, due)
        if person in hot and status == ReturnStatus.ON_DUTY and not stays:
            untended.append(person)
        if department:
            departments.add(department)
        if chosen.department is not None and department != chosen.department:
            continue
        if chosen.trouble_only and state not in ("fever", "missing"):
            continue
        if wanted:
            exact = chosen.search.strip().upper() in ((number or "").upper(), phone or "")
            if not exact and wanted not in search_keys(name, None):
                continue
            by_number = by_number or exact
        rank = _TROUBLE_ORDER[state] if chosen.trouble_first else 0
        shown.append(((rank, department or "\uffff", name, person), person))
    percent, standard = completeness(entries_made, entries_due, book, day)
    figures = Figures(**counts, percent=percent, standard=standard)
    return HealthListing([person for _, person in sorted(shown)], figures, sorted(departments), untended, by_number)


def health_rows(session: ReadSession, ids: list[str], moment: Moment, book: RuleBook) -> list[HealthRow]:
    """Lines for these ids with all readings of the shown days; unknown ids are left out."""
    if not ids:
        return []
    day, days, slots = moment.day, moment.days, moment.slots
    facts = {"ids": msgspec.json.encode(ids).decode(), "since": days[0].isoformat(), "day": day.isoformat()}
    cells: dict[str, dict[tuple[str, str], ReadingCell]] = {}
    for person, on, slot, degrees, absent, symptoms in session.execute(text(_BLOCK_SQL), facts):
        if degrees is not None or absent is not None:
            named = tuple(msgspec.json.decode(symptoms)) if symptoms else ()
            fever = is_fever(degrees, book, day)
            cell = ReadingCell(degrees, absent, named, fever or bool(named), fever)
            cells.setdefault(person, {})[on, slot] = cell
    since = (day - timedelta(book.number("roaming_window_days", day))).isoformat()
    found: dict[str, HealthRow] = {}
    for row in session.execute(text(_ROWS_SQL), facts):
        person, name, number, department, housing, room, status, code, code_on, arrived_on, queried, stay = row
        own = cells.get(person, {})
        line = tuple(own.get(slot) for slot in slots)
        due = tuple(readings_due(status, housing, arrived_on, book, each) for each in days)
        found[person] = HealthRow(
            person,
            masked_name(name),
            masked_id(number or ""),
            department,
            housing,
            room,
            _state(line, str(status), due_by(due[-1], moment.half)),
            (day - date.fromisoformat(stay)).days + 1 if stay else None,
            code,
            code_is_old(date.fromisoformat(code_on) if code_on else None, book, day),
            "queried" if queried else "missing" if since <= (arrived_on or "") <= day.isoformat() else "",
            line,
            due,
        )
    return [found[person] for person in ids if person in found]


def _state(line: tuple[ReadingCell | None, ...], status: str, due: int) -> str:
    """As `health_listing` ranks: a fever today, or in the latest reading; else what is missing; else the status."""
    today = line[-2:]
    measured = [cell for cell in line if cell is not None and cell.temperature_c is not None]
    if any(cell is not None and cell.abnormal for cell in today) or (measured and measured[-1].abnormal):
        return "fever"
    return "missing" if sum(cell is not None for cell in today) < due else status


def _facts(enterprise_id: str, moment: Moment) -> dict[str, str]:
    return {"enterprise": enterprise_id, "since": moment.days[0].isoformat(), "day": moment.day.isoformat()}


@dataclass(frozen=True, slots=True)
class StaffedEnterprise:
    """An enterprise with the number of its files that are not closed, and how many of them have an entry of the day."""

    id: str
    name: str
    people: int
    entered: int


def staffed_enterprises(session: ReadSession, search: str, day: str, limit: int = 200) -> list[StaffedEnterprise]:
    """Enterprises that match, those with files first."""
    found = session.execute(
        text(
            "WITH staff AS (SELECT enterprise_id, count(*) AS people FROM employees"
            " WHERE deleted_at IS NULL AND return_status <> 'left' GROUP BY enterprise_id),"
            " entered AS (SELECT enterprise_id, count(DISTINCT employee_id) AS people FROM health_entries"
            " WHERE day = :day AND deleted_at IS NULL AND (temperature_c IS NOT NULL OR absent_reason IS NOT NULL)"
            " GROUP BY enterprise_id)"
            " SELECT e.id, e.name, coalesce(s.people, 0), coalesce(t.people, 0) FROM enterprises e"
            " LEFT JOIN staff s ON s.enterprise_id = e.id LEFT JOIN entered t ON t.enterprise_id = e.id"
            " WHERE e.deleted_at IS NULL AND (:search = '' OR e.id IN"
            " (SELECT k.enterprise_id FROM search_keys k WHERE instr(k.keys, :search) > 0))"
            " ORDER BY s.people IS NULL, e.name LIMIT :limit"
        ),
        {"day": day, "search": fold(search), "limit": limit},
    )
    return [StaffedEnterprise(*row) for row in found]


def people_named(
    session: ReadSession | UnitOfWork, enterprise_id: str
) -> Iterable[tuple[str, str, str | None, str | None]]:
    """(id, name, number, phone) of everybody of an enterprise who has not left: to match lists by, never to show."""
    return (
        (row[0], row[1], row[2], row[3])
        for row in session.execute(text(_PEOPLE_SQL), {"enterprise": enterprise_id})
        if row[5] != ReturnStatus.LEFT
    )
