"""The sheets of a measure-set workbook: which columns there are, how a set is laid out in them, and what a cell means.

A column's key is the path of a field (`finding.title.zh`). Row 1 of a sheet holds words for people, row 2 the keys by
which it is read back, so columns may be moved and the words translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

import msgspec

from desktop.models.measure_set import BasisMark, MeasureSet, PhotoRule, SetStatus, ValueType
from desktop.models.vocabulary import Route, Severity

Plain: TypeAlias = dict[str, Any]
ABOUT = "说明"
HEADER_ROWS = 2


class CellFault(Exception):
    """A cell that does not hold what its column wants: a problem code and its facts."""

    def __init__(self, code: str, **fields: str) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


@dataclass(frozen=True)
class Column:
    """One column: its key, its words for people, and how its text is read."""

    key: str
    zh: str
    en: str
    read: Callable[[str], Any] = str
    required: bool = False
    choices: tuple[str, ...] = ()
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows are the items of a list of the set.

    `parent` names the columns that say whose list it is: nothing, the measure, or the measure and its value.
    """

    name: str
    zh: str
    en: str
    list_name: str
    columns: tuple[Column, ...]
    parent: tuple[str, ...] = ()

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns that are fields of the item."""
        return tuple(column for column in self.columns if column.key not in self.parent)


def read_int(text: str) -> int:
    """A whole number."""
    if not re.fullmatch(r"-?\d{1,15}", text):
        raise CellFault("catalogue_cell_int")
    return int(text)


def read_number(text: str) -> int | float:
    """A whole or decimal number."""
    if re.fullmatch(r"-?\d{1,15}", text):
        return int(text)
    if not re.fullmatch(r"-?\d{1,15}(\.\d+)?(e-?\d{1,2})?", text):
        raise CellFault("catalogue_cell_number")
    return float(text)


def read_yes_no(text: str) -> bool:
    """是 or 否."""
    if text.lower() not in ("是", "否", "yes", "no", "true", "false", "1", "0"):
        raise CellFault("catalogue_cell_yes_no")
    return text.lower() in ("是", "yes", "true", "1")


def read_codes(text: str) -> list[str]:
    """Codes parted by commas or spaces."""
    return [code for code in re.split(r"[\s,，、;；]+", text) if code]


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise CellFault("catalogue_cell_choice", choices=", ".join(choices))
        return text

    return read


def _formed(pattern: str, example: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise CellFault("catalogue_cell_form", example=example)
        return text

    return read


_code = _formed(r"[A-Z][A-Z0-9]{0,7}", "M07")
_key = _formed(r"[a-z][a-z0-9_]{0,39}", "contact_min")


def _enum(key: str, zh: str, en: str, kinds: type[StrEnum], required: bool = True) -> Column:
    choices = tuple(str(kind) for kind in kinds)
    return Column(key, zh, en, _one_of(choices), required, choices)


def _words(key: str, zh: str, en: str, required: bool = True, width: int = 30) -> tuple[Column, Column]:
    return (
        Column(f"{key}.zh" if key else "zh", f"{zh}（中文）", f"{en} (Chinese)", required=required, width=width),
        Column(f"{key}.en" if key else "en", f"{zh}（英文）", f"{en} (English)", required=required, width=width),
    )


_YES_NO = ("是", "否")
_MEASURE = Column("measure", "检查项", "Measure", _code, required=True)
ABOUT_FIELDS = (
    Column("id", "编号", "Id", _formed(r"[a-z0-9][a-z0-9-]{0,46}", "zhejiang-2020"), required=True),
    Column("version", "版本", "Version", _formed(r"[a-z0-9][a-z0-9.-]{0,30}", "2"), required=True),
    *_words("title", "名称", "Title"),
    *_words("source", "来源", "Source"),
    _enum("status", "性质", "Status", SetStatus),
    Column("valid_from", "启用日期", "Valid from", _formed(r"\d{4}-\d{2}-\d{2}", "2020-02-21"), required=True),
    *_words("footnote", "脚注", "Footnote"),
)
SHEETS = (
    Sheet(
        "检查项",
        "检查项",
        "Measures",
        "measures",
        (
            Column("code", "编号", "Code", _code, required=True, width=8),
            Column("identifier", "标识", "Identifier", _key, required=True),
            Column("group", "分组", "Group", _code, required=True, width=8),
            *_words("title", "标题", "Title"),
            *_words("short", "简称", "Short title", width=20),
            Column("primary_area", "主要重点", "Primary area", _code, width=10),
            Column("other_areas", "相关重点", "Other areas", read_codes, width=12),
            _enum("photo.rule", "照片", "Photo", PhotoRule),
            *_words("photo.hint", "照片提示", "Photo hint", required=False),
            Column("photo.event_value", "事件数值", "Event value", _key),
            Column("na_allowed", "可不适用", "N/A allowed", read_yes_no, True, _YES_NO, 10),
            *_words("finding.title", "问题标题", "Finding title"),
            *_words("finding.problem", "问题描述", "Problem", width=45),
            *_words("finding.advice", "建议", "Advice", width=60),
            _enum("finding.severity", "风险等级", "Severity", Severity),
            _enum("finding.route", "办理途径", "Route", Route),
            Column("finding.due_days", "整改天数", "Days to mend", read_int, required=True, width=10),
        ),
    ),
    Sheet(
        "检查要点",
        "检查要点",
        "Check points",
        "check_points",
        (_MEASURE, *_words("", "要点", "Check point", width=60)),
        ("measure",),
    ),
    Sheet(
        "数值",
        "记录数值",
        "Values",
        "values",
        (
            _MEASURE,
            Column("key", "标识", "Key", _key, required=True, width=20),
            *_words("label", "名称", "Label", width=20),
            _enum("type", "类型", "Type", ValueType),
            *_words("unit", "单位", "Unit", required=False, width=10),
            Column("decimals", "小数位", "Decimals", read_int, width=8),
            Column("min", "最小", "Least", read_number, width=8),
            Column("max", "最大", "Most", read_number, width=8),
            Column("not_above", "不大于", "Not above", _key),
            *_words("expected.words", "预期说明", "Expected, in words", required=False, width=20),
            Column("expected.low", "预期下限", "Expected low", read_number, width=10),
            Column("expected.high", "预期上限", "Expected high", read_number, width=10),
            Column("expected.share_of", "占比对象", "Share of", _key),
            Column("expected.not_past", "不早于走访日", "Not past", read_yes_no, False, _YES_NO, 12),
            *_words("hint", "提示", "Hint", required=False, width=24),
        ),
        ("measure",),
    ),
    Sheet(
        "选项",
        "数值的选项",
        "Choices",
        "choices",
        (
            _MEASURE,
            Column("value", "数值标识", "Value", _key, required=True, width=20),
            Column("code", "选项标识", "Code", _key, required=True, width=20),
            *_words("label", "选项", "Choice"),
        ),
        ("measure", "value"),
    ),
    Sheet(
        "常用语",
        "常用语",
        "Phrases",
        "phrases",
        (_MEASURE, *_words("label", "按钮", "Button", width=14), *_words("text", "语句", "Text", width=45)),
        ("measure",),
    ),
    Sheet(
        "不适用理由",
        "不适用理由",
        "Reasons for N/A",
        "na_reasons",
        (_MEASURE, *_words("", "理由", "Reason", width=45)),
        ("measure",),
    ),
    Sheet(
        "依据",
        "依据",
        "Basis",
        "basis",
        (
            _MEASURE,
            _enum("mark", "标记", "Mark", BasisMark),
            Column("source", "来源编号", "Source", _code, width=10),
            *_words("note", "内容", "Note", width=45),
        ),
        ("measure",),
    ),
    Sheet(
        "重点内容",
        "重点内容",
        "Focus areas",
        "focus_areas",
        (
            Column("code", "编号", "Code", _code, required=True, width=8),
            *_words("name", "名称", "Name", width=45),
            *_words("short", "简称", "Short name", width=20),
        ),
    ),
    Sheet(
        "分组",
        "分组",
        "Groups",
        "groups",
        (Column("code", "编号", "Code", _code, required=True, width=8), *_words("title", "名称", "Title")),
    ),
    Sheet(
        "来源",
        "来源",
        "Sources",
        "sources",
        (
            Column("key", "编号", "Key", _code, required=True, width=8),
            *_words("title", "文件", "Document", width=60),
            Column("date", "日期", "Date", _formed(r"\d{4}(-\d{2}){0,2}", "2020-02"), required=True, width=12),
        ),
    ),
)


def about_rows(measure_set: MeasureSet) -> list[tuple[Column, str]]:
    """The fields of the set itself, as text."""
    plain: Plain = msgspec.to_builtins(measure_set)
    return [(field, as_text(field_of(plain, field.key))) for field in ABOUT_FIELDS]


def rows_of(measure_set: MeasureSet, sheet: Sheet) -> Iterator[list[str]]:
    """The rows of a sheet, as text in the order of its columns."""
    plain: Plain = msgspec.to_builtins(measure_set)
    for owner, item in _items(plain, sheet):
        yield [*owner, *(as_text(field_of(item, column.key)) for column in sheet.own)]


def _items(plain: Plain, sheet: Sheet) -> Iterator[tuple[tuple[str, ...], Plain]]:
    if not sheet.parent:
        yield from (((), item) for item in plain[sheet.list_name])
        return
    for measure in plain["measures"]:
        if sheet.parent == ("measure",):
            yield from (((measure["code"],), item) for item in measure.get(sheet.list_name, ()))
        else:
            for value in measure.get("values", ()):
                yield from (((measure["code"], value["key"]), item) for item in value.get(sheet.list_name, ()))


def field_of(item: Plain, key: str) -> Any:
    """The field at a path, or None."""
    here: Any = item
    for step in key.split("."):
        here = here.get(step) if isinstance(here, dict) else None
    return here


def put_field(item: Plain, key: str, value: Any) -> None:
    """Set the field at a path."""
    *steps, last = key.split(".")
    for step in steps:
        item = item.setdefault(step, {})
    item[last] = value


def as_text(value: Any) -> str:
    """A field as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return ", ".join(value)
    return str(value)
