"""Masks: what of a person's name, numbers and address may be seen where nobody asked to see them (SEC-80).

Pure, and the only place that knows them: lists, search results, window titles, exports and the server all show what
these return. A mask never shows more than its rule, whatever odd text it is given; when in doubt it shows less.
"""

from __future__ import annotations

import re

HIDDEN = "*"
ADDRESS_HIDDEN = "***"
NAME_DOTS = "·•・‧"
FEWEST_HIDDEN = 4
RESIDENT_ID_LENGTH = 18

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台"
    "皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘"
    "子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐"
    "段干百里呼延东郭南门羊舌微生梁丘左丘东门西门第五完颜纳兰叶赫"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))
"""Surnames of two characters."""

_PLACE = "[\u3400-\u9fff]"
_ADMINISTRATIVE = re.compile(
    rf"(?:{_PLACE}{{2,7}}?(?:省|自治区))?"
    rf"(?:{_PLACE}{{1,7}}?(?:市|自治州|盟|地区))?"
    rf"(?:{_PLACE}{{1,7}}?(?:市|县|旗|(?<![小社园宿校厂院])区))?"
)
_TOWNSHIP = re.compile(r"(?:(?![路街巷弄号村组幢楼栋室])[\u3400-\u9fff]){1,7}?(?:街道|镇|乡)")


def masked_name(name: str) -> str:
    """The surname and a star for every other character; of a name with a dot its first part; a single one is hidden."""
    name = name.strip()
    for place, character in enumerate(name):
        if character in NAME_DOTS and place:
            return name[: place + 1] + HIDDEN * (len(name) - place - 1) if place < len(name) - 1 else HIDDEN * place
    if len(name) > 2 and name[:2] in COMPOUND_SURNAMES:
        return name[:2] + HIDDEN * (len(name) - 2)
    return name[:1] + HIDDEN * (len(name) - 1) if len(name) > 1 else HIDDEN * len(name)


def masked_id(number: str) -> str:
    """Of a resident's number of 18 the first 3 and last 4; of any other paper's number the last 3."""
    number = number.strip()
    return _ends(number, 3, 4) if len(number) == RESIDENT_ID_LENGTH else _ends(number, 0, 3)


def masked_phone(phone: str) -> str:
    """The first 3 and last 4 of a full number; of a short one the last 3."""
    phone = phone.strip()
    return _ends(phone, 3, 4) if len(phone) >= 3 + 4 + FEWEST_HIDDEN else _ends(phone, 0, 3)


def masked_address(address: str) -> str:
    """As far as the township. Without one, as far as the county or city; where none is named, nothing."""
    address = address.strip()
    if not address:
        return ""
    above = _ADMINISTRATIVE.match(address)
    end = above.end() if above else 0
    township = _TOWNSHIP.match(address, end)
    end = township.end() if township else end
    return address if end == len(address) else address[:end] + ADDRESS_HIDDEN


def _ends(text: str, first: int, last: int) -> str:
    """The two ends of a text, if enough of it stays hidden; else nothing of it."""
    hidden = len(text) - first - last
    if hidden < FEWEST_HIDDEN:
        return HIDDEN * len(text)
    return text[:first] + HIDDEN * hidden + text[len(text) - last :]
