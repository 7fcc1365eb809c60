"""How an enterprise is found while typing: one folded text of name, pinyin, initials and credit code.

A character with several readings takes the one right for company names; the few place names that differ are listed.
"""

from __future__ import annotations

import unicodedata
from functools import cache

# Readings that a character-by-character table gets wrong in names of enterprises and places.
_PHRASES = {
    "重庆": "chong qing", "长": "chang", "乐清": "yue qing", "乐": "le", "行": "hang", "银行": "yin hang",
    "厦门": "xia men", "台州": "tai zhou", "丽水": "li shui", "蚌埠": "beng bu", "六安": "lu an",
    "单县": "shan xian", "曾": "zeng", "重工": "zhong gong", "鄞州": "yin zhou", "嵊泗": "sheng si",
    "会计": "kuai ji", "重型": "zhong xing", "音乐": "yin yue",
}  # fmt: skip
_LONGEST = max(map(len, _PHRASES))


def search_keys(name: str, credit_code: str | None) -> str:
    """The folded lines an enterprise is matched against: name, full pinyin, initials, credit code."""
    folded = fold(name)
    syllables = _syllables(folded)
    initials = "".join(syllable[0] for syllable in syllables)
    return "\n".join((folded, "".join(syllables), initials, (credit_code or "").lower()))


def fold(text: str) -> str:
    """Text as it is compared: compatibility forms made plain, lower case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _syllables(folded: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(folded):
        for length in range(min(_LONGEST, len(folded) - at), 0, -1):
            phrase = _PHRASES.get(folded[at : at + length])
            if phrase is not None:
                found.extend(phrase.split())
                at += length
                break
        else:
            found.append(_reading(folded[at]))
            at += 1
    return found


@cache
def _reading(character: str) -> str:
    from pypinyin import lazy_pinyin

    return lazy_pinyin(character)[0] or character
