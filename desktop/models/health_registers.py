"""Registers of health files and readings, masked."""

from __future__ import annotations

from desktop.models.masks import masked_id, masked_name, masked_phone
from desktop.models.register_form import ENTERPRISE, GRID, NAME, Column, Register

HEALTH_REGISTERS = (
    Register(
        "employees",
        {"zh": "员工健康档案", "en": "Employees' files"},
        (
            Column("name", "姓名", "Name", "p.name", width=12, mask=masked_name),
            NAME, GRID,
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
        f"employees p {ENTERPRISE.format('p')} WHERE p.deleted_at IS NULL",
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
            NAME, GRID,
            Column("temperature_c", "体温（℃）", "Temperature (℃)", "h.temperature_c", "number", 10),
            Column("thermometer", "测温方式", "Thermometer", "h.thermometer", width=10, words="thermometer"),
            Column("absent_reason", "缺测原因", "Why absent", "h.absent_reason", width=20),
            Column("recorder", "记录人", "Recorder", "h.recorder", width=12),
        ),
        f"health_entries h JOIN employees p ON p.id = h.employee_id {ENTERPRISE.format('h')}"
        " WHERE h.deleted_at IS NULL AND (h.temperature_c IS NOT NULL OR h.absent_reason IS NOT NULL)",
        "h.day, h.slot, e.name, p.department, p.id",
    ),
)  # fmt: skip
