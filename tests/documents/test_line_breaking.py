"""Lines of Chinese text: the grid, what may begin and end a line, Latin runs, justification."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents.fonts import BODY, SUBHEADING
from desktop.documents.line_breaking import LEAST_FILL, Line, break_lines
from desktop.documents.page_style import BLOCK_WIDTH, CELL, SIZE, TRACKING
from desktop.documents.text_units import CLOSING, NOT_FIRST, NOT_LAST, OPENING, Setting, Span

FLUSH = Setting(SIZE, BLOCK_WIDTH, TRACKING)
INDENTED = Setting(SIZE, BLOCK_WIDTH, TRACKING, first_indent=2 * CELL)

HAN = "国企业复工复产疫情防控健康指导员消毒浓度不足建议"
SIGNS = "，。、；：！？）》”】（《“【·～℃"
chinese = st.text(alphabet=HAN * 4 + SIGNS, min_size=1, max_size=160)
latin = st.sampled_from(["100 mL", "500 mg/L", "2020", "37.3", "M14", "GB/T 9704-2012", "a.b-c@example.com", "5%"])
mixed = st.lists(st.one_of(chinese, latin), min_size=1, max_size=8).map("".join)


def text_of(line: Line) -> str:
    return "".join(run.text for run in line.runs)


def lines_of(text: str, setting: Setting = FLUSH) -> list[Line]:
    return break_lines([Span(text, BODY)], setting)


def test_a_line_of_plain_characters_holds_exactly_28() -> None:
    assert [len(text_of(line)) for line in lines_of("国" * 60)] == [28, 28, 4]


def test_the_first_line_of_a_paragraph_leaves_two_characters() -> None:
    first, second = lines_of("国" * 40, INDENTED)
    assert len(text_of(first)) == 26
    assert first.runs[0].x == pytest.approx(2 * CELL)
    assert second.runs[0].x == 0


def test_a_full_line_ends_at_the_right_edge() -> None:
    for line in lines_of("国家2020年企业，复工，" * 20)[:-1]:
        assert line.width == pytest.approx(BLOCK_WIDTH, abs=0.05)


def test_a_comma_that_just_does_not_fit_is_pulled_into_the_line() -> None:
    lines = lines_of("国，国，" + "国" * 24 + "，" + "国" * 9)
    assert text_of(lines[0]) == "国，国，" + "国" * 24 + "，"
    assert lines[0].width == pytest.approx(BLOCK_WIDTH, abs=0.05)


def test_a_closing_sign_that_cannot_be_pulled_in_takes_a_character_along() -> None:
    lines = lines_of("国" * 28 + "℃" + "国" * 9)
    assert [text_of(line) for line in lines] == ["国" * 27, "国℃" + "国" * 9]


def test_an_opening_bracket_goes_to_the_next_line() -> None:
    lines = lines_of("国" * 27 + "（国）" + "国" * 9)
    assert text_of(lines[1]).startswith("（国）")


def test_a_double_dash_and_a_double_ellipsis_are_never_parted() -> None:
    for sign in ("——", "……"):
        for before in range(24, 30):
            assert any(sign in text_of(line) for line in lines_of("国" * before + sign + "国" * 20))


def test_a_number_keeps_its_unit() -> None:
    for before in range(20, 29):
        lines = lines_of("国" * before + "500 mg/L" + "国" * 20)
        assert any("500 mg/L" in text_of(line) for line in lines)


def test_a_long_address_is_broken_after_its_signs_only() -> None:
    address = "guidance.office-03@health.commission.example.com"
    lines = lines_of("国" * 22 + "邮箱" + address + "国" * 20)
    assert "".join(map(text_of, lines)).count(address) == 1
    head = text_of(lines[0]).removeprefix("国" * 22 + "邮箱")
    assert head == "" or head[-1] in ".-@"


def test_a_word_wider_than_the_page_is_broken_rather_than_lost() -> None:
    lines = lines_of("x" * 300)
    assert "".join(map(text_of, lines)) == "x" * 300
    assert all(line.width <= BLOCK_WIDTH + 0.05 for line in lines)


def test_a_line_that_would_be_torn_apart_stays_ragged() -> None:
    address = "abcdefghijklmnopqrstuvwxyz" * 2
    first = lines_of("国" * 10 + address)[0]
    assert first.width < LEAST_FILL * BLOCK_WIDTH


def test_typefaces_of_a_paragraph_share_its_lines() -> None:
    lines = break_lines([Span("（一）消毒。", SUBHEADING), Span("国" * 40, BODY)], INDENTED)
    assert len({run.font for run in lines[0].runs}) == 2
    assert len(lines) == 2


def test_line_ends_tabs_and_steering_signs_in_data_do_not_reach_the_page() -> None:
    assert [text_of(line) for line in lines_of("甲\r\n乙\t丙\u200b\u202e丁\ufeff\U000e0100")] == ["甲 乙 丙丁"]


def test_an_empty_paragraph_has_no_line() -> None:
    assert lines_of("") == []
    assert lines_of(" \n ") in ([], lines_of(" "))


@settings(max_examples=150)
@given(mixed)
def test_no_character_is_lost_or_moved(text: str) -> None:
    joined = "".join(map(text_of, lines_of(text, INDENTED)))
    assert joined.replace(" ", "") == text.replace(" ", "")


@settings(max_examples=150)
@given(mixed)
def test_no_line_leaves_the_text_block(text: str) -> None:
    for line in lines_of(text, INDENTED):
        assert line.width <= BLOCK_WIDTH + 0.05
        places = [run.x for run in line.runs]
        assert places == sorted(places)


@settings(max_examples=150)
@given(st.lists(st.sampled_from([*HAN, "，国", "。国", "（国）", "《国》", "国、", "“国”", "国℃"]), max_size=120))
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_sign(parts: list[str]) -> None:
    texts = [text_of(line) for line in lines_of("国国" + "".join(parts), INDENTED)]
    assert all(text[0] not in NOT_FIRST for text in texts[1:])
    assert all(text[-1] not in NOT_LAST for text in texts[:-1])


def test_both_lists_hold_the_signs_of_chinese_punctuation() -> None:
    assert set("，。、；：！？）》」』”’】〕…—·～%℃") <= NOT_FIRST
    assert set("（《「『“‘【〔") <= NOT_LAST
    assert not CLOSING & OPENING
