"""Titles of several lines: words stay whole, lines shape a trapezoid or a diamond."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.title_lines import title_lines

NAMES = [
    "浙江陆盛精密机械有限公司",
    "嘉兴市南湖区某某新材料科技有限公司",
    "浙江省嘉兴市经济技术开发区万国精密机械制造集团股份有限公司平湖分公司",
]


def title(name: str) -> str:
    return f"关于{name}复工复产疫情防控工作的专业建议书"


def test_a_short_title_is_one_line() -> None:
    assert title_lines("关于复工复产的建议书", 20) == ["关于复工复产的建议书"]


def test_the_name_of_the_enterprise_stays_on_one_line() -> None:
    lines = title_lines(title(NAMES[0]), 20, NAMES[0])
    assert lines == ["关于浙江陆盛精密机械有限公司", "复工复产疫情防控工作的专业建议书"]


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_form_is_split(name: str) -> None:
    lines = title_lines(title(name), 20, name)
    assert "".join(lines) == title(name)
    assert all(len(line) <= 20 for line in lines)
    for word in ("复工复产", "疫情防控", "专业建议书", "有限公司"):
        assert any(word in line for line in lines)


def test_three_lines_are_not_an_hourglass() -> None:
    lengths = [len(line) for line in title_lines(title(NAMES[2]), 20, NAMES[2])]
    assert not lengths[0] > lengths[1] < lengths[2]


@given(st.text(alphabet="国企业，。（）《》省市公司a1", min_size=1, max_size=70))
def test_any_name_keeps_its_characters_and_fits(name: str) -> None:
    lines = title_lines(title(name), 20, name)
    assert "".join(lines) == title(name)
    assert all(0 < len(line) <= 20 for line in lines)
