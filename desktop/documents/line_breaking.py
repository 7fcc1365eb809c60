"""Breaks Chinese text into justified lines on the character grid of official documents.

Rules: a line never begins with a closing sign (避头) nor ends with an opening one (避尾); a run of Latin letters or
digits stays whole unless it is long, and a number keeps its unit; a closing sign that just does not fit is pulled
in by squeezing the half-empty punctuation of the line, else its character goes to the next line with it; what is
left over is spread between the characters. A line of plain 汉字 holds exactly measure ÷ pitch of them.

Pure arithmetic on the widths of `text_units`; it draws nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop.documents.fonts import Typeface
from desktop.documents.text_units import CLOSING, Setting, Span, Unit, may_break, units_of

SQUEEZE_INSIDE = 0.3
SQUEEZE_AT_END = 0.5
"""Part of an em that full-width punctuation can give up within a line, and at its end."""

LEAST_FILL = 0.85
"""A line filled less than this is left as it is: spreading it would tear it apart."""


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


def break_lines(spans: Sequence[Span], setting: Setting) -> list[Line]:
    """The lines of one paragraph; an empty paragraph has none.

    Raises `font_glyph_missing` for a character no font has.
    """
    units = units_of(spans, setting)
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
    units = units_of([Span(text, typeface)], Setting(size, float("inf"), tracking))
    return _set_line(units, 0.0, True, Setting(size, float("inf"), tracking, justified=False))


def _line_end(units: Sequence[Unit], start: int, room: float, setting: Setting) -> int:
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


def _may_part(units: Sequence[Unit], at: int) -> bool:
    """True when a line may end before unit `at`."""
    before, after = units[at - 1], units[at]
    if after.text == " ":
        return True
    if before.text == " ":
        return at < 2 or may_break(units[at - 2].text[-1], after.text[0])
    if before.latin and after.latin and not after.glued:
        return False
    return may_break(before.text[-1], after.text[0])


def _squeezes(units: Sequence[Unit], size: float) -> list[float]:
    """How much of its width each unit can give up."""
    amounts = [0.0] * len(units)
    last = len(units) - 1
    for at, unit in enumerate(units):
        if unit.alone:
            continue
        if unit.text in CLOSING:
            amounts[at] = (SQUEEZE_AT_END if at == last else SQUEEZE_INSIDE) * size
    return amounts


def _set_line(units: Sequence[Unit], indent: float, last: bool, setting: Setting) -> Line:
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


def _trailing_tracking(units: Sequence[Unit], setting: Setting) -> float:
    return setting.tracking if units and not units[-1].latin else 0.0


def _place(units: Sequence[Unit], indent: float, gap: float, shrinks: Sequence[float] | None, setting: Setting) -> Line:
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
