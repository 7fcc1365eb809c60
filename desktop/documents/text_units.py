"""Cuts a paragraph into what a line break never parts: single full-width characters and runs of Latin or digits.

Also the lists of signs that may not begin or end a line. Text is characters only, never markup; widths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.documents.fonts import Typeface, glyphs, printable

CLOSING = frozenset("，。、；：！？）》〉」』”’】〕〗｝］")
OPENING = frozenset("（《〈「『“‘【〔〖｛［")
NOT_FIRST = CLOSING | frozenset("…—～·‰℃℉％°′″㎡²³×々ー－／,.;:!?)]}%'\"")
"""避头: may not begin a line."""

NOT_LAST = OPENING | frozenset("￥＄№～([{$#")
"""避尾: may not end a line."""

PAIRED = frozenset("…—")
"""…… and —— are one sign of two characters."""

LONG_RUN = 8
"""A Latin run of more characters may be broken after one of `BREAK_AFTER`."""

BREAK_AFTER = frozenset(".-@/_,:;?&=")

HALF = 0.5
"""Part of an em that is empty in full-width punctuation."""


class Span(NamedTuple):
    """A piece of a paragraph in one typeface."""

    text: str
    typeface: Typeface


class Setting(NamedTuple):
    """How a paragraph is set, in points. `tracking` follows each full-width character."""

    size: float
    measure: float
    tracking: float = 0.0
    first_indent: float = 0.0
    justified: bool = True


class Unit(NamedTuple):
    """What is never broken: one full-width character or a short Latin run.

    `glued`: no space is added before it. `alone`: drawn as a run of its own, because its advance is its own.
    """

    text: str
    font: str
    width: float
    latin: bool
    glued: bool
    alone: bool


def units_of(spans: Sequence[Span], setting: Setting) -> list[Unit]:
    """The units of a paragraph in order; blanks are units of their own.

    Raises `font_glyph_missing` for a character no font has.
    """
    units: list[Unit] = []
    size, tracking = setting.size, setting.tracking
    for text, typeface in spans:
        table = glyphs(typeface)
        clean = printable(text)
        at, length = 0, len(clean)
        while at < length:
            character = clean[at]
            if character == " ":
                units.append(Unit(" ", table[" "].font, table[" "].width * size, True, False, True))
                at += 1
            elif _is_latin(character):
                end = _run_end(clean, at)
                units.extend(_run_units(clean[at:end], typeface, setting))
                at = end
            elif clean.startswith(character * 2, at) and character in PAIRED:
                font, width = table[character]
                units.append(Unit(character * 2, font, 2 * width * size + tracking, False, False, True))
                at += 2
            else:
                font, width = table[character]
                units.append(Unit(character, font, width * size + tracking, False, False, False))
                at += 1
    return _narrowed(units, size)


def _narrowed(units: list[Unit], size: float) -> list[Unit]:
    """The units with the empty half taken from a closing sign that another follows: ）。 and 》、 stand close.

    Not before an opening sign: readers of the PDF take that overlap for a new line.
    """
    for at in range(len(units) - 1):
        unit, after = units[at], units[at + 1].text
        if unit.text in CLOSING and after in CLOSING:
            units[at] = unit._replace(width=unit.width - HALF * size, alone=True)
    return units


def _is_latin(character: str) -> bool:
    return "!" <= character <= "~" or "\u00c0" <= character <= "\u03ff"


def _run_end(text: str, start: int) -> int:
    """Where the Latin run that begins at `start` ends; `100 mL` and `9.9 L` are one run."""
    at = start
    while at < len(text):
        if _is_latin(text[at]):
            at += 1
        elif text[at] == " " and text[at - 1].isdigit() and at + 1 < len(text) and text[at + 1].isalpha():
            if not _is_latin(text[at + 1]) or at - start > LONG_RUN:
                break
            at += 1
        else:
            break
    return at


def _run_units(run: str, typeface: Typeface, setting: Setting) -> list[Unit]:
    pieces = _pieces(run) if len(run) > LONG_RUN else [run]
    units: list[Unit] = []
    table = glyphs(typeface)
    for piece in pieces:
        width = sum(table[character].width for character in piece) * setting.size
        parts = list(piece) if width > setting.measure - setting.first_indent else [piece]
        for part in parts:
            units.extend(_font_units(part, typeface, setting.size, bool(units)))
    return units


def _pieces(run: str) -> list[str]:
    """Parts of a long Latin run, cut after the signs that allow it; a decimal or a group of digits stays whole."""
    pieces, start = [], 0
    for at in range(len(run) - 1):
        if run[at] not in BREAK_AFTER or run[at + 1] in BREAK_AFTER or run[at + 1] in NOT_FIRST:
            continue
        if run[at] in ".," and at and run[at - 1].isdigit() and run[at + 1].isdigit():
            continue
        pieces.append(run[start : at + 1])
        start = at + 1
    return [*pieces, run[start:]]


def _font_units(text: str, typeface: Typeface, size: float, glued: bool) -> list[Unit]:
    """One unit, or several that may not be parted when characters of the run come from different fonts."""
    table = glyphs(typeface)
    first = table[text[0]].font
    if all(table[character].font == first for character in text):
        return [Unit(text, first, sum(table[character].width for character in text) * size, True, glued, True)]
    return [
        Unit(character, table[character].font, table[character].width * size, True, glued or at > 0, True)
        for at, character in enumerate(text)
    ]


def may_break(before: str, after: str) -> bool:
    """True when a line may end with `before` and the next begin with `after` (single characters)."""
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    return not (before == after and before in PAIRED)
