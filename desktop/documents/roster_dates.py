"""Days as people write them in rosters: 2020.2.17, 2月17日, 二〇二〇年二月十七日, 20200217, 43878, 17-Feb-20 …

A day without its year takes the one of the table's head. What can be read in two ways is not read: a number 2.2 may
be 2月2日 or a 2.20 that lost its nought, 3/4/2020 may be March or April.
"""

from __future__ import annotations

import contextlib
import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from desktop.models.roster_rows import Fact

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
_SERIALS = (20_000, 80_000)
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LONGEST_SHOWN = 40
_PARTS_OF_DAY = r"(?:[t ]?\d{1,2}[:时点].*|上午|下午|早上|中午|晚上|起|复工|开工|复产|已?(?:复工|开工))?"
_FULL = re.compile(r"(\d{4})[-./年,、](\d{1,2})[-./月,、](\d{1,2})[日号]?" + _PARTS_OF_DAY).fullmatch
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})").fullmatch
_SHORT = re.compile(r"(\d{2})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?").fullmatch
_MONTH_DAY = re.compile(r"(\d{1,2})月份?(\d{1,2})[日号]?" + _PARTS_OF_DAY).fullmatch
_PAIR = re.compile(r"(\d{1,2})[-./](\d{1,2})").fullmatch
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})").fullmatch
_ENGLISH = re.compile(r"(\d{1,2})[- ]?([a-z]{3,9})[- ,]*(\d{4}|\d{2})?").fullmatch
_DECIMAL_PAIR = re.compile(r"(\d{1,2})\.(\d{1,2})").fullmatch
_NUMBER = re.compile(r"\d{1,8}(?:\.\d+)?").fullmatch
_MONTHS = dict(zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), range(1, 13), strict=True))  # noqa: SIM905
_CHINESE = re.compile(r"[〇○零一二三四五六七八九十廿]+")
_CHINESE_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_NO_DATE = {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "未定", "空"}


@dataclass(frozen=True)
class DateContext:
    """What a day without its year or its epoch needs.

    `year`: the year the head of the table names; None: `today` tells it (the latest such day not long after today).
    """

    year: int | None
    today: date
    epoch1904: bool = False


@dataclass(frozen=True)
class ReadDay:
    """A day as ISO 8601 text, or None, and what to say about it (a problem code with facts)."""

    day: str | None
    code: str = ""
    facts: dict[str, Fact] | None = None


def read_day(cell: Any, context: DateContext) -> ReadDay:
    """The day in a cell. An empty cell gives `roster_date_blank`."""
    if type(cell) is str and len(cell) == 10 and cell[4] == cell[7] == "-" and "1900" <= cell < "2101":
        with contextlib.suppress(ValueError):
            return ReadDay(date.fromisoformat(cell).isoformat())
    if isinstance(cell, datetime):
        return _real(cell.year, cell.month, cell.day, cell.date().isoformat())
    if isinstance(cell, date):
        return _real(cell.year, cell.month, cell.day, cell.isoformat())
    if isinstance(cell, bool | time | timedelta):
        return _unreadable(cell)
    if isinstance(cell, int | float):
        return _from_number(cell, context, str(cell))
    return _from_text(str(cell), context)


def _from_text(written: str, context: DateContext) -> ReadDay:
    text = _tidy(written)
    if text in _NO_DATE:
        return ReadDay(None, "roster_date_blank")
    for shape in (_FULL, _SOLID):
        if found := shape(text):
            return _real(int(found[1]), int(found[2]), int(found[3]), written)
    if found := _MONTH_DAY(text):
        return _without_year(int(found[1]), int(found[2]), context, written, "roster_date_year_assumed")
    if found := _PAIR(text):
        return _without_year(int(found[1]), int(found[2]), context, written, "roster_date_year_assumed_text")
    if found := _SHORT(text):
        return _real(2000 + int(found[1]), int(found[2]), int(found[3]), written)
    if found := _YEAR_LAST(text):
        return _year_last(int(found[1]), int(found[2]), int(found[3]), written)
    if found := _ENGLISH(text):
        return _english(found, context, written)
    if _NUMBER(text):
        return _from_number(float(text), context, written)
    return _unreadable(written)


