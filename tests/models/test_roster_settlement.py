"""Importing decides for every row, never doubles an enterprise, and a second import changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.roster_rows import FIELD_NAMES, RosterFields, RosterRow, RowStatus, reason
from desktop.models.roster_settlement import Act, Decision, FileComparison, Known, name_key, settle

A, B = "913304000513137281", "913304000605829468"
ALL = (RowStatus.ASK, RowStatus.CONFLICT)


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"e{next(numbers)}"


def row(name: str, code: str | None = None, status: RowStatus = RowStatus.OK, **values: Any) -> RosterRow:
    return RosterRow("一", 2, status, RosterFields(name=name, credit_code=code, **values))


def known(name: str, code: str | None = None, number: str = "k1", **values: Any) -> Known:
    blank: dict[str, Any] = dict.fromkeys(FIELD_NAMES)
    return Known(number, {**blank, "name": name, "credit_code": code, **values})


def settled(
    rows: Iterable[RosterRow], stored: Iterable[Known] = (), accepted: tuple[RowStatus, ...] = ()
) -> list[Decision]:
    by_code = {each.values["credit_code"]: each for each in stored if each.values["credit_code"]}
    by_name: dict[str, list[Known]] = {}
    for each in stored:
        by_name.setdefault(name_key(each.values["name"]), []).append(each)
    return settle(rows, by_code, by_name, ids(), accepted)


def acts(decisions: list[Decision]) -> list[Act]:
    return [each.act for each in decisions]


def stored_after(decisions: list[Decision], stored: Iterable[Known] = ()) -> list[Known]:
    """What the register holds once the decisions are carried out."""
    values = {each.id: dict(each.values) for each in stored}
    for each in decisions:
        if each.act in (Act.NEW, Act.UPDATE) and each.enterprise_id:
            values.setdefault(each.enterprise_id, dict.fromkeys(FIELD_NAMES)).update(each.changes)
    return [Known(number, each) for number, each in values.items()]


def test_an_unknown_enterprise_is_new_with_all_it_says() -> None:
    (decision,) = settled([row("甲公司", A, address="某路", staff_due=5)])
    assert (decision.act, decision.enterprise_id) == (Act.NEW, "e1")
    assert decision.changes == {"name": "甲公司", "credit_code": A, "address": "某路", "staff_due": 5}


def test_rejected_and_doubled_rows_write_nothing() -> None:
    rows = [row("", A, RowStatus.REJECT), row("甲公司", A, RowStatus.DUPLICATE)]
    assert acts(settled(rows, accepted=ALL)) == [Act.NONE, Act.NONE]


def test_a_known_enterprise_is_updated_by_what_differs_and_never_emptied() -> None:
    stored = [known("甲公司", A, address="旧路", staff_due=5)]
    (decision,) = settled([row("甲公司", A, address="新路")], stored)
    assert (decision.act, decision.enterprise_id, decision.changes) == (Act.UPDATE, "k1", {"address": "新路"})
    assert acts(settled([row("甲公司", A, staff_due=5)], stored)) == [Act.UNCHANGED]


def test_another_name_for_a_known_code_is_a_conflict_until_accepted() -> None:
    stored = [known("甲公司", A)]
    (decision,) = settled([row("甲集团公司", A)], stored)
    assert (decision.status, decision.act) == (RowStatus.CONFLICT, Act.NONE)
    assert "甲公司" in reason(decision.issues, "zh")
    (accepted,) = settled([row("甲集团公司", A)], stored, (RowStatus.CONFLICT,))
    assert (accepted.act, accepted.changes) == (Act.UPDATE, {"name": "甲集团公司"})


def test_a_name_that_differs_only_in_brackets_and_blanks_is_the_same() -> None:
    (decision,) = settled([row("甲（中国）公司", A)], [known("甲(中国) 公司", A)])
    assert decision.status is RowStatus.OK


def test_a_known_name_without_code_is_the_same_enterprise() -> None:
    assert acts(settled([row("甲公司", None, RowStatus.WARN)], [known("甲公司")])) == [Act.UNCHANGED]


def test_a_known_name_with_another_code_is_asked_and_accepted_as_another_enterprise() -> None:
    stored = [known("甲公司", A)]
    assert settled([row("甲公司", B)], stored)[0].status is RowStatus.ASK
    (accepted,) = settled([row("甲公司", B)], stored, ALL)
    assert (accepted.act, accepted.changes["credit_code"]) == (Act.NEW, B)


def test_a_code_for_a_known_enterprise_without_one_is_asked_and_then_filled_in() -> None:
    stored = [known("甲公司")]
    assert settled([row("甲公司", A)], stored)[0].act is Act.NONE
    (accepted,) = settled([row("甲公司", A)], stored, ALL)
    assert (accepted.act, accepted.enterprise_id, accepted.changes) == (Act.UPDATE, "k1", {"credit_code": A})


def test_a_name_of_several_known_enterprises_is_never_guessed() -> None:
    stored = [known("甲公司", A), known("甲公司", B, "k2")]
    (decision,) = settled([row("甲公司")], stored, ALL)
    assert (decision.status, decision.act) == (RowStatus.ASK, Act.NONE)


def test_a_second_row_of_a_name_joins_the_first_when_accepted() -> None:
    rows = [row("甲公司", A, address="某路"), row("甲公司", None, RowStatus.ASK, staff_due=7)]
    assert acts(settled(rows)) == [Act.NEW, Act.NONE]
    first, second = settled(rows, accepted=ALL)
    assert (first.act, second.act, second.enterprise_id) == (Act.NEW, Act.JOINED, first.enterprise_id)
    assert (first.changes["staff_due"], first.changes["address"]) == (7, "某路")


def test_a_row_that_brings_the_code_joins_the_earlier_row_without_one() -> None:
    rows = [row("甲公司", None, RowStatus.WARN), row("甲公司", A, RowStatus.ASK)]
    first, second = settled(rows, accepted=ALL)
    assert (first.changes["credit_code"], second.act) == (A, Act.JOINED)


def test_names_in_and_out_of_brackets_share_a_key() -> None:
    assert name_key("甲（中国）ABC 公司") == name_key("甲(中国)ａｂｃ公司")
    assert name_key("甲公司") != name_key("乙公司")


CODES = st.sampled_from([None, A, B])
NAMES = st.sampled_from(["甲公司", "乙公司", "丙（中国）公司"])
ROWS = st.lists(st.builds(row, NAMES, CODES, staff_due=st.none() | st.integers(1, 3)), max_size=6).map(
    lambda rows: list(map(FileComparison().compared, rows))
)


@given(ROWS, st.booleans())
def test_importing_again_makes_no_enterprise_and_no_two_share_a_code(rows: list[RosterRow], accept: bool) -> None:
    accepted = ALL if accept else ()
    stored = stored_after(settled(rows, accepted=accepted))
    again = settled(rows, stored, accepted)
    assert Act.NEW not in acts(again)
    codes = [each.values["credit_code"] for each in stored if each.values["credit_code"]]
    assert len(codes) == len(set(codes))


@given(ROWS)
def test_every_row_gets_one_decision_in_order(rows: list[RosterRow]) -> None:
    assert [each.row for each in settled(rows)] == rows
