"""The numbers of the rules: dated, sourced, replaceable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.models.problems import UserProblem
from desktop.models.rule_book import rule_book, rule_sources

DAY = date(2020, 2, 27)


def test_every_rule_names_sources_that_are_listed_and_a_proposal_needs_none() -> None:
    for versions in rule_book().rules.values():
        for rule in versions:
            assert set(rule.source.split()) <= rule_sources().keys(), rule.id
            assert rule.source or rule.mark == "P", rule.id
            assert rule.zh, rule.id
            assert rule.en, rule.id


def test_a_limit_that_was_lifted_holds_for_the_days_before() -> None:
    book = rule_book()
    assert book.number("dormitory_persons", date(2020, 4, 6)) == 6
    assert book.holds("dormitory_persons", date(2020, 4, 6))
    assert not book.holds("dormitory_persons", date(2020, 4, 7))
    with pytest.raises(KeyError, match="dormitory_persons"):
        book.number("dormitory_persons", date(2020, 4, 7))


def _put(folder: Path, text: str) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "county.toml").write_text(text, encoding="utf-8")


def test_an_authority_replaces_one_rule_and_leaves_the_others(tmp_path: Path) -> None:
    _put(
        tmp_path,
        '[[rule]]\nid = "fever_c"\nvalue = 37.3\nmark = "V"\nsource = "S41"\nuntil = 2020-02-27\n'
        '[[rule]]\nid = "fever_c"\nvalue = 37.0\nmark = "V"\nsource = "S41"\nfrom = 2020-02-28\n',
    )
    book = rule_book(tmp_path)
    assert [book.number("fever_c", date(2020, 2, day)) for day in (27, 28)] == [37.3, 37.0]
    assert book.number("observation_days", DAY) == 14


@pytest.mark.parametrize(
    "text",
    [
        "[[rule]",
        '[[rule]]\nid = "fever_c"\nvalue = 37.3\nmark = "X"\n',
        '[[rule]]\nid = "fever_c"\nvalue = 37.3\nmark = "V"\nunheard_of = 1\n',
        '[[rule]]\nid = "a"\nvalue = 1\nmark = "P"\n[[rule]]\nid = "a"\nvalue = 2\nmark = "P"\nfrom = 2020-01-01\n',
    ],
)
def test_a_file_that_cannot_be_taken_is_named_with_the_reason(tmp_path: Path, text: str) -> None:
    _put(tmp_path, text)
    with pytest.raises(UserProblem, match="rules_unreadable") as refused:
        rule_book(tmp_path)
    assert refused.value.fields["file"] == "county.toml"
    assert refused.value.fields["reason"]
