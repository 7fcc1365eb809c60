"""The bundled set says what the domain says, in both languages, and never poses as a document."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from desktop.models.catalogue import as_json, bundled, load_measure_set
from desktop.models.measure_set import BasisMark, Measure, MeasureSet, PhotoRule, SetStatus, ValueType, Words
from desktop.models.problems import UserProblem
from desktop.models.vocabulary import Route, Severity
from tests.models.measure_sets import measure_sets

COMPULSORY = {"M05", "M06", "M07", "M08", "M14", "M23"}
PHOTOS = {
    "none": {"M02", "M07"},
    "useful": {"M01", "M03", "M05", "M10", "M11", "M13", "M15", "M16", "M20"},
    "required": {"M04", "M06", "M08", "M09", "M12", "M14", "M17", "M18", "M19", "M21", "M22"},
    "if_event": {"M23"},
}
PRIMARY = {
    "F1": ["M03", "M04"],
    "F2": ["M06", "M23"],
    "F3": ["M22"],
    "F4": ["M13", "M14", "M15", "M16"],
    "F5": ["M07", "M08"],
    "F6": ["M12"],
    "F7": ["M18"],
    "F8": ["M17"],
    "F9": ["M21"],
}
TOUCHED = {"F1": {"M01", "M07"}, "F2": {"M05"}, "F3": {"M03", "M23"}, "F5": {"M04", "M09", "M12", "M18"}}
AREAS = [
    "新返员工手机漫游地查询",
    "企业应急处置预案完善",
    "集中隔离观察点和应急隔离区设置",
    "各类场所设施规范消毒",
    "全员健康监测“一人一档”",
    "关键人员关键岗位管理",
    "员工宿舍精细管理",
    "食堂错时分餐管控",
    "酒精等存放场所消防安全隐患排查",
]
IDENTIFIERS = [
    "imported_risk", "local_risk", "high_risk_staff", "medium_low_risk_staff", "organisation", "emergency_plan",
    "personal_file", "daily_monitoring", "access_control", "commuting", "gathering", "key_posts", "ventilation",
    "disinfection", "hand_hygiene", "waste", "canteen", "dormitory", "supplies", "education", "alcohol_store",
    "isolation", "case_response",
]  # fmt: skip
DEADLINE_DAYS = {
    Route.ON_SITE: (0, 0, 0),
    Route.HEALTH_DEPT: (1, 3, 5),
    Route.CROSS_DEPT: (2, 5, 7),
    Route.CITY_PLUS: (7, 10, 15),
}
MEASURES = bundled().measures
each_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)


def _texts(part: object) -> list[Words]:
    if isinstance(part, Words):
        return [part]
    if isinstance(part, tuple):
        return [words for item in part for words in _texts(item)]
    return [words for name in getattr(part, "__struct_fields__", ()) for words in _texts(getattr(part, name))]


def test_the_set_has_23_measures_in_eight_groups_and_is_marked_reconstructed() -> None:
    measure_set = bundled()
    assert list(measure_set.codes) == [f"M{number:02}" for number in range(1, 24)]
    assert [measure.identifier for measure in measure_set.measures] == IDENTIFIERS
    assert [group.code for group in measure_set.groups] == list("ABCDEFGH")
    assert measure_set.status is SetStatus.RECONSTRUCTED
    assert sum(len(measure_set.measures_in(group.code)) for group in measure_set.groups) == 23


def test_the_nine_focus_areas_are_named_as_in_the_source_article() -> None:
    assert [area.name.zh for area in bundled().focus_areas] == AREAS


def test_every_focus_area_has_the_measures_the_domain_gives_it() -> None:
    measure_set = bundled()
    for area in measure_set.focus_areas:
        primary = [measure.code for measure in measure_set.measures_of(area.code)]
        touched = {measure.code for measure in measure_set.measures_of(area.code, touched=True)}
        assert primary == PRIMARY[area.code]
        assert touched - set(primary) == TOUCHED.get(area.code, set())


def test_not_applicable_is_refused_exactly_for_the_compulsory_measures() -> None:
    assert {measure.code for measure in MEASURES if not measure.na_allowed} == COMPULSORY


def test_the_photo_rule_of_every_measure_is_that_of_the_domain() -> None:
    found: dict[str, set[str]] = {str(rule): set() for rule in PhotoRule}
    for measure in MEASURES:
        found[measure.photo.rule].add(measure.code)
    assert found == PHOTOS


@each_measure
def test_a_measure_speaks_both_languages(measure: Measure) -> None:
    for words in _texts(measure):
        # A value like “mg/L” or “250–500” is the same in both; a Chinese text is never left in English.
        assert words.zh.strip()
        assert words.en.strip()
        assert not re.search(r"[\u4e00-\u9fff]", words.en), words.en


@each_measure
def test_a_measures_sentences_fit_the_letter_and_only_advise(measure: Measure) -> None:
    finding = measure.finding
    assert 10 <= len(finding.problem.zh) <= 120
    assert len(finding.advice.zh) <= 200
    assert finding.advice.zh.startswith(("建议", "请"))
    for words in _texts(measure):
        assert not re.search("责令|处罚|罚款|否则|第[一二三四五六七八九十0-9]+条.{0,4}规定", words.zh)


@each_measure
def test_a_measures_chinese_uses_full_width_punctuation(measure: Measure) -> None:
    for words in _texts(measure):
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", words.zh), words.zh


@each_measure
def test_a_measure_offers_enough_to_work_with(measure: Measure) -> None:
    assert len(measure.check_points) >= 3
    assert 4 <= len(measure.phrases) <= 8
    assert measure.values
    assert measure.basis
    assert bool(measure.na_reasons) is measure.na_allowed
    for value in measure.values:
        if value.type in (ValueType.INT, ValueType.DECIMAL):
            assert value.min is not None
            assert value.max is not None
            assert value.unit is not None


@each_measure
def test_an_expectation_in_words_names_its_bounds(measure: Measure) -> None:
    for value in measure.values:
        for bound in (value.expected.low, value.expected.high) if value.expected else ():
            if bound is not None and value.expected and not value.expected.share_of:
                assert str(bound) in value.expected.words.zh
                assert value.min is not None
                assert value.max is not None
                assert value.min <= bound <= value.max


@each_measure
def test_the_suggested_deadline_follows_route_and_severity(measure: Measure) -> None:
    finding = measure.finding
    place = (Severity.HIGH, Severity.MEDIUM, Severity.LOW).index(finding.severity)
    assert finding.due_days == DEADLINE_DAYS[finding.route][place]


@each_measure
def test_a_measure_is_never_cited_as_an_item_of_a_document(measure: Measure) -> None:
    assert measure.name() == f"检查项 {measure.code} {measure.title.zh}"
    assert measure.name("en").startswith(f"Check item {measure.code} ")
    for words in _texts(measure):
        assert "23条" not in words.zh


def test_a_basis_without_a_source_is_our_proposal_or_knowledge() -> None:
    for measure in MEASURES:
        for basis in measure.basis:
            assert basis.source is not None or basis.mark is not BasisMark.READ


def test_every_value_of_the_domain_table_is_asked_for() -> None:
    keys = {measure.code: [value.key for value in measure.values] for measure in MEASURES}
    assert keys["M14"] == ["chlorine_mg_l", "contact_min", "times_per_day"]
    assert keys["M21"] == ["alcohol_litres", "largest_container_ml", "extinguisher_expires"]
    assert len(bundled().measure("M02").values[0].choices) == 5


def test_asking_for_a_measure_or_area_that_is_not_there_says_so() -> None:
    with pytest.raises(UserProblem, match="answer_measure_unknown"):
        bundled().measure("M24")
    with pytest.raises(UserProblem, match="catalogue_area_unknown"):
        bundled().focus_area("F10")


@settings(max_examples=60)
@given(measure_sets())
def test_any_set_survives_its_json_form(measure_set: MeasureSet) -> None:
    assert load_measure_set(as_json(measure_set)) == measure_set
    assert as_json(load_measure_set(as_json(measure_set))) == as_json(measure_set)
