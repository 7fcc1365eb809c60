"""The end of a letter: hand signatures, issuing body and date with room for the seal, receipt slip, notices, QR code.

Source: GB/T 9704-2012, 7.3.5.1 (date four characters from the right, name centred above it, the seal on both), as in
letter_format, part A3; receipt slip and notices: part B1.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import segno

from desktop.documents.fonts import BODY, Typeface
from desktop.documents.line_breaking import Line, break_lines, one_line
from desktop.documents.page_flow import Strip
from desktop.documents.page_style import (
    BLACK,
    BLOCK_BOTTOM,
    BLOCK_HEIGHT,
    BLOCK_LEFT,
    BLOCK_RIGHT,
    BLOCK_WIDTH,
    CELL,
    GREY,
    MM,
    PITCH,
    SIZE,
    THICK,
    THIN,
    TRACKING,
    Box,
    Colour,
    Page,
    Rule,
    baseline,
)
from desktop.documents.text_units import Setting, Span
from desktop.models.letter_composition import chinese_date
from desktop.models.letter_content import LetterContent, content_hash, verification_text

SMALL = 10.5
"""五号, for the receipt slip and the notices."""

SMALL_PITCH = 15.5
SEAL_LINES = 2
"""Empty lines above the issuing body: with name and date they hold a seal of 42 mm."""

DATE_INDENT = 4 * CELL
QR_SIDE = 20 * MM
QR_SPACE = 24 * MM
"""Width kept free for the code, its quiet zone included."""

RECEIPT_ROW = 24.0
RECEIPT_LABEL = 16 * MM
SIGNATURE_BLANK = 4 * CELL
GAP = 8.0


def closing_strip(content: LetterContent) -> Strip:
    """Everything after the body, kept whole: signatures where the text ends, the rest at the foot of the page."""
    notices = _notices(content)
    foot = _foot_height(content, notices)
    height = _signature_height(content) + GAP + foot
    return Strip(height, partial(_draw, content=content, notices=notices, height=height, foot=foot))


def _draw(page: Page, down: float, *, content: LetterContent, notices: list[Line], height: float, foot: float) -> None:
    if 0 < down <= BLOCK_HEIGHT - height - PITCH:
        down += PITCH  # an empty line after the text where there is room for one
    _draw_signatures(page, down, content)
    top = BLOCK_HEIGHT - foot
    if content.receipt:
        top = _draw_receipt(page, top, content) + GAP
    if notices or content.number:
        _draw_notices(page, top, content, notices)


def _signature_height(content: LetterContent) -> float:
    return (_lines_above(content) + len(_issuer_lines(content)) + 1) * PITCH


def _lines_above(content: LetterContent) -> int:
    """Lines above the issuing body: hand signatures on the left, the upper half of the seal on the right."""
    return max(SEAL_LINES, len(content.signers))


def _issuer_lines(content: LetterContent) -> list[Line]:
    setting = Setting(SIZE, BLOCK_WIDTH - 2 * CELL, TRACKING, justified=False)
    return break_lines([Span(content.issuer, BODY)], setting)


def _draw_signatures(page: Page, down: float, content: LetterContent) -> None:
    for at, signer in enumerate(content.signers):
        label = content.wording.signature.format(post=signer.post, name=signer.name)
        line = one_line(label, BODY, SIZE, TRACKING)
        x, y = BLOCK_LEFT + 2 * CELL, baseline(down + at * PITCH)
        page.put(line, x, y, SIZE)
        page.rules.append(Rule(x + line.width, y - 2, x + line.width + SIGNATURE_BLANK, y - 2, THIN))
    down += _lines_above(content) * PITCH
    date = one_line(chinese_date(content.issued_on), BODY, SIZE, TRACKING)
    issuers = _issuer_lines(content)
    widest = max((line.width for line in issuers), default=0.0)
    middle = BLOCK_RIGHT - DATE_INDENT - date.width / 2
    middle = min(middle, BLOCK_RIGHT - CELL - widest / 2)
    place = one_line(content.wording.seal_place, BODY, SMALL)
    page.put(place, middle - place.width / 2, baseline(down - PITCH), SMALL, GREY)
    for line in [*issuers, date]:
        page.put(line, middle - line.width / 2, baseline(down), SIZE)
        down += PITCH


def _notices(content: LetterContent) -> list[Line]:
    """Lines of the notices at the foot; each notice begins a line."""
    width = BLOCK_WIDTH - (QR_SPACE if content.number else 0.0)
    texts = list(content.footer)
    if content.number:
        words = content.wording.verification
        texts.append(words.format(number=content.number, hash=content_hash(content)[:16]))
    return [line for text in texts for line in break_lines([Span(text, BODY)], Setting(SMALL, width))]


def _foot_height(content: LetterContent, notices: list[Line]) -> float:
    receipt = SMALL_PITCH + 2 * RECEIPT_ROW + GAP if content.receipt else 0.0
    notice = GAP + len(notices) * SMALL_PITCH if notices else 0.0
    return receipt + max(notice, QR_SIDE + GAP if content.number else 0.0)


def _draw_receipt(page: Page, down: float, content: LetterContent) -> float:
    """The slip: a title, one row to sign in, one row for an opinion; returns where it ends."""
    _small(page, content.wording.receipt_title, BLOCK_LEFT, down)
    down += SMALL_PITCH
    signer, duty, day, opinion = content.wording.receipt_fields
    third = BLOCK_WIDTH / 3
    for row, labels in enumerate(((signer, duty, day), (opinion,))):
        top, bottom = baseline(down, 0), baseline(down + RECEIPT_ROW, 0)
        ends = [BLOCK_LEFT + at * third for at in range(3)] if row == 0 else [BLOCK_LEFT]
        for x, label in zip(ends, labels, strict=True):
            line = one_line(label, BODY, SMALL)
            text_x = x + (RECEIPT_LABEL - line.width) / 2
            page.put(line, text_x, baseline(down + (RECEIPT_ROW - SMALL) / 2, SMALL), SMALL)
            for edge in (x, x + RECEIPT_LABEL):
                page.rules.append(Rule(edge, top, edge, bottom, THIN))
        page.rules.append(Rule(BLOCK_RIGHT, top, BLOCK_RIGHT, bottom, THIN))
        for y in (top, bottom):
            page.rules.append(Rule(BLOCK_LEFT, y, BLOCK_RIGHT, y, THIN))
        down += RECEIPT_ROW
    return down


def _draw_notices(page: Page, down: float, content: LetterContent, notices: list[Line]) -> None:
    text = verification_text(content)
    y = baseline(down, 0)
    page.rules.append(Rule(BLOCK_LEFT, y, BLOCK_RIGHT, y, THICK))
    for at, line in enumerate(notices):
        page.put(line, BLOCK_LEFT, baseline(down + GAP + at * SMALL_PITCH, SMALL), SMALL)
    if text:
        page.boxes.extend(_code(text, BLOCK_RIGHT - QR_SIDE, BLOCK_BOTTOM))


def _code(text: str, x: float, y: float) -> list[Box]:
    """The QR code as filled boxes, one for each run of dark modules in a row; `x`, `y`: lower left corner."""
    matrix = segno.make(text, error="m", micro=False, encoding="utf-8").matrix
    module = QR_SIDE / len(matrix)
    boxes = []
    for row, cells in enumerate(matrix):
        edges = [at for at, (one, other) in enumerate(pairwise([0, *cells, 0])) if one != other]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            top = y + QR_SIDE - (row + 1) * module
            boxes.append(Box(x + start * module, top, (end - start) * module, module))
    return boxes


def _small(page: Page, text: str, x: float, down: float, typeface: Typeface = BODY, colour: Colour = BLACK) -> None:
    page.put(one_line(text, typeface, SMALL), x, baseline(down, SMALL), SMALL, colour)
