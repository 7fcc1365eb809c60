"""The columns of the list of findings: how a row becomes cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.ui import finding_words, wording
from desktop.ui.lazy_table_model import Cell, Column

if TYPE_CHECKING:
    from desktop.models.desk.finding_board import BoardRow


def finding_columns() -> list[Column]:
    """Finding, number, enterprise, measure, severity, route, state, owner, deadline."""
    translate = QCoreApplication.translate
    return [
        Column("title", translate("FindingList", "Finding"), lambda row: Cell(row.title, tip=row.title), 180),
        Column("number", translate("FindingList", "Number"), lambda row: Cell(row.number, role="muted"), 160),
        Column("enterprise", translate("FindingList", "Enterprise"), _enterprise, 160),
        Column("measure", translate("FindingList", "Measure"), lambda row: Cell(row.measure, role="muted"), 76),
        Column("severity", translate("FindingList", "Severity"), _severity, 92),
        Column("route", translate("FindingList", "Route"), _route, 128),
        Column("state", translate("FindingList", "Stage"), _state, 108),
        Column("owner", translate("FindingList", "Responsible"), _owner, 88),
        Column("due", translate("FindingList", "Due"), _due, 128, right=True),
    ]


def _enterprise(row: BoardRow) -> Cell:
    return Cell(row.enterprise, tip=row.enterprise)


def _severity(row: BoardRow) -> Cell:
    tone, icon = wording.severity_look(row.severity)
    return Cell(wording.severity(row.severity), chip=tone, icon=icon)


def _route(row: BoardRow) -> Cell:
    return Cell(wording.route(row.route), icon=wording.route_icon(row.route))


def _state(row: BoardRow) -> Cell:
    icon, role = finding_words.state_icon(row.state)
    return Cell(wording.finding_state(row.state), icon=icon, role="text" if role == "accent" else role)


def _owner(row: BoardRow) -> Cell:
    return Cell(row.responsible or wording.NONE, role="text" if row.responsible else "muted")


def _due(row: BoardRow) -> Cell:
    words, role, icon = finding_words.due(row.state, row.due_on)
    return Cell(words, role=role, icon=icon, tip=wording.day(row.due_on))
