"""Which fields of each record kind may travel, of what type, and the refusal of everything else.

Listed by hand: a new column is not on the wire until somebody decides it here (a test compares the list with the
mapped columns). `stored` forms are what the database columns hold, `wired` forms what JSON carries; they differ only
for structures, which are stored as canonical text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from desktop.models.file_title import LONGEST_TITLE, plain_title
from desktop.models.records.registry import RECORDS
from desktop.models.vocabulary import (
    ConflictState,
    FindingState,
    LetterState,
    Resolution,
    Result,
    Role,
    Route,
    Scale,
    Severity,
    VisitKind,
    VisitState,
)  # fmt: skip
from desktop.sync.wire.batch_body import canonical

LARGEST_INTEGER = 2**31 - 1
_ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d{1,3})?Z")
_HASH = re.compile(r"[0-9a-f]{64}")


class Fault(NamedTuple):
    """Why an operation's fields are refused: a problem code and the field it is about."""

    code: str
    field: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field on the wire. `check` says whether a present value is right; `structure` is stored as JSON text."""

    check: Callable[[Any], bool]
    required: bool = False
    structure: bool = False
    length: int | None = None
    """Most characters, where the column has a limit."""


def text(length: int | None = None, *, required: bool = False) -> Field:
    """Text of at most `length` characters (none: as long as a line may be) without NUL."""

    def check(value: Any) -> bool:
        return isinstance(value, str) and "\0" not in value and (length is None or len(value) <= length)

    return Field(check, required, length=length)


def matching(pattern: re.Pattern[str], length: int, *, required: bool = False) -> Field:
    """Text that matches the pattern as a whole."""
    return Field(lambda v: isinstance(v, str) and bool(pattern.fullmatch(v)), required, length=length)


def one_of(codes: type[StrEnum], length: int, *, required: bool = False) -> Field:
    """A code of a closed list."""
    known = frozenset(code.value for code in codes)
    return Field(lambda v: isinstance(v, str) and v in known, required, length=length)


def whole(*, required: bool = False) -> Field:
    """A count: a whole number from 0 to what both databases hold."""
    return Field(lambda v: type(v) is int and 0 <= v <= LARGEST_INTEGER, required)


def degrees(most: float) -> Field:
    """A coordinate within ± `most` degrees."""
    return Field(lambda v: type(v) in (int, float) and math.isfinite(v) and abs(v) <= most)


def structure(kind: type, *, required: bool = False) -> Field:
    """A JSON object or list."""
    return Field(lambda v: isinstance(v, kind), required, structure=True)


def anything() -> Field:
    """Any JSON value, as it stands."""
    return Field(lambda _: True, structure=True)


def title() -> Field:
    """What a file was called: only characters that can be seen (SEC-55)."""
    return Field(lambda v: isinstance(v, str) and plain_title(v) == v, False, length=LONGEST_TITLE)


def day(*, required: bool = False) -> Field:
    """A calendar day `YYYY-MM-DD`."""
    return Field(_is_day, required, length=10)


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and date.fromisoformat(value) is not None
    except ValueError:
        return False


def record_id(*, required: bool = False) -> Field:
    """The id of another record."""
    return matching(_ID, 36, required=required)


def moment(*, required: bool = False) -> Field:
    """A moment in UTC."""
    return matching(_MOMENT, 24, required=required)


FIELDS: dict[str, dict[str, Field]] = {
    "grids": {
        "code": text(40, required=True), "name": text(120, required=True), "township": text(60),
        "county": text(60), "city": text(60),
    },
    "members": {"name": text(80, required=True), "unit": text(120), "phone": text(40)},
    "member_roles": {"member_id": record_id(required=True), "role": one_of(Role, 30, required=True)},
    "enterprises": {
        "name": text(200, required=True), "credit_code": text(18), "address": text(300), "township": text(60),
        "county": text(60), "industry": text(120), "scale": one_of(Scale, 20), "capital": text(60),
        "registered_on": day(), "resumed_on": day(), "staff_due": whole(), "staff_on_duty": whole(),
        "longitude": degrees(180), "latitude": degrees(90), "remark": text(500),
    },
    "contacts": {
        "enterprise_id": record_id(required=True), "name": text(80, required=True), "duty": text(60),
        "phone": text(40),
    },
    "visits": {
        "enterprise_id": record_id(required=True), "kind": one_of(VisitKind, 20, required=True),
        "visited_on": day(required=True), "state": one_of(VisitState, 12, required=True),
        "measure_set": text(80, required=True), "officer_id": record_id(), "officer_name": text(80),
        "companions": text(200), "started_at": moment(required=True), "completed_at": moment(),
        "situation": structure(dict), "gaps": structure(list), "remark": text(),
    },
    "answers": {
        "visit_id": record_id(required=True), "measure": text(8, required=True),
        "result": one_of(Result, 8, required=True), "points": structure(dict), "measured": structure(dict),
        "note": text(), "fact": text(), "advice": text(), "answered_at": moment(required=True),
    },
    "findings": {
        "enterprise_id": record_id(required=True), "visit_id": record_id(), "answer_id": record_id(),
        "number": text(40, required=True), "measure": text(8, required=True), "title": text(200, required=True),
        "fact": text(), "advice": text(), "severity": one_of(Severity, 8, required=True),
        "route": one_of(Route, 20, required=True), "state": one_of(FindingState, 12, required=True),
        "responsible": text(80), "found_on": day(required=True), "due_on": day(), "look_back_on": day(),
        "closed_on": day(),
    },
    "letters": {
        "enterprise_id": record_id(required=True), "visit_id": record_id(required=True),
        "state": one_of(LetterState, 8, required=True), "number": text(60),
        "content": structure(dict, required=True), "issued_on": day(), "issued_at": moment(), "pages": whole(),
        "sha256": matching(_HASH, 64), "supersedes_id": record_id(), "reason": text(),
    },
    "attachments": {
        "owner_table": text(30, required=True), "owner_id": record_id(required=True),
        "purpose": text(20, required=True), "sha256": matching(_HASH, 64, required=True),
        "size": whole(required=True), "media_type": text(60, required=True), "title": title(),
        "taken_at": moment(),
    },
    "conflicts": {
        "table_name": text(30, required=True), "row_id": record_id(required=True), "field": text(60, required=True),
        "base": anything(), "theirs": anything(), "mine": anything(), "theirs_by": record_id(),
        "theirs_at": moment(), "mine_by": record_id(), "mine_at": moment(required=True),
        "op_id": record_id(required=True), "state": one_of(ConflictState, 8, required=True),
        "resolution": one_of(Resolution, 8), "resolved_at": moment(),
    },
}  # fmt: skip
"""Table name → field name → its rule. The envelope's columns (id, grid, version, edited, deleted) are not fields."""

