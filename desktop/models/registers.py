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
    is. A code may be a JSON list of codes. Rows are put into words by `desk.register_words`. `mask` hides personal data
    before a row leaves here (SEC-80).
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

_NUMBER = Column("number", "编号", "Number", "f.number", width=24, filterable=True)
_TITLE = Column("title", "问题", "Finding", "f.title", width=26)
_LEAD = Column("lead_unit", "主办部门", "Lead unit", "f.lead_unit", width=20)
_CO_UNITS = Column(
    "co_units", "协办部门", "Co-handling units",
    "(SELECT group_concat(u.value, '、') FROM json_each(f.co_units) u)", width=24,
)  # fmt: skip
_FINDINGS = f"findings f {_ENTERPRISE.format('f')} WHERE f.deleted_at IS NULL AND f.state <> 'void'"
_NEGATIVE = (
    "(SELECT json_group_array(DISTINCT n.type) FROM negative_entries n WHERE n.enterprise_id = f.enterprise_id"
    " AND n.lifted_on IS NULL AND n.deleted_at IS NULL)"
)
_PHOTOS = (
    "(SELECT count(*) FROM attachments a WHERE a.deleted_at IS NULL AND (a.owner_table = 'visits'"
    " AND a.owner_id = f.visit_id AND a.purpose = 'photo/' || f.measure OR a.owner_table = 'finding_steps'"
    " AND a.owner_id IN (SELECT s.id FROM finding_steps s WHERE s.finding_id = f.id)))"
)
_FOLLOW_UPS = (
    "(SELECT group_concat(date(s.at, 'localtime') || ' ' || s.note, '；') FROM finding_steps s"
    " WHERE s.finding_id = f.id AND s.note IS NOT NULL AND s.deleted_at IS NULL)"
)
_EXTENDED = (
    "(SELECT group_concat(s.note, '；') FROM finding_steps s WHERE s.finding_id = f.id AND s.kind = 'extended'"
    " AND s.deleted_at IS NULL)"
)
_STEWARD_KIND = "CASE f.source WHEN 'tip' THEN 'public' ELSE 'enterprise' END"


