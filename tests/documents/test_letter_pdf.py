"""What a drawn letter holds: its sections, table, closing, code, and that data is only ever characters."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from desktop.documents.fonts import BODY, glyphs
from desktop.documents.letter_pdf import draw_letter, letter_pages
from desktop.documents.page_style import BLOCK_RIGHT
from desktop.models.letter_content import DeadlineRow, LetterContent, LetterItem, content_hash
from desktop.models.problems import UserProblem
from tests.documents.letter_samples import draft, issued


def read(content: LetterContent) -> list[Any]:
    with pdfplumber.open(BytesIO(draw_letter(content).pdf)) as document:
        return [(page.extract_text(), page.chars, page.lines) for page in document.pages]


def text_of(content: LetterContent) -> str:
    """All text without line ends and page numbers."""
    return "".join(re.sub(r"— \d+ —", "", text).replace("\n", "") for text, _, _ in read(content))


def test_the_parts_stand_in_the_order_of_the_form() -> None:
    text = text_of(msgspec.structs.replace(issued(2), attachments=("问题清单", "现场照片")))
    parts = [
        "澄州市卫生健康委员会复工复产健康指导组",
        "澄卫健指〔2020〕15号",
        "关于浙江陆盛精密机械有限公司",
        "浙江陆盛精密机械有限公司：",
        "2020年2月28日，健康指导员周砚秋、服务员陆知秋",
        "一、基本情况",
        "二、现场发现的问题",
        "三、专业建议",
        "四、整改时限与复查",
        "五、联系方式",
        "附件：1. 问题清单2. 现场照片",
        "（签名）：",
        "复工复产健康指导组",
        "签收回执",
        "不作为行政处罚依据",
    ]
    at = 0
    for part in parts:
        assert part in text[at:], part
        at = text.index(part, at) + len(part)


def test_empty_sections_are_left_out_and_the_rest_numbered_on() -> None:
    content = msgspec.structs.replace(issued(1), situation=(), contacts=())
    text = text_of(content)
    assert "一、现场发现的问题" in text
    assert "三、整改时限与复查" in text
    assert "基本情况" not in text
    assert "联系方式" not in text


def test_a_letter_without_problems_has_no_table() -> None:
    text = text_of(issued(0))
    assert "责任人" not in text
    assert "本次未发现需要整改的问题" in text


@pytest.mark.parametrize("failed", [1, 2])
def test_a_letter_of_a_few_problems_takes_two_pages(failed: int) -> None:
    assert draw_letter(issued(failed)).pages == 2


def test_a_bare_letter_of_one_problem_fits_one_page() -> None:
    item = LetterItem("M14", "消毒浓度不足", "二楼车间实测150 mg/L。", "规范配制", "建议配成500 mg/L。")
    content = msgspec.structs.replace(
        issued(1), situation=(), contacts=(), deadlines=(), items=(item,), receipt=False, signers=()
    )
    assert draw_letter(content).pages == 1


@pytest.mark.parametrize("failed", [3, 6, 12, 23])
def test_no_heading_is_the_last_line_of_a_page_and_no_page_holds_the_closing_alone(failed: int) -> None:
    pages = read(issued(failed))
    for text, _, _ in pages[:-1]:
        lines = text.splitlines()
        assert not re.match(r"[一二三四五]、", lines[-2])
        assert "建议时限" not in lines[-2]
    first = pages[-1][0].splitlines()[0]
    assert "签名" not in first
    assert "盖章" not in first


@pytest.mark.parametrize("failed", [12, 23])
def test_table_rows_are_never_split_and_the_head_is_repeated(failed: int) -> None:
    content = issued(failed)
    rows = tuple(
        DeadlineRow(f"第{at}个问题名称较长需要分成两行才能排下", "顾言", date(2020, 12, 31)) for at in range(1, 40)
    )
    pages = read(msgspec.structs.replace(content, deadlines=rows))
    seen = []
    for text, _, _ in pages:
        found = [int(number) for number in re.findall(r"第(\d+)个问题名称", text)]
        if found:
            assert "建议时限" in text
            assert len(re.findall("才能排下|分成两行|排下", text)) >= len(found)
        seen += found
    assert seen == list(range(1, 40))


def test_a_date_of_the_table_stays_on_one_line() -> None:
    content = msgspec.structs.replace(
        issued(1), deadlines=(DeadlineRow("问题", "顾言", date(2020, 12, 31), date(2021, 12, 31)),)
    )
    text = "\n".join(page[0] for page in read(content))
    assert "2020年12月31日 2021年12月31日" in text


def test_dates_print_without_leading_zero() -> None:
    content = msgspec.structs.replace(issued(1), issued_on=date(2020, 2, 8))
    text = text_of(content)
    assert "2020年2月8日" in text
    assert "02月" not in text


def test_the_date_stands_four_characters_from_the_right_under_the_centre_of_the_name() -> None:
    marks = letter_pages(issued(1))[-1].marks
    day = [mark for mark in marks if mark.text.startswith(("2020", "年", "28", "日", "2", "月")) and mark.size > 15]
    line = [mark for mark in day if mark.y == day[-1].y]
    end = max(mark.x + len(mark.text) * 15.79 for mark in line if mark.text == "日")
    assert end == pytest.approx(BLOCK_RIGHT - 4 * 15.79, abs=1)


def test_a_draft_says_so_and_has_no_code() -> None:
    pages = letter_pages(draft(1))
    assert not any(page.boxes for page in pages)
    assert "草稿" in text_of(draft(1))


def test_the_code_stands_in_its_own_space() -> None:
    page = letter_pages(issued(2))[-1]
    left, right = min(box.x for box in page.boxes), max(box.x + box.width for box in page.boxes)
    low, high = min(box.y for box in page.boxes), max(box.y + box.height for box in page.boxes)
    assert right - left == pytest.approx(20 / 25.4 * 72, abs=0.1)
    for mark in page.marks:
        end = mark.x + sum(glyphs(BODY)[each].width * mark.size + mark.spacing for each in mark.text)
        inside = left - 6 < end and mark.x < right + 6
        assert not (inside and low - 2 < mark.y < high + 2), mark


def test_the_code_carries_number_and_hash() -> None:
    content = issued(1)
    assert content_hash(content)[:16] in text_of(content)
    changed = msgspec.structs.replace(content, opening=content.opening + "。")
    assert content_hash(changed) != content_hash(content)


def test_the_same_content_gives_the_same_bytes() -> None:
    first, second = draw_letter(issued(12)), draw_letter(issued(12))
    assert first == second
    assert len(first.sha256) == 64


def test_a_letter_that_names_the_old_one_says_so() -> None:
    content = msgspec.structs.replace(issued(1), footer=(*issued(1).footer, "本建议书替代澄卫健指〔2020〕9号。"))
    assert "替代澄卫健指〔2020〕9号" in text_of(content)


HOSTILE = [
    "<para><b>粗</b></para>",
    '<img src="http://x/y.png"/>',
    "=1+1",
    "&lt;&amp;&#20013;",
    "%s %(name)s {name} {0}",
    "\\(括号\\) ) Tj ET",
    "</font><a href=http://x>链</a>",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_data_is_printed_as_it_was_written(hostile: str) -> None:
    item = LetterItem("M14", hostile, hostile, hostile, hostile)
    content = msgspec.structs.replace(
        issued(1),
        items=(item,),
        addressee=hostile,
        deadlines=(DeadlineRow(hostile, hostile),),
        contacts=(hostile,),
        attachments=(hostile,),
    )
    assert text_of(content).replace(" ", "").count(hostile.replace(" ", "")) >= 6


def test_the_file_names_only_title_unit_and_day() -> None:
    with pdfplumber.open(BytesIO(draw_letter(issued(1)).pdf)) as document:
        about = document.metadata
    assert about["Title"] == issued(1).title
    assert about["Author"] == "复工复产健康指导组"
    assert about["CreationDate"] == about["ModDate"] == f"D:{issued(1).issued_on:%Y%m%d}"
    assert "周砚秋" not in str(about)


def test_rare_names_are_drawn_and_can_be_searched(shared_data: Path) -> None:
    listed = (shared_data / "people" / "rare_name_characters.txt").read_text(encoding="utf-8")
    names = "".join(line.split("\t")[0] for line in listed.splitlines())
    content = msgspec.structs.replace(issued(1), opening="姓名" + names, addressee=names[:12], title="关于" + names)
    text = text_of(content)
    assert all(character in text for character in names)


def test_a_character_without_glyph_is_refused_before_anything_is_drawn() -> None:
    content = msgspec.structs.replace(issued(1), opening="周🙂", contacts=("\ue000",))
    with pytest.raises(UserProblem) as caught:
        draw_letter(content)
    assert caught.value.code == "font_glyph_missing"
    assert caught.value.fields["count"] == 2


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts (poppler-utils) is not installed")
def test_every_font_is_embedded_as_a_subset_with_unicode(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(draw_letter(issued(23)).pdf)
    listing = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    rows = listing.splitlines()[2:]
    assert rows
    for row in rows:
        assert re.search(r"\byes yes yes\b", row), row


def test_every_font_of_the_file_is_embedded_and_can_be_read_as_text() -> None:
    with pdfplumber.open(BytesIO(draw_letter(issued(2)).pdf)) as document:
        for page in document.pages:
            fonts = [resolve1(each) for each in resolve1(page.page_obj.resources["Font"]).values()]
            assert len(fonts) >= 5
            for font in fonts:
                assert "FontFile2" in resolve1(font["FontDescriptor"])
                assert "ToUnicode" in font


@pytest.mark.parametrize("end", ["", "。", "；", "，", " 。 ", "。；"])
def test_a_problem_ends_in_one_stop_after_its_measure(end: str) -> None:
    letter = draft(1)
    item = msgspec.structs.replace(letter.items[0], fact=f"口罩仅够4天{end}")
    assert f"口罩仅够4天（{item.measure}）。" in text_of(msgspec.structs.replace(letter, items=(item,)))
