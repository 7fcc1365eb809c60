"""Puts a document's strips one below another on the line grid and begins new pages where they must begin.

A strip is a line of text, a table row or a block that stays whole. Text stands on the 22 lines of the page; a table
row has its own height and the text after it returns to the grid.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.documents.page_style import BLOCK_HEIGHT, PITCH, Page


@dataclass(frozen=True, slots=True)
class Strip:
    """Something of a height (points) that is never split; `draw` gets the page and the strip's top below the block's.

    `keep_next`: never the last on its page. `head`: the strip repeated above this one when it begins a page.
    """

    height: float
    draw: Callable[[Page, float], None]
    on_grid: bool = True
    keep_next: bool = False
    head: Strip | None = None


def flow(strips: Sequence[Strip], first: Page, down: float) -> list[Page]:
    """The pages, the first of which is already used down to `down`; strips are drawn in order."""
    pages = [first]
    for group in _groups(strips):
        whole = _height(group, down) <= BLOCK_HEIGHT + 0.01
        if not whole and down > 0:
            down = _new_page(pages, group[0])
        for strip in group:
            top = _top(strip, down)
            if top + strip.height > BLOCK_HEIGHT + 0.01 and top > 0:
                _new_page(pages, strip)
                down = strip.head.height if strip.head else 0.0
                top = _top(strip, down)
            strip.draw(pages[-1], top)
            down = top + strip.height
    return pages


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Strips that stay on one page together."""
    groups: list[list[Strip]] = []
    joined = False
    for strip in strips:
        if joined:
            groups[-1].append(strip)
        else:
            groups.append([strip])
        joined = strip.keep_next
    return groups


def _top(strip: Strip, down: float) -> float:
    return math.ceil(down / PITCH - 0.001) * PITCH if strip.on_grid else down


def _height(group: Sequence[Strip], down: float) -> float:
    for strip in group:
        down = _top(strip, down) + strip.height
    return down


def _new_page(pages: list[Page], strip: Strip) -> float:
    """Begins a page, repeating the strip's head on it; returns how far down it is used."""
    pages.append(Page())
    if strip.head is None:
        return 0.0
    strip.head.draw(pages[-1], 0.0)
    return strip.head.height
