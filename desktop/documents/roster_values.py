"""Names, counts, phones and the other values of a roster, as people write them, one cell at a time.

Every function takes a cell and gives (value or None, remarks). Text from outside loses control, direction and
zero-width characters here, once, before it goes anywhere (SEC-55); markup and formulas stay the plain text they are.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from desktop.models.credit_code import fault, is_valid, tidy
from desktop.models.roster_rows import Fact, Issue
from desktop.models.vocabulary import Scale

NOTHING: tuple[Issue, ...] = ()
Read = tuple[Any, tuple[Issue, ...]]
Reader = Callable[[Any], Read]

MAX_NAME = 200
TEXT_LIMITS = {
    "address": 300, "township": 60, "county": 60, "industry": 120, "contact_name": 80, "grid_code": 40, "remark": 500,
}  # fmt: skip
"""Free-text fields and how many characters they may have."""
LARGEST_COUNT = 999_999
_LONGEST_SHOWN = 40
_INVISIBLE = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb"
)
_UNWANTED = re.compile(f"[{_INVISIBLE}]")
_CLEAN = rf"[^\s#{_INVISIBLE}]"
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_BLANK_BESIDE_CJK = re.compile(rf"(?<={_CJK})\s+|\s+(?={_CJK})")
_BRACKETS = re.compile(r"\(([^()]*[\u3400-\u9fff\U00020000-\U0003ffff][^()]*)\)")
_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_BLANKS = {
    "", "-", "--", "—", "——", "/", "\\", "//", "无", "暂无", "没有", "空", "待补", "待定", "待填", "不详", "未知",
    "none", "null", "n/a", "na", "nan",
}  # fmt: skip
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}").fullmatch
_COUNT = re.compile(
    r"(约|近|共|大约|大概|总共|计)?(\d{1,6})(人|名|个|余人|多人|人左右|左右|余|多|\+|人以上|以上)?"
).fullmatch
_RANGE = re.compile(r"约?\d{1,6}人?[-~至到—–－〜]{1,2}\d{1,6}人?(?:左右)?").fullmatch
_PHONE = re.compile(r"[0-9+\-()/、,;转*#]{5,40}").fullmatch
_PHONE_INSIDE = re.compile(r"(?:\+?86[- ]?)?1\d{10}|(?:0\d{2,3}[- ]?)?\d{7,8}(?:-\d{1,5})?")
_ABOVE_SIZE = {
    "规上", "规模以上", "规上企业", "规上工业", "规模以上企业", "规模以上工业", "限上", "限额以上",
    "大型", "above_size",
}  # fmt: skip
_SMALL = {
    "小微", "小微企业", "规下", "规模以下", "规下企业", "规模以下企业", "小型", "微型", "小型企业", "微型企业", "限下",
    "small_micro",
}  # fmt: skip
AS_IT_IS: dict[str, Callable[[str], object]] = {
    "name": re.compile(f"[\u4e00-\u9fff（）0-9A-Za-z]{{5,{MAX_NAME}}}").fullmatch,
    "credit_code": is_valid,
    **{name: re.compile(f"{_CLEAN}{{5,{limit}}}").fullmatch for name, limit in TEXT_LIMITS.items()},
}
"""Field → whether text can be taken as it stands; most cells of a tidy file can, and then no more is asked."""


def read_code(cell: Any) -> Read:
    """The credit code. Remarks: how it was tidied; a fault (then None) which makes the row impossible to import."""
    if type(cell) is str:
        return _code_from_text(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None, (Issue("roster_code_length", "credit_code", _code_facts(str(cell), length=len(str(cell)))),)
    whole = f"{cell:.0f}"
    if abs(cell) >= 1e15:
        return None, (Issue("roster_code_number", "credit_code", {"text": whole}),)
    return _code_from_text(whole)


def _code_from_text(written: str) -> Read:
    if _SCIENTIFIC(written.strip()):
        return None, (Issue("roster_code_number", "credit_code", {"text": short(written)}),)
    code, remarks = tidy(written)
    if not any(c.isascii() and c.isalnum() for c in code) or code == "0" or code in _ERRORS:
        return None, (Issue("roster_code_missing", "credit_code"),)
    if not is_valid(code):
        name, facts = fault(code)
        return None, (Issue(name, "credit_code", _code_facts(code, **facts)),)
    return code, tuple(Issue(remark, "credit_code") for remark in remarks)


def _code_facts(code: str, **facts: str | int) -> dict[str, Fact]:
    return {**facts, "text": short(code)}


def read_name(cell: Any) -> Read:
    """The enterprise's name without blanks inside Chinese text, Chinese brackets full-width; "" when there is none."""
    name, remarks = read_text(cell, "name", MAX_NAME + 1)
    if name is None:
        return "", (*remarks, Issue("roster_name_missing", "name"))
    if len(name) > MAX_NAME:
        return name[:MAX_NAME], (Issue("roster_name_too_long", "name", {"limit": MAX_NAME}),)
    return _BRACKETS.sub(r"（\1）", name), NOTHING


