"""Every stored code has a word for people."""

from __future__ import annotations

import pytest

from desktop.models import vocabulary
from desktop.models.registers import MEASURED, REGISTERS
from desktop.models.value_words import _words, value_word

LISTS = {
    "result": vocabulary.Result,
    "visit_kind": vocabulary.VisitKind,
    "visit_state": vocabulary.VisitState,
    "scale": vocabulary.Scale,
    "severity": vocabulary.Severity,
    "route": vocabulary.Route,
    "finding_state": vocabulary.FindingState,
    "letter_state": vocabulary.LetterState,
}


def test_every_code_has_words_in_both_languages_and_nothing_else_has() -> None:
    assert {name: set(words) for name, words in _words().items()} == {
        name: {str(code) for code in codes} for name, codes in LISTS.items()
    }
    assert all(set(word) == {"zh", "en"} for words in _words().values() for word in words.values())


def test_a_code_of_a_newer_program_is_shown_as_it_is() -> None:
    assert value_word("result", "unheard_of", "zh") == "unheard_of"


@pytest.mark.parametrize("name", REGISTERS)
def test_registers_name_lists_that_exist(name: str) -> None:
    assert {column.words for column in REGISTERS[name].columns} <= LISTS.keys() | {"", MEASURED}
