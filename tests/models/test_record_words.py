"""Everything that travels has a name people can decide by."""

from __future__ import annotations

import tomllib

import pytest

from desktop.models.problems import Language
from desktop.models.record_words import field_word, record_word
from desktop.resource_paths import resource
from desktop.sync.wire.record_fields import FIELDS


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("table", FIELDS)
def test_a_record_and_each_of_its_fields_has_a_name_in_both_languages(table: str, language: Language) -> None:
    assert record_word(table, language) != table
    nameless = [field for field in FIELDS[table] if field_word(table, field, language) in ("", field)]

    assert not nameless


def test_no_name_is_kept_for_what_does_not_travel() -> None:
    with resource("words", "fields.toml").open("rb") as file:
        names = tomllib.load(file)

    assert {table: set(fields) - {"_"} for table, fields in names.items()} == {
        table: set(fields) for table, fields in FIELDS.items()
    }


def test_what_has_no_name_is_shown_by_its_code() -> None:
    assert record_word("moons", "zh") == "moons"
    assert field_word("visits", "tide", "en") == "tide"
