"""Registers of isolation sites, of who is observed there, and of disinfection."""

from __future__ import annotations

from desktop.models.masks import masked_name
from desktop.models.register_form import CODE, ENTERPRISE, GRID, NAME, Column, Register


def _local_minute(column: str) -> str:
    """A stored moment by the wall clock, to the minute."""
    return f"strftime('%Y-%m-%d %H:%M', {column}, 'localtime')"


PREMISES_REGISTERS = (
    Register(
        "isolation_sites",
        {"zh": "隔离点登记册", "en": "Isolation sites"},
        (
            NAME, CODE, GRID,
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
            NAME, GRID,
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
        f"isolation_stays s {ENTERPRISE.format('s')} LEFT JOIN employees p ON p.id = s.employee_id"
        " LEFT JOIN isolation_sites i ON i.id = s.site_id LEFT JOIN isolation_rooms r ON r.id = s.room_id"
        " WHERE s.deleted_at IS NULL",
        "s.start_on, e.name, s.id",
    ),
    Register(
        "disinfections",
        {"zh": "消毒记录", "en": "Disinfections"},
        (
            Column("done_at", "消毒时间", "Done at", _local_minute("d.done_at"), width=17),
            NAME, GRID,
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
        f"disinfections d {ENTERPRISE.format('d')} WHERE d.deleted_at IS NULL",
        "d.done_at, d.id",
    ),
)  # fmt: skip
