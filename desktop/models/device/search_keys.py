"""How an enterprise is found while typing: one folded text of name, pinyin, initials and credit code.

A character with several readings takes the one right for company names; the few place names that differ are listed.
Text is read by translation tables, which fill as characters are met: an import reads 50,000 names at once.
"""

from __future__ import annotations

import re
import unicodedata
from string import ascii_lowercase

# Readings that a character-by-character table gets wrong in names of enterprises and places.
_PHRASES = {
    "重庆": "chong qing", "乐清": "yue qing", "银行": "yin hang", "厦门": "xia men", "台州": "tai zhou",
    "丽水": "li shui", "蚌埠": "beng bu", "六安": "lu an", "单县": "shan xian", "重工": "zhong gong",
    "鄞州": "yin zhou", "嵊泗": "sheng si", "会计": "kuai ji", "重型": "zhong xing", "音乐": "yin yue",
}  # fmt: skip
_CHARACTERS = {"长": "chang", "乐": "le", "行": "hang", "曾": "zeng"}
# While a name is read, a phrase is one character of its own, out of a plane no name comes from.
_MARKS = {phrase: chr(0x10_0000 + place) for place, phrase in enumerate(_PHRASES)}
_ANY_PHRASE = re.compile("|".join(_PHRASES))
_SMALL_LETTERS = ascii_lowercase.encode()


def search_keys(name: str, credit_code: str | None) -> str:
    """The folded lines an enterprise is matched against: name, full pinyin, initials, credit code."""
    folded = marked = fold(name)
    if _ANY_PHRASE.search(folded):
        marked = _ANY_PHRASE.sub(lambda found: _MARKS[found[0]], folded)
    spoken = marked.translate(_readings)
    initials = spoken.encode().translate(None, delete=_SMALL_LETTERS).decode()
    code = credit_code.lower() if credit_code else ""
    return f"{folded}\n{spoken.lower()}\n{initials.lower()}\n{code}"


def fold(text: str) -> str:
    """Text as it is compared: compatibility forms made plain, lower case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


class _Readings(dict[int, str]):
    """Code point → its reading without tones, each syllable with a capital; a character without one is itself."""

    def __missing__(self, code: int) -> str:
        from pypinyin import lazy_pinyin

        self[code] = reading = (lazy_pinyin(chr(code))[0] or chr(code)).capitalize()
        return reading


_readings = _Readings()
_readings.update({ord(character): reading.title() for character, reading in _CHARACTERS.items()})
_readings.update({ord(_MARKS[phrase]): reading.title().replace(" ", "") for phrase, reading in _PHRASES.items()})
