"""Breaks the title of an official document into centred lines without splitting words, as a trapezoid or diamond.

Source: GB/T 9704-2012, 标题: 回行时词意完整、排列对称、长短适宜, shaped as 梯形 or 菱形.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop.documents.text_units import may_break

_WORDS = (
    "有限责任公司|股份有限公司|有限公司|集团|分公司|公司|合伙企业|（[^（）]*）|关于|复工复产|疫情防控|工作的?|专业建议书"
    "|指导组|卫生健康委员会|疾病预防控制中心|健康|[0-9A-Za-z.&-]+"
    "|自治区|自治州|经济技术开发区|高新技术产业开发区|经济开发区|工业园区|工业区|开发区|街道"
    "|精密|机械|制造|科技|电子|电器|实业|贸易|服饰|纺织|化工|新材料|材料|物流|建设|工程|食品|医药|汽车|零部件|包装"
    "|智能|装备|设备|技术|国际|供应链|进出口|新能源|能源|环保|五金|塑料|建筑|装饰|生物|信息|水产|船舶|石化|家具"
)
_ENDINGS = re.compile("(" + _WORDS + ")")
_STAYS_WITH_PREVIOUS = re.compile("有限|股份|集团|公司|合伙企业|工作")
_PLACE = re.compile("(?<=[省市县区镇])")


def title_lines(title: str, width: int, name: str = "") -> list[str]:
    """The title in as few lines of at most `width` characters as it needs, each whole in words where that can be.

    `name` is kept on one line when it is not longer than that.
    """
    if len(title) <= width:
        return [title]
    atoms = _atoms(title, name, width)
    for count in range(2, 6):
        best = min(_splits(atoms, count, width), key=_cost, default=None)
        if best is not None:
            return best
    return [title[at : at + width] for at in range(0, len(title), width)]


def _atoms(title: str, name: str, width: int) -> list[str]:
    """Words of the title in order; a name that fits a line is one word, a longer one is cut at its parts."""
    if name and name in title:
        before, after = title.split(name, 1)
        middle = [name] if len(name) <= width else _words(name, width)
        return [*_words(before, width), *middle, *_words(after, width)]
    return _words(title, width)


def _words(text: str, width: int) -> list[str]:
    words: list[str] = []
    for word in filter(None, _ENDINGS.split(text)):
        if words and _STAYS_WITH_PREVIOUS.match(word) and len(words[-1]) + len(word) <= width:
            words[-1] += word
        elif len(word) > width:
            words.extend(_PLACE.split(word) if max(map(len, _PLACE.split(word))) <= width else word)
        else:
            words.append(word)
    return words


def _splits(atoms: Sequence[str], count: int, width: int) -> Iterator[list[str]]:
    """Every way to put the words on exactly `count` lines of at most `width` characters."""
    if count == 1:
        line = "".join(atoms)
        if 0 < len(line) <= width:
            yield [line]
        return
    line, left = "", sum(map(len, atoms))
    for at, atom in enumerate(atoms[:-1]):
        line += atom
        left -= len(atom)
        if len(line) > width:
            return
        if left <= (count - 1) * width and may_break(line[-1], atoms[at + 1][0]):
            for rest in _splits(atoms[at + 1 :], count - 1, width):
                yield [line, *rest]


def _cost(lines: Sequence[str]) -> float:
    """Lower is better: lines of like length, growing or shrinking steadily or widest in the middle."""
    lengths = [len(line) for line in lines]
    longest = max(lengths)
    uneven = sum((longest - length) ** 2 for length in lengths)
    steps = [after - before for before, after in pairwise(lengths)]
    hourglass = any(one < 0 < other for one, other in pairwise(steps))
    rectangle = all(step == 0 for step in steps)
    return uneven + (40 if hourglass else 0) + (3 if rectangle else 0)
