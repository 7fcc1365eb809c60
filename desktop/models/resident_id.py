"""Numbers of people's papers: the resident identity number (GB 11643-1999), passports and permits, and what is wrong.

A resident number of 18: six digits of place, the birth date, three of order (odd: male), a check character over 17.
Before 1999 it had 15: no century and no check character. Residents from Hong Kong, Macao and Taiwan have numbers of the
same form that begin with 81, 82 and 83.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from operator import mul

LENGTH, OLD_LENGTH = 18, 15
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_JOINTS = re.compile(r"[\s\-–—_.·'’‘`´\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_SHAPES = {
    "passport": re.compile(r"[A-Z0-9]{5,9}").fullmatch,
    "permit": re.compile(r"[HM]\d{8}(\d{2})?|\d{8}(\d{2})?|[A-Z]{3}\d{12}").fullmatch,
    "other": re.compile(r".{3,40}").fullmatch,
}
"""Passports have at most nine letters and digits; permits of Hong Kong and Macao, of Taiwan, and of foreigners."""
Fault = tuple[str, dict[str, str | int]]


def tidy(text: str) -> str:
    """A number without what typing and copying added: width, case, blanks, joints."""
    return _JOINTS.sub("", unicodedata.normalize("NFKC", text)).upper()


def fault(kind: str, number: str, today: date) -> Fault | None:
    """What is wrong with a tidied number of a paper (`health_terms.IdKind`): a problem code and its facts."""
    if kind == "resident_id":
        return _resident_fault(number, today)
    shape = _SHAPES.get(kind)
    return None if shape is None or shape(number) else (f"staff_{kind}_shape", {})


def kind_of(number: str) -> str:
    """The paper a tidied number most likely is from, where nobody says."""
    if len(number) in (LENGTH, OLD_LENGTH) and number[:OLD_LENGTH].isdigit():
        return "resident_id"
    if _SHAPES["permit"](number):
        return "permit"
    return "passport" if _SHAPES["passport"](number) and not number.isdigit() else "other"


def birth_date(number: str) -> date | None:
    """The birth date a resident number of 18 or 15 states, None if it states none."""
    digits = number[6:14] if len(number) == LENGTH else f"19{number[6:12]}" if len(number) == OLD_LENGTH else ""
    if not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def sex(number: str) -> str | None:
    """ "male" or "female" as a resident number of 18 or 15 states."""
    order = number[16:17] if len(number) == LENGTH else number[14:15] if len(number) == OLD_LENGTH else ""
    if not (order.isascii() and order.isdigit()):
        return None
    return "male" if int(order) % 2 else "female"


def check_character(first: str) -> str:
    """The last character of a resident number whose first 17 digits are these."""
    return _CHECKS[sum(map(mul, map(int, first), _WEIGHTS)) % 11]


def _resident_fault(number: str, today: date) -> Fault | None:
    if len(number) not in (LENGTH, OLD_LENGTH):
        return "staff_id_length", {"length": len(number)}
    digits, last = (number[:17], number[17]) if len(number) == LENGTH else (number, "0")
    if not (digits.isascii() and digits.isdigit()) or last not in "0123456789X":
        return "staff_id_characters", {}
    born = birth_date(number)
    if born is None or not date(1900, 1, 1) <= born <= today:
        return "staff_id_birth", {"text": number[6:14] if len(number) == LENGTH else number[6:12]}
    if len(number) == LENGTH and check_character(digits) != last:
        return "staff_id_check_digit", {}
    return None
