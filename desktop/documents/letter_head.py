"""The head of a letter's first page: red name of the issuing body, number, red rule, title.

Source: GB/T 9704-2012, 7.2.4 (letterhead 35 mm below the block's edge, number two lines below, rule 4 mm below it,
title two lines below the rule), as in letter_format, part A3.
"""

from __future__ import annotations

from typing import NamedTuple

from desktop.documents.fonts import BODY, TITLE
from desktop.documents.line_breaking import one_line
from desktop.documents.page_style import (
    BLACK,
    BLOCK_LEFT,
    BLOCK_RIGHT,
    BLOCK_WIDTH,
    GREY,
    MM,
    PITCH,
    RED,
    SIZE,
    TITLE_SIZE,
    TRACKING,
    Page,
    Rule,
    baseline,
    centred,
)
from desktop.documents.title_lines import title_lines
from desktop.models.letter_content import LetterContent

LETTERHEAD_LARGEST, LETTERHEAD_SMALLEST = 36.0, 22.0
"""Its size is free; it fills the line as far as these sizes allow."""

TITLE_PITCH = 34.0
RULE_DROP = 4 * MM
RULE_WIDTH = 0.53 * MM


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


def draw_head(page: Page, content: LetterContent, space: HeadSpace) -> float:
    """Draws the head and returns how far down the text block it reaches."""
    down = space.above
    for text in title_lines(content.letterhead, int(BLOCK_WIDTH / LETTERHEAD_SMALLEST)):
        size = min(LETTERHEAD_LARGEST, max(LETTERHEAD_SMALLEST, BLOCK_WIDTH / max(len(text), 1)))
        line = one_line(text, TITLE, size)
        page.put(line, centred(line), baseline(down, size), size, RED)
        down += size * 1.25
    down += space.before_number
    number = one_line(content.number or content.wording.draft_number, BODY, SIZE, TRACKING)
    page.put(number, centred(number), baseline(down), SIZE, BLACK if content.number else GREY)
    down += SIZE + RULE_DROP
    y = baseline(down, 0)
    page.rules.append(Rule(BLOCK_LEFT, y, BLOCK_RIGHT, y, RULE_WIDTH, RED))
    down += space.before_title
    for text in title_lines(content.title, int(BLOCK_WIDTH / TITLE_SIZE), content.addressee):
        line = one_line(text, TITLE, TITLE_SIZE)
        page.put(line, centred(line), baseline(down, TITLE_SIZE), TITLE_SIZE)
        down += TITLE_PITCH
    return down + space.after_title