def read_text(cell: Any, field: str, limit: int) -> Read:
    """Free text: unwanted characters gone, blanks inside Chinese text closed; None for the many ways to say nothing."""
    text = as_text(cell)
    if not text:
        return None, NOTHING
    if not text.isalnum():
        text = _UNWANTED.sub("", text)
        text = _BLANK_BESIDE_CJK.sub("", " ".join(text.split()))
    if text[:1] == "#" and text in _ERRORS:
        return None, (Issue("roster_cell_error", field, {"text": text}),)
    if text.lower() in _BLANKS:
        return None, NOTHING
    if len(text) > limit:
        return text[:limit], (Issue("roster_text_cut", field, {"limit": limit}),)
    return text, NOTHING


def read_count(cell: Any, field: str, column: str) -> Read:
    """A number of persons; `column` is the label people know the column by."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if 0 <= cell <= LARGEST_COUNT and cell == int(cell):
            return int(cell), NOTHING
        return None, (Issue("roster_count_unreadable", field, {"column": column, "text": short(str(cell))}),)
    written = as_text(cell)
    text = "".join(unicodedata.normalize("NFKC", _UNWANTED.sub("", written)).split()).strip("'‘’")
    if text.lower() in _BLANKS:
        return None, NOTHING
    facts: dict[str, Fact] = {"column": column, "text": short(written)}
    if _RANGE(text):
        return None, (Issue("roster_count_range", field, facts),)
    found = _COUNT(text.replace(",", "").removesuffix(".0"))
    if found is None:
        return None, (Issue("roster_count_unreadable", field, facts),)
    count = int(found[2])
    exact = found[1] in (None, "共", "总共", "计") and found[3] in (None, "人", "名", "个")
    return count, NOTHING if exact else (Issue("roster_count_about", field, {**facts, "count": count}),)


def read_phone(cell: Any) -> Read:
    """A phone as written, without blanks; several may stand in one cell."""
    text = "".join(unicodedata.normalize("NFKC", _UNWANTED.sub("", as_text(cell))).split()).strip("'‘’")
    if text.lower() in _BLANKS:
        return None, NOTHING
    text = text.replace("—", "-").replace("–", "-")
    if _PHONE(text) and sum(map(str.isdigit, text)) >= 5:
        return text, NOTHING
    return None, (Issue("roster_phone_unreadable", "contact_phone"),)


def split_contact(cell: Any) -> tuple[str | None, str | None]:
    """(name, phone) of a cell that holds both, as in `王某某 13800000000`."""
    text = unicodedata.normalize("NFKC", _UNWANTED.sub("", as_text(cell))).strip()
    found = _PHONE_INSIDE.search(text)
    phone = found[0].replace(" ", "") if found else None
    rest = text.replace(found[0], " ", 1) if found else text
    name = read_text(re.sub(r"[:;,/、()]+|电话|手机", " ", rest), "contact_name", 80)[0]
    return name, phone


def read_scale(cell: Any) -> Read:
    """规上 or 小微 as the stored code."""
    text = "".join(unicodedata.normalize("NFKC", as_text(cell)).split())
    if text in _SMALL:
        return Scale.SMALL_MICRO.value, NOTHING
    if text in _ABOVE_SIZE:
        return Scale.ABOVE_SIZE.value, NOTHING
    if text.lower() in _BLANKS:
        return None, NOTHING
    return None, (Issue("roster_scale_unknown", "scale", {"text": short(text)}),)


def read_degrees(cell: Any, field: str) -> Read:
    """A longitude or latitude in degrees; 0 counts as not given."""
    limit = 180.0 if field == "longitude" else 90.0
    text = "".join(unicodedata.normalize("NFKC", as_text(cell)).split()).rstrip("°")
    if text.lower() in _BLANKS:
        return None, NOTHING
    try:
        degrees = float(text)
    except ValueError:
        degrees = math.nan
    if degrees == 0:
        return None, NOTHING
    if math.isfinite(degrees) and abs(degrees) <= limit:
        return degrees, NOTHING
    return None, (Issue("roster_place_unreadable", field),)


def read_capital(cell: Any, unit: str) -> Read:
    """The registered capital as text; `unit` (万元) from the label is added to a bare number."""
    text, remarks = read_text(cell, "capital", 60)
    if text and unit and re.fullmatch(r"[\d,.]+", text):
        text += unit
    return text, remarks


def as_text(cell: Any) -> str:
    """A cell as a person sees it: whole numbers without a point, dates as ISO days."""
    if type(cell) is str:
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e21 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def short(text: str) -> str:
    """Text for a remark: one line, at most 40 characters."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
