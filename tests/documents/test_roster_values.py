"""Values are read the ways people write them, and what cannot be read is left empty and said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from desktop.documents.roster_dates import DateContext, read_day
from desktop.documents.roster_values import (
    read_code,
    read_count,
    read_degrees,
    read_name,
    read_phone,
    read_scale,
    read_text,
    split_contact,
)
from desktop.models.credit_code import ALPHABET, fault, is_valid, tidy

CODE = "91330482MA2BAPBN19"
IN_2020 = DateContext(2020, date(2026, 11, 23))
HEADLESS = DateContext(None, date(2020, 1, 20))
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
FULL_WIDTH = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
)


@st.composite
def codes(draw: st.DrawFn) -> str:
    start = draw(st.text("0123456789", min_size=8, max_size=8)) + draw(st.text(ALPHABET, min_size=9, max_size=9))
    return start + uscc.calc_check_digit(start)


@given(codes())
def test_every_code_stdnum_holds_valid_is_valid(code: str) -> None:
    assert is_valid(code)
    assert read_code(code) == (code, ())


@given(st.text(ALPHABET + "IOSVZ", min_size=15, max_size=20) | st.text(max_size=20))
def test_stdnum_and_we_agree_on_every_tidied_code(code: str) -> None:
    tidied, _ = tidy(code)
    if tidied.isascii():
        assert is_valid(tidied) == uscc.is_valid(tidied)


@given(codes(), st.sampled_from([
    str.lower, lambda c: f" {c}\t", lambda c: f"'{c}", lambda c: f"{c[:4]} {c[4:8]} {c[8:]}",
    lambda c: c.translate(FULL_WIDTH),
    lambda c: f"\u200b{c[:9]}\u200b{c[9:]}\xa0", lambda c: f"{c[:8]}-{c[8:]}",
]))  # fmt: skip
def test_a_code_survives_the_ways_people_spoil_it(code: str, spoil: Any) -> None:
    assert read_code(spoil(code))[0] == code


@given(st.text())
def test_any_text_can_be_asked_whether_it_is_a_code(text: str) -> None:
    value, remarks = read_code(text)
    assert (value is None) == bool({each.code for each in remarks} & KNOWN_FAULTS)
    fault(tidy(text)[0])


KNOWN_FAULTS = {
    "roster_code_missing", "roster_code_number", "roster_code_old_number", "roster_code_length",
    "roster_code_illegal_character", "roster_code_check_digit", "roster_code_swapped",
}  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "roster_code_missing"), ("办理中", "roster_code_missing"), ("—", "roster_code_missing"),
        (9.133048275119482e17, "roster_code_number"), ("9.13305E+17", "roster_code_number"),
        (913304827511948200, "roster_code_number"), (330482049236062.0, "roster_code_old_number"),
        ("330482049236062", "roster_code_old_number"), ("9133048271544375", "roster_code_length"),
        ("9133O482737775281M", "roster_code_illegal_character"), ("91330482715443614T", "roster_code_check_digit"),
        ("913304824166552026", "roster_code_swapped"), (True, "roster_code_length"), (12.5, "roster_code_length"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_code_is_named(cell: Any, code: str) -> None:
    value, remarks = read_code(cell)
    assert (value, remarks[0].code) == (None, code)


@given(DAYS, st.sampled_from([
    "{d.year}-{d.month:02}-{d.day:02}", "{d.year}.{d.month}.{d.day}", "{d.year}/{d.month}/{d.day}",
    "{d.year}年{d.month}月{d.day}日",
    "{d.year} . {d.month} . {d.day}", "{d.year}{d.month:02}{d.day:02}", "{d.year}-{d.month:02}-{d.day:02} 00:00:00",
    "{d.year}年{d.month}月{d.day}日上午", " {d.year}.{d.month:02}.{d.day:02} ", "{d.year}年 {d.month} 月 {d.day} 日",
]))  # fmt: skip
def test_a_full_day_is_read_however_it_is_written(day: date, pattern: str) -> None:
    written = pattern.format(d=day)
    for text in (written, written.translate(FULL_WIDTH)):
        assert read_day(text, IN_2020).day == day.isoformat()


@given(st.dates(date(1980, 1, 1), date(2090, 1, 1)), st.booleans())
def test_a_days_serial_number_is_read_in_both_epochs(day: date, epoch1904: bool) -> None:
    epoch = date(1904, 1, 1) if epoch1904 else date(1899, 12, 30)
    context = DateContext(2020, date(2020, 1, 1), epoch1904)
    for cell in (float((day - epoch).days), (day - epoch).days, (day - epoch).days + 0.25):
        assert read_day(cell, context).day == day.isoformat()


@given(
    st.dates(date(2020, 1, 1), date(2020, 12, 31)),
    st.sampled_from(["{d.month}月{d.day}日", "{d.month}.{d.day}", "{d.month}/{d.day:02}"]),
)
def test_a_day_without_its_year_takes_the_year_of_the_head(day: date, pattern: str) -> None:
    found = read_day(pattern.format(d=day), IN_2020)
    assert found.day == day.isoformat()
    assert found.code.startswith("roster_date_year_assumed")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("二〇二〇年二月十七日", "2020-02-17"), ("二〇二〇年十二月二十一日", "2020-12-21"),
        ("二月廿三日", "2020-02-23"),
        ("20.2.22", "2020-02-22"), (20200214.0, "2020-02-14"), (2.17, "2020-02-17"), ("2月17号", "2020-02-17"),
        ("17-Feb-20", "2020-02-17"), ("17-Feb", "2020-02-17"), ("2/17/2020", "2020-02-17"), ("17/2/2020", "2020-02-17"),
        (datetime(2020, 2, 17, 9, 30), "2020-02-17"), (date(2020, 2, 17), "2020-02-17"),
        ("2020-2-17 9:30", "2020-02-17"),
        ("'2020-02-17", "2020-02-17"), ("２０２０．２．２３", "2020-02-23"), ("43878", "2020-02-17"),
        (2.5, "2020-02-05"),
    ],
)  # fmt: skip
def test_rarer_spellings_of_a_day_are_read(cell: Any, day: str) -> None:
    assert read_day(cell, IN_2020).day == day


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "roster_date_blank"), ("/", "roster_date_blank"), ("——", "roster_date_blank"),
        ("月底", "roster_date_unreadable"),
        ("正月十五后", "roster_date_unreadable"), ("2020.2.30", "roster_date_not_real"),
        ("2月30日", "roster_date_not_real"),
        (2.2, "roster_date_ambiguous"), ("3/4/2020", "roster_date_ambiguous"), (2020, "roster_date_unreadable"),
        ("2月17日-2月20日", "roster_date_unreadable"), (True, "roster_date_unreadable"),
        (timedelta(1), "roster_date_unreadable"),
        ("2020-2-171", "roster_date_unreadable"), (float("nan"), "roster_date_unreadable"),
        ("9999-12-31", "roster_date_unreadable"),
        (float("inf"), "roster_date_unreadable"), (1e300, "roster_date_unreadable"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_read_is_left_empty_and_said(cell: Any, code: str) -> None:
    found = read_day(cell, IN_2020)
    assert (found.day, found.code) == (None, code)


def test_without_a_year_in_the_head_the_day_nearest_to_today_is_taken() -> None:
    assert read_day("2月17日", HEADLESS).day == "2020-02-17"
    assert read_day("12月30日", HEADLESS).day == "2019-12-30"


@given(st.text() | st.floats() | st.integers())
def test_any_cell_can_be_asked_for_a_day(cell: Any) -> None:
    found = read_day(cell, IN_2020)
    assert (found.day is None) <= bool(found.code)


@given(
    st.integers(0, 999_999),
    st.sampled_from(["{}", "{}人", " {} ", "{}名", "共{}人", "约{}人", "近{}人", "{}余人", "{}.0", "'{}"]),
)
def test_a_count_is_read_however_it_is_written(count: int, pattern: str) -> None:
    written = pattern.format(count)
    for text in (written, written.translate(FULL_WIDTH)):
        assert read_count(text, "staff_due", "员工总数")[0] == count


@pytest.mark.parametrize(
    ("cell", "count", "code"),
    [
        ("约40", 40, "roster_count_about"), ("17-47", None, "roster_count_range"),
        ("17～47人", None, "roster_count_range"),
        ("很多", None, "roster_count_unreadable"), (-3, None, "roster_count_unreadable"),
        (12.5, None, "roster_count_unreadable"),
        (float("nan"), None, "roster_count_unreadable"), (True, None, "roster_count_unreadable"),
    ],
)  # fmt: skip
def test_a_doubtful_count_is_said(cell: Any, count: int | None, code: str) -> None:
    value, remarks = read_count(cell, "staff_due", "员工总数")
    assert (value, remarks[0].code) == (count, code)
    assert remarks[0].words("zh")


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        (" 平湖市通达水电\u3000", "平湖市通达水电"), ("嘉善斯维 特服饰", "嘉善斯维特服饰"),
        ("平湖市\u200b华岳", "平湖市华岳"), ("甲\n乙公司", "甲乙公司"),
        ("嘉大木业(嘉善)有限公司", "嘉大木业（嘉善）有限公司"),
        ("ABB  Electric (China) Co.,  Ltd", "ABB Electric (China) Co., Ltd"),
        ('=HYPERLINK("http://x","y")', '=HYPERLINK("http://x","y")'), ("<img src=http://x>", "<img src=http://x>"),
        ("<para><b>", "<para><b>"), ("\u202e甲公司", "甲公司"), (12345, "12345"), ("䶮㛃𬭎公司", "䶮㛃𬭎公司"),
    ],
)  # fmt: skip
def test_a_name_is_tidied_and_otherwise_left_as_it_is(cell: Any, name: str) -> None:
    assert read_name(cell)[0] == name


def test_a_name_that_is_missing_or_too_long_is_said() -> None:
    assert read_name("—")[1][0].code == "roster_name_missing"
    assert read_name("甲" * 201)[1][0].code == "roster_name_too_long"
    assert [each.code for each in read_name("#REF!")[1]] == ["roster_cell_error", "roster_name_missing"]


def test_long_text_is_cut_and_said() -> None:
    assert read_text("很长 " * 300, "address", 300)[1][0].code == "roster_text_cut"
    assert read_text("无", "address", 300) == (None, ())


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("0580-000 0001", "0580-0000001"), (10000000001.0, "10000000001"), ("１００００００００２１", "10000000021"),
        ("0573—1234567/1234568", "0573-1234567/1234568"), ("/", None), ("见附件", None),
    ],
)  # fmt: skip
def test_phones_are_read(cell: Any, phone: str | None) -> None:
    assert read_phone(cell)[0] == phone


def test_a_name_and_a_phone_in_one_cell_are_told_apart() -> None:
    assert split_contact("某某某 10000000001") == ("某某某", "10000000001")
    assert split_contact("某某某（0573-1234567）") == ("某某某", "0573-1234567")
    assert split_contact("某某某") == ("某某某", None)


def test_size_classes_are_read() -> None:
    assert read_scale("规上")[0] == "above_size"
    assert read_scale(" 小 微 ")[0] == "small_micro"
    assert read_scale("特大")[1][0].code == "roster_scale_unknown"


@given(st.floats(-180, 180).filter(lambda d: d != 0))
def test_degrees_are_read_within_the_earth(degrees: float) -> None:
    assert read_degrees(degrees, "longitude")[0] == degrees


def test_degrees_outside_the_earth_are_said() -> None:
    for cell in ("东经", 181, "inf", float("inf")):
        assert read_degrees(cell, "longitude")[1][0].code == "roster_place_unreadable"
    assert read_degrees(0, "longitude") == (None, ())
