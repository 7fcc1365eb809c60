"""Right half of the import: every row with what becomes of it, worst first, and chips that count and narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.roster_rows import RowStatus
from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.chips import FilterChip
from desktop.ui.import_work import Trial
from desktop.ui.lazy_table_model import Cell, Column, Index, LazyTableModel
from desktop.ui.look import Look
from desktop.ui.notices import window_language
from desktop.ui.register_view import RegisterView
from desktop.ui.roster_words import ORDER, SHAPES, status_word
from desktop.ui.state_painting import state_role

if TYPE_CHECKING:
    from desktop.models.roster_settlement import Decision


@dataclass(frozen=True)
class _Line:
    id: str
    decision: Decision


class _Rows(LazyTableModel):
    """Rejected rows carry a tint."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.BackgroundRole and index.isValid():
            line = self.row_at(index.row())
            return "fail-bg" if line is not None and line.decision.status is RowStatus.REJECT else None
        return super().data(index, role)


class ImportPreview(QFrame):
    """The rows.

    Signals:
        reasons_asked(): write a copy with the reasons.
    """

    reasons_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self._decisions: Sequence[Decision] = ()
        self._only: RowStatus | None = None
        bar = QHBoxLayout()
        bar.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(8))
        bar.setSpacing(look.px(8))
        self.chips: dict[RowStatus, FilterChip] = {}
        for status in reversed(ORDER):
            chip = FilterChip(look, "", mark=None, state=SHAPES[status])
            chip.clicked.connect(self._narrow)
            self.chips[status] = chip
            bar.addWidget(chip)
        bar.addStretch(1)
        words = self.tr("Save rows with reasons")
        self.reasons = Button(look, words, kind="text", icon="download", pressed=self.reasons_asked.emit)
        bar.addWidget(self.reasons)
        self.model = _Rows(self._columns(), self._fetch, self)
        self.table = RegisterView(look)
        self.table.setModel(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)

    def show_trial(self, trial: Trial) -> None:
        """Show what importing would do."""
        self._decisions = trial.outcome.decisions
        counts = dict.fromkeys(RowStatus, 0)
        for decision in self._decisions:
            counts[decision.status] += 1
        for status, chip in self.chips.items():
            chip.say(f"{status_word(status)} {wording.count(counts[status])}")
            chip.setVisible(bool(counts[status]) or status is RowStatus.OK)
        if self._only is not None and not counts[self._only]:
            self._only = None
        self._show_rows()

    def _show_rows(self) -> None:
        rank = {status: place for place, status in enumerate(ORDER)}
        chosen = [
            number
            for number, decision in enumerate(self._decisions)
            if self._only is None or decision.status is self._only
        ]
        chosen.sort(key=lambda number: rank[self._decisions[number].status])
        self.model.set_ids([str(number) for number in chosen])
        for status, chip in self.chips.items():
            chip.setChecked(status is self._only)

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        arrived([_Line(number, self._decisions[int(number)]) for number in ids])

    def _columns(self) -> list[Column]:
        return [
            Column("row", self.tr("Row"), _row, 48, right=True),
            Column("status", self.tr("Result"), _status, 100),
            Column("name", self.tr("Enterprise"), lambda line: _text(line.decision.row.fields.name), 172),
            Column("code", self.tr("Credit code"), lambda line: _text(line.decision.row.fields.credit_code), 156),
            Column("resumed", self.tr("Resumed"), _resumed, 116),
            Column("staff", self.tr("Staff"), _staff, 52, right=True),
            Column("reason", self.tr("Reason"), _reason, 120, stretch=True),
        ]

    @Slot()
    def _narrow(self) -> None:
        picked = next(status for status, chip in self.chips.items() if chip is self.sender())
        self._only = None if picked is self._only else picked
        self._show_rows()


def _text(words: str | None) -> Cell:
    return Cell(words or wording.NONE, role="text" if words else "muted", tip=words or "")


def _row(line: _Line) -> Cell:
    row = line.decision.row
    return Cell(str(row.row), role="muted", tip=f"{row.sheet} · {row.row}")


def _status(line: _Line) -> Cell:
    status = line.decision.status
    return Cell(status_word(status), role=state_role(SHAPES[status]), state=SHAPES[status])


def _resumed(line: _Line) -> Cell:
    return Cell(wording.day(line.decision.row.fields.resumed_on))


def _staff(line: _Line) -> Cell:
    return Cell(wording.count(line.decision.row.fields.staff_due))


def _reason(line: _Line) -> Cell:
    from desktop.models.roster_rows import reason

    words = reason(line.decision.issues, window_language())
    status = line.decision.status
    role = state_role(SHAPES[status]) if words and status is not RowStatus.OK else "muted"
    return Cell(words, role=role, tip=words)
