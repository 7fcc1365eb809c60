"""Each register defined once: its columns, what it can be filtered by, and its order. Screen and XLSX share it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.models.masks import masked_id, masked_name, masked_phone
from desktop.models.problems import UserProblem

Kind = Literal["text", "number", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `sql` gives its value; `width` is in characters of the table's font; numbers stand right.

    `words` names the closed list its codes are from (`value_words`), or is `MEASURED`; "" where the value stands as it
    is. Rows are put into words by `desk.register_words`. `mask` hides personal data before a row leaves here (SEC-80).
    """

    key: str
    zh: str
    en: str
    sql: str
    kind: Kind = "text"
    width: int = 14
    filterable: bool = False
    words: str = ""
    mask: Callable[[str], str] | None = None

    def label(self, language: str) -> str:
        """The heading in a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Register:
    """A table people ask for. `source` is everything after FROM, `order` everything after ORDER BY."""

    name: str
    title: Mapping[str, str]
    columns: tuple[Column, ...]
    source: str
    order: str


MEASURED = "measured"
"""Values recorded for a measure, with the measure and the set that say what they are."""
_MEASURED = "json_object('set', v.measure_set, 'measure', a.measure, 'values', json(a.measured))"
_ENTERPRISE = "JOIN enterprises e ON e.id = {0}.enterprise_id LEFT JOIN grids g ON g.id = {0}.grid_id"
_GRID = Column("grid", "网格", "Grid", "g.code", width=12, filterable=True)
_NAME = Column("enterprise", "企业名称", "Enterprise", "e.name", width=32, filterable=True)
_CODE = Column("credit_code", "统一社会信用代码", "Credit code", "e.credit_code", width=21, filterable=True)

REGISTERS: dict[str, Register] = {
    register.name: register
    for register in (
        Register(
            "enterprises",
            {"zh": "企业名册", "en": "Enterprises"},
            (
                Column("enterprise", "企业名称", "Enterprise", "e.name", width=32, filterable=True),
                _CODE,
                _GRID,
                Column("scale", "规模", "Size", "e.scale", width=12, filterable=True, words="scale"),
                Column("industry", "行业", "Industry", "e.industry", width=20),
                Column("address", "地址", "Address", "e.address", width=32),
                Column("staff_due", "应到岗", "Staff due", "e.staff_due", "number", 9),
                Column("staff_on_duty", "在岗", "On duty", "e.staff_on_duty", "number", 9),
                Column("resumed_on", "复工日期", "Resumed on", "e.resumed_on", "date", 12),
                Column(
                    "last_visit_on", "上次走访", "Last visit",
                    "(SELECT max(v.visited_on) FROM visits v WHERE v.enterprise_id = e.id)", "date", 12,
                ),
                Column(
                    "open_findings", "未销号问题", "Open findings",
                    "(SELECT count(*) FROM findings f WHERE f.enterprise_id = e.id"
                    " AND f.state NOT IN ('closed', 'void'))", "number", 10,
                ),
            ),
            "enterprises e LEFT JOIN grids g ON g.id = e.grid_id WHERE e.deleted_at IS NULL",
            "e.name, e.id",
        ),
        Register(
            "visits",
            {"zh": "走访登记册", "en": "Visits"},
            (
                Column("visited_on", "走访日期", "Visited on", "v.visited_on", "date", 12, True),
                _NAME, _CODE, _GRID,
                Column("kind", "走访类型", "Kind", "v.kind", width=12, filterable=True, words="visit_kind"),
                Column("state", "状态", "State", "v.state", width=10, filterable=True, words="visit_state"),
                Column("officer", "指导员", "Officer", "v.officer_name", width=12),
                *(
                    Column(result, zh, en, f"(SELECT count(*) FROM answers a WHERE a.visit_id = v.id"  # noqa: S608
                           f" AND a.deleted_at IS NULL AND a.result = '{result}')", "number", 9)
                    for result, zh, en in (
                        ("pass", "符合", "Pass"), ("partial", "基本符合", "Partial"),
                        ("fail", "不符合", "Fail"), ("na", "不适用", "N/A"),
                    )
                ),
            ),
            f"visits v {_ENTERPRISE.format('v')} WHERE v.deleted_at IS NULL",
            "v.visited_on, v.started_at, v.id",
        ),
        Register(
            "answers",
            {"zh": "检查记录", "en": "Answers"},
            (
                Column("visited_on", "走访日期", "Visited on", "v.visited_on", "date", 12, True),
                _NAME, _GRID,
                Column("measure", "检查项", "Measure", "a.measure", width=9, filterable=True),
                Column("result", "结论", "Result", "a.result", width=10, filterable=True, words="result"),
                Column("values", "记录值", "Values", _MEASURED, width=30, words=MEASURED),
                Column("note", "备注", "Note", "a.note", width=40),
            ),
            f"answers a JOIN visits v ON v.id = a.visit_id {_ENTERPRISE.format('v')} WHERE a.deleted_at IS NULL",
            "v.visited_on, v.id, a.measure",
        ),
        Register(
            "findings",
            {"zh": "问题清单", "en": "Findings"},
            (
                Column("number", "编号", "Number", "f.number", width=24, filterable=True),
                _NAME, _GRID,
                Column("measure", "检查项", "Measure", "f.measure", width=9, filterable=True),
                Column("title", "问题", "Finding", "f.title", width=26),
                Column("fact", "现场情况", "Fact", "f.fact", width=40),
                Column("advice", "整改建议", "Advice", "f.advice", width=40),
                Column("severity", "风险等级", "Severity", "f.severity", width=10, filterable=True, words="severity"),
                Column("route", "办理途径", "Route", "f.route", width=16, filterable=True, words="route"),
                Column("state", "状态", "State", "f.state", width=12, filterable=True, words="finding_state"),
                Column("responsible", "责任人", "Responsible", "f.responsible", width=12),
                Column("found_on", "发现日期", "Found on", "f.found_on", "date", 12, True),
                Column("due_on", "整改时限", "Due on", "f.due_on", "date", 12, True),
            ),
            f"findings f {_ENTERPRISE.format('f')} WHERE f.deleted_at IS NULL AND f.state <> 'void'",
            "f.due_on, f.number",
        ),
        Register(
            "letters",
            {"zh": "专业建议书登记册", "en": "Letters"},
            (
                Column("number", "文号", "Number", "l.number", width=26, filterable=True),
                _NAME, _GRID,
                Column("state", "状态", "State", "l.state", width=10, filterable=True, words="letter_state"),
                Column("issued_on", "成文日期", "Issued on", "l.issued_on", "date", 12, True),
                Column("pages", "页数", "Pages", "l.pages", "number", 8),
                Column("sha256", "文件校验值", "SHA-256", "l.sha256", width=66),
            ),
            f"letters l {_ENTERPRISE.format('l')} WHERE l.deleted_at IS NULL",
            "l.issued_on, l.number, l.id",
        ),
        Register(
            "employees",
            {"zh": "员工健康档案", "en": "Employees' files"},
            (
                Column("name", "姓名", "Name", "p.name", width=12, mask=masked_name),
                _NAME, _GRID,
                Column("id_kind", "证件类型", "Paper", "p.id_kind", width=12, words="id_kind"),
                Column("id_number", "证件号码", "Number", "p.id_number", width=21, mask=masked_id),
                Column("phone", "手机号", "Phone", "p.phone", width=14, mask=masked_phone),
                Column("department", "部门", "Department", "p.department", width=14, filterable=True),
                Column("team", "班组", "Team", "p.team", width=12),
                Column("post", "岗位", "Post", "p.post", width=12),
                Column("key_post", "关键岗位", "Key post", "p.key_post", width=12),
                Column("employment", "用工形式", "Employment", "p.employment", width=10, words="employment"),
                Column("housing", "住宿", "Housing", "p.housing", width=10, words="housing"),
                Column("return_status", "返岗状态", "Return status", "p.return_status", width=10, filterable=True,
                       words="return_status"),
                Column("arrived_on", "返回日期", "Arrived on", "p.arrived_on", "date", 12),
                Column("health_code", "健康码", "Health code", "p.health_code", width=9, filterable=True,
                       words="health_code"),
                Column("health_code_on", "健康码日期", "Day of the code", "p.health_code_on", "date", 12),
                Column("roaming_queries", "漫游地查询次数", "Roaming queries",
                       "(SELECT count(*) FROM roaming_queries q WHERE q.employee_id = p.id AND q.deleted_at IS NULL)",
                       "number", 10),
                Column("left_on", "离职日期", "Left on", "p.left_on", "date", 12),
            ),
            f"employees p {_ENTERPRISE.format('p')} WHERE p.deleted_at IS NULL",
            "e.name, p.department, p.id",
        ),
        Register(
            "health_entries",
            {"zh": "体温登记册", "en": "Health entries"},
            (
                Column("day", "日期", "Day", "h.day", "date", 12, True),
                Column("slot", "时段", "Slot", "h.slot", width=8, filterable=True, words="slot"),
                Column("name", "姓名", "Name", "p.name", width=12, mask=masked_name),
                Column("department", "部门", "Department", "p.department", width=14, filterable=True),
                _NAME, _GRID,
                Column("temperature_c", "体温（℃）", "Temperature (℃)", "h.temperature_c", "number", 10),
                Column("thermometer", "测温方式", "Thermometer", "h.thermometer", width=10, words="thermometer"),
                Column("absent_reason", "缺测原因", "Why absent", "h.absent_reason", width=20),
                Column("recorder", "记录人", "Recorder", "h.recorder", width=12),
            ),
            f"health_entries h JOIN employees p ON p.id = h.employee_id {_ENTERPRISE.format('h')}"
            " WHERE h.deleted_at IS NULL AND (h.temperature_c IS NOT NULL OR h.absent_reason IS NOT NULL)",
            "h.day, h.slot, e.name, p.department, p.id",
        ),
    )
}  # fmt: skip
"""Every register by the name `zhuqi export` takes."""


def register_sum(session: Session, register: Register, filters: Mapping[str, str]) -> int:
    """How many rows there are.

    Raises:
        UserProblem: `register_filter_unknown`.
    """
    where, facts = _conditions(register, filters)
    return int(session.scalar(text(f"SELECT count(*) FROM {register.source}{where}"), facts) or 0)  # noqa: S608


def register_rows(session: Session, register: Register, filters: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    """Rows in the register's order, values in the order of its columns; read as they are asked for.

    Raises:
        UserProblem: `register_filter_unknown`.
    """
    where, facts = _conditions(register, filters)
    columns = ", ".join(column.sql for column in register.columns)
    statement = text(f"SELECT {columns} FROM {register.source}{where} ORDER BY {register.order}")  # noqa: S608
    found = session.execute(statement, facts, execution_options={"stream_results": True})
    rows = (tuple(row) for row in found.yield_per(1000))
    masks = [column.mask for column in register.columns]
    if not any(masks):
        return rows
    return (
        tuple(mask(value) if mask and value else value for mask, value in zip(masks, row, strict=True)) for row in rows
    )


def _conditions(register: Register, filters: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    by_key = {column.key: column for column in register.columns if column.filterable}
    unknown = [key for key in filters if key not in by_key]
    if unknown:
        raise UserProblem("register_filter_unknown", filter=", ".join(unknown), known=", ".join(by_key))
    where = "".join(f" AND {by_key[key].sql} = :f_{key}" for key in filters)
    return where, {f"f_{key}": value for key, value in filters.items()}
