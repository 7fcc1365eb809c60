"""What the grid was told, saved: a reading at once on screen and then in the database, a pasted block, a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu

from desktop.models.desk.health_readings import PastedBlock, Reading, SavedReading, table_of
from desktop.models.desk.health_register import HealthRow, ReadingCell
from desktop.models.problems import Problem
from desktop.models.reading_text import TypedReading
from desktop.ui import health_work
from desktop.ui.bench import Bench
from desktop.ui.health_columns import FIRST_READING
from desktop.ui.health_grid import HealthGrid
from desktop.ui.reading_menus import AbsenceMenu, SymptomMenu


class ReadingEntry(QObject):
    """Between grid and workspace. `enterprise` is whose people the grid shows.

    Signals:
        saved(): something was written.
        said(str, object): words for the toast with an undo.
        problem_met(Problem): nothing was written.
        not_taken(list): cells of a paste that were not.
    """

    saved = Signal()
    said = Signal(str, object)
    problem_met = Signal(object)
    not_taken = Signal(list)

    def __init__(self, bench: Bench, grid: HealthGrid) -> None:
        super().__init__(grid)
        self._bench, self._grid = bench, grid
        self.enterprise = ""
        grid.entered.connect(self.enter)
        grid.pasted.connect(self.paste)
        grid.reason_wanted.connect(self.ask_reason)
        grid.symptom_wanted.connect(self.ask_symptom)

    @Slot(int, int, object)
    def enter(self, row: int, column: int, typed: TypedReading) -> None:
        """Save one reading over what stands there."""
        symptoms = () if typed.empty else self._noted(row, column)
        self._save(row, column, Reading(typed.temperature_c, typed.absent_reason, symptoms=symptoms))

    @Slot(int, int, str)
    def paste(self, row: int, column: int, clipboard: str) -> None:
        """Save a block from this cell on."""
        if not clipboard.strip():
            return
        model = self._grid.health
        work = partial(
            health_work.paste,
            enterprise=self.enterprise,
            block=table_of(clipboard),
            people=list(model.ids[row:]),
            slots=model.moment.slots[column - FIRST_READING :],
        )
        self._bench.write(self, work, self._pasted, self.problem_met.emit)

    @Slot(int, int)
    def ask_reason(self, row: int, column: int) -> None:
        """Offer why somebody has no reading."""
        menu = AbsenceMenu(self._grid)
        menu.chosen.connect(lambda reason: self.enter(row, column, TypedReading(absent_reason=reason)))
        self._open(menu, row, column)

    @Slot(int, int)
    def ask_symptom(self, row: int, column: int) -> None:
        """Offer the symptoms; the one chosen is noted or taken away."""
        if self._cell(row, column) is None:
            return  # what is noted belongs to a reading
        menu = SymptomMenu(self._noted(row, column), self._grid)
        menu.toggled.connect(partial(self.toggle_symptom, row, column))
        self._open(menu, row, column)

    def toggle_symptom(self, row: int, column: int, symptom: str) -> None:
        """Note a symptom beside a reading, or take it away."""
        cell = self._cell(row, column)
        if cell is not None:
            symptoms = tuple(sorted(set(cell.symptoms) ^ {symptom}))
            self._save(row, column, Reading(cell.temperature_c, cell.absent_reason, symptoms=symptoms))

    def _save(self, row: int, column: int, reading: Reading) -> None:
        """The cell as it will be at once; the row comes from the database a moment later."""
        model = self._grid.health
        slot, person, shown = model.slot_of(column), model.id_at(row), model.row_at(row)
        if slot is None:
            return
        if isinstance(shown, HealthRow):
            cells = list(shown.cells)
            filled = reading != Reading()
            symptoms = reading.symptoms
            cell = (
                ReadingCell(reading.temperature_c, reading.absent_reason, symptoms, bool(symptoms)) if filled else None
            )
            cells[column - FIRST_READING] = cell
            model.put(replace(shown, cells=tuple(cells)))
        work = partial(health_work.save_reading, person=person, slot=slot, reading=reading)
        done = partial(self._saved, (person, *slot), reading)
        self._bench.write(self, work, done, partial(self._not_entered, person))

    def _saved(self, key: tuple[str, str, Any], reading: Reading, saved: SavedReading) -> None:
        self.saved.emit()
        self._grid.health.refresh([key[0]])
        undo = partial(self._take_back, {key: saved.before})
        if saved.again:
            self.said.emit(self.tr("Unusual: measure again by ear or mercury after 5 minutes."), undo)
        elif reading == Reading() != saved.before:
            self.said.emit(self.tr("Reading taken away"), undo)
        elif saved.before not in (Reading(), reading):
            self.said.emit(self.tr("Reading replaced"), undo)

    def _cell(self, row: int, column: int) -> ReadingCell | None:
        shown = self._grid.health.row_at(row)
        return shown.cells[column - FIRST_READING] if isinstance(shown, HealthRow) else None

    def _noted(self, row: int, column: int) -> tuple[str, ...]:
        cell = self._cell(row, column)
        return cell.symptoms if cell is not None else ()

    def _open(self, menu: QMenu, row: int, column: int) -> None:
        rect = self._grid.visualRect(self._grid.health.index(row, column))
        menu.popup(self._grid.viewport().mapToGlobal(rect.bottomLeft() + QPoint(0, 2)))

    def _not_entered(self, person: str, problem: Problem) -> None:
        self._grid.health.refresh([person])
        self.problem_met.emit(problem)

    def _pasted(self, done: PastedBlock) -> None:
        self.not_taken.emit(done.problems)
        if done.saved:
            self.saved.emit()
            words = self.tr("%n reading(s) pasted", "", done.saved)
            self.said.emit(words, partial(self._take_back, done.before))

    def _take_back(self, before: Mapping[tuple[str, str, Any], Reading]) -> None:
        self._bench.write(self, partial(health_work.restore, before=before), None, self.problem_met.emit)
