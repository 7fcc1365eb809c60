"""健康档案: one person, one file. An enterprise's people with ten readings each, fever and absence first.

Keys: digits a reading, Enter next person, Tab next cell, A absent, S symptom, Ctrl+V paste, O the file, N new person,
/ find, I import, Esc back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QInputDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.desk.health_register import Moment
from desktop.ui import health_work
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.employee_pane import WIDTH, EmployeePane
from desktop.ui.health_chooser import HealthChooser
from desktop.ui.health_columns import FIRST_READING, HealthModel
from desktop.ui.health_figures import FeverBanner, HealthFigures
from desktop.ui.health_filters import HealthFilters
from desktop.ui.health_grid import HealthGrid
from desktop.ui.health_work import Shown
from desktop.ui.job_runner import Job
from desktop.ui.key_legend import KeyLegend
from desktop.ui.notices import EmptyState
from desktop.ui.page import Page, PageHead, Place
from desktop.ui.page_names import page_title
from desktop.ui.paste_report import PasteReport
from desktop.ui.reading_entry import ReadingEntry

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet

_RELOAD_MS = 300
_GIVES_WAY = (2, 3, 5, 6)
"""Columns that make room for an open file."""


class HealthPage(Page):
    """Chooser, grid, file."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        look = bench.look
        self.enterprise, self.name = "", ""
        self._looking: Job | None = None
        self._untended: list[str] = []
        self._stale = False
        self.chooser = HealthChooser(bench)
        self.figures = HealthFigures(look)
        self.filters = HealthFilters(look)
        self.fever = FeverBanner(look)
        self.report = PasteReport(look)
        self.grid = HealthGrid(look)
        self.grid.setModel(HealthModel(health_work.this_moment(), self._fetch, self))
        self.grid.setAccessibleName(page_title("health"))
        self.entering = ReadingEntry(bench, self.grid)
        self.pane = EmployeePane(bench)
        self.legend = KeyLegend(look, self._keys())
        self._import = Button(look, self.tr("Import staff"), icon="upload", key="I", pressed=self.import_staff)
        self._add = Button(look, self.tr("Add person"), icon="plus", key="N", pressed=self.add_person)
        self._again = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._lay_out()
        self._connect()

    @property
    def model(self) -> HealthModel:
        """Who is shown, with the days that are."""
        return self.grid.health

    def head(self) -> PageHead:
        """Name, or the enterprise opened."""
        if self.enterprise:
            actions = (self._add, self._import)
            return PageHead(page_title("health"), crumb=self.name, back=Place("health", act="choose"), actions=actions)
        return PageHead(page_title("health"))

    def arrive(self, place: Place) -> None:
        """Show an enterprise's files (`target`), the choice ("choose"), or what was open."""
        if place.target and place.target != self.enterprise:
            self.bench.read(
                self, partial(health_work.name_of, enterprise=place.target), partial(self.open, place.target)
            )
        elif place.act == "choose" or not self.enterprise:
            self._choose()
        else:
            self.reload()
            self.grid.setFocus()

    def records_changed(self, changes: ChangeSet) -> None:
        """Count again and ask again for rows: soon, or when the page is next seen."""
        if changes.touches("employees", "health_entries", "roaming_queries", "isolation_stays", "enterprises"):
            self._stale = True
            if self.isVisible():
                self._again.start()

    def panes(self) -> Sequence[QWidget]:
        """Choice or grid, the file, the filters."""
        return (self.chooser, self.grid, self.pane, self.filters)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up; a new day or half has its own columns."""
        super().showEvent(event)
        if self._stale:
            self._again.start()

    @Slot(str, str)
    def open(self, enterprise: str, name: str) -> None:
        """Open an enterprise's files."""
        self.enterprise, self.name = enterprise, name
        self.entering.enterprise = enterprise
        self.filters.begin(enterprise)
        self.report.show_problems([])
        self.close_file()
        self.views.setCurrentWidget(self.desk)
        self.head_changed.emit()
        self._load(afresh=True)

    @Slot()
    def reload(self) -> None:
        """Figures and rows again; who stands where stays as it is while somebody types."""
        self._stale = False
        if not self.enterprise:
            self.chooser.load()
            return
        self._load(afresh=health_work.this_moment() != self.model.moment)
        if not self.pane.isHidden():
            self.pane.reload()

    @Slot()
    def import_staff(self) -> None:
        """Import people from the enterprise's own spreadsheet."""
        from desktop.ui.staff_import import StaffImport

        if self.enterprise:
            dialog = StaffImport(self.bench, self.enterprise, self.name, self.window())
            dialog.imported.connect(self._imported)
            dialog.open()

    @Slot()
    def add_person(self) -> None:
        """Open a file for one more person."""
        if not self.enterprise:
            return
        name, taken = QInputDialog.getText(self, self.tr("Add person"), self.tr("Name"))
        if taken and name.strip():
            work = partial(health_work.add, enterprise=self.enterprise, name=name.strip())
            self.bench.write(self, work, self._added, self.problem_met.emit)

    @Slot()
    def open_file(self) -> None:
        """Open the file of the current person."""
        person = self.grid.current_id()
        if person:
            self._show_file(person)

    @Slot()
    def close_file(self) -> None:
        """Close the file; what was looked at in it is gone."""
        self.pane.masked.hide_values()
        self.pane.person = ""
        self.pane.hide()
        self._fit()
        self.grid.setFocus()

    # -- building ----------------------------------------------------------------------------------------------------

    def _keys(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl V", self.tr("paste from a table")), ("↵", self.tr("next person")), ("Tab", self.tr("next cell")),
            ("A", self.tr("absent")), ("S", self.tr("symptom")), ("O", self.tr("file")),
        ]  # fmt: skip

    def _lay_out(self) -> None:
        look = self.look
        self.desk = QWidget()
        column = QVBoxLayout(self.desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.figures.row.addWidget(self.filters)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self._body = QStackedWidget()
        self.empty = EmptyState(
            look,
            "users",
            self.tr("No files yet"),
            self.tr("Import the enterprise's own list of staff from Excel, or add people one by one."),
        )
        self.empty.add_action(
            Button(look, self.tr("Import staff"), kind="primary", icon="upload", pressed=self.import_staff)
        )
        self.empty.add_action(Button(look, self.tr("Add person"), icon="plus", pressed=self.add_person))
        self.nothing = EmptyState(look, "filter", self.tr("Nobody matches"), tone="na")
        clear = Button(look, self.tr("Show everybody"), icon="x", pressed=self._show_everybody)
        self.nothing.add_action(clear)
        for body in (self.grid, self.empty, self.nothing):
            self._body.addWidget(body)
        self.split.addWidget(self._body)
        self.split.addWidget(self.pane)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        self.pane.setMinimumWidth(look.px(300))
        self.pane.setMaximumWidth(look.px(460))
        self.pane.hide()
        for part in (self.figures, self.fever, self.report):
            column.addWidget(part)
        column.addWidget(self.split, 1)
        column.addWidget(self.legend)
        self.views = QStackedWidget()
        self.views.addWidget(self.chooser)
        self.views.addWidget(self.desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.views)

    def _connect(self) -> None:
        self.chooser.chosen.connect(self.open)
        self.filters.asked.connect(partial(self._load, afresh=True))
        self.filters.left.connect(self.grid.setFocus)
        self.filters.search.returnPressed.connect(self.grid.setFocus)
        self.fever.observe_asked.connect(self._observe)
        self.entering.saved.connect(self.saved)
        self.entering.said.connect(self.said)
        self.entering.problem_met.connect(self.problem_met)
        self.entering.not_taken.connect(self.report.show_problems)
        self.grid.opened.connect(self._show_file)
        self.grid.current_changed.connect(self._moved)
        self.pane.closed.connect(self.close_file)
        self.pane.saved.connect(self.saved)
        self.pane.said.connect(self.said)
        self.pane.problem_met.connect(self.problem_met)
        self._again.timeout.connect(self.reload)
        for keys, act in (
            ("/", self._find), ("O", self.open_file), ("N", self.add_person), ("I", self.import_staff),
            ("Esc", self._back),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- showing -----------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        self.enterprise = self.name = ""
        self.close_file()
        self.views.setCurrentWidget(self.chooser)
        self.head_changed.emit()
        self.chooser.load()
        self.chooser.search.setFocus()

    def _load(self, *, afresh: bool) -> None:
        if self._looking is not None:
            self._looking.cancel()
        moment = health_work.this_moment() if afresh else self.model.moment
        work = partial(health_work.listing, chosen=self.filters.now, moment=moment, asked=afresh)
        self._looking = self.bench.read(self, work, partial(self._show, moment, afresh), self.problem_met.emit)

    def _show(self, moment: Moment, afresh: bool, found: Shown) -> None:
        listing = found.listing
        self._untended = listing.untended
        self.figures.show_figures(listing.figures)
        self.filters.show_departments(listing.departments)
        self.fever.show_listing(listing)
        self.grid.bounds = (found.low, found.high)
        self.legend.say(self.tr("%n person(s), morning and afternoon, ℃", "", len(listing.ids)))
        if moment != self.model.moment:
            self.grid.setModel(HealthModel(moment, self._fetch, self))
        if afresh or set(self.model.ids) != set(listing.ids):
            self._place(listing.ids)
        else:
            self.model.refresh()
        people = listing.figures.people or self.filters.now.left or self.filters.now.search
        self._body.setCurrentWidget(self.grid if listing.ids else self.nothing if people else self.empty)

    def _place(self, ids: list[str]) -> None:
        before, column = self.grid.current_id(), self.grid.currentIndex().column()
        self.model.set_ids(ids)
        self._fit()
        row = self.model.row_of(before) if before else None
        if row is not None and column >= FIRST_READING:
            self.grid.setCurrentIndex(self.model.index(row, column))
        else:
            self.grid.go_to_reading(row or 0)
        if not self.filters.search.hasFocus():
            self.grid.setFocus()

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        self.bench.read(self, partial(health_work.rows, ids=ids, moment=self.model.moment), arrived)

    @Slot()
    def _show_everybody(self) -> None:
        self.filters.begin(self.enterprise)
        self._load(afresh=True)

    # -- people ------------------------------------------------------------------------------------------------------

    @Slot()
    def _observe(self) -> None:
        work = partial(health_work.put_under_observation, people=self._untended)
        self.bench.write(self, work, self._observed, self.problem_met.emit)

    def _observed(self, before: dict[str, str]) -> None:
        self.saved.emit()
        words = self.tr("%n person(s) off duty, under observation", "", len(before))
        undo = partial(health_work.back_to, statuses=before)
        self.said.emit(words, lambda: self.bench.write(self, undo, None, self.problem_met.emit))

    @Slot(str)
    def _show_file(self, person: str) -> None:
        hidden = self.pane.isHidden()
        self.pane.show()
        if hidden:
            self.split.setSizes([10_000, self.look.px(WIDTH)])
            self._fit()
        self.pane.show_person(person)

    @Slot(str)
    def _moved(self, person: str) -> None:
        if person and not self.pane.isHidden() and person != self.pane.person:
            self.pane.show_person(person)

    def _added(self, person: str) -> None:
        self.saved.emit()
        self._show_everybody()
        self._show_file(person)

    @Slot(int)
    def _imported(self, people: int) -> None:
        self.saved.emit()
        self.said.emit(self.tr("%n file(s) opened or changed", "", people), None)
        self._load(afresh=True)

    def _fit(self) -> None:
        """Columns that repeat what the open file says make room for it."""
        for column in _GIVES_WAY:
            self.grid.setColumnHidden(column, not self.pane.isHidden() and self.width() < self.look.px(1500))

    @Slot()
    def _find(self) -> None:
        field = self.filters.search if self.enterprise else self.chooser.search
        field.setFocus()
        field.selectAll()

    @Slot()
    def _back(self) -> None:
        if not self.pane.isHidden():
            self.close_file()
        elif self.enterprise:
            self.place_asked.emit(Place("health", act="choose"))
