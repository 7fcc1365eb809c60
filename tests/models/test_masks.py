"""Masks show what SEC-80 allows and never more, whatever text they are given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.masks import HIDDEN, masked_address, masked_id, masked_name, masked_phone


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("石明远", "石**"),
        ("何若", "何*"),
        ("欧阳澄", "欧阳*"),
        ("司马相如", "司马**"),
        ("欧阳", "欧*"),
        ("甘", "*"),
        ("", ""),
        (" 甘棠 ", "甘*"),
        ("阿卜杜拉·买买提", "阿卜杜拉·***"),
        ("·买买提", "·***"),
        ("阿里·", "**"),
        ("John Smith", "J*********"),
    ],
)
def test_a_name_shows_the_surname_and_a_star_for_every_other_character(name: str, seen: str) -> None:
    assert masked_name(name) == seen


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        ("330499198803121234", "330***********1234"),
        ("330499880312123", "************123"),
        ("E12345678", "******678"),
        ("H1234567", "*****567"),
        ("123456", "******"),
        ("1234567", "****567"),
        ("", ""),
    ],
)
def test_a_number_shows_its_ends(number: str, seen: str) -> None:
    assert masked_id(number) == seen


@pytest.mark.parametrize(
    ("phone", "seen"),
    [("13800001234", "138****1234"), ("0573-8388123", "057*****8123"), ("8388123", "****123"), ("12345", "*****")],
)
def test_a_phone_shows_its_ends(phone: str, seen: str) -> None:
    assert masked_phone(phone) == seen


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("浙江省嘉兴市南湖区新丰镇竹林村3组12号", "浙江省嘉兴市南湖区新丰镇***"),
        ("嘉兴市桐乡市梧桐街道振兴路88号", "嘉兴市桐乡市梧桐街道***"),
        ("平湖市独山港镇", "平湖市独山港镇"),
        ("宁波市镇海区招宝山街道城河路1号", "宁波市镇海区招宝山街道***"),
        ("嘉兴市阳光小区3幢201", "嘉兴市***"),
        ("阳光花园3幢201室", "***"),
        ("302", "***"),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_township(address: str, seen: str) -> None:
    assert masked_address(address) == seen


@given(st.text(max_size=40))
def test_no_mask_of_a_number_or_name_shows_more_than_its_rule(text: str) -> None:
    for mask, most in ((masked_id, 7), (masked_phone, 7)):
        seen = mask(text)
        assert len(seen) == len(text.strip())
        assert sum(shown != HIDDEN for shown in seen) <= most
        assert seen.count(HIDDEN) >= min(4, len(seen))
    name = masked_name(text)
    assert len(name) <= len(text.strip())
    if len(text.strip()) == 1:
        assert set(name) == {HIDDEN}
    elif text.strip():
        assert HIDDEN in name


@given(st.text(max_size=30), st.from_regex(r"[0-9]{1,4}(幢|号|室|弄)[0-9]{0,4}", fullmatch=True))
def test_no_house_number_gets_through_the_mask_of_an_address(before: str, house: str) -> None:
    assert house not in masked_address(before + house)
