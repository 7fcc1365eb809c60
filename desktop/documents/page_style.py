"""The page of official documents: its measures, what stands on it, and how it becomes a PDF.

A document is laid out completely as `Page`s of runs, rules and filled squares, then painted in one go; nothing here
breaks lines or decides what goes where. Positions are points from the lower left corner of the paper.

Source: GB/T 9704-2012 (A4, text block 156 × 225 mm, 22 lines of 28 characters), as in letter_format, part A.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from desktop.documents.fonts import SONG, glyphs
from desktop.documents.line_breaking import Line, one_line

MM = 72 / 25.4
PAPER = (210 * MM, 297 * MM)

BLOCK_LEFT = 28 * MM
BLOCK_WIDTH = 156 * MM
BLOCK_HEIGHT = 225 * MM
BLOCK_TOP = (297 - 37) * MM
BLOCK_RIGHT = BLOCK_LEFT + BLOCK_WIDTH
BLOCK_BOTTOM = BLOCK_TOP - BLOCK_HEIGHT

LINES = 22
CHARACTERS = 28
PITCH = BLOCK_HEIGHT / LINES
"""Distance of baselines, 28.99 pt."""

SIZE = 15.75
"""三号, the size of the body; 28 × 16 pt would not fit into 156 mm."""

CELL = BLOCK_WIDTH / CHARACTERS
"""Distance of characters, 15.79 pt."""

TRACKING = CELL - SIZE
ASCENT = 0.88
"""Part of the em box above the baseline, in every bundled font."""

TITLE_SIZE = 22.0
"""二号."""

PAGE_NUMBER_SIZE = 14.0
"""四号."""

PAGE_NUMBER_DROP = 7 * MM
"""From the text block's lower edge down to the dashes beside the page number."""

DASH_HEIGHT = 0.3
"""Of the dashes above their baseline, in em."""

BLACK = (0.0, 0.0, 0.0)
RED = (0.84, 0.0, 0.06)
GREY = (0.55, 0.55, 0.55)
THICK, THIN = 0.35 * MM, 0.25 * MM

Colour = tuple[float, float, float]


class Mark(NamedTuple):
    """Characters of one font on the page: start of the baseline, size, spacing after each."""

    x: float
    y: float
    font: str
    size: float
    text: str
    spacing: float
    colour: Colour = BLACK


class Rule(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: Colour = BLACK


class Box(NamedTuple):
    """A filled rectangle: lower left corner and size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Page:
    """All that is drawn on one sheet."""

    marks: list[Mark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def put(self, line: Line, x: float, y: float, size: float, colour: Colour = BLACK) -> None:
        """Places a line with its start at `x` and its baseline at `y`."""
        self.marks.extend(Mark(x + run.x, y, run.font, size, run.text, run.spacing, colour) for run in line.runs)


def baseline(down: float, size: float = SIZE) -> float:
    """Baseline of text whose em box begins `down` points below the upper edge of the text block."""
    return BLOCK_TOP - down - ASCENT * size


def centred(line: Line) -> float:
    """Where a line starts that is centred on the text block."""
    return BLOCK_LEFT + (BLOCK_WIDTH - line.width) / 2


def number_pages(pages: Sequence[Page], first: int = 1) -> None:
    """Puts “— 1 —” on each page from number `first` on, 7 mm below the block.

    Odd pages have it right, even pages left, one character in.
    """
    y = BLOCK_BOTTOM - PAGE_NUMBER_DROP - DASH_HEIGHT * PAGE_NUMBER_SIZE
    for number, page in enumerate(pages[first - 1 :], start=first):
        line = one_line(f"— {number} —", SONG, PAGE_NUMBER_SIZE)
        x = BLOCK_RIGHT - PAGE_NUMBER_SIZE - line.width if number % 2 else BLOCK_LEFT + PAGE_NUMBER_SIZE
        page.put(line, x, y, PAGE_NUMBER_SIZE)


def paint(pages: Sequence[Page], *, title: str, author: str, made_on: date) -> bytes:
    """The pages as PDF: fonts embedded as subsets, same pages same bytes; it names title, unit and day only."""
    file = BytesIO()
    with _PAINTING:
        own = glyphs(SONG)["一"].font  # else ReportLab names Helvetica, which is not embedded
        canvas = Canvas(file, pagesize=PAPER, pageCompression=1, invariant=1, lang="zh-CN", initialFontName=own)
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setCreator("Zhuqi")
        canvas.setSubject("")
        canvas.setDateFormatter(lambda *_: f"D:{made_on:%Y%m%d}")
        for page in pages:
            _paint_page(canvas, page)
            canvas.showPage()
        canvas.save()
    return file.getvalue()


_PAINTING = threading.Lock()
"""ReportLab's font faces keep a reading position while they are cut to a subset."""


def _paint_page(canvas: Canvas, page: Page) -> None:
    for rule in page.rules:
        canvas.setStrokeColorRGB(*rule.colour)
        canvas.setLineWidth(rule.width)
        canvas.line(rule.x1, rule.y1, rule.x2, rule.y2)
    if page.boxes:
        path = canvas.beginPath()
        for box in page.boxes:
            path.rect(box.x, box.y, box.width, box.height)
        canvas.setFillColorRGB(*BLACK)
        canvas.drawPath(path, stroke=0, fill=1)
    text = canvas.beginText()
    font: tuple[str, float] | None = None
    spacing, colour = 0.0, None
    for mark in page.marks:
        if mark.colour != colour:
            colour = mark.colour
            text.setFillColorRGB(*colour)
        if (mark.font, mark.size) != font:
            font = (mark.font, mark.size)
            text.setFont(*font)
        if mark.spacing != spacing:
            spacing = mark.spacing
            text.setCharSpace(spacing)
        text.setTextOrigin(mark.x, mark.y)
        text.textOut(mark.text)
    canvas.drawText(text)
