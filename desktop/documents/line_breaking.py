"""Breaks Chinese text into justified lines on the character grid of official documents.

Rules: a line never begins with a closing sign (避头) nor ends with an opening one (避尾); a run of Latin letters or
digits stays whole unless it is long, and a number keeps its unit; a closing sign that just does not fit is pulled
in by squeezing the half-empty punctuation of the line, else its character goes to the next line with it; what is
left over is spread between the characters. A line of plain 汉字 holds exactly measure ÷ pitch of them.

Pure arithmetic on widths from `fonts`; it draws nothing. Text is characters only, never markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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

SQUEEZE_INSIDE = 0.3
SQUEEZE_AT_END = 0.5
"""Part of an em that full-width punctuation can give up within a line, and at its end."""

HALF = 0.5
"""Part of an em that is empty in full-width punctuation."""

LEAST_FILL = 0.85
"""A line filled less than this is left as it is: spreading it would tear it apart."""


class Span(NamedTuple):
    """A piece of a paragraph in one typeface."""

    text: str
    typeface: Typeface


class Run(NamedTuple):
    """Characters of one font drawn from `x` (points from the line's start) with `spacing` after each."""

    x: float
    font: str
    text: str
    spacing: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it will be drawn: runs from left to right, and where the last character ends."""

    runs: tuple[Run, ...]
    width: float


class Setting(NamedTuple):
    """How a paragraph is set, in points. `tracking` follows each full-width character."""

    size: float
    measure: float
    tracking: float = 0.0
    first_indent: float = 0.0
    justified: bool = True


class _Unit(NamedTuple):
    """What is never broken: one full-width character or a short Latin run.

    `glued`: no space is added before it. `alone`: drawn as a run of its own, because its advance is its own.
    """

    text: str
    font: str
    width: float
    latin: bool
    glued: bool
    alone: bool


def break_lines(spans: Sequence[Span], setting: Setting) -> list[Line]:
    """The lines of one paragraph; an empty paragraph has none.

    Raises `font_glyph_missing` for a character no font has.
    """
    units = _units(spans, setting)
    lines: list[Line] = []
    start = 0
    while start < len(units):
        indent = setting.first_indent if not lines else 0.0
        end = _line_end(units, start, setting.measure - indent, setting)
        last = end >= len(units)
        stop = end
        while stop > start and units[stop - 1].text == " ":
            stop -= 1
        lines.append(_set_line(units[start:stop], indent, last, setting))
        start = end
        while start < len(units) and units[start].text == " ":
            start += 1
    return lines


def one_line(text: str, typeface: Typeface, size: float, tracking: float = 0.0) -> Line:
    """The whole text on one line, however wide."""
    units = _units([Span(text, typeface)], Setting(size, float("inf"), tracking))
    return _set_line(units, 0.0, True, Setting(size, float("inf"), tracking, justified=False))


def may_break(before: str, after: str) -> bool:
    """True when a line may end with `before` and the next begin with `after` (single characters)."""
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    return not (before == after and before in PAIRED)


def _units(spans: Sequence[Span], setting: Setting) -> list[_Unit]:
    units: list[_Unit] = []
    size, tracking = setting.size, setting.tracking
    for text, typeface in spans:
        table = glyphs(typeface)
        clean = printable(text)
        at, length = 0, len(clean)
        while at < length:
            character = clean[at]
            if character == " ":
                units.append(_Unit(" ", table[" "].font, table[" "].width * size, True, False, True))
                at += 1
            elif _is_latin(character):
                end = _run_end(clean, at)
                units.extend(_run_units(clean[at:end], typeface, setting))
                at = end
            elif clean.startswith(character * 2, at) and character in PAIRED:
                font, width = table[character]
                units.append(_Unit(character * 2, font, 2 * width * size + tracking, False, False, True))
                at += 2
            else:
                font, width = table[character]
                units.append(_Unit(character, font, width * size + tracking, False, False, False))
                at += 1
    return _narrowed(units, size)


def _narrowed(units: list[_Unit], size: float) -> list[_Unit]:
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


def _run_units(run: str, typeface: Typeface, setting: Setting) -> list[_Unit]:
    pieces = _pieces(run) if len(run) > LONG_RUN else [run]
    units: list[_Unit] = []
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


def _font_units(text: str, typeface: Typeface, size: float, glued: bool) -> list[_Unit]:
    """One unit, or several that may not be parted when characters of the run come from different fonts."""
    table = glyphs(typeface)
    first = table[text[0]].font
    if all(table[character].font == first for character in text):
        return [_Unit(text, first, sum(table[character].width for character in text) * size, True, glued, True)]
    return [
        _Unit(character, table[character].font, table[character].width * size, True, glued or at > 0, True)
        for at, character in enumerate(text)
    ]


def _line_end(units: Sequence[_Unit], start: int, room: float, setting: Setting) -> int:
    """Index of the first unit of the next line; always beyond `start`."""
    width, at, room = 0.0, start, room + setting.tracking + 0.001
    while at < len(units) and width + units[at].width <= room:
        width += units[at].width
        at += 1
    if at >= len(units):
        return at
    if at == start:
        return start + 1
    if _may_part(units, at):
        return at
    end, wider = at, width
    while end < len(units) and end - at < 3:
        wider += units[end].width
        end += 1
        if end == len(units) or _may_part(units, end):
            squeezable = sum(_squeezes(units[start:end], setting.size))
            if wider - room <= squeezable:
                return end
            break
    back = at - 1
    while back > start and not _may_part(units, back):
        back -= 1
    return back if back > start else at


def _may_part(units: Sequence[_Unit], at: int) -> bool:
    """True when a line may end before unit `at`."""
    before, after = units[at - 1], units[at]
    if after.text == " ":
        return True
    if before.text == " ":
        return at < 2 or may_break(units[at - 2].text[-1], after.text[0])
    if before.latin and after.latin and not after.glued:
        return False
    return may_break(before.text[-1], after.text[0])


def _squeezes(units: Sequence[_Unit], size: float) -> list[float]:
    """How much of its width each unit can give up."""
    amounts = [0.0] * len(units)
    last = len(units) - 1
    for at, unit in enumerate(units):
        if unit.alone:
            continue
        if unit.text in CLOSING:
            amounts[at] = (SQUEEZE_AT_END if at == last else SQUEEZE_INSIDE) * size
    return amounts


def _set_line(units: Sequence[_Unit], indent: float, last: bool, setting: Setting) -> Line:
    room = setting.measure - indent
    width = sum(unit.width for unit in units) - _trailing_tracking(units, setting)
    gap = 0.0
    shrinks: list[float] | None = None
    if width > room + 0.001:
        amounts = _squeezes(units, setting.size)
        total = sum(amounts)
        part = min(1.0, (width - room) / total) if total else 0.0
        shrinks = [amount * part for amount in amounts]
    elif setting.justified and not last and width >= LEAST_FILL * room:
        gaps = sum(not unit.glued for unit in units[1:])
        gap = (room - width) / gaps if gaps else 0.0
    return _place(units, indent, gap, shrinks, setting)


def _trailing_tracking(units: Sequence[_Unit], setting: Setting) -> float:
    return setting.tracking if units and not units[-1].latin else 0.0


def _place(
    units: Sequence[_Unit], indent: float, gap: float, shrinks: Sequence[float] | None, setting: Setting
) -> Line:
    """Runs of a line: neighbouring full-width characters of one font share a run and its spacing."""
    runs: list[Run] = []
    x = indent
    spacing = setting.tracking + gap
    font, text, begun = "", "", x
    last = len(units) - 1
    for at, unit in enumerate(units):
        follows = gap if at < last and not units[at + 1].glued else 0.0
        shrink = shrinks[at] if shrinks else 0.0
        if unit.alone or shrink:
            if text:
                runs.append(Run(begun, font, text, spacing))
                text = ""
            runs.append(Run(x, unit.font, unit.text, 0.0))
        elif text and unit.font == font:
            text += unit.text
        else:
            if text:
                runs.append(Run(begun, font, text, spacing))
            font, text, begun = unit.font, unit.text, x
        x += unit.width + follows - shrink
    if text:
        runs.append(Run(begun, font, text, spacing))
    return Line(tuple(runs), x - _trailing_tracking(units, setting))
