"""Where visits begin: the open ones to go on with, the past ones to read, and a new one at an enterprise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.models.desk.enterprise_register import EnterpriseFilter, EnterpriseRow, enterprise_ids, enterprise_rows
from desktop.models.desk.photo_arrivals import Arrivals, arrivals
from desktop.models.desk.visit_register import VisitRow, recent_visits
from desktop.models.desk.visiting import start_visit
from desktop.models.device.workspace import Workspace
from desktop.models.progress import Progress
from desktop.models.vocabulary import VisitKind, VisitState
from desktop.ui import wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button, SegmentedControl
from desktop.ui.cards import Card, Text
from desktop.ui.fields import SearchField
from desktop.ui.lazy_table_model import Cell, Column, LazyTableModel
from desktop.ui.notices import EmptyState
from desktop.ui.register_view import RegisterView

_FOUND = 100
_RELOAD_MS = 200


class VisitStart(QWidget):
    """The list of visits beside the form that begins one.

    Signals:
        visit_chosen(str): a visit to open.
        roster_asked(): there is no enterprise yet; a roster should be imported.
    """

    visit_chosen = Signal(str)
    roster_asked = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._visits: dict[str, VisitRow] = {}
        self._photos: dict[str, Arrivals] = {}
        self._wanted = ""
        self._again = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._again.timeout.connect(self.load)
        row = QHBoxLayout(self)
        look = bench.look
        row.setContentsMargins(look.px(16), look.px(16), look.px(16), look.px(16))
        row.setSpacing(look.px(16))
        row.addWidget(self._build_list(), 3)
        row.addWidget(self._build_form(), 2)
        self.load()

    def choose(self, enterprise_id: str, kind: str = "") -> None:
        """Take an enterprise for the new visit; the kind is still to choose, unless it is a look-back."""
        if kind == VisitKind.LOOK_BACK:
            self.kind.take(kind)
        self._wanted = enterprise_id
        self.search.clear()
        self._search_for("")

    @Slot()
    def load(self) -> None:
        """Read both lists again."""
        self._bench.read(self, _visits, self._show_visits)
        self._search_for(self.search.text())

    def load_soon(self) -> None:
        """Read again once the writing pauses."""
        if self.isVisible():
            self._again.start()

    @Slot()
    def start(self) -> None:
        """Begin the visit, or go on with the one begun today."""
        enterprise = self.found.current_id()
        if enterprise:
            kind = VisitKind(self.kind.current)
            act = partial(_start, enterprise=enterprise, kind=kind, on=date.today().isoformat())
            self._bench.write(self, act, self.visit_chosen.emit)

    # -- building ----------------------------------------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        look = self._bench.look
        card = Card(look, self.tr("Visits"))
        card.body.setContentsMargins(0, 0, 0, 0)
        self._list_count = card.count
        columns = [
            Column("enterprise", self.tr("Enterprise"), _visit_enterprise, 180),
            Column("kind", self.tr("Kind"), _visit_kind, 104),
            Column("day", self.tr("Day"), _visit_day, 96),
            Column("done", self.tr("Checked"), _visit_answers, 76, right=True),
            Column("findings", self.tr("Findings"), _visit_findings, 76, right=True),
            Column("photos", self.tr("Photos"), self._visit_photos, 76, right=True),
            Column("state", self.tr("State"), self._visit_state, 116),
        ]
        self._model = LazyTableModel(columns, self._fetch_visits, self)
        self.visits = RegisterView(look)
        self.visits.setModel(self._model)
        self.visits.setAccessibleName(self.tr("Visits"))
        self.visits.opened.connect(self.visit_chosen)
        host = QWidget()
        self._list_stack = QStackedLayout(host)
        self._list_stack.addWidget(self.visits)
        self._list_stack.addWidget(
            EmptyState(look, "clipboard-check", self.tr("No visit yet"),
                       self.tr("Choose an enterprise at the right; every answer is saved as you give it."))
        )  # fmt: skip
        card.body.addWidget(host)
        return card

    def _build_form(self) -> QWidget:
        look = self._bench.look
        card = Card(look, self.tr("New visit"))
        host = QWidget()
        self._form_stack = QStackedLayout(host)
        form = QFrame()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        self.search = SearchField(look, self.tr("Name, pinyin, initials or credit code"), "/")
        self.search.textChanged.connect(self._search_for)
        self.search.moved.connect(self._move)
        self.search.returnPressed.connect(self.start)
        column.addWidget(self.search)
        self._found_model = LazyTableModel(
            [
                Column("name", self.tr("Enterprise"), _enterprise_name, 160),
                Column("last", self.tr("Last visit"), _enterprise_last, 90, right=True),
                Column("open", self.tr("Open"), _enterprise_open, 56, right=True),
            ],
            self._fetch_enterprises,
            self,
        )
        self.found = RegisterView(look)
        self.found.setModel(self._found_model)
        self.found.setAccessibleName(self.tr("Enterprises found"))
        self.found.opened.connect(self._start_at)
        column.addWidget(self.found, 1)
        self.kind = SegmentedControl(look, [(str(kind), wording.visit_kind(kind), None) for kind in VisitKind])
        column.addWidget(self.kind)
        foot = QHBoxLayout()
        foot.addWidget(Text(look, wording.day(date.today().isoformat()), tone="muted"), 1)
        self.start_button = Button(
            look, self.tr("Start visit"), kind="primary", icon="play", key="Enter", pressed=self.start
        )
        foot.addWidget(self.start_button)
        column.addLayout(foot)
        self._form_stack.addWidget(form)
        empty = EmptyState(look, "building-2", self.tr("No enterprise yet"),
                           self.tr("Import a roster first, then visit an enterprise of it."))  # fmt: skip
        empty.add_action(
            Button(look, self.tr("Import roster"), kind="primary", icon="upload", pressed=self.roster_asked.emit)
        )
        self._form_stack.addWidget(empty)
        card.body.addWidget(host)
        return card

    # -- lists -------------------------------------------------------------------------------------------------------

    def _show_visits(self, found: tuple[list[VisitRow], dict[str, Arrivals]]) -> None:
        before = self.visits.current_id()
        rows, self._photos = found
        self._visits = {row.id: row for row in rows}
        self._model.set_ids(list(self._visits))
        self._list_stack.setCurrentIndex(0 if rows else 1)
        going = sum(row.state == VisitState.OPEN for row in rows)
        self._list_count.say(self.tr("{count} open").format(count=wording.count(going)) if going else "")
        self.visits.go_to(self._model.row_of(before) or 0)

    def _fetch_visits(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        arrived([self._visits[row_id] for row_id in ids])

    def _fetch_enterprises(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        self._bench.read(self, partial(_rows, ids=ids), arrived)

    @Slot(str)
    def _search_for(self, words: str) -> None:
        self._bench.read(self, partial(_found, words=words, first=self._wanted), self._show_found)

    def _show_found(self, ids: list[str]) -> None:
        self._found_model.set_ids(ids)
        nothing_at_all = not ids and not self.search.text()
        self._form_stack.setCurrentIndex(1 if nothing_at_all else 0)
        self.found.go_to(self._found_model.row_of(self._wanted) or 0)
        self.start_button.setEnabled(bool(ids))
        if self._wanted and ids:
            self.found.setFocus()
        self._wanted = ""

    @Slot(int)
    def _move(self, step: int) -> None:
        rows = self._found_model.rowCount()
        if rows:
            self.found.go_to(min(rows - 1, max(0, self.found.currentIndex().row() + step)))

    @Slot(str)
    def _start_at(self, _enterprise: str) -> None:
        self.start()

    def _visit_photos(self, row: VisitRow) -> Cell:
        """How many are at the centre, of how many."""
        photos = self._photos.get(row.id, Arrivals())
        if not photos.total:
            return Cell("—", role="muted")
        words = f"{photos.arrived}/{photos.total}"
        tip = self.tr("{arrived} of {total} photos are at the centre").format(
            arrived=photos.arrived, total=photos.total
        )
        if photos.arrived == photos.total:
            return Cell(words, role="pass-fg", icon="check", tip=tip)
        return Cell(words, tip=tip)

    def _visit_state(self, row: VisitRow) -> Cell:
        if row.state == VisitState.OPEN:
            return Cell(self.tr("Open"), chip="accent", icon="play")
        return Cell(self.tr("Completed"), role="pass-fg", icon="check")


def _visit_enterprise(row: VisitRow) -> Cell:
    return Cell(row.enterprise, strong=row.state == VisitState.OPEN, tip=row.enterprise)


def _visit_kind(row: VisitRow) -> Cell:
    return Cell(wording.visit_kind(row.kind))


def _visit_day(row: VisitRow) -> Cell:
    return Cell(wording.near_day(row.visited_on), tip=wording.day(row.visited_on))


def _visit_answers(row: VisitRow) -> Cell:
    return Cell(wording.count(row.answers), role="text" if row.answers else "muted")


def _visit_findings(row: VisitRow) -> Cell:
    return Cell(wording.count(row.findings) if row.findings else "—", role="text" if row.findings else "muted")


def _enterprise_name(row: EnterpriseRow) -> Cell:
    return Cell(row.name, tip=" ".join(filter(None, (row.name, row.credit_code))))


def _enterprise_last(row: EnterpriseRow) -> Cell:
    return Cell(wording.near_day(row.last_visit_on), role="text" if row.last_visit_on else "muted")


def _enterprise_open(row: EnterpriseRow) -> Cell:
    return Cell(wording.count(row.open_findings) if row.open_findings else "—")


def _visits(workspace: Workspace, _progress: Progress) -> tuple[list[VisitRow], dict[str, Arrivals]]:
    rows = recent_visits(workspace)
    return rows, arrivals(workspace, "visits", [row.id for row in rows])


def _rows(workspace: Workspace, _progress: Progress, *, ids: list[str]) -> list[EnterpriseRow]:
    with workspace.read() as session:
        return enterprise_rows(session, ids)


def _found(workspace: Workspace, _progress: Progress, *, words: str, first: str) -> list[str]:
    with workspace.read() as session:
        ids = enterprise_ids(session, EnterpriseFilter(search=words), limit=_FOUND)
    return [first, *(row_id for row_id in ids if row_id != first)] if first else ids


def _start(workspace: Workspace, _progress: Progress, *, enterprise: str, kind: VisitKind, on: str) -> str:
    return start_visit(workspace, enterprise, kind, on)
