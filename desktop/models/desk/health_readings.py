"""Daily readings as they are entered: one by one, or pasted as a block. Each call is one unit of work.

A reading's id follows from person, day and half, so entering it twice changes it. An emptied one stays as an empty row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import text

from desktop.models.desk.health_register import people_named
from desktop.models.device.unit_of_work import ReadSession, UnitOfWork, change_rows, store_rows
from desktop.models.device.workspace import Workspace
from desktop.models.health_rules import asks_again, is_fever, temperature_fault
from desktop.models.health_terms import Slot
from desktop.models.identity import utc_now
from desktop.models.masks import masked_name
from desktop.models.problems import UserProblem
from desktop.models.reading_text import MOST_CHARACTERS, typed_reading
from desktop.models.records.health_files import Employee, HealthEntry, entry_id
from desktop.models.resident_id import tidy
from desktop.models.rule_book import RuleBook, rule_book

SlotOfDay = tuple[str, Slot]


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands, or shall stand, for one half of a day. Empty: nothing was entered."""

    temperature_c: float | None = None
    absent_reason: str | None = None
    thermometer: str | None = None
    symptoms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedReading:
    """What was there before, and what to do about what is there now."""

    before: Reading
    fever: bool
    again: bool
    """The reading should be taken again by ear or mercury."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell of a pasted block that was not taken: its row (from 1), whose it is (masked), the text, and why."""

    row: int
    person: str
    text: str
    problem: UserProblem


@dataclass(frozen=True, slots=True)
class PastedBlock:
    """What a paste did; `employees` are those with a new reading, `before` what it replaced."""

    saved: int
    employees: list[str]
    problems: list[CellProblem]
    before: dict[tuple[str, str, Slot], Reading]


def set_reading(
    workspace: Workspace, employee_id: str, day: str, slot: Slot, reading: Reading, *, today: date
) -> SavedReading:
    """Save one reading over whatever stood there.

    Raises:
        UserProblem: `employee_unknown`, `health_temperature_range`, `health_reading_ahead`, `health_reason_long`.
    """
    book = rule_book(workspace.folder)
    _refuse(reading, day, book, today)
    with workspace.write() as session:
        person = session.get(Employee, employee_id)
        if person is None or person.deleted_at:
            raise UserProblem("employee_unknown")
        before = _standing(session, [(employee_id, day, slot)]).get((employee_id, day, slot))
        _store(session, workspace, {(employee_id, day, slot): reading}, {employee_id: person.grid_id}, person)
    degrees = reading.temperature_c
    return SavedReading(
        before[1] if before else Reading(),
        is_fever(degrees, book, today),
        degrees is not None and asks_again(degrees, reading.thermometer, book, today),
    )


def paste_readings(
    workspace: Workspace,
    enterprise_id: str,
    block: Sequence[Sequence[str]],
    shown: Sequence[str],
    slots: Sequence[SlotOfDay],
    *,
    today: date,
) -> PastedBlock:
    """Save a block of a spreadsheet: every cell that can be meant, in one transaction; the others are told.

    Args:
        block: rows of cells. Where its first column holds names, numbers or phones, each row goes to that person;
            else the rows go to `shown` from its first id on.
        shown: employees from the cell the block is pasted at downwards.
        slots: slots from that cell to the right.

    Raises:
        UserProblem: `paste_nothing`: not one cell could be meant.
    """
    book = rule_book(workspace.folder)
    with workspace.write() as session:
        people = list(people_named(session, enterprise_id))
        names = {person: name for person, name, _, _ in people}
        rows, problems = _rows_of(block, shown, people)
        wanted: dict[tuple[str, str, Slot], Reading] = {}
        for number, person, cells in rows:
            for at, cell in enumerate(cells):
                try:
                    typed = typed_reading(cell)
                    if typed.empty:
                        continue
                    if at >= len(slots):
                        raise UserProblem("paste_beyond", text=cell[:20])
                    reading = Reading(typed.temperature_c, typed.absent_reason)
                    _refuse(reading, slots[at][0], book, today)
                except UserProblem as problem:
                    problems.append(CellProblem(number, masked_name(names.get(person, "")), cell, problem))
                    continue
                wanted[person, *slots[at]] = reading
        if not wanted and not problems:
            raise UserProblem("paste_nothing")
        before = {key: stood[1] for key, stood in _standing(session, list(wanted)).items()}
        for key, stood in before.items():  # a temperature says nothing about symptoms that were asked
            wanted[key] = replace(wanted[key], symptoms=stood.symptoms)
        owner = session.get(Employee, next(iter(wanted))[0]) if wanted else None
        if owner is not None:
            grids = dict.fromkeys((person for person, _, _ in wanted), owner.grid_id)
            _store(session, workspace, wanted, grids, owner)
    problems.sort(key=lambda each: each.row)
    everything = {key: before.get(key, Reading()) for key in wanted}
    return PastedBlock(len(wanted), list(dict.fromkeys(key[0] for key in wanted)), problems, everything)


def put_back(workspace: Workspace, before: Mapping[tuple[str, str, Slot], Reading]) -> None:
    """Undo: make these readings what they were."""
    with workspace.write() as session:
        owner = session.get(Employee, next(iter(before))[0]) if before else None
        if owner is not None:
            grids = dict.fromkeys((key[0] for key in before), owner.grid_id)
            _store(session, workspace, dict(before), grids, owner)


