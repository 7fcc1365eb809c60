"""The unified social credit code (统一社会信用代码): tidying what people type, and naming what is wrong with it.

Source: GB 32100-2015 (18 characters, check digit over 31 characters, no I O S V Z); characters 9 to 17 are the
organisation code of GB 11714-1997 with a check digit of its own, which tells a swapped pair of characters from a
wrong last one. python-stdnum has the last word on what is valid.
"""

from __future__ import annotations

import re
import unicodedata
from operator import mul

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1)
_VALUES = bytes(ALPHABET.index(chr(c)) if chr(c) in ALPHABET else 0 for c in range(256))
_SHAPE = re.compile(r"[0-9]{8}[0-9A-HJ-NP-RTUWXY]{10}").fullmatch
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_APOSTROPHES = "'’‘`´＇ʼ"
_INVISIBLE = re.compile(r"[\u00a0\u00ad\u180e\u200b-\u200f\u202a-\u202f\u2060-\u2064\u2066-\u206f\ufeff]")
_JOINTS = re.compile(r"[\s\-–—_.·]+")


def is_valid(code: str) -> bool:
    """Whether a tidied code is right in length, characters and check digit (as `stdnum.cn.uscc.is_valid`)."""
    if _SHAPE(code) is None:
        return False
    total: int = sum(map(mul, code.encode("ascii").translate(_VALUES), _WEIGHTS))
    return total % 31 == 0


def tidy(text: str) -> tuple[str, list[str]]:
    """The code without what typing and copying added, and the codes of what was taken off.

    Full-width characters become plain, letters capital; blanks, invisible characters, apostrophes and joints go.
    """
    remarks: list[str] = []
    code = text
    if _INVISIBLE.search(code):
        remarks.append("roster_code_invisible")
        code = _INVISIBLE.sub("", code)
    if code != code.strip("\t\r\n"):
        remarks.append("roster_code_edges")
    code = code.strip()
    wide = unicodedata.normalize("NFKC", code)
    if wide != code:
        remarks.append("roster_code_full_width")
        code = wide
    bare = code.strip(_APOSTROPHES)
    if bare != code:
        remarks.append("roster_code_apostrophe")
    joined = _JOINTS.sub("", bare)
    if joined != bare:
        remarks.append("roster_code_blanks")
    upper = joined.upper()
    if upper != joined:
        remarks.append("roster_code_lower_case")
    return upper, remarks


def fault(code: str) -> tuple[str, dict[str, str | int]]:
    """What is wrong with a tidied code that is not valid: a problem code and its facts."""
    if len(code) == 15 and code.isascii() and code.isdigit():
        return "roster_code_old_number", {}
    if len(code) != LENGTH:
        return "roster_code_length", {"length": len(code)}
    wrong = _illegal_characters(code)
    if wrong:
        return "roster_code_illegal_character", {"characters": wrong}
    swapped = _with_a_pair_swapped_back(code)
    if swapped:
        return "roster_code_swapped", {"first": swapped[0], "second": swapped[0] + 1}
    return "roster_code_check_digit", {}


def _illegal_characters(code: str) -> str:
    wrong = [c for i, c in enumerate(code) if c not in ALPHABET or (i < 8 and not c.isdigit())]
    return "".join(dict.fromkeys(wrong))


def _with_a_pair_swapped_back(code: str) -> tuple[int, str] | None:
    """(position of the pair from 1, corrected code), if one exchange of neighbours heals both check digits.

    A code whose organisation part is right as it stands was not swapped there: its last character is wrong.
    """
    if _organisation_code_holds(code[8:17]):
        return None
    for i in range(LENGTH - 1):
        other = code[:i] + code[i + 1] + code[i] + code[i + 2 :]
        if is_valid(other) and _organisation_code_holds(other[8:17]):
            return i + 1, other
    return None


def _organisation_code_holds(code: str) -> bool:
    rest = 11 - sum(int(c, 36) * w for c, w in zip(code, _ORGANISATION_WEIGHTS, strict=False)) % 11
    return code[8] == {10: "X", 11: "0"}.get(rest, str(rest))
