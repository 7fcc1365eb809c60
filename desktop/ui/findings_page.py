"""问题: the closed loop of findings as a board or a list, and one finding with its timeline.

Keys: ←→ column · ↑↓ select · M advance · R route · D deadline · S severity · T note · C remind · V check on site ·
P photo · 1-9 moves of the finding that is open · F filter · B board or list · E export · Enter open · Esc back
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.closed_loop import Verdict
from desktop.models.desk.finding_board import Board, FindingFilter
from desktop.models.desk.finding_file import FindingFile
from desktop.models.problems import Problem
from desktop.ui import finding_work, wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.finding_acts import FindingActs
from desktop.ui.finding_cards import FindingBoard
from desktop.ui.finding_columns import finding_columns
from desktop.ui.finding_detail import FindingDetail
from desktop.ui.finding_export import FindingExport
from desktop.ui.finding_filters import LIST, FindingFilters
from desktop.ui.job_runner import Job
from desktop.ui.key_legend import KeyLegend
from desktop.ui.lazy_table_model import LazyTableModel
from desktop.ui.notices import EmptyState
from desktop.ui.page import Page, PageHead, Place
from desktop.ui.page_names import page_title
from desktop.ui.photo_viewer import PhotoViewer
from desktop.ui.register_view import RegisterView

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet

_RELOAD_MS = 150
ALL = Place("findings")


class FindingsPage(Page):
    """Board, list, detail."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        look = bench.look
        self._found: Board | None = None
        self._looking: Job | None = None
        self._opening: Job | None = None
        self._wanted = ""
        self._stale = False
        self.filters = FindingFilters(look, FindingFilter())
        self.board = FindingBoard(look, self._fetch)
        self.model = LazyTableModel(finding_columns(), self._fetch, self)
        self.table = RegisterView(look)
        self.table.setModel(self.model)
        self.table.setAccessibleName(page_title("findings"))
        self.detail = FindingDetail(bench)
        self.acts = FindingActs(bench, self, self.current, self._spot)
        self.panel = self.acts.panel
        self.export = FindingExport(bench, self)
        self.viewer = PhotoViewer(bench, self)
        self._export = Button(look, self.tr("Export lists"), icon="download", key="E", pressed=self._offer_export)
        self._again = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._lay_out()
        self._connect()
        self._bind_keys()
        self._load()

    # -- the window asks ---------------------------------------------------------------------------------------------

    def head(self) -> PageHead:
        """Name, or the finding opened."""
        if self._detailed:
            title = self.detail.file.facts["title"] if self.detail.file else ""
            return PageHead(page_title("findings"), crumb=title, back=ALL)
        return PageHead(page_title("findings"), actions=(self._export,))

    def arrive(self, place: Place) -> None:
        """Open a finding, or show them all."""
        if place.target:
            self._open(place.target)
        else:
            self._show_all()

    def records_changed(self, changes: ChangeSet) -> None:
        """Look again: soon, or when the page is next seen."""
        if changes.touches("findings", "finding_steps", "attachments", "enterprises"):
            self._stale = True
            if self.isVisible():
                self._again.start()

    def panes(self) -> Sequence[QWidget]:
        """Filters, cards or lines, the detail's parts."""
        if self._detailed:
            return (self.detail.facts.enterprise, self.detail.timeline.area, *self.detail.next.buttons[:1])
        cards = self.board.columns.values()
        return (self.filters.open, *(cards if self._body.currentWidget() is self.board else (self.table,)))

    # -- Qt ----------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was written while another page was in front."""
        super().showEvent(event)
        if self._stale:
            self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page: write down."""
        super().hideEvent(event)
        self.detail.facts.write_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits make the moves of the finding that is open."""
        digit = event.key() - Qt.Key.Key_0
        if self._detailed and 1 <= digit <= 9 and not event.modifiers():
            self.detail.next.take(digit)
        else:
            super().keyPressEvent(event)

    # -- building ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        look = self.look
        self.all = QWidget()
        column = QVBoxLayout(self.all)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.legend = KeyLegend(
            look,
            [("←→", self.tr("column")), ("↑↓", self.tr("select")), ("M", self.tr("advance")), ("R", self.tr("route")),
             ("D", self.tr("deadline")), ("↵", self.tr("open"))],
        )  # fmt: skip
        self.nothing = EmptyState(look, "filter", self.tr("No finding matches"), tone="na")
        self.nothing.add_action(Button(look, self.tr("Clear filters"), icon="x", pressed=self.filters.clear))
        self._body = QStackedWidget()
        for part in (self.board, self.table, self.nothing):
            self._body.addWidget(part)
        column.addWidget(self.filters)
        column.addWidget(self._body, 1)
        column.addWidget(self.legend)
        self.empty = EmptyState(
            look, "flag", self.tr("No findings yet"),
            self.tr("A measure that fails or passes only partly on a visit leaves one here, with its deadline."),
            "pass",
        )  # fmt: skip
        go = partial(self.place_asked.emit, Place("visits", act="list"))
        self.empty.add_action(Button(look, self.tr("Open visits"), kind="primary", icon="clipboard-check", pressed=go))
        self.views = QStackedWidget()
        for widget in (self.all, self.detail, self.empty):
            self.views.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.views)

    def _connect(self) -> None:
        self.filters.asked.connect(self._load)
        self.filters.view_chosen.connect(self._show_view)
        self.board.opened.connect(self._go_to)
        self.table.opened.connect(self._go_to)
        self._again.timeout.connect(self._reload)
        self.panel.closed.connect(self.take_focus)
        self.viewer.closed.connect(self.take_focus)
        acts, detail, facts = self.acts, self.detail, self.detail.facts
        acts.done.connect(self._done)
        acts.refused.connect(self.problem_met)
        self.export.written.connect(self._done)
        self.export.failed.connect(self.problem_met)
        detail.note_asked.connect(acts.ask_note)
        detail.remind_asked.connect(acts.ask_reminder)
        detail.look_back_asked.connect(self.look_back)
        detail.next.move_asked.connect(self._move)
        detail.timeline.photo_opened.connect(self.viewer.show_photo)
        detail.photos.photo_opened.connect(self.viewer.show_photo)
        detail.photos.photo_wanted.connect(acts.ask_photo)
        facts.terms_changed.connect(self._set_terms)
        facts.severity_asked.connect(acts.ask_severity)
        facts.route_asked.connect(acts.ask_route)
        facts.deadline_asked.connect(acts.ask_deadline)
        facts.enterprise_asked.connect(self._go_to_enterprise)
        facts.visit_asked.connect(self._go_to_visit)

    def _bind_keys(self) -> None:
        acts = self.acts
        for keys, act in (
            ("M", acts.ask_move), ("R", acts.ask_route), ("D", acts.ask_deadline), ("S", acts.ask_severity),
            ("T", acts.ask_note), ("C", acts.ask_reminder), ("V", self.look_back), ("P", acts.ask_photo),
            ("F", self.filters.pick_first), ("B", self._turn_view), ("E", self._offer_export), ("Esc", self._back),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def current(self) -> str:
        """The finding an act is about: the one that is open, or the one the keyboard stands on."""
        if self._detailed:
            return self._wanted
        return self.table.current_id() if self._body.currentWidget() is self.table else self.board.current_id()

    @Slot()
    def look_back(self) -> None:
        """Begin a visit to the enterprise of the current finding."""
        self.acts.with_file(self._begin_look_back)

    @Slot()
    def _offer_export(self) -> None:
        at = self._export if self._export.isVisible() else self
        self.export.offer(at.mapToGlobal(QPoint(0, self._export.height() + 2)))

    # -- looking up --------------------------------------------------------------------------------------------------

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        self.bench.read(self, partial(finding_work.rows, ids=ids), arrived)

    @Slot()
    def _load(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        work = partial(finding_work.listing, wanted=self.filters.now)
        self._looking = self.bench.read(self, work, self._show_found)

    @Slot()
    def _reload(self) -> None:
        self._stale = False
        self._load()
        if self._wanted and self._detailed:
            self._read_file()

    def _show_found(self, found: Board) -> None:
        self._found = found
        self.filters.show_board(found)
        self.board.show_board(found)
        standing, row = self.table.current_id(), self.table.currentIndex().row()
        if list(self.model.ids) == list(found.ids):
            self.model.refresh()
        else:
            self.model.set_ids(found.ids)
            place = self.model.row_of(standing) if standing else None
            self.table.go_to(place if place is not None else max(0, min(row, len(found.ids) - 1)))
        told = (
            self.tr("{count} shown").format(count=wording.count(len(found.ids))),
            self.tr("overdue {count}").format(count=wording.count(found.overdue)) if found.overdue else "",
            self.tr("due today {count}").format(count=wording.count(found.due_today)) if found.due_today else "",
        )
        self.legend.say(" · ".join(filter(None, told)))
        hunted = self.tr("None of {count} meets all conditions.").format(count=wording.count(found.figures.total))
        self.nothing.say(self.tr("No finding matches"), hunted)
        if not self._detailed:
            self._show_all(focus=False)

    def _read_file(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
        work = partial(finding_work.opened, finding_id=self._wanted)
        self._opening = self.bench.read(self, work, self._show_file, self._not_there)

    def _show_file(self, file: FindingFile) -> None:
        self.detail.show_file(file)
        self.head_changed.emit()

    def _not_there(self, problem: Problem) -> None:
        self.problem_met.emit(problem)
        self._show_all()

    # -- moving about ------------------------------------------------------------------------------------------------

    @property
    def _detailed(self) -> bool:
        return self.views.currentWidget() is self.detail

    @Slot(str)
    def _go_to(self, finding: str) -> None:
        self.place_asked.emit(Place("findings", finding))

    def _open(self, finding: str) -> None:
        self.detail.facts.write_down()
        self._wanted = finding
        self.views.setCurrentWidget(self.detail)
        self._read_file()
        self.detail.setFocus()
        self.head_changed.emit()

    def _show_all(self, *, focus: bool = True) -> None:
        found = self._found
        if self._detailed and self._wanted:
            self.detail.facts.write_down()
            self.board.go_to(self._wanted)
            self.table.go_to(self.model.row_of(self._wanted) or 0)
        nothing = found is not None and found.figures.total == 0
        self.views.setCurrentWidget(self.empty if nothing else self.all)
        as_list = self.filters.view.current == LIST
        shown = self.table if as_list else self.board
        self._body.setCurrentWidget(self.nothing if found is not None and not found.ids else shown)
        if focus:
            self.take_focus()
            self.head_changed.emit()

    @Slot(str)
    def _show_view(self, _view: str) -> None:
        finding = self.current()
        self._show_all()
        if finding:
            self.board.go_to(finding)
            self.table.go_to(self.model.row_of(finding) or 0)

    @Slot()
    def _turn_view(self) -> None:
        if not self._detailed:
            self.filters.view.take("board" if self.filters.view.current == LIST else LIST)
            self._show_view("")

    @Slot()
    def take_focus(self) -> None:
        """The keyboard goes to where it works."""
        if self._detailed:
            self.detail.setFocus()
        elif self._body.currentWidget() is self.board:
            self.board.take_focus()
        else:
            self.table.setFocus()

    @Slot()
    def _back(self) -> None:
        if self._detailed and isinstance(self.focusWidget(), QLineEdit) and self.focusWidget().hasFocus():
            self.detail.setFocus()
        elif self._detailed:
            self.place_asked.emit(ALL)

    @Slot()
    def _go_to_enterprise(self) -> None:
        if self.detail.file:
            self.place_asked.emit(Place("enterprises", self.detail.file.enterprise_id))

    @Slot()
    def _go_to_visit(self) -> None:
        file = self.detail.file
        if file and file.facts["visit_id"]:
            self.place_asked.emit(Place("visits", file.facts["visit_id"], file.facts["measure"]))

    def _begin_look_back(self, file: FindingFile) -> None:
        self.place_asked.emit(Place("visits", file.enterprise_id, "look_back"))

    @Slot(object)
    def _move(self, verdict: Verdict) -> None:
        self.acts.make(self._wanted, verdict)

    @Slot(dict)
    def _set_terms(self, terms: dict[str, object]) -> None:
        if self.detail.file:
            self.acts.set_terms(self.detail.file.id, terms)

    @Slot(str)
    def _done(self, told: str) -> None:
        self.saved.emit()
        if told:
            self.said.emit(told, None)

    def _spot(self) -> QPoint:
        """Where a menu belongs: under what the keyboard stands on."""
        if self._detailed:
            return self.detail.next.mapToGlobal(QPoint(self.look.px(12), self.look.px(40)))
        if self._body.currentWidget() is self.table:
            rect = self.table.visualRect(self.table.currentIndex())
            return self.table.viewport().mapToGlobal(rect.bottomLeft() + QPoint(self.look.px(24), 0))
        cards = self.board.columns[self.board.at]
        return cards.viewport().mapToGlobal(cards.visualRect(cards.currentIndex()).bottomLeft())
