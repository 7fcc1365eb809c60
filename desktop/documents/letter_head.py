"""The head of a letter's first page: red name of the issuing body, number, red rule, title.

Source: GB/T 9704-2012, 7.2.4 (公文版式: letterhead 35 mm below the block's edge, number two lines below, rule 4 mm
below it, title two lines below the rule) and 10.1 (信函版式: letterhead 30 mm from the paper's edge, a double rule
4 mm below it, a second 20 mm from the lower edge, both 170 mm long), as in letter_format, part A3.
"""

from __future__ import annotations

from typing import NamedTuple

from desktop.documents.fonts import BODY, TITLE
from desktop.documents.line_breaking import Line, one_line
from desktop.documents.page_style import (
    BLACK,
    BLOCK_LEFT,
    BLOCK_RIGHT,
    BLOCK_WIDTH,
    GREY,
    MM,
    PAPER,
    PITCH,
    RED,
    SIZE,
    TITLE_SIZE,
    TRACKING,
    Colour,
    Page,
    Rule,
    baseline,
    centred,
)
from desktop.documents.title_lines import title_lines
from desktop.models.letter_content import LetterContent

LETTERHEAD_LARGEST, LETTERHEAD_SMALLEST = 36.0, 22.0
"""Its size is free; it fills the line as far as these sizes allow."""

LETTERHEAD_PITCH = 1.25
"""Of its lines, in their size."""

TITLE_PITCH = 34.0
RULE_DROP = 4 * MM
RULE_WIDTH = 0.53 * MM
DOUBLE_THICK, DOUBLE_THIN, DOUBLE_GAP = 0.8 * MM, 0.25 * MM, 1.1 * MM


class HeadSpace(NamedTuple):
    """White space of the head in points: above the letterhead, before the number, before and after the title."""

    above: float
    before_number: float
    before_title: float
    after_title: float


STANDARD = HeadSpace(35 * MM, 2 * PITCH, 2 * PITCH, PITCH)
CLOSER = HeadSpace(14 * MM, 1.2 * PITCH, PITCH, PITCH)
TIGHT = HeadSpace(0.0, 0.8 * PITCH, 0.8 * PITCH, 0.4 * PITCH)
HEAD_SPACES = (STANDARD, CLOSER, TIGHT)
"""Widest first; the closer ones are for a short letter that would else spill a few lines onto one more page."""


DOUBLE_RULE_LENGTH = 170 * MM
DOUBLE_RULE_FOOT = 20 * MM
CORRESPONDENCE_TOP = (30 - 37) * MM
"""Of its letterhead, from the text block's upper edge."""


def draw_head(page: Page, content: LetterContent, space: HeadSpace) -> float:
    """Draws the head and returns how far down the text block it reaches."""
    if content.layout == "correspondence":
        return _correspondence_head(page, content, space)
    down = _letterhead(page, content, space.above) + space.before_number
    number = _number(content)
    page.put(number, centred(number), baseline(down), SIZE, _number_colour(content))
    down += SIZE + RULE_DROP
    y = baseline(down, 0)
    page.rules.append(Rule(BLOCK_LEFT, y, BLOCK_RIGHT, y, RULE_WIDTH, RED))
    return _title(page, content, down + space.before_title) + space.after_title


def _correspondence_head(page: Page, content: LetterContent, space: HeadSpace) -> float:
    down = _letterhead(page, content, CORRESPONDENCE_TOP) + RULE_DROP
    _double_rule(page, baseline(down, 0), thick_above=True)
    _double_rule(page, DOUBLE_RULE_FOOT, thick_above=False)
    down += PITCH - SIZE
    number = _number(content)
    page.put(number, BLOCK_RIGHT - number.width, baseline(down), SIZE, _number_colour(content))
    down += SIZE + min(space.before_title, 1.5 * PITCH)
    return _title(page, content, down) + space.after_title


def _letterhead(page: Page, content: LetterContent, down: float) -> float:
    for text in title_lines(content.letterhead, int(BLOCK_WIDTH / LETTERHEAD_SMALLEST)):
        size = min(LETTERHEAD_LARGEST, max(LETTERHEAD_SMALLEST, BLOCK_WIDTH / max(len(text), 1)))
        line = one_line(text, TITLE, size)
        page.put(line, centred(line), baseline(down, size), size, RED)
        down += size * LETTERHEAD_PITCH
    return down


def _number(content: LetterContent) -> Line:
    return one_line(content.number or content.wording.draft_number, BODY, SIZE, TRACKING)


def _number_colour(content: LetterContent) -> Colour:
    return BLACK if content.number else GREY


def _title(page: Page, content: LetterContent, down: float) -> float:
    for text in title_lines(content.title, int(BLOCK_WIDTH / TITLE_SIZE), content.addressee):
        line = one_line(text, TITLE, TITLE_SIZE)
        page.put(line, centred(line), baseline(down, TITLE_SIZE), TITLE_SIZE)
        down += TITLE_PITCH
    return down


def _double_rule(page: Page, y: float, *, thick_above: bool) -> None:
    """A thick and a thin red rule centred on the paper; `y` is the middle of the upper one."""
    left = (PAPER[0] - DOUBLE_RULE_LENGTH) / 2
    widths = (DOUBLE_THICK, DOUBLE_THIN) if thick_above else (DOUBLE_THIN, DOUBLE_THICK)
    for width, at in zip(widths, (y, y - DOUBLE_GAP), strict=True):
        page.rules.append(Rule(left, at, left + DOUBLE_RULE_LENGTH, at, width, RED))
