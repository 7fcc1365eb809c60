"""The whitelist of the wire against the tables it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import pytest
from sqlalchemy import ForeignKey, String

from desktop.models.records.base import ENVELOPE_COLUMNS, JsonText
from desktop.models.records.registry import RECORDS
from desktop.sync.wire.record_codec import fault_in, missing_field, parents_of, to_stored, to_wired
from desktop.sync.wire.record_fields import FIELDS, PARENTS


@pytest.mark.parametrize("table", RECORDS)
def test_every_column_is_either_on_the_wire_or_in_the_envelope(table: str) -> None:
    columns = set(RECORDS[table].__table__.columns.keys())
    assert columns == set(FIELDS[table]) | ENVELOPE_COLUMNS


@pytest.mark.parametrize("table", RECORDS)
def test_the_wire_is_as_strict_as_the_column(table: str) -> None:
    for name, field in FIELDS[table].items():
        column = RECORDS[table].__table__.columns[name]
        assert field.required is not column.nullable, name
        assert field.structure is isinstance(column.type, JsonText), name
        if isinstance(column.type, String):
            assert field.length == column.type.length, name


@pytest.mark.parametrize("table", RECORDS)
def test_every_foreign_key_is_known_as_a_parent(table: str) -> None:
    keys: Iterable[ForeignKey] = RECORDS[table].__table__.foreign_keys
    assert {key.parent.name: key.column.table.name for key in keys} == PARENTS[table]


@pytest.mark.parametrize("smuggled", ["role", "version", "officer", "edited_by", "grid_id", "id", "deleted_at"])
def test_a_field_of_the_envelope_smuggled_in_is_refused(smuggled: str) -> None:
    fault = fault_in("enterprises", {"name": "甲", smuggled: "x"})
    assert fault == ("sync_field_unknown", smuggled)


@pytest.mark.parametrize(
    ("table", "fields", "field"),
    [
        ("enterprises", {"name": "甲" * 201}, "name"),
        ("enterprises", {"name": "a\0b"}, "name"),
        ("enterprises", {"staff_due": True}, "staff_due"),
        ("enterprises", {"staff_due": 2**31}, "staff_due"),
        ("enterprises", {"longitude": 181.0}, "longitude"),
        ("enterprises", {"registered_on": "2020-02-30"}, "registered_on"),
        ("answers", {"result": "maybe"}, "result"),
        ("answers", {"points": []}, "points"),
        ("visits", {"started_at": "2020-02-27 08:00"}, "started_at"),
        ("attachments", {"owner_table": "accounts", "owner_id": "0" * 8}, "owner_id"),
        ("attachments", {"title": "照片\u202egpj.exe"}, "title"),
        ("attachments", {"title": "一\n二"}, "title"),
    ],
)
def test_a_value_of_the_wrong_sort_is_refused_by_its_name(table: str, fields: dict[str, Any], field: str) -> None:
    fault = fault_in(table, fields)
    assert fault is not None
    assert fault.field == field


def test_an_attachment_may_only_belong_to_a_kind_that_has_attachments() -> None:
    assert fault_in("attachments", {"owner_table": "members"}) == ("sync_value_refused", "owner_table")


def test_emptying_a_field_is_allowed_where_the_column_may_be_empty() -> None:
    assert fault_in("enterprises", {"address": None}) is None
    assert fault_in("enterprises", {"name": None}) == ("sync_field_missing", "name")


def test_a_new_row_names_the_first_field_it_lacks() -> None:
    assert missing_field("contacts", {"name": "乙"}) == "enterprise_id"
    assert missing_field("contacts", {"name": "乙", "enterprise_id": "x"}) is None


def test_structures_survive_the_way_into_the_database_and_out_again() -> None:
    fields = {"measured": {"b": 1, "a": [True, None, "中"]}, "note": "n"}
    stored = to_stored("answers", fields)
    assert stored["measured"] == '{"a":[true,null,"中"],"b":1}'
    row = dict.fromkeys(FIELDS["answers"]) | stored
    assert msgspec.json.decode(msgspec.json.encode(to_wired("answers", row)))["measured"] == fields["measured"]


def test_the_owner_of_an_attachment_is_its_parent() -> None:
    assert parents_of("attachments", {"owner_table": "visits", "owner_id": "v"}) == [("owner_id", "visits", "v")]
