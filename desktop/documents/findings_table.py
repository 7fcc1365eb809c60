"""The table of findings with who, by when and look-back: rows that are never split under a head that repeats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import accumulate, pairwise

from desktop.documents.fonts import BODY, HEADING, Typeface
from desktop.documents.line_breaking import Line, break_lines
from desktop.documents.page_flow import Strip
from desktop.documents.page_style import ASCENT, BLOCK_LEFT, BLOCK_RIGHT, MM, THIN, Page, Rule, baseline
from desktop.documents.text_units import Setting, Span
from desktop.models.letter_composition import chinese_date
from desktop.models.letter_content import DeadlineRow

TEXT_SIZE = 12.0
"""小四; the standard allows smaller type inside tables."""

TEXT_PITCH = 17.0
MARGIN = 3.0
PADDING = 4.0
"""White space left and right, above and below the text of a cell; 2020年12月31日 stays on one line."""

COLUMNS = (12 * MM, 57 * MM, 23 * MM, 32 * MM, 32 * MM)
"""Number, problem, person, due date, look-back date; together the width of the text block."""

AFTER_TABLE = 9.0
NO_DATE = "—"


def table_strips(rows: Sequence[DeadlineRow], heads: Sequence[str]) -> list[Strip]:
    """The head and one strip per row, in order; nothing for no rows."""
    if not rows:
        return []
    head = _row(heads, HEADING, keep_next=True)
    strips = [head]
    for number, row in enumerate(rows, start=1):
        texts = (str(number), row.problem, row.person, _day(row.due_on), _day(row.look_back_on))
        last = AFTER_TABLE if number == len(rows) else 0.0
        strips.append(_row(texts, BODY, head=head, space_after=last))
    return strips


def _day(day: date | None) -> str:
    return chinese_date(day) if day else NO_DATE


def _row(
    texts: Sequence[str],
    typeface: Typeface,
    *,
    keep_next: bool = False,
    head: Strip | None = None,
    space_after: float = 0.0,
) -> Strip:
    cells = [
        break_lines([Span(text, typeface)], Setting(TEXT_SIZE, width - 2 * MARGIN, justified=False))
        for text, width in zip(texts, COLUMNS, strict=True)
    ]
    inner = max(map(len, cells)) * TEXT_PITCH + 2 * PADDING
    draw = partial(_draw_row, cells=cells, inner=inner)
    return Strip(inner + space_after, draw, on_grid=False, keep_next=keep_next, head=head)


def _draw_row(page: Page, down: float, *, cells: Sequence[Sequence[Line]], inner: float) -> None:
    edges = list(accumulate(COLUMNS, initial=BLOCK_LEFT))
    top, bottom = baseline(down, 0), baseline(down + inner, 0)
    for y in (top, bottom):
        page.rules.append(Rule(BLOCK_LEFT, y, BLOCK_RIGHT, y, THIN))
    for x in edges:
        page.rules.append(Rule(x, top, x, bottom, THIN))
    for lines, (left, right) in zip(cells, pairwise(edges), strict=True):
        first = down + (inner - len(lines) * TEXT_PITCH) / 2 + (TEXT_PITCH - TEXT_SIZE) / 2
        for at, line in enumerate(lines):
            x = left + MARGIN if len(lines) > 1 else left + (right - left - line.width) / 2
            y = baseline(first + at * TEXT_PITCH, 0) - ASCENT * TEXT_SIZE
            page.put(line, x, y, TEXT_SIZE)
