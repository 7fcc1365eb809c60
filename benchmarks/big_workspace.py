"""A workspace as it stands after a long season: a hundred thousand enterprises, a million answers, their findings.

All of it is invented. What the centre sent needs no operation; what this device wrote in the last month lies in the
outbox with the centre's answer, the last day's work still without one. Written by plain SQL: through the unit of work
it would take an hour.

    make_big_workspace(folder)                # half a minute, 750 MB
    make_big_workspace(folder, Size(200, 920))
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from desktop.models.answer_rules import suggested_finding
from desktop.models.desk.checklists import current_set, key_of
from desktop.models.device.search_keys import search_keys
from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id
from desktop.models.measure_set import Measure, MeasureSet, ValueType
from desktop.models.records.base import ENVELOPE_COLUMNS
from desktop.models.vocabulary import Result

_RESULTS = {Result.PASS: 84, Result.PARTIAL: 10, Result.FAIL: 6}  # in a hundred answers
_GRIDS, _DAYS = 20, 120
_OWN_EACH, _KEPT_DAYS = 24, 30  # every 24th visit is this device's own: about 15 a day
_CLOSED = 0.8
_AT_ONCE = 1000
_STRUCTURES = ("situation", "gaps", "points", "measured")

Row = Mapping[str, Any]
_encode = msgspec.json.Encoder(order="sorted").encode


@dataclass(frozen=True)
class Size:
    """How much is in the workspace; visits are answered completely, so the answers are rounded up to whole visits."""

    enterprises: int = 100_000
    answers: int = 1_000_000


def make_big_workspace(folder: Path, size: Size = Size()) -> None:
    """Fill an empty or missing folder; the same work every time, with ids of its own."""
    with Workspace.create(folder) as workspace:
        season = _Season(current_set(workspace), workspace.device.code)
    with closing(sqlite3.connect(folder / "workspace.db", isolation_level=None)) as database:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144; BEGIN")
        season.write(database, size)
        database.execute("COMMIT")


def any_result(chance: random.Random) -> Result:
    """A result as likely as in the field: every sixth answer or so leaves a finding."""
    return chance.choices(list(_RESULTS), list(_RESULTS.values()))[0]


class _Season:
    """Invents the work of a service in order of time, and writes it table by table."""

    def __init__(self, measure_set: MeasureSet, device_code: str) -> None:
        self._set, self._device_code = measure_set, device_code
        self._chance = random.Random(1_000_000)
        self._today = date.today()
        self._findings = 0
        self._entries = {
            (measure.code, result): _entry(measure, result) for measure in measure_set.measures for result in _RESULTS
        }

    def write(self, database: sqlite3.Connection, size: Size) -> None:
        grids = [self._grid(number) for number in range(_GRIDS)]
        _insert(database, "grids", grids)
        enterprises = [self._enterprise(number, grids) for number in range(size.enterprises)]
        _insert(database, "enterprises", enterprises)
        _insert(database, "contacts", (self._contact(enterprise) for enterprise in enterprises))
        _insert(database, "search_keys", map(_keys, enterprises))
        newest_last = range(-(-size.answers // len(self._set.measures)) - 1, -1, -1)
        for start in range(0, len(newest_last), _AT_ONCE):
            some = newest_last[start : start + _AT_ONCE]
            self._write_visits(database, [self._visit(n, len(newest_last), enterprises) for n in some])

    def _write_visits(self, database: sqlite3.Connection, visits: Sequence[tuple[int, Row]]) -> None:
        answers: list[Row] = []
        findings: list[Row] = []
        operations: list[Row] = []
        for back, visit in visits:
            answered = [self._answer(visit, measure) for measure in self._set.measures]
            found = [self._finding(visit, answer) for answer in answered if answer["result"] != Result.PASS]
            answers += answered
            findings += found
            if back % _OWN_EACH == 0 and self._days_ago(visit) <= _KEPT_DAYS:
                rows = {"visits": [visit], "answers": answered, "findings": found}
                operations += [_operation(table, row) for table, each in rows.items() for row in each]
        _insert(database, "visits", [visit for _, visit in visits])
        _insert(database, "answers", answers)
        _insert(database, "findings", findings)
        _insert(database, "outbox", operations)

    def _days_ago(self, visit: Row) -> int:
        return (self._today - date.fromisoformat(visit["visited_on"])).days

    def _grid(self, number: int) -> Row:
        code = f"CZ-{number + 1:02}"
        own = grid_id(code)
        return _synced(own, own, self._today) | {"code": code, "name": f"澄州第{number + 1}网格", "city": "澄州市"}

    def _enterprise(self, number: int, grids: Sequence[Row]) -> Row:
        name = "".join(self._chance.choices("澄湖云汐岚石沅谷青麓松砚屿衡陆盛", k=4))
        staff = self._chance.randint(10, 900)
        return _synced(new_id(), grids[number % _GRIDS]["id"], self._today) | {
            "name": f"{name}{number}有限公司",
            "credit_code": f"91330499{number:010}",
            "address": f"澄州市澄湖大道{number}号",
            "industry": "通用设备制造业",
            "scale": "above_size" if staff > 300 else "small_micro",
            "staff_due": staff,
            "staff_on_duty": staff * 9 // 10,
        }

    def _contact(self, enterprise: Row) -> Row:
        own = _synced(new_id(), enterprise["grid_id"], self._today)
        return own | {"enterprise_id": enterprise["id"], "name": "顾言", "duty": "epidemic_lead"}

    def _visit(self, back: int, of: int, enterprises: Sequence[Row]) -> tuple[int, Row]:
        """A completed visit with its place counted back from the newest, which was yesterday's."""
        day = self._today - timedelta(days=1 + back * _DAYS // of)
        enterprise = self._chance.choice(enterprises)
        sent = not (back % _OWN_EACH == 0 and day == self._today - timedelta(days=1))
        return back, _synced(new_id(), enterprise["grid_id"], day, version=int(sent)) | {
            "enterprise_id": enterprise["id"],
            "kind": "routine",
            "visited_on": day.isoformat(),
            "state": "completed",
            "measure_set": key_of(self._set),
            "officer_name": "周砚秋",
            "started_at": f"{day}T01:00:00.000Z",
            "completed_at": f"{day}T02:00:00.000Z",
            "situation": _text({"staff_due": enterprise["staff_due"], "staff_on_duty": enterprise["staff_on_duty"]}),
            "gaps": "[]",
        }

    def _answer(self, visit: Row, measure: Measure) -> Row:
        result = any_result(self._chance)
        return _beside(visit) | {
            "visit_id": visit["id"],
            "measure": measure.code,
            "result": result.value,
            **self._entries[measure.code, result],
            "answered_at": visit["edited_at"],
        }

    def _finding(self, visit: Row, answer: Row) -> Row:
        measure, day = self._set.measure(answer["measure"]), date.fromisoformat(visit["visited_on"])
        suggested = suggested_finding(measure, Result(answer["result"]))
        assert suggested is not None
        severity, route, days = suggested
        due = day + timedelta(days=days)
        self._findings += 1
        return _beside(visit) | {
            "enterprise_id": visit["enterprise_id"],
            "visit_id": visit["id"],
            "answer_id": answer["id"],
            "number": f"P-{day:%Y%m%d}-{self._findings:02}-{self._device_code}",
            "measure": measure.code,
            "title": measure.finding.title.zh,
            "fact": answer["note"],
            "advice": measure.finding.advice.zh,
            "severity": severity.value,
            "route": route.value,
            "state": "closed" if self._chance.random() < _CLOSED else "logged",
            "responsible": "顾言",
            "found_on": day.isoformat(),
            "due_on": due.isoformat(),
            "look_back_on": (due + timedelta(days=1)).isoformat(),
        }


def _entry(measure: Measure, result: Result) -> Row:
    """Check points, values and note of an answer, as they are stored."""
    good = result is Result.PASS
    points = {str(number): good or number > 1 for number in range(1, len(measure.check_points) + 1)}
    counted = (value for value in measure.values if value.type in (ValueType.INT, ValueType.DECIMAL))
    measured = {value.key: value.min or 1 for value in counted}
    return {
        "points": _text(points),
        "measured": _text(measured) if measured else None,
        "note": None if good else measure.finding.problem.zh,
    }


def _synced(row_id: str, grid: str, day: date, version: int = 1) -> dict[str, Any]:
    return {"id": row_id, "grid_id": grid, "version": version, "edited_at": f"{day}T02:00:00.000Z"}


def _beside(visit: Row) -> dict[str, Any]:
    """The envelope of a row written on a visit."""
    return {name: visit[name] for name in ("grid_id", "version", "edited_at")} | {"id": new_id()}


def _operation(table: str, row: Row) -> Row:
    """What this device told, or will tell, of a row; the centre has answered what has a version."""
    told = {name: value for name, value in row.items() if name not in ENVELOPE_COLUMNS and value is not None}
    fields = {name: msgspec.Raw(value.encode()) if name in _STRUCTURES else value for name, value in told.items()}
    return {
        "op_id": new_id(),
        "table_name": table,
        "row_id": row["id"],
        "grid_id": row["grid_id"],
        "kind": "put",
        "fields": _text(fields),
        "base_version": 0,
        "edited_at": row["edited_at"],
        "status": "applied" if row["version"] else None,
    }


def _keys(enterprise: Row) -> Row:
    keys = search_keys(enterprise["name"], enterprise["credit_code"])
    return {"enterprise_id": enterprise["id"], "keys": keys}


def _text(value: object) -> str:
    return _encode(value).decode()


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Insert rows that all have the columns of the first."""
    every: Iterator[Row] = iter(rows)
    first = next(every, None)
    if first is None:
        return
    names, marks = ", ".join(first), ", ".join("?" * len(first))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
    database.execute(statement, tuple(first.values()))
    database.executemany(statement, (tuple(row.values()) for row in every))