def _local_minute(column: str) -> str:
    """A stored moment by the wall clock, to the minute."""
    return f"strftime('%Y-%m-%d %H:%M', {column}, 'localtime')"


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
                _NUMBER, _NAME, _GRID,
                Column("negative_types", "负面清单类型", "Negative list", _NEGATIVE, width=24, words="negative_type"),
                Column("found_on", "发现日期", "Found on", "f.found_on", "date", 12, True),
                Column("source", "发现方式", "Found by way of", "f.source", width=12, words="finding_source"),
                Column("measure", "检查项", "Measure", "f.measure", width=9, filterable=True),
                Column("focus_area", "重点内容", "Focus area", "f.focus_area", width=10, filterable=True),
                _TITLE,
                Column("fact", "现场情况", "Fact", "f.fact", width=40),
                Column("advice", "整改建议", "Advice", "f.advice", width=40),
                Column("severity", "风险等级", "Severity", "f.severity", width=10, filterable=True, words="severity"),
                Column("photos", "照片", "Photos", _PHOTOS, "number", 8),
                Column("route", "办理途径", "Route", "f.route", width=16, filterable=True, words="route"),
                Column("state", "状态", "State", "f.state", width=12, filterable=True, words="finding_state"),
                Column("found_by", "发现人", "Found by", "f.instructor", width=12),
                Column("responsible", "责任人", "Responsible", "f.responsible", width=12),
                Column("due_on", "整改时限", "Due on", "f.due_on", "date", 12, True),
            ),
            _FINDINGS,
            "f.due_on, f.number",
        ),
        Register(
            "responsibilities",
            {"zh": "责任清单", "en": "Responsibilities"},
            (
                _NUMBER, _NAME, _GRID, _TITLE,
                Column("owner", "企业责任人", "Owner at the enterprise", "f.responsible", width=12),
                Column("owner_title", "职务", "Post", "f.responsible_title", width=14),
                Column("owner_phone", "电话", "Phone", "f.responsible_phone", width=16),
                Column("instructor", "指导责任人", "Instructor", "f.instructor", width=12),
                Column("service_officer", "驻企服务员", "Service officer", "f.service_officer", width=12),
                Column("route", "办理途径", "Route", "f.route", width=16, filterable=True, words="route"),
                _LEAD, _CO_UNITS,
                Column("supervisor", "督办人", "Supervisor", "f.supervisor", width=12),
                Column("duty", "责任内容", "Duty", "f.duty", width=40),
                Column("acknowledged_at", "签认", "Acknowledged", "date(f.acknowledged_at, 'localtime')", "date", 12),
            ),
            _FINDINGS,
            "f.due_on, f.number",
        ),
        Register(
            "rectifications",
            {"zh": "整改清单", "en": "Rectifications"},
            (
                _NUMBER, _NAME, _GRID, _TITLE,
                Column("action", "整改措施", "Action", "coalesce(f.action, f.advice)", width=40),
                Column("due_on", "整改时限", "Due on", "f.due_on", "date", 12, True),
                Column("interim_control", "临时管控措施", "Interim control", "f.interim_control", width=30),
                Column("follow_ups", "进展记录", "Progress", _FOLLOW_UPS, width=50),
                Column("done_on", "完成日期", "Done on", "f.done_on", "date", 12),
                Column("state", "状态", "State", "f.state", width=12, filterable=True, words="finding_state"),
                Column("reviewed_on", "复查日期", "Reviewed on", "f.reviewed_on", "date", 12),
                Column("reviewer", "复查人", "Reviewer", "f.reviewer", width=12),
                Column("verdict", "复查结论", "Verdict", "f.review_outcome", width=12, words="look_back_outcome"),
                Column("closed_on", "销号日期", "Closed on", "f.closed_on", "date", 12, True),
                Column("extensions", "延期次数", "Extensions", "coalesce(f.extensions, 0)", "number", 10),
                Column("extension_reason", "延期理由", "Reason of extension", _EXTENDED, width=30),
            ),
            _FINDINGS,
            "f.due_on, f.number",
        ),
        Register(
            "steward_entries",
            {"zh": "“三服务”平台录入单", "en": "Entries for the three services platform"},
            (
                _NUMBER,
                Column("title", "问题标题", "Title", "f.title", width=26),
                Column("description", "问题描述", "Description", "f.fact", width=50),
                Column("kind", "问题类别", "Kind", _STEWARD_KIND, width=12, words="steward_kind"),
                _NAME,
                Column("contact", "联系人", "Contact", "f.responsible", width=12),
                Column("phone", "联系电话", "Phone", "f.responsible_phone", width=16),
                Column("lead_unit", "建议主办单位", "Proposed lead unit", "f.lead_unit", width=20),
                Column("co_units", "建议协办单位", "Proposed co-handling units", _CO_UNITS.sql, width=24),
                Column("photos", "附件数", "Attachments", _PHOTOS, "number", 8),
                Column("entered_by", "录入人", "Entered by", "f.instructor", width=12),
                Column("found_on", "录入日期", "Date", "f.found_on", "date", 12, True),
                Column("platform_number", "平台编号", "Platform number", "f.platform_number", width=24),
            ),
            f"{_FINDINGS} AND f.route = 'municipal'",
            "f.found_on, f.number",
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
            "isolation_sites",
            {"zh": "隔离点登记册", "en": "Isolation sites"},
            (
                _NAME, _CODE, _GRID,
                Column("kind", "类型", "Kind", "i.kind", width=16, filterable=True, words="site_kind"),
                Column("location", "位置", "Location", "i.location", width=26),
                Column("ownership", "产权", "Whose premises", "i.ownership", width=12, words="ownership"),
                Column(
                    "rooms", "房间数", "Rooms",
                    "(SELECT count(*) FROM isolation_rooms r WHERE r.site_id = i.id AND r.deleted_at IS NULL)",
                    "number", 9,
                ),
                Column(
                    "persons", "在住人数", "Persons",
                    "(SELECT count(*) FROM isolation_stays s WHERE s.site_id = i.id AND s.outcome IS NULL"
                    " AND s.deleted_at IS NULL)", "number", 9,
                ),
                Column("duty", "值守人员", "Duty person", "i.duty_name", width=12),
                Column("hospital", "转诊医院", "Transfer hospital", "i.transfer_hospital", width=22),
                Column("checked_on", "核查日期", "Checked on", "i.checked_on", "date", 12, True),
                Column("closed_on", "停用日期", "Closed on", "i.closed_on", "date", 12),
            ),
            "isolation_sites i LEFT JOIN enterprises e ON e.id = i.enterprise_id LEFT JOIN grids g ON g.id = i.grid_id"
            " WHERE i.deleted_at IS NULL",
            "e.name, i.kind, i.location, i.id",
        ),
        Register(
            "isolation_stays",
            {"zh": "隔离观察登记册", "en": "Observations"},
            (
                _NAME, _GRID,
                Column("person", "姓名", "Name", "p.name", width=12, mask=masked_name),
                Column("site", "隔离点", "Site", "i.location", width=24),
                Column("room", "房间", "Room", "r.room_no", width=9),
                Column("reason", "原因", "Reason", "s.reason", width=16, filterable=True, words="stay_reason"),
                Column("start_on", "开始日期", "Began on", "s.start_on", "date", 12, True),
                Column("expected_end_on", "预计解除日期", "Expected end", "s.expected_end_on", "date", 12, True),
                Column("outcome", "结果", "Outcome", "s.outcome", width=12, filterable=True, words="stay_outcome"),
                Column("ended_on", "结束日期", "Ended on", "s.ended_on", "date", 12),
                Column("transferred_to", "转运去向", "Transferred to", "s.transferred_to", width=22),
            ),
            f"isolation_stays s {_ENTERPRISE.format('s')} LEFT JOIN employees p ON p.id = s.employee_id"
            " LEFT JOIN isolation_sites i ON i.id = s.site_id LEFT JOIN isolation_rooms r ON r.id = s.room_id"
            " WHERE s.deleted_at IS NULL",
            "s.start_on, e.name, s.id",
        ),
        Register(
            "disinfections",
            {"zh": "消毒记录", "en": "Disinfections"},
            (
                Column("done_at", "消毒时间", "Done at", _local_minute("d.done_at"), width=17),
                _NAME, _GRID,
                Column("place_type", "场所类型", "Kind of place", "d.place_type", width=12, filterable=True,
                       words="place_type"),
                Column("place", "场所", "Place", "d.place", width=22),
                Column("target", "对象", "Target", "d.target", width=8, filterable=True),
                Column("situation", "情形", "Situation", "d.situation", width=14, filterable=True, words="situation"),
                Column("agent", "药剂", "Agent", "d.agent", width=14, filterable=True, words="agent"),
                Column("product", "产品名称", "Product", "d.product_name", width=18),
                Column("conc", "使用浓度（mg/L）", "Strength (mg/L)", "d.conc_mg_l", "number", 12),
                Column("measured", "试纸读数（mg/L）", "Test strip (mg/L)", "d.measured_mg_l", "number", 12),
                Column("method", "方法", "Method", "d.method", width=10, words="disinfection_method"),
                Column("minutes", "作用时间（分钟）", "Contact time (min)", "d.contact_min", "number", 10),
                Column("operator", "操作人", "Operator", "d.operator", width=12),
                Column("next_due_at", "下次时间", "Next due at", _local_minute("d.next_due_at"), width=17),
                Column("reason", "说明", "Reason", "d.reason", width=26),
            ),
            f"disinfections d {_ENTERPRISE.format('d')} WHERE d.deleted_at IS NULL",
            "d.done_at, d.id",
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
