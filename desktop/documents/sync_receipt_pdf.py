"""The receipt of a sync on paper: what the centre confirmed, by number, for the officer's file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache, partial

from desktop.documents.fonts import BODY, HEADING, TITLE, require_glyphs
from desktop.documents.line_breaking import Line, break_lines, one_line
from desktop.documents.page_flow import Strip, flow
from desktop.documents.page_style import (
    ASCENT,
    BLOCK_LEFT,
    BLOCK_RIGHT,
    BLOCK_WIDTH,
    GREY,
    MM,
    THIN,
    TITLE_SIZE,
    Page,
    Rule,
    baseline,
    centred,
    number_pages,
    paint,
)
from desktop.documents.text_units import Setting, Span
from desktop.models.sync_receipt import SyncReceipt
from desktop.resource_paths import resource

SIZE, PITCH = 12.0, 20.0
NAME_WIDTH = 44 * MM
TITLE_ROOM = 60.0


def draw_sync_receipt(receipt: SyncReceipt) -> bytes:
    """The receipt as PDF. Raises `font_glyph_missing` for a character no font has."""
    words = _words()
    facts = list(_facts(receipt, words))
    require_glyphs([text for pair in facts for text in pair] + list(receipt.refused))
    strips = [_fact(name, value) for name, value in facts]
    if receipt.refused:
        strips.append(_paragraph(words["refused"], heading=True))
        strips += [_paragraph(f"{number}. {line}") for number, line in enumerate(receipt.refused, 1)]
    strips.append(_paragraph(words["foot"]))
    first = Page()
    title = one_line(words["title"], TITLE, TITLE_SIZE)
    first.put(title, centred(title), baseline(0, TITLE_SIZE), TITLE_SIZE)
    pages = flow(strips, first, TITLE_ROOM)
    if len(pages) > 1:
        number_pages(pages)
    day = date.fromisoformat(receipt.began[:10])
    return paint(pages, title=words["title"], author=words["author"], made_on=day)


def _facts(receipt: SyncReceipt, words: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield words["officer"], receipt.officer
    yield words["centre"], receipt.centre
    yield words["device"], receipt.device
    yield words["began"], receipt.began
    yield words["ended"], receipt.ended
    yield words["outcome"], words["outcome_ok" if receipt.complete else "outcome_other"]
    for status, count in receipt.counts.items():
        yield words[status], words["count"].format(count=count)
    yield words["pulled"], words["count"].format(count=receipt.pulled)
    yield words["photos"], words["photo_count"].format(sent=receipt.photos_sent, waiting=receipt.photos_waiting)
    for grid, number in receipt.sequences.items():
        yield words["sequence"].format(grid=grid), str(number)
    yield words["generation"], receipt.generation
    yield words["digest"], receipt.digest


def _fact(name: str, value: str) -> Strip:
    lines = break_lines([Span(value or "—", BODY)], Setting(SIZE, BLOCK_WIDTH - NAME_WIDTH, justified=False))
    return Strip(len(lines) * PITCH, partial(_draw_fact, name=name, lines=lines), on_grid=False)


def _draw_fact(page: Page, down: float, *, name: str, lines: list[Line]) -> None:
    label = one_line(name, HEADING, SIZE)
    _put(page, label, BLOCK_LEFT, down)
    for number, line in enumerate(lines):
        _put(page, line, BLOCK_LEFT + NAME_WIDTH, down + number * PITCH)
    y = baseline(down + len(lines) * PITCH, 0)
    page.rules.append(Rule(BLOCK_LEFT, y, BLOCK_RIGHT, y, THIN / 2, GREY))


def _paragraph(text: str, *, heading: bool = False) -> Strip:
    span = Span(text, HEADING if heading else BODY)
    lines = break_lines([span], Setting(SIZE, BLOCK_WIDTH, justified=False))
    return Strip(len(lines) * PITCH + SIZE / 2, partial(_draw_lines, lines=lines), on_grid=False, keep_next=heading)


def _draw_lines(page: Page, down: float, *, lines: list[Line]) -> None:
    for number, line in enumerate(lines):
        _put(page, line, BLOCK_LEFT, down + SIZE / 2 + number * PITCH)


def _put(page: Page, line: Line, x: float, down: float) -> None:
    page.put(line, x, baseline(down + (PITCH - SIZE) / 2, 0) - ASCENT * SIZE, SIZE)


@cache
def _words() -> dict[str, str]:
    with resource("templates", "sync_receipt.toml").open("rb") as file:
        return tomllib.load(file)
