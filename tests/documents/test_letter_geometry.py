"""The letter measured on its own PDF: margins, lines, characters, page numbers, fonts.

Source: GB/T 9704-2012 as in letter_format: A4, margins 37 and 28 mm, text block 156 × 225 mm, 22 lines of 28.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import msgspec
import pdfplumber
import pytest

from desktop.documents.letter_pdf import draw_letter
from tests.documents.letter_samples import issued

MM = 72 / 25.4
PAPER_HEIGHT = 297 * MM
BODY_FONT = "FandolFang"
SIZE_LIMITS = (15.75, 15.79)


@cache
def pages(kind: str) -> list[Any]:
    content = issued(23)
    if kind == "full":
        content = msgspec.structs.replace(content, opening="国" * 3000)
    with pdfplumber.open(BytesIO(draw_letter(content).pdf)) as document:
        return [_Read(page) for page in document.pages]


class _Read:
    """What the tests ask of a page, read once."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = page.width, page.height
        self.chars = page.chars
        self.text = page.extract_text()
        self.lines = page.lines

    def body(self) -> dict[float, list[Any]]:
        """Body characters by baseline, top line first."""
        rows = defaultdict(list)
        for char in self.chars:
            if 15 < char["size"] < 16:
                rows[round(char["matrix"][5], 1)].append(char)
        return dict(sorted(rows.items(), reverse=True))


def test_the_paper_is_a4() -> None:
    for page in pages("full"):
        assert (page.width / MM, page.height / MM) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))


def test_a_page_full_of_one_character_holds_616() -> None:
    rows = pages("full")[1].body()
    assert len(rows) == 22
    assert {len(chars) for chars in rows.values()} == {28}
    assert sum(map(len, rows.values())) == 616


def test_body_type_is_size_three_and_lines_are_28_99_points_apart() -> None:
    rows = pages("full")[1].body()
    assert all(SIZE_LIMITS[0] <= round(char["size"], 2) <= SIZE_LIMITS[1] for chars in rows.values() for char in chars)
    for above, below in pairwise(rows):
        assert above - below == pytest.approx(225 * MM / 22, abs=0.11)


@pytest.mark.parametrize("kind", ["full", "findings"])
def test_from_page_two_on_the_first_line_begins_37_mm_below_the_edge(kind: str) -> None:
    checked = 0
    for page in pages(kind)[1:]:
        baseline, chars = next(iter(page.body().items()))
        top = (PAPER_HEIGHT - baseline - 0.88 * chars[0]["size"]) / MM
        if "序号" in page.text.splitlines()[0].replace(" ", ""):
            continue  # a table continued from the page before
        assert top == pytest.approx(37, abs=1)
        checked += 1
    assert checked >= 3


@pytest.mark.parametrize("kind", ["full", "findings"])
def test_text_stays_between_28_mm_and_184_mm(kind: str) -> None:
    for page in pages(kind):
        rows = page.body().values()
        left = min(char["x0"] for chars in rows for char in chars) / MM
        right = max(char["x1"] for chars in rows for char in chars) / MM
        assert left >= 28 - 0.1
        assert right <= 28 + 156 + 3  # half-empty punctuation may reach into the margin with its empty half
    full = pages("full")[1].body()
    assert min(char["x0"] for chars in full.values() for char in chars) / MM == pytest.approx(28, abs=0.1)
    assert max(char["x1"] for chars in full.values() for char in chars) / MM == pytest.approx(184, abs=0.1)


def test_nothing_of_the_text_is_below_the_block() -> None:
    for page in pages("findings"):
        lowest = max(char["bottom"] for char in page.chars if round(char["size"], 2) != 14)
        assert lowest / MM <= 37 + 225 + 0.5


def test_page_numbers_stand_outside_seven_millimetres_below_the_block() -> None:
    for number, page in enumerate(pages("findings"), start=1):
        marks = [char for char in page.chars if round(char["size"], 2) == 14]
        assert "".join(char["text"] for char in marks) == f"— {number} —"
        below = (PAPER_HEIGHT - marks[0]["matrix"][5]) / MM - (37 + 225)
        assert below == pytest.approx(7 + 0.3 * 14 / MM, abs=0.3)
        if number % 2:
            assert marks[-1]["x1"] / MM == pytest.approx(184 - 14 / MM, abs=0.5)
        else:
            assert marks[0]["x0"] / MM == pytest.approx(28 + 14 / MM, abs=0.5)


def test_the_letterhead_is_red_and_35_mm_below_the_block_edge() -> None:
    first = pages("findings")[0]
    head = [char for char in first.chars if char["non_stroking_color"] not in ((0,), (0, 0, 0), 0)]
    assert "".join(char["text"] for char in head) == "澄州市卫生健康委员会复工复产健康指导组"
    top = (PAPER_HEIGHT - head[0]["matrix"][5] - 0.88 * head[0]["size"]) / MM
    assert top == pytest.approx(37 + 35, abs=1)


def test_a_red_rule_as_wide_as_the_block_is_four_millimetres_below_the_number() -> None:
    first = pages("findings")[0]
    rule = max((line for line in first.lines if line["stroking_color"] != (0, 0, 0)), key=lambda line: line["width"])
    assert rule["width"] / MM == pytest.approx(156, abs=0.2)
    number = next(char for char in first.chars if char["text"] == "〔")
    below = PAPER_HEIGHT - (number["matrix"][5] - 0.12 * number["size"])
    assert (rule["top"] - below) / MM == pytest.approx(4, abs=0.3)


def test_headings_of_each_level_are_in_their_font() -> None:
    fonts = defaultdict(set)
    for page in pages("findings"):
        for line in page.body().values():
            text = "".join(char["text"] for char in sorted(line, key=lambda char: char["x0"]))
            for mark in ("一、基", "（一）", "2020年2月28日，"):
                if text.startswith(mark):
                    fonts[mark].add(line[0]["fontname"].split("+")[1].split("-")[0])
    assert fonts == {"一、基": {"NotoSansSC"}, "（一）": {"FandolKai"}, "2020年2月28日，": {"FandolFang"}}


def test_first_page_carries_body_text() -> None:
    assert "现提出以下专业建议" in pages("findings")[0].text.replace("\n", "")


def test_correspondence_has_its_double_rules_and_no_number_on_its_first_page() -> None:
    content = msgspec.structs.replace(issued(3), layout="correspondence")
    with pdfplumber.open(BytesIO(draw_letter(content).pdf)) as document:
        first, second = document.pages[:2]
        assert "— 1 —" not in first.extract_text()
        assert "— 2 —" in second.extract_text()
        rules = sorted(line["top"] / MM for line in first.lines if line["width"] / MM > 165)
        assert len(rules) == 4
        assert rules[2] == pytest.approx(297 - 20, abs=0.5)
        head = next(char for char in first.chars if char["text"] == "澄")
        top = (PAPER_HEIGHT - head["matrix"][5] - 0.88 * head["size"]) / MM
        assert top == pytest.approx(30, abs=1)
        number = next(char for char in first.chars if char["text"] == "号")
        assert number["x1"] / MM == pytest.approx(184, abs=0.3)