def _tidy(written: str) -> str:
    text = unicodedata.normalize("NFKC", written).strip().strip("'‘’").lower()
    text = re.sub(r"[\s\u200b-\u200f\u2060\ufeff]+", " ", text).strip()
    text = re.sub(r" ?([-./年月日号,、]) ?", r"\1", text)
    text = text.replace("。", ".").replace("—", "-").replace("–", "-")
    if "月" in text and _CHINESE.search(text):
        text = _CHINESE.sub(lambda found: _chinese_number(found[0]), text)
    return "-" if text and not text.strip("-") else text.rstrip(".")


def _chinese_number(text: str) -> str:
    """二〇二〇 → 2020, 十七 → 17, 二十 → 20, 廿一 → 21."""
    text = text.replace("廿", "二十")
    if "十" not in text:
        return "".join(str(_CHINESE_DIGITS[c]) for c in text)
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return text
    return str((_CHINESE_DIGITS[tens] if tens else 1) * 10 + (_CHINESE_DIGITS[ones] if ones else 0))


def _from_number(number: float, context: DateContext, written: str) -> ReadDay:
    if not math.isfinite(number):
        return _unreadable(written)
    whole = int(number)
    if number == whole and 19_000_101 <= whole <= 21_001_231:
        return _real(whole // 10_000, whole // 100 % 100, whole % 100, written)
    if _SERIALS[0] <= number < _SERIALS[1]:
        return ReadDay((_EPOCHS[context.epoch1904] + timedelta(days=whole)).isoformat())
    if number != whole and (found := _DECIMAL_PAIR(repr(number))):
        return _decimal_pair(int(found[1]), found[2], context, written)
    return _unreadable(written)


def _decimal_pair(month: int, decimals: str, context: DateContext, written: str) -> ReadDay:
    """2.17 typed as a number. With one decimal the nought at the end may be lost: 2.2 is 2月2日 or 2月20日."""
    if decimals in ("1", "2", "3"):
        return ReadDay(None, "roster_date_ambiguous", {"text": _short(written)})
    return _without_year(month, int(decimals), context, written, "roster_date_year_assumed_text")


def _without_year(month: int, day: int, context: DateContext, written: str, code: str) -> ReadDay:
    if context.year is not None:
        found = _real(context.year, month, day, written)
        return ReadDay(found.day, code, {"year": context.year}) if found.day else found
    year = context.today.year
    found = _real(year, month, day, written)
    if found.day and date.fromisoformat(found.day) > context.today + timedelta(days=60):
        year -= 1
        found = _real(year, month, day, written)
    return ReadDay(found.day, "roster_date_year_guessed", {"year": year}) if found.day else found


def _year_last(first: int, second: int, year: int, written: str) -> ReadDay:
    if first <= 12 and second <= 12 and first != second:
        return ReadDay(None, "roster_date_ambiguous", {"text": _short(written)})
    month, day = (first, second) if first <= 12 else (second, first)
    return _real(year, month, day, written)


def _english(found: re.Match[str], context: DateContext, written: str) -> ReadDay:
    month = _MONTHS.get(found[2][:3])
    if month is None:
        return _unreadable(written)
    if found[3] is None:
        return _without_year(month, int(found[1]), context, written, "roster_date_year_assumed_text")
    year = int(found[3])
    return _real(year + 2000 if year < 100 else year, month, int(found[1]), written)


def _real(year: int, month: int, day: int, written: str) -> ReadDay:
    try:
        found = date(year, month, day)
    except ValueError:
        return ReadDay(None, "roster_date_not_real", {"text": _short(written)})
    if not EARLIEST <= found <= LATEST:
        return _unreadable(written)
    return ReadDay(found.isoformat())


def _unreadable(written: Any) -> ReadDay:
    return ReadDay(None, "roster_date_unreadable", {"text": _short(str(written))})


def _short(written: str) -> str:
    text = " ".join(written.split())
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
