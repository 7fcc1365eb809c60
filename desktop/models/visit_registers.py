"""Registers of enterprises, visits, answers and letters."""

from __future__ import annotations

from desktop.models.register_form import CODE, ENTERPRISE, GRID, MEASURED, MEASURED_SQL, NAME, Column, Register

VISIT_REGISTERS = (
    Register(
        "enterprises",
        {"zh": "企业名册", "en": "Enterprises"},
        (
            Column("enterprise", "企业名称", "Enterprise", "e.name", width=32, filterable=True),
            CODE,
            GRID,
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
            NAME, CODE, GRID,
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
        f"visits v {ENTERPRISE.format('v')} WHERE v.deleted_at IS NULL",
        "v.visited_on, v.started_at, v.id",
    ),
    Register(
        "answers",
        {"zh": "检查记录", "en": "Answers"},
        (
            Column("visited_on", "走访日期", "Visited on", "v.visited_on", "date", 12, True),
            NAME, GRID,
            Column("measure", "检查项", "Measure", "a.measure", width=9, filterable=True),
            Column("result", "结论", "Result", "a.result", width=10, filterable=True, words="result"),
            Column("values", "记录值", "Values", MEASURED_SQL, width=30, words=MEASURED),
            Column("note", "备注", "Note", "a.note", width=40),
        ),
        f"answers a JOIN visits v ON v.id = a.visit_id {ENTERPRISE.format('v')} WHERE a.deleted_at IS NULL",
        "v.visited_on, v.id, a.measure",
    ),
    Register(
        "letters",
        {"zh": "专业建议书登记册", "en": "Letters"},
        (
            Column("number", "文号", "Number", "l.number", width=26, filterable=True),
            NAME, GRID,
            Column("state", "状态", "State", "l.state", width=10, filterable=True, words="letter_state"),
            Column("issued_on", "成文日期", "Issued on", "l.issued_on", "date", 12, True),
            Column("pages", "页数", "Pages", "l.pages", "number", 8),
            Column("sha256", "文件校验值", "SHA-256", "l.sha256", width=66),
        ),
        f"letters l {ENTERPRISE.format('l')} WHERE l.deleted_at IS NULL",
        "l.issued_on, l.number, l.id",
    ),
)  # fmt: skip
