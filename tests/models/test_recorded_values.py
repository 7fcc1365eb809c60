"""Typed text becomes a stored value, and a stored value becomes words."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.answer_rules import Recorded
from desktop.models.catalogue import bundled
from desktop.models.problems import UserProblem
from desktop.models.recorded_values import read_value, value_remarks, value_text

M = bundled().measure


def _read(measure: str, key: str, text: str) -> Recorded:
    definition = M(measure).value(key)
    assert definition is not None
    return read_value(M(measure), definition, text)


def _text(measure: str, key: str, value: Recorded, language: str = "zh") -> str:
    definition = M(measure).value(key)
    assert definition is not None
    return value_text(definition, value, "zh" if language == "zh" else "en")


@pytest.mark.parametrize(
    ("measure", "key", "typed", "stored"),
    [
        ("M14", "chlorine_mg_l", "150", 150),
        ("M14", "chlorine_mg_l", " １５０ ", 150),
        ("M14", "chlorine_mg_l", "150 mg/L", 150),
        ("M14", "chlorine_mg_l", "", None),
        ("M14", "contact_min", "30分钟", 30),
        ("M08", "entry_rate", "97,25", 97.3),
        ("M08", "entry_rate", "97.25％", 97.3),
        ("M18", "area_per_person_m2", "2.485", 2.49),
        ("M02", "county_level", "绿（低）", "green"),
        ("M02", "county_level", "green", "green"),
        ("M21", "extinguisher_expires", "2020年3月1日", "2020-03-01"),
        ("M21", "extinguisher_expires", "2020/3/1", "2020-03-01"),
        ("M21", "extinguisher_expires", "2020-03-01", "2020-03-01"),
        ("M23", "had_event", "否", False),
        ("M23", "had_event", "Yes", True),
    ],
)
def test_what_people_type_is_understood(measure: str, key: str, typed: str, stored: Recorded) -> None:
    assert _read(measure, key, typed) == stored


@pytest.mark.parametrize(
    ("measure", "key", "typed"),
    [
        ("M14", "chlorine_mg_l", "约150"),
        ("M14", "chlorine_mg_l", "150.5"),
        ("M14", "chlorine_mg_l", "1e9"),
        ("M08", "entry_rate", "nan"),
        ("M02", "county_level", "紫"),
        ("M21", "extinguisher_expires", "2020-02-30"),
        ("M21", "extinguisher_expires", "三月"),
        ("M23", "had_event", "也许"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_values_name(measure: str, key: str, typed: str) -> None:
    with pytest.raises(UserProblem) as refused:
        _read(measure, key, typed)
    assert refused.value.code.startswith("answer_value_not_")
    definition = M(measure).value(key)
    assert definition is not None
    assert definition.label.zh in refused.value.sentence()


@pytest.mark.parametrize(
    ("measure", "key", "value", "zh", "en"),
    [
        ("M14", "chlorine_mg_l", 150, "150 mg/L", "150 mg/L"),
        ("M14", "contact_min", 30, "30分钟", "30 min"),
        ("M08", "entry_rate", 91.8, "91.8%", "91.8 %"),
        ("M17", "tableware_temp_c", 100.0, "100.0℃", "100.0 ℃"),
        ("M02", "county_level", "green", "绿（低）", "Green (low)"),
        ("M21", "extinguisher_expires", "2020-02-08", "2020年2月8日", "2020-02-08"),
        ("M23", "had_event", True, "是", "yes"),
        ("M23", "had_event", False, "否", "no"),
        ("M14", "chlorine_mg_l", None, "—", "—"),
    ],
)
def test_a_stored_value_reads_as_people_write_it(measure: str, key: str, value: Recorded, zh: str, en: str) -> None:
    assert _text(measure, key, value) == zh
    assert _text(measure, key, value, "en") == en


def test_a_value_outside_of_what_is_expected_leaves_a_remark() -> None:
    values: dict[str, Recorded] = {"chlorine_mg_l": 150, "contact_min": 30}
    assert value_remarks(M("M14"), values) == ("试纸实测有效氯 150 mg/L（250～500）",)
    assert value_remarks(M("M14"), values, "en") == ("Test strip, available chlorine 150 mg/L (250–500)",)
    assert value_remarks(M("M21"), {"extinguisher_expires": "2020-01-31"}, on=date(2020, 2, 27)) == (
        "灭火器有效期至 2020年1月31日（应在有效期内）",
    )


@given(st.text(max_size=15))
def test_any_typing_gives_a_value_or_a_named_refusal(typed: str) -> None:
    for measure in bundled().measures:
        for definition in measure.values:
            with contextlib.suppress(UserProblem):
                value = read_value(measure, definition, typed)
                assert value is not None or not typed.strip() or definition.type == "text"