PARENTS: dict[str, dict[str, str]] = {
    "grids": {},
    "members": {},
    "member_roles": {"member_id": "members"},
    "enterprises": {},
    "contacts": {"enterprise_id": "enterprises"},
    "visits": {"enterprise_id": "enterprises"},
    "answers": {"visit_id": "visits"},
    "findings": {"enterprise_id": "enterprises", "visit_id": "visits", "answer_id": "answers"},
    "letters": {"enterprise_id": "enterprises", "visit_id": "visits"},
    "attachments": {},
    "conflicts": {},
}
"""Table name → field that names a parent → the parent's table. An attachment's parent is found by `parents_of`."""

SETTLING = frozenset({"state", "resolution", "resolved_at"})
"""The fields of a conflict a laptop may write; the server alone makes one."""

ATTACHMENT_OWNERS = frozenset({"enterprises", "visits", "answers", "findings", "letters"})

STRUCTURES: dict[str, frozenset[str]] = {
    table: frozenset(name for name, field in fields.items() if field.structure) for table, fields in FIELDS.items()
}

_REQUIRED = {table: tuple(name for name, field in fields.items() if field.required) for table, fields in FIELDS.items()}

APPLY_ORDER: tuple[str, ...] = tuple(RECORDS)


def fault_in(table: str, fields: Mapping[str, Any]) -> Fault | None:
    """What is wrong with the fields of an operation, or nothing."""
    rules = FIELDS.get(table)
    if rules is None:
        return Fault("sync_table_unknown", "table")
    for name, value in fields.items():
        rule = rules.get(name)
        if rule is None:
            return Fault("sync_field_unknown", name[:60])
        if value is None:
            if rule.required:
                return Fault("sync_field_missing", name)
        elif not rule.check(value):
            return Fault("sync_value_refused", name)
    if table == "attachments" and fields.get("owner_table", "visits") not in ATTACHMENT_OWNERS:
        return Fault("sync_value_refused", "owner_table")
    return None


def missing_field(table: str, fields: Mapping[str, Any]) -> str | None:
    """The first field a new row cannot do without and does not have."""
    for name in _REQUIRED[table]:
        if fields.get(name) is None:
            return name
    return None


def to_stored(table: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Wired values as the columns hold them."""
    stored = dict(fields)
    for name in STRUCTURES[table]:
        if stored.get(name) is not None:
            stored[name] = canonical(stored[name]).decode()
    return stored


def to_wired(table: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row as JSON carries them; structures stay encoded (`msgspec.Raw`), so nothing is parsed twice."""
    structures = STRUCTURES[table]
    return {
        name: msgspec.Raw(value.encode()) if name in structures and value is not None else value
        for name in FIELDS[table]
        for value in (stored[name],)
    }


def parents_of(table: str, fields: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(field, parent's table, parent's id) for every parent these fields name."""
    named = [(name, parent, fields[name]) for name, parent in PARENTS[table].items() if fields.get(name)]
    if table == "attachments" and fields.get("owner_id") and fields.get("owner_table"):
        named.append(("owner_id", fields["owner_table"], fields["owner_id"]))
    return named
