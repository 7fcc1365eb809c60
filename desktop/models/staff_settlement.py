"""What importing a list of staff does to the files already open: a pure decision for every row, in file order.

A person is recognised by number, else by name and phone within the enterprise. An empty cell never empties what is
stored, leaving closes a file and never deletes it, and nobody is closed because a list leaves him out. A row that would
make one person of two is not imported and told:

* the number is known under another name, or the name and phone under another number → `conflict`;
* the row names another enterprise → `reject`;
* the same person stands twice in the file → `duplicate`: the first row counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from desktop.models.health_terms import ReturnStatus
from desktop.models.roster_rows import Issue, RowStatus
from desktop.models.roster_settlement import Act, name_key
from desktop.models.staff_rows import STORED, StaffFields, StaffRow


class KnownPerson(msgspec.Struct, frozen=True):
    """A file as stored: its id and the values of `STORED`."""

    id: str
    values: Mapping[str, Any]


class StaffDecision(msgspec.Struct, frozen=True, gc=False):
    """What becomes of one row. `changes`: all of a new file, or what differs."""

    row: StaffRow
    status: RowStatus
    act: Act
    issues: tuple[Issue, ...]
    person: str | None = None
    changes: Mapping[str, Any] = {}


def settle_staff(
    rows: Iterable[StaffRow],
    known: Sequence[KnownPerson],
    enterprise: tuple[str, str | None],
    new_id: Callable[[], str],
    today: str,
) -> list[StaffDecision]:
    """A decision for every row.

    Args:
        enterprise: name and credit code of the enterprise the list is imported for.
        today: the day a file is closed on where the list does not name one.
    """
    by_number = {each.values["id_number"]: each for each in known if each.values["id_number"]}
    by_name: dict[tuple[str, str], list[KnownPerson]] = {}
    for each in known:
        by_name.setdefault(_called(each.values["name"], each.values["phone"]), []).append(each)
    seen: dict[tuple[str, str], int] = {}
    decisions: list[StaffDecision] = []
    for row in rows:
        fields = row.fields
        if row.status is RowStatus.REJECT:
            decisions.append(_not(row, RowStatus.REJECT))
            continue
        if _elsewhere(fields, enterprise):
            decisions.append(_not(row, RowStatus.REJECT, Issue("staff_other_enterprise", "enterprise")))
            continue
        keys = [("number", fields.id_number)] if fields.id_number else []
        keys.append(("name", "\t".join((*_called(fields.name, fields.phone), fields.id_number or ""))))
        first = next((seen[key] for key in keys if key in seen), None)
        if first is not None:
            decisions.append(_not(row, RowStatus.DUPLICATE, Issue("staff_twice", "name", {"row": first})))
            continue
        seen.update(dict.fromkeys(keys, row.row))
        decisions.append(_decide(row, by_number, by_name, new_id, today))
    return decisions


def _decide(
    row: StaffRow,
    by_number: Mapping[str, KnownPerson],
    by_name: Mapping[tuple[str, str], Sequence[KnownPerson]],
    new_id: Callable[[], str],
    today: str,
) -> StaffDecision:
    fields = row.fields
    person = by_number.get(fields.id_number) if fields.id_number else None
    if person is not None and name_key(person.values["name"]) != name_key(fields.name):
        return _not(row, RowStatus.CONFLICT, Issue("staff_number_taken", "id_number"))
    if person is None:
        namesakes = by_name.get(_called(fields.name, fields.phone), ())
        if len(namesakes) > 1:
            return _not(row, RowStatus.CONFLICT, Issue("staff_several", "name", {"count": len(namesakes)}))
        person = namesakes[0] if namesakes else None
        if person is not None and fields.id_number and person.values["id_number"]:
            return _not(row, RowStatus.CONFLICT, Issue("staff_other_number", "id_number"))
    values = _values(fields, today)
    if person is None:
        values.setdefault("return_status", str(ReturnStatus.ON_DUTY))
        return StaffDecision(row, row.status, Act.NEW, row.issues, new_id(), values)
    changes = {name: value for name, value in values.items() if value != person.values[name]}
    if changes.get("left_on") == today and person.values["left_on"] and "return_status" not in changes:
        del changes["left_on"]
    back = changes.get("return_status") not in (None, ReturnStatus.LEFT) and person.values["left_on"]
    changes.update({"left_on": None} if back else {})
    return StaffDecision(row, row.status, Act.UPDATE if changes else Act.UNCHANGED, row.issues, person.id, changes)


def _values(fields: StaffFields, today: str) -> dict[str, Any]:
    values = {name: value for name in STORED if (value := getattr(fields, name)) is not None}
    if fields.return_status == ReturnStatus.LEFT:
        values.setdefault("left_on", today)
    return values


def _elsewhere(fields: StaffFields, enterprise: tuple[str, str | None]) -> bool:
    name, code = enterprise
    if fields.credit_code and code:
        return fields.credit_code != code
    return bool(fields.enterprise) and name_key(fields.enterprise or "") != name_key(name)


def _called(name: str, phone: str | None) -> tuple[str, str]:
    return name_key(name), phone or ""


def _not(row: StaffRow, status: RowStatus, *more: Issue) -> StaffDecision:
    return StaffDecision(row, status, Act.NONE, (*more, *row.issues))
