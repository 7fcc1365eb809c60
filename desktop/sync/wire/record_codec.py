"""A record between the wire and the store: the refusal of what may not travel, and the two forms of its values.

`stored` forms are what the database columns hold, `wired` forms what JSON carries; they differ only for structures,
which are stored as canonical text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from desktop.models.records.registry import RECORDS
from desktop.sync.wire.batch_body import canonical
from desktop.sync.wire.record_fields import ATTACHMENT_OWNERS, FIELDS, PARENTS, STRUCTURES


class Fault(NamedTuple):
    """Why an operation's fields are refused: a problem code and the field it is about."""

    code: str
    field: str


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
