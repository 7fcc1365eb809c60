"""Registers of findings: the problem, responsibility and rectification lists, and the entry sheet of the platform."""

from __future__ import annotations

from desktop.models.register_form import ENTERPRISE, GRID, NAME, Column, Register

_NUMBER = Column("number", "编号", "Number", "f.number", width=24, filterable=True)
_TITLE = Column("title", "问题", "Finding", "f.title", width=26)
_LEAD = Column("lead_unit", "主办部门", "Lead unit", "f.lead_unit", width=20)
_CO_UNITS = Column(
    "co_units", "协办部门", "Co-handling units",
    "(SELECT group_concat(u.value, '、') FROM json_each(f.co_units) u)", width=24,
)  # fmt: skip
_FINDINGS = f"findings f {ENTERPRISE.format('f')} WHERE f.deleted_at IS NULL AND f.state <> 'void'"
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

FINDING_REGISTERS = (
    Register(
        "findings",
        {"zh": "问题清单", "en": "Findings"},
        (
            _NUMBER, NAME, GRID,
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
            _NUMBER, NAME, GRID, _TITLE,
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
            _NUMBER, NAME, GRID, _TITLE,
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
            NAME,
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
)  # fmt: skip
