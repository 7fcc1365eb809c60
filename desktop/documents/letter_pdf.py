"""Draws a 专业建议书 (expert recommendation letter) as PDF in the layout of official documents.

Everything printed comes from `LetterContent`; the same content gives the same bytes. Texts are drawn as characters:
nothing in them is markup. Source: letter_format, parts A and B.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import msgspec

from desktop.documents.findings_table import table_strips
from desktop.documents.fonts import BODY, HEADING, SUBHEADING, Typeface, require_glyphs
from desktop.documents.letter_closing import closing_strip
from desktop.documents.letter_head import HEAD_SPACES, HeadSpace, draw_head
from desktop.documents.line_breaking import Line, break_lines, one_line
from desktop.documents.page_flow import Strip, flow
from desktop.documents.page_style import (
    BLOCK_LEFT,
    BLOCK_WIDTH,
    CELL,
    PITCH,
    SIZE,
    TRACKING,
    Page,
    baseline,
    number_pages,
    paint,
)
from desktop.documents.text_units import Setting, Span
from desktop.models.letter_composition import chinese_number
from desktop.models.letter_content import LetterContent

BODY_SETTING = Setting(SIZE, BLOCK_WIDTH, TRACKING, first_indent=2 * CELL)
FLUSH_SETTING = Setting(SIZE, BLOCK_WIDTH, TRACKING)


@dataclass(frozen=True, slots=True)
class DrawnLetter:
    """A letter on paper: the file, its page count, and the SHA-256 of its bytes in hexadecimal."""

    pdf: bytes
    pages: int
    sha256: str


def draw_letter(content: LetterContent) -> DrawnLetter:
    """The letter as PDF; without a number it is a draft, which carries no QR code.

    Raises `font_glyph_missing` when a character cannot be printed, naming all of them.
    """
    pages = letter_pages(content)
    pdf = paint(pages, title=content.title, author=content.issuer, made_on=content.issued_on)
    return DrawnLetter(pdf, len(pages), hashlib.sha256(pdf).hexdigest())


def letter_pages(content: LetterContent) -> list[Page]:
    """The laid-out pages; a letter of up to three gets a closer head when that saves one."""
    require_glyphs(_texts(msgspec.to_builtins(content)))
    strips = list(_body(content))
    # The closing never stands alone: the last two lines of the body go with it.
    strips[-2:] = [replace(strip, keep_next=True) for strip in strips[-2:]]
    strips.append(closing_strip(content))
    pages = _laid_out(content, strips, HEAD_SPACES[0])
    if len(pages) in (2, 3):
        # min keeps the first, so the widest head of those with the fewest pages.
        pages = min([pages, *(_laid_out(content, strips, space) for space in HEAD_SPACES[1:])], key=len)
    # 信函版式 has no number on its first page (GB/T 9704-2012, 10.1).
    number_pages(pages, first=2 if content.layout == "correspondence" else 1)
    return pages


def _laid_out(content: LetterContent, strips: Sequence[Strip], space: HeadSpace) -> list[Page]:
    first = Page()
    return flow(strips, first, draw_head(first, content, space))


def _body(content: LetterContent) -> Iterator[Strip]:
    words = content.wording
    problems = ((item.heading, _cited(item.fact, item.measure, words.citation)) for item in content.items)
    yield from _paragraph([Span(content.addressee + "：", BODY)], FLUSH_SETTING)
    yield from _text(content.opening)
    sections = [
        (words.situation, [strip for text in content.situation for strip in _text(text)]),
        (
            words.problems,
            _items(problems),
        ),
        (words.advice, _items((item.advice_heading, item.advice) for item in content.items)),
        (words.deadlines, table_strips(content.deadlines, words.table_heads)),
        (words.contacts, [strip for text in content.contacts for strip in _text(text)]),
    ]
    number = 0
    for heading, strips in sections:
        if strips:
            number += 1
            title = Span(f"{chinese_number(number)}、{heading}", HEADING)
            yield from (replace(strip, keep_next=True) for strip in _paragraph([title], BODY_SETTING))
            yield from strips
    yield from _attachments(content)


def _text(text: str, typeface: Typeface = BODY) -> list[Strip]:
    return _paragraph([Span(text, typeface)], BODY_SETTING)


def _items(pairs: Iterator[tuple[str, str]]) -> list[Strip]:
    """（一） heading in 楷体, then the text in 仿宋, one paragraph each."""
    strips: list[Strip] = []
    for number, (heading, text) in enumerate(pairs, start=1):
        head = f"（{chinese_number(number)}）" + (heading.rstrip("。") + "。" if heading else "")
        strips += _paragraph([Span(head, SUBHEADING), Span(text, BODY)], BODY_SETTING)
    return strips


def _cited(fact: str, measure: str, citation: str) -> str:
    """The fact with its measure's code before the full stop, whatever stop the officer had put there."""
    if not measure:
        return fact
    return fact.rstrip("。；;，,、 ") + citation.format(measure=measure) + "。"


def _attachments(content: LetterContent) -> list[Strip]:
    """附件：1. 名称 after an empty line; further lines align with the first character of the name."""
    if not content.attachments:
        return []
    label = one_line(content.wording.attachment, BODY, SIZE, TRACKING)
    indent = 2 * CELL + label.width
    strips = [Strip(PITCH, _nothing)]
    for number, name in enumerate(content.attachments, start=1):
        mark = one_line(f"{number}. ", BODY, SIZE)
        setting = Setting(SIZE, BLOCK_WIDTH - indent - mark.width, TRACKING)
        for at, line in enumerate(break_lines([Span(name, BODY)], setting)):
            parts = [(indent + mark.width, line)]
            if at == 0:
                parts.append((indent, mark))
                if number == 1:
                    parts.append((2 * CELL, label))
            strips.append(Strip(PITCH, partial(_draw_parts, parts=parts)))
    return strips


def _paragraph(spans: Sequence[Span], setting: Setting) -> list[Strip]:
    return [Strip(PITCH, partial(_draw_parts, parts=[(0.0, line)])) for line in break_lines(spans, setting)]


def _draw_parts(page: Page, down: float, *, parts: Sequence[tuple[float, Line]]) -> None:
    for x, line in parts:
        page.put(line, BLOCK_LEFT + x, baseline(down), SIZE)


def _nothing(page: Page, down: float) -> None:
    """An empty line."""


def _texts(value: Any) -> Iterator[str]:
    """Every text inside plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
