"""Composing a letter from a visit, the wording of dates and numbers, and what is said about a draft."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from desktop.models.letter_composition import (
    BLOCKING_CHECKS,
    Judged,
    LetterSettings,
    Visited,
    chinese_date,
    chinese_number,
    compose_letter,
    contact_line,
    letter_checks,
    letter_number,
)
from desktop.models.letter_content import (
    LetterContent,
    Signer,
    content_bytes,
    content_from,
    content_hash,
    numbered,
    verification_text,
)
from desktop.models.problems import known_codes
from desktop.models.vocabulary import Result, VisitKind

DAY = date(2020, 2, 8)
OFFICE = LetterSettings("澄州市健康指导组", "健康指导组", ("健康指导员周砚秋，电话0999-0001208。",))


def failure(measure: str = "M14", **changes: object) -> Judged:
    plain: dict[str, object] = {
        "measure": measure,
        "title": "清洁消毒",
        "result": Result.FAIL,
        "fact": "二楼车间实测有效氯 150 mg/L，低于要求。",
        "advice": "建议取 5% 原液 100 mL 加水 9.9 L，配成 500 mg/L。",
        "owner": "顾言",
        "due_on": date(2020, 2, 10),
        "look_back_on": date(2020, 2, 17),
    }
    return Judged(**(plain | changes))  # type: ignore[arg-type]


def letter(*judged: Judged, kind: VisitKind = VisitKind.ROUTINE, **situation: int | None) -> LetterContent:
    visited = Visited("浙江陆盛有限公司", DAY, kind, (Signer("健康指导员", "周砚秋"),), situation)
    return compose_letter(visited, judged, OFFICE, written_on=DAY)


def test_each_failed_or_partial_measure_becomes_one_problem_with_one_advice() -> None:
    content = letter(
        failure("M05"),
        failure("M06", result=Result.PARTIAL),
        failure("M07", result=Result.PASS),
        failure("M08", result=Result.NA),
    )
    assert [item.measure for item in content.items] == ["M05", "M06"]
    assert all(item.fact and item.advice for item in content.items)
    assert len(content.deadlines) == len(content.items)


def test_the_opening_tells_day_persons_and_counts() -> None:
    passed = [failure(f"M{at:02}", result=Result.PASS) for at in range(1, 20)]
    content = letter(*passed, failure("M20"), failure("M21", result=Result.PARTIAL))
    assert content.opening == (
        "2020年2月8日，健康指导员周砚秋到你单位，查看了方案、人员和现场，对照检查项23项，其中符合19项、"
        "基本符合1项、不符合1项、未查2项。现提出以下专业建议。"
    )


@pytest.mark.parametrize("kind", list(VisitKind))
def test_every_kind_of_visit_has_an_opening(kind: VisitKind) -> None:
    assert letter(failure(), kind=kind).opening.startswith("2020年2月8日，健康指导员周砚秋")


def test_only_known_figures_are_printed() -> None:
    content = letter(failure(), staff_due=412, staff_on_duty=None, observing=0, something_else=7)
    assert content.situation == ("应到岗412人；观察中0人。",)
    assert letter(failure()).situation == ()


def test_blanks_between_characters_and_figures_are_taken_out() -> None:
    assert letter(failure()).items[0].advice == "建议取5%原液100 mL加水9.9 L，配成500 mg/L。"


def test_the_footer_says_that_the_letter_is_advice_and_the_measures_are_ours() -> None:
    footer = "".join(letter(failure()).footer)
    assert "本建议书为专业指导意见，不作为行政处罚依据" in footer
    assert "检查项为本系统整理，非文件原条目" in footer
    assert "省23条" not in content_bytes(letter(failure())).decode()


def test_a_replacing_letter_names_the_old_one() -> None:
    visited = Visited("浙江陆盛有限公司", DAY, VisitKind.ROUTINE)
    content = compose_letter(visited, [failure()], OFFICE, written_on=DAY, supersedes="澄健指〔2020〕9号")
    assert content.supersedes == "澄健指〔2020〕9号"
    assert "本建议书替代澄健指〔2020〕9号。" in content.footer


def test_content_survives_storage_unchanged() -> None:
    content = numbered(letter(failure(), staff_due=4), "澄健指〔2020〕15号", DAY)
    assert content_from(content_bytes(content)) == content
    assert content_from(msgspec.json.encode(msgspec.json.decode(content_bytes(content)))) == content
    assert content_hash(content_from(content_bytes(content))) == content_hash(content)


def test_stored_content_with_unknown_fields_is_refused() -> None:
    plain = msgspec.json.decode(content_bytes(letter(failure())))
    with pytest.raises(msgspec.ValidationError):
        content_from(msgspec.json.encode(plain | {"seal": "x"}))


def test_the_hash_of_issued_content_does_not_depend_on_fields_left_at_their_default() -> None:
    stored = msgspec.json.decode(content_bytes(letter(failure())))
    assert "layout" not in stored
    assert "form" not in stored


def test_the_code_of_an_issued_letter_carries_number_and_hash() -> None:
    draft = letter(failure())
    assert verification_text(draft) is None
    content = numbered(draft, "澄健指〔2020〕15号", DAY)
    assert verification_text(content) == f"ZHUQI-LETTER-1\n澄健指〔2020〕15号\n{content_hash(content)}"


def test_dates_numbers_and_contacts_are_written_as_the_standard_has_them() -> None:
    assert chinese_date(date(2020, 2, 8)) == "2020年2月8日"
    assert letter_number("澄卫健指", 2020, "15") == "澄卫健指〔2020〕15号"
    assert [chinese_number(at) for at in (1, 10, 11, 20, 23)] == ["一", "十", "十一", "二十", "二十三"]
    assert contact_line("周砚秋", "0999-0001208", "健康指导员") == "健康指导员周砚秋，电话0999-0001208。"
    with pytest.raises(ValueError, match="100"):
        chinese_number(100)


def test_a_complete_letter_has_nothing_against_it() -> None:
    assert letter_checks(letter(failure())) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"letterhead": " "}, "letter_letterhead_missing"),
        ({"addressee": ""}, "letter_addressee_missing"),
        ({"title": ""}, "letter_title_missing"),
        ({"opening": ""}, "letter_opening_missing"),
        ({"contacts": ()}, "letter_contact_missing"),
        ({"signers": ()}, "letter_signer_missing"),
        ({"items": (), "deadlines": ()}, "letter_no_problem"),
        ({"number": "澄健指[2020]15号"}, "letter_number_form"),
        ({"number": "澄健指〔2020〕015号"}, "letter_number_form"),
        ({"opening": "责令限期改正。"}, "letter_statutory_words"),
        ({"opening": "员工张三发热。"}, "letter_private_names"),
        ({"issued_on": date(2020, 3, 1)}, "letter_deadline_past"),
    ],
)
def test_what_is_missing_is_named(change: dict[str, object], code: str) -> None:
    content = msgspec.structs.replace(letter(failure()), **change)
    assert code in letter_checks(content, ["张三"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fact": " "}, "letter_problem_missing"),
        ({"advice": ""}, "letter_advice_missing"),
        ({"fact": "国" * 121}, "letter_problem_too_long"),
        ({"advice": "国" * 201}, "letter_advice_too_long"),
        ({"owner": ""}, "letter_owner_missing"),
        ({"due_on": None}, "letter_deadline_missing"),
    ],
)
def test_what_is_wrong_with_a_problem_is_named(change: dict[str, Any], code: str) -> None:
    assert code in letter_checks(letter(failure(**change)))


def test_a_row_too_few_in_the_table_is_named() -> None:
    content = msgspec.structs.replace(letter(failure("M05"), failure("M06")), deadlines=letter(failure()).deadlines)
    assert "letter_deadlines_differ" in letter_checks(content)


def test_the_fixed_notice_is_not_taken_for_a_threat() -> None:
    assert "letter_statutory_words" not in letter_checks(letter(failure()))


def test_every_check_has_words_in_both_languages() -> None:
    codes = {"letter_no_problem", "letter_number_form", "letter_owner_missing", "font_glyph_missing"} | BLOCKING_CHECKS
    assert codes <= known_codes()
