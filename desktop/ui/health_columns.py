"""The columns of the health files: who, how they stand, and ten readings; and the model that tints readings."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt

from desktop.models.desk.health_register import HealthRow, Moment
from desktop.models.health_terms import Slot
from desktop.models.value_words import value_word
from desktop.ui.lazy_table_model import Cell, Column, Fetch, Index, LazyTableModel
from desktop.ui.notices import window_language

FIRST_READING = 7
"""The first column that is a reading."""
_READING_WIDTH = 50


class HealthModel(LazyTableModel):
    """Health files; a fever and a gap of today have a tint of their own."""

    def __init__(self, moment: Moment, fetch: Fetch, parent: Any) -> None:
        super().__init__(health_columns(moment), fetch, parent)
        self.moment = moment

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As every register, and the tint of a reading."""
        if role == Qt.ItemDataRole.BackgroundRole:
            at = index.column() - FIRST_READING
            row = self.row_at(index.row()) if at >= 0 else None
            return tint(row, at, self.moment) if isinstance(row, HealthRow) else None
        return super().data(index, role)

    def slot_of(self, column: int) -> tuple[str, Slot] | None:
        """Day and half of a column that is a reading."""
        at = column - FIRST_READING
        return self.moment.slots[at] if 0 <= at < len(self.moment.slots) else None


def health_columns(moment: Moment) -> list[Column]:
    """The columns for the days up to this one."""
    who = [
        Column("name", QCoreApplication.translate("HealthColumns", "Name"), _name, 84),
        Column("number", QCoreApplication.translate("HealthColumns", "Number"), _number, 152),
        Column("department", QCoreApplication.translate("HealthColumns", "Department"), _department, 96, stretch=True),
        Column("housing", QCoreApplication.translate("HealthColumns", "Housing"), _housing, 92),
        Column("state", QCoreApplication.translate("HealthColumns", "State"), _state, 104),
        Column("code", QCoreApplication.translate("HealthColumns", "Code"), _code, 76),
        Column("roaming", QCoreApplication.translate("HealthColumns", "Roaming"), _roaming, 72),
    ]
    readings = [
        Column(
            f"{day}/{slot}", _heading(day, slot), partial(_reading, at=at, moment=moment), _READING_WIDTH, right=True
        )
        for at, (day, slot) in enumerate(moment.slots)
    ]
    return who + readings


def tint(row: HealthRow, at: int, moment: Moment) -> str | None:
    """The background of a reading: a fever's, or that of a gap today."""
    cell = row.cells[at]
    if cell is not None:
        return "fail-bg" if cell.abnormal else None
    return "partial-bg" if _is_gap(row, at, moment) else None


def _is_gap(row: HealthRow, at: int, moment: Moment) -> bool:
    """Whether a reading of today should stand in this slot by now, and none of today does in its place."""
    today, slots = row.due[-1], len(moment.slots)
    if at < slots - len(Slot) or (at == slots - 1 and moment.half is Slot.AM):
        return False
    made = sum(cell is not None for cell in row.cells[-len(Slot) :])
    owed = min(today, 1 if moment.half is Slot.AM else len(Slot))
    return made < owed and (today > 1 or at == slots - len(Slot))


def _heading(day: str, slot: Slot) -> str:
    if slot is Slot.PM:
        return QCoreApplication.translate("HealthColumns", "pm")
    return f"{int(day[5:7])}/{int(day[8:])}"


def _name(row: HealthRow) -> Cell:
    return Cell(row.name)


def _number(row: HealthRow) -> Cell:
    return Cell(row.number or "—", role="muted")


def _department(row: HealthRow) -> Cell:
    return Cell(row.department or "—", role="text" if row.department else "muted", tip=row.department or "")


def _housing(row: HealthRow) -> Cell:
    words = value_word("housing", row.housing, window_language()) if row.housing else "—"
    shown = f"{words} {row.room}" if row.room else str(words)
    return Cell(shown, role="muted", tip=shown)


def _state(row: HealthRow) -> Cell:
    match row.state:
        case "fever":
            hot = any(cell is not None and cell.fever for cell in row.cells)
            fever = QCoreApplication.translate("HealthColumns", "Fever")
            word = fever if hot else QCoreApplication.translate("HealthColumns", "Symptom")
            return Cell(word, role="fail-fg", icon="triangle-alert")
        case "missing":
            return Cell(QCoreApplication.translate("HealthColumns", "No reading"), "partial-fg", icon="circle-dashed")
        case "observing":
            word = QCoreApplication.translate("HealthColumns", "Observed")
            return Cell(f"{word} {row.observed_days}/14" if row.observed_days else word, role="info-fg", icon="eye")
        case "on_duty":
            return Cell(str(value_word("return_status", row.state, window_language())), icon="check")
    return Cell(str(value_word("return_status", row.state, window_language())), role="muted", icon="minus")


def _code(row: HealthRow) -> Cell:
    if not row.health_code:
        return Cell("—", role="muted")
    word = str(value_word("health_code", row.health_code, window_language()))
    old = QCoreApplication.translate("HealthColumns", "Not looked at for more than 7 days") if row.code_old else ""
    if row.health_code == "green" and not row.code_old:
        return Cell(word, role="pass-fg", icon="circle-check")
    role = {"red": "fail-fg", "yellow": "partial-fg"}.get(row.health_code, "muted")
    return Cell(word, role=role, icon="clock" if row.code_old else "triangle-alert", tip=old)


def _roaming(row: HealthRow) -> Cell:
    if row.roaming == "queried":
        return Cell(QCoreApplication.translate("HealthColumns", "Asked"), role="muted")
    if row.roaming == "missing":
        tip = QCoreApplication.translate("HealthColumns", "Came back within 14 days; the phone's places were not asked")
        return Cell(QCoreApplication.translate("HealthColumns", "Not asked"), role="partial-fg", tip=tip)
    return Cell("—", role="muted")


def _reading(row: HealthRow, at: int, moment: Moment) -> Cell:
    cell = row.cells[at]
    if cell is None:
        if _is_gap(row, at, moment):
            return Cell(QCoreApplication.translate("HealthColumns", "due"), role="partial-fg", strong=True)
        return Cell("·", role="muted")
    symptoms = "、".join(str(value_word("symptom", each, window_language())) for each in cell.symptoms)
    if cell.temperature_c is None:
        absent = QCoreApplication.translate("HealthColumns", "away")
        return Cell(absent, role="fail-fg" if cell.abnormal else "muted", tip=cell.absent_reason or symptoms)
    shown = f"{cell.temperature_c:.1f}"
    return Cell(shown, "fail-fg" if cell.abnormal else "text", strong=cell.abnormal, tip=symptoms)