def table_of(pasted: str) -> list[list[str]]:
    """The cells of text copied from a spreadsheet program."""
    lines = pasted.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    return [line.split("\t") for line in lines]


def _refuse(reading: Reading, day: str, book: RuleBook, today: date) -> None:
    if day > today.isoformat():
        raise UserProblem("health_reading_ahead", day=day)
    if reading.temperature_c is not None:
        wrong = temperature_fault(reading.temperature_c, book, today)
        if wrong is not None:
            raise UserProblem("health_temperature_range", **wrong[1])
    if len(reading.absent_reason or "") > MOST_CHARACTERS:
        raise UserProblem("health_reason_long", most=MOST_CHARACTERS)


def _rows_of(
    block: Sequence[Sequence[str]], shown: Sequence[str], people: Sequence[tuple[str, str, str | None, str | None]]
) -> tuple[list[tuple[int, str, Sequence[str]]], list[CellProblem]]:
    """(row number, employee, cells) of every row that is somebody's, and the rows that are nobody's."""
    if not any(_is_key(row[0]) for row in block if row):
        within = list(zip(range(1, len(block) + 1), shown, block, strict=False))
        beyond = [
            CellProblem(number, "", "\t".join(row), UserProblem("paste_below"))
            for number, row in enumerate(block, 1)
            if number > len(shown) and any(cell.strip() for cell in row)
        ]
        return within, beyond
    by_key: dict[str, list[str]] = {}
    for person, name, paper, phone in people:
        for key in {name.strip(), (paper or "").upper(), phone or ""} - {""}:
            by_key.setdefault(key, []).append(person)
    found: list[tuple[int, str, Sequence[str]]] = []
    problems: list[CellProblem] = []
    for number, row in enumerate(block, 1):
        written = row[0].strip() if row else ""
        matches = by_key.get(written) or by_key.get(tidy(written)) or by_key.get("".join(written.split())) or []
        if len(matches) == 1:
            found.append((number, matches[0], row[1:]))
        elif any(_may_be_reading(cell) for cell in row[1:]):
            problem = UserProblem("paste_several") if matches else UserProblem("paste_nobody")
            problems.append(CellProblem(number, masked_name(written), "\t".join(row[1:]), problem))
    return found, problems


def _is_key(cell: str) -> bool:
    """Whether a first cell says whose row it is: something that is neither a reading nor nothing."""
    return not _may_be_reading(cell) and bool(cell.strip()) and cell.strip() not in ("-", "—", "·", "/")


def _may_be_reading(cell: str) -> bool:
    try:
        return not typed_reading(cell).empty
    except UserProblem:
        bare = cell.strip().replace(".", "", 1)
        return bare.isdigit() and len(bare) < 6  # a slip in a number is still meant as a number


def _standing(
    session: ReadSession | UnitOfWork, keys: Sequence[tuple[str, str, Slot]]
) -> dict[tuple[str, str, Slot], tuple[int, Reading]]:
    """Version and reading of the entries that exist."""
    wanted = {entry_id(*key): key for key in keys}
    found = session.execute(
        text(
            "SELECT id, version, temperature_c, absent_reason, thermometer, symptoms FROM health_entries"
            " WHERE id IN (SELECT value FROM json_each(:ids))"
        ),
        {"ids": msgspec.json.encode(list(wanted)).decode()},
    )
    return {
        wanted[row[0]]: (
            row[1],
            Reading(row[2], row[3], row[4], tuple(msgspec.json.decode(row[5])) if row[5] else ()),
        )
        for row in found
    }


def _store(
    session: UnitOfWork,
    workspace: Workspace,
    wanted: Mapping[tuple[str, str, Slot], Reading],
    grids: Mapping[str, str],
    owner: Employee,
) -> None:
    standing = _standing(session, list(wanted))
    recorder = workspace.enrolment.officer_name if workspace.enrolment else None
    now = utc_now()
    new: dict[str, Mapping[str, Any]] = {}
    changed: list[tuple[str, str, int, Mapping[str, Any]]] = []
    for key, reading in wanted.items():
        values: dict[str, Any] = {
            "temperature_c": reading.temperature_c,
            "absent_reason": reading.absent_reason,
            "thermometer": reading.thermometer,
            "symptoms": list(reading.symptoms) or None,
        }
        row, stood = entry_id(*key), standing.get(key)
        stamped = {"recorder": recorder, "recorded_at": now}
        if stood is None:
            if reading != Reading():
                own = {"enterprise_id": owner.enterprise_id, "employee_id": key[0], "day": key[1], "slot": str(key[2])}
                new[row] = {**own, **values, **stamped}
        elif stood[1] != reading:
            before = stood[1]
            old = {**_fields(before), "symptoms": list(before.symptoms) or None}
            differing = {name: value for name, value in values.items() if value != old[name]}
            changed.append((row, grids[key[0]], stood[0], {**differing, **stamped}))
    store_rows(session, HealthEntry, owner.grid_id, new)
    change_rows(session, HealthEntry, changed)


def _fields(reading: Reading) -> dict[str, Any]:
    return {
        "temperature_c": reading.temperature_c,
        "absent_reason": reading.absent_reason,
        "thermometer": reading.thermometer,
    }
