"""The columns of the register of enterprises: how a row of it becomes cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.ui import wording
from desktop.ui.lazy_table_model import Cell, Column

if TYPE_CHECKING:
    from desktop.models.desk.enterprise_register import EnterpriseRow

LONG_AGO_DAYS = 21
"""After so many days without a visit the number is lifted out. Source: first round of all within 21 days."""
MANY_FINDINGS = 3


def enterprise_columns() -> list[Column]:
    """Name, size, industry, last visit, days since, open findings, staff, attendance."""
    translate = QCoreApplication.translate
    return [
        Column("name", translate("Register", "Enterprise"), _name, 180, order="name"),
        Column("scale", translate("Register", "Size"), _scale, 56),
        Column("industry", translate("Register", "Industry"), _industry, 116),
        Column("last_visit", translate("Register", "Last visit"), _last_visit, 92, order="last_visit"),
        Column("since", translate("Register", "Days since"), _since, 84, right=True),
        Column("open_findings", translate("Register", "Open"), _open, 84, right=True, order="open_findings"),
        Column("staff", translate("Register", "On duty / due"), _staff, 108, right=True, order="staff_due"),
        Column("attendance", translate("Register", "Attendance"), _attendance, 88, right=True),
    ]


def _name(row: EnterpriseRow) -> Cell:
    return Cell(row.name, tip=row.name)


def _scale(row: EnterpriseRow) -> Cell:
    return Cell(wording.scale(row.scale), role="muted")


def _industry(row: EnterpriseRow) -> Cell:
    return Cell(row.industry or "", role="muted", tip=row.industry or "")


def _last_visit(row: EnterpriseRow) -> Cell:
    if row.last_visit_on is None:
        return Cell(QCoreApplication.translate("Register", "never"), role="partial-fg")
    return Cell(wording.near_day(row.last_visit_on), tip=row.last_visit_on)


def _since(row: EnterpriseRow) -> Cell:
    days = wording.days_since(row.last_visit_on)
    if days is None:
        return Cell(wording.NONE, role="muted")
    words = QCoreApplication.translate("Register", "{days} d").format(days=wording.count(days))
    return Cell(words, role="partial-fg" if days > LONG_AGO_DAYS else "muted")


def _open(row: EnterpriseRow) -> Cell:
    if not row.open_findings:
        return Cell(wording.NONE, role="muted")
    return Cell(wording.count(row.open_findings), role="fail-fg" if row.open_findings >= MANY_FINDINGS else "text")


def _staff(row: EnterpriseRow) -> Cell:
    if row.staff_due is None and row.staff_on_duty is None:
        return Cell(wording.NONE, role="muted")
    return Cell(f"{wording.count(row.staff_on_duty)}/{wording.count(row.staff_due)}")


def _attendance(row: EnterpriseRow) -> Cell:
    words = wording.percent(row.staff_on_duty, row.staff_due)
    return Cell(words, role="muted" if words == wording.NONE else "text")
