"""The list of letters: visits that still want one first, then drafts and issued letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.models.vocabulary import LetterState
from desktop.ui import wording
from desktop.ui.bench import Bench
from desktop.ui.cards import Card
from desktop.ui.key_legend import KeyLegend
from desktop.ui.lazy_table_model import Cell, Column, LazyTableModel
from desktop.ui.letter_work import Shelf, shelf
from desktop.ui.notices import EmptyState
from desktop.ui.register_view import RegisterView


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A line of the list: a letter, or (state "wanted") a visit without one."""

    id: str
    target: str
    enterprise: str
    state: str
    day: str | None
    number: str
    pages: int | None
    note: str


class LetterList(QWidget):
    """The list.

    Signals:
        letter_chosen(str): a letter to open.
        visit_chosen(str): a visit to write the letter for.
        counted(int): how many letters wait to be written or issued.
    """

    letter_chosen = Signal(str)
    visit_chosen = Signal(str)
    counted = Signal(int)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._lines: dict[str, LetterLine] = {}
        look = bench.look
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(16), look.px(16), look.px(16), look.px(16))
        card = Card(look, self.tr("Recommendation letters"))
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        self._count = card.count
        outer.addWidget(card)
        columns = [
            Column("enterprise", self.tr("Enterprise"), lambda line: Cell(line.enterprise, tip=line.enterprise), 200),
            Column("state", self.tr("State"), self._state_cell, 124),
            Column("number", self.tr("Number"), self._number_cell, 240),
            Column("day", self.tr("Day"), _day_cell, 110),
            Column("pages", self.tr("Pages"), _pages_cell, 70, right=True),
            Column("note", self.tr("Remark"), lambda line: Cell(line.note, role="muted", tip=line.note), 220),
        ]
        self.model = LazyTableModel(columns, self._fetch, self)
        self.table = RegisterView(look)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Recommendation letters"))
        self.table.opened.connect(self._open)
        host = QWidget()
        self._stack = QStackedLayout(host)
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            EmptyState(
                look,
                "file-text",
                self.tr("No letter yet"),
                self.tr("A visit with findings stands here as soon as something was not passed."),
            )
        )
        card.body.addWidget(host, 1)
        card.body.addWidget(KeyLegend(look, [("↑↓", self.tr("select")), ("Enter", self.tr("open or write"))]))

    @Slot()
    def load(self) -> None:
        """Read the list."""
        self._bench.read(self, shelf, self._show)

    def _show(self, found: Shelf) -> None:
        before = self.table.current_id()
        self._lines = {line.id: line for line in self._lines_of(found)}
        self.model.set_ids(list(self._lines))
        self._stack.setCurrentIndex(0 if self._lines else 1)
        self.table.go_to(self.model.row_of(before) or 0)
        waiting = sum(line.state in ("wanted", LetterState.DRAFT) for line in self._lines.values())
        self._count.say(self.tr("{count} to write or issue").format(count=waiting) if waiting else "")
        self.counted.emit(waiting)

    def _lines_of(self, found: Shelf) -> list[LetterLine]:
        wanted = [
            LetterLine(f"visit/{row.id}", row.id, row.enterprise, "wanted", row.visited_on, "", None,
                       self.tr("%n finding(s) of the visit", "", row.findings))
            for row in found.wanted
        ]  # fmt: skip
        order = {LetterState.DRAFT: 0, LetterState.ISSUED: 1, LetterState.VOID: 2}
        written = sorted(found.letters, key=lambda row: order[LetterState(row.state)])
        return wanted + [
            LetterLine(f"letter/{row.id}", row.id, row.enterprise, row.state, row.issued_on, row.number or "",
                       row.pages, row.reason or "")
            for row in written
        ]  # fmt: skip

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        arrived([self._lines[line] for line in ids])

    @Slot(str)
    def _open(self, line_id: str) -> None:
        line = self._lines[line_id]
        (self.visit_chosen if line.state == "wanted" else self.letter_chosen).emit(line.target)

    def _state_cell(self, line: LetterLine) -> Cell:
        match line.state:
            case "wanted":
                return Cell(self.tr("To write"), chip="partial", icon="pen-line")
            case LetterState.DRAFT:
                return Cell(wording.letter_state(line.state), chip="na", icon="pen-line")
            case LetterState.ISSUED:
                return Cell(wording.letter_state(line.state), chip="pass", icon="check")
        return Cell(wording.letter_state(line.state), role="muted", icon="x")

    def _number_cell(self, line: LetterLine) -> Cell:
        if line.number:
            return Cell(line.number, tip=line.number)
        return Cell(self.tr("given at issue") if line.state == LetterState.DRAFT else "—", role="muted")


def _day_cell(line: LetterLine) -> Cell:
    return Cell(wording.near_day(line.day), tip=wording.day(line.day))


def _pages_cell(line: LetterLine) -> Cell:
    return Cell(wording.count(line.pages), role="text" if line.pages else "muted")
