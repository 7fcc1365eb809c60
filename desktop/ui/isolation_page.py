"""隔离与消毒: sites with their checks, people under observation, the disinfection log with its calculator.

Two tabs: the enterprise at hand, and all enterprises (Ctrl Tab). What is entered is entered in a form in place of the
view: Ctrl Enter keeps it, Esc goes back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.models.desk.disinfection_desk import SavedDisinfection
from desktop.ui import isolation_work as work
from desktop.ui import wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.isolation_work import Opened, TakeBack
from desktop.ui.notices import EmptyState, window_language
from desktop.ui.page import Page, PageHead, Place
from desktop.ui.page_names import page_title
from desktop.ui.premises_asks import Ask, ask_for, disinfection_ask
from desktop.ui.premises_lists import PremisesList
from desktop.ui.premises_view import PremisesView
from desktop.ui.record_form import RecordForm

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet

_TABLES = ("isolation_sites", "isolation_rooms", "isolation_stays", "disinfections", "health_entries", "employees")
ONE, ALL = range(2)


class IsolationPage(Page):
    """The page."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        look = bench.look
        self._found: Opened | None = None
        self._wanted: str | None = None
        self._asked: Ask | None = None
        self._latest: Ask | None = None
        self._place: dict[str, Any] = {}
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for words in ("", ""):
            self.tabs.addTab(words)
        self.view, self.all, self.form = PremisesView(look), PremisesList(look), RecordForm(look)
        self._nothing = EmptyState(
            look, "spray-can", self.tr("No enterprise with isolation or disinfection yet"),
            self.tr("Open an enterprise or begin a visit: its isolation site, people and disinfections stand here."),
        )  # fmt: skip
        self._nothing.add_action(
            Button(look, self.tr("Open enterprises"), icon="arrow-right",
                   pressed=lambda: self.place_asked.emit(Place("enterprises")))
        )  # fmt: skip
        self.stack = QStackedWidget()
        framed = QWidget()
        inside = QVBoxLayout(framed)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.addWidget(self.form)
        self._framed = framed
        for widget in (self.view, self.all, framed, self._nothing):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = QFrame()
        self._bar.setProperty("role", "topbar")
        beside = QHBoxLayout(self._bar)
        beside.setContentsMargins(look.px(16), 0, look.px(16), 0)
        beside.addWidget(self.tabs)
        beside.addStretch(1)
        column.addWidget(self._bar)
        column.addWidget(self.stack, 1)
        self.new_site = Button(look, self.tr("New site"), icon="plus", pressed=partial(self._ask, "site", ""))
        self.tabs.currentChanged.connect(self._show_tab)
        self.view.asked.connect(self._ask)
        self.view.dilution.record_asked.connect(self._ask_disinfection)
        self.all.opened.connect(lambda enterprise: self.place_asked.emit(Place("isolation", enterprise)))
        self.form.left.connect(self._leave)
        self.form.kept.connect(self._kept)
        swap = QShortcut(QKeySequence("Ctrl+Tab"), self)
        swap.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        swap.activated.connect(lambda: self.tabs.setCurrentIndex(1 - self.tabs.currentIndex()))

    # -- the window asks ---------------------------------------------------------------------------------------------

    def head(self) -> PageHead:
        """The name, and a site to begin."""
        ready = self._found is not None and self._found.premises is not None
        return PageHead(page_title("isolation"), actions=(self.new_site,) if ready else ())

    def arrive(self, place: Place) -> None:
        """Show an enterprise, or the one at hand; "site" and "record" begin a site or a disinfection of it."""
        if place.target:
            self._wanted = place.target
            self.tabs.setCurrentIndex(ONE)
            self._back()
        if place.act == "all":
            self.tabs.setCurrentIndex(ALL)
        acts: dict[str, Callable[[], None]] = {
            "site": partial(self._ask, "site", ""),
            "record": self.view.dilution.ask_to_record,
        }
        self.load(acts.get(place.act or "", self._begin))

    def records_changed(self, changes: ChangeSet) -> None:
        """Everything follows what was written."""
        if self.isVisible() and changes.touches(*_TABLES):
            self.load()

    def panes(self) -> Sequence[QWidget]:
        """Sites, people, log, calculator."""
        sites = [view.table for view in self.view.sites]
        return (*sites, self.view.stays.table, self.view.log.table, self.view.dilution.conc)

    def load(self, then: Callable[[], None] | None = None) -> None:
        """Read what stands here."""

        def show(found: Opened) -> None:
            self._show(found)
            if then is not None:
                then()

        self.bench.read(self, partial(work.opened, enterprise_id=self._wanted), show, self.problem_met.emit)

    # -- showing -----------------------------------------------------------------------------------------------------

    def _show(self, found: Opened) -> None:
        before, self._found = self._found, found
        premises = found.premises
        self._wanted = premises.enterprise_id if premises else None
        self._bar.setVisible(premises is not None)
        self.tabs.setTabText(ONE, premises.enterprise if premises else "")
        everybody = self.tr("All enterprises")
        self.tabs.setTabText(ALL, f"{everybody} {wording.count(len(found.lines))}")
        self.view.show_opened(found)
        self.all.show_lines(found.lines)
        if self._asked is None:
            self._show_tab()
        if before is None or (before.premises is None) != (premises is None):
            self.head_changed.emit()

    @Slot()
    def _show_tab(self) -> None:
        self._asked = None
        if self._found is None or self._found.premises is None:
            self.stack.setCurrentWidget(self._nothing)
        elif self.tabs.currentIndex() == ALL:
            self.stack.setCurrentWidget(self.all)
            self.all.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.stack.setCurrentWidget(self.view)

    def _begin(self) -> None:
        if self.stack.currentWidget() is self.view:
            self.view.focus_first()

    @Slot()
    def _back(self) -> None:
        self._show_tab()
        self._begin()

    @Slot()
    def _leave(self) -> None:
        """Away from a form; what was filled in can be gone back to."""
        ask, changed = self._asked, self.form.changed
        self._back()
        if ask is not None and changed:
            self.said.emit(self.tr("Not kept"), partial(self._resume, ask))

    def _resume(self, ask: Ask) -> None:
        if self._asked is None and self._latest is ask:
            self._asked = ask
            self.stack.setCurrentWidget(self._framed)
            self.form.begin()

    # -- forms -------------------------------------------------------------------------------------------------------

    @Slot(str, str)
    def _ask(self, which: str, target: str) -> None:
        if self._found is not None and self._found.premises is not None:
            self._open(ask_for(which, self._found, self._found.premises, target))

    @Slot(object)
    def _ask_disinfection(self, filled: dict[str, Any]) -> None:
        if self._found is not None and self._found.premises is not None:
            self._open(disinfection_ask(self._found, self._found.premises, {**filled, **self._place}))

    def _open(self, ask: Ask) -> None:
        self._asked = self._latest = ask
        self.form.ask(ask.title, ask.sections, ask.table, ask.values)
        if ask.warning:
            self.form.strip.show_words(ask.warning)
        self.stack.setCurrentWidget(self._framed)
        self.form.begin()

    @Slot(object)
    def _kept(self, filled: dict[str, Any]) -> None:
        if self._asked is None:
            return
        if "place_type" in filled:
            self._place = {name: filled[name] for name in ("place_type", "place", "operator")}
        self.bench.write(self, partial(self._asked.keep, filled=filled), self._done, self.form.complain)

    def _done(self, answer: Any) -> None:
        """Kept: back to the view, with what the rules remark."""
        self._back()
        self.saved.emit()
        undo = partial(self.bench.write, self, answer.work) if isinstance(answer, TakeBack) else None
        remarks = answer.remarks if isinstance(answer, SavedDisinfection) else answer
        words = [remark.sentence(window_language()) for remark in remarks] if isinstance(remarks, tuple) else []
        self.said.emit(" ".join(words) or self.tr("Kept"), undo)
