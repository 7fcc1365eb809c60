"""A number of a paper is taken only when it can be one, and what is wrong with it is named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.resident_id import birth_date, check_character, fault, kind_of, sex, tidy

TODAY = date(2020, 2, 28)
FIRST = "33049919880312123"
GOOD = FIRST + check_character(FIRST)


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        ("resident_id", GOOD, None),
        ("resident_id", "330499880312123", None),
        ("resident_id", GOOD[:-1], "staff_id_length"),
        ("resident_id", "33049919880312A23X", "staff_id_characters"),
        ("resident_id", "330499198813121230", "staff_id_birth"),
        ("resident_id", "330499202002291230", "staff_id_birth"),
        ("resident_id", "330499880231123", "staff_id_birth"),
        ("passport", "E12345678", None),
        ("passport", "E123456789", "staff_passport_shape"),
        ("permit", "H12345678", None),
        ("permit", "12345678", None),
        ("permit", "H1234567", "staff_permit_shape"),
        ("other", "AB", "staff_other_shape"),
    ],
)
def test_what_is_wrong_with_a_number_is_named(kind: str, number: str, code: str | None) -> None:
    found = fault(kind, number, TODAY)
    assert (found[0] if found else None) == code


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place: int, shift: int) -> None:
    wrong = GOOD[:place] + str((int(GOOD[place]) + shift) % 10) + GOOD[place + 1 :]
    assert fault("resident_id", wrong, TODAY) is not None


def test_a_number_states_birth_and_sex() -> None:
    assert (birth_date(GOOD), sex(GOOD)) == (date(1988, 3, 12), "male")
    assert (birth_date("330499880312124"), sex("330499880312124")) == (date(1988, 3, 12), "female")
    assert (birth_date("E12345678"), sex("E12345678")) == (None, None)


def test_what_typing_added_goes_and_the_kind_is_guessed() -> None:
    assert tidy(" ３３０４９９ 19880312-123x ") == "33049919880312123X"
    assert [kind_of(number) for number in (GOOD, "E12345678", "H12345678", "12345678", "??")] == [
        "resident_id", "passport", "permit", "permit", "other",
    ]  # fmt: skip
