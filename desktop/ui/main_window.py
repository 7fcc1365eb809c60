"""The window: rail, top bar, pages, status strip, and the keys that work everywhere.

    window = MainWindow(Bench(look, jobs, office))
    window.show()

Pages are built when first opened. The first one is built after the window has painted, so starting costs no more than
an empty window; for the same reason nothing here may import SQLAlchemy, ReportLab, openpyxl, httpx or pypinyin, not
even through another module (`tests/ui/test_start.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.problems import Language, Problem
from desktop.ui.auto_sync import AutoSync
from desktop.ui.bench import Bench
from desktop.ui.fonts import load_rare_characters
from desktop.ui.language import set_language
from desktop.ui.notices import ProblemStrip, Toast
from desktop.ui.page import Page, Place
from desktop.ui.page_table import FIRST, page_entries
from desktop.ui.rail import Rail
from desktop.ui.search_list import SearchList
from desktop.ui.standing import StandingWatch
from desktop.ui.status_strip import StatusStrip
from desktop.ui.theme import tokens
from desktop.ui.top_bar import TopBar

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet

_ROOM_WIDTH = 1600
"""Below this width a page that wants room gets the rail's words too."""


class MainWindow(QMainWindow):
    """The window.

    Signals:
        records_changed(ChangeSet): something was written, by a page or by a pull; always on the UI thread.
        page_opened(str): the name of the page that is now in front.
    """

    records_changed = Signal(object)
    page_opened = Signal(str)
    _announced = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._entries = page_entries()
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._place = Place(FIRST)
        frame = tokens()["frame"]
        self.setMinimumSize(*frame["min-window"])
        self.resize(1366, 768)
        self._build()
        self._bind_keys()
        self._announced.connect(self._take_changes)
        bench.office.announce = self._announced.emit
        bench.jobs.problem_met.connect(self._show_problem)
        bench.jobs.bug_met.connect(self._show_bug)
        bench.look.changed.connect(self._rebuild)
        self._auto_sync = AutoSync(bench, self._sync_quietly, self)

    @property
    def bench(self) -> Bench:
        """What the pages work with."""
        return self._bench

    @property
    def current_page(self) -> Page | None:
        """The page in front."""
        return self._pages.get(self._current)

    def open(self, place: Place) -> Page:
        """Bring a page to the front, build it if need be, and let it show the place's target."""
        self._place = place
        page = self._pages.get(place.page) or self._built(place.page)
        self._current = place.page
        self.stack.setCurrentWidget(page)
        self.rail.show_current(place.page)
        self.strip.hide()
        page.arrive(place)
        self._show_head()
        self._fit_rail()
        self.page_opened.emit(place.page)
        return page

    def speak(self, language: Language) -> None:
        """Change the language of the whole window; the page in front stays in front."""
        app = QApplication.instance()
        if app is not None:
            set_language(app, language)
        self._rebuild()

    def showEvent(self, event: QShowEvent) -> None:
        """Paint first, then build the first page."""
        super().showEvent(event)
        if not self._current:
            QTimer.singleShot(0, self._open_first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rail and toast follow the size."""
        super().resizeEvent(event)
        self._fit_rail()
        self.toast.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Call off background work, wait a bounded time, close the workspace."""
        self._bench.jobs.close()
        self._bench.office.close()
        super().closeEvent(event)

    def _build(self) -> None:
        look = self._bench.look
        self.setWindowTitle(self.tr("Zhuqi desk"))
        body = QWidget()
        self.rail = Rail(look, self.tr("Zhuqi desk"), self._entries)
        self.top = TopBar(look)
        self.strip = ProblemStrip(look)
        self.stack = QStackedWidget()
        self.status = StatusStrip(look)
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.top, self.strip, self.stack):
            right.addWidget(widget)
        right.setStretchFactor(self.stack, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addLayout(right, 1)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self.status)
        self.setCentralWidget(body)
        self.toast = Toast(look, body)
        self.search = SearchList(self._bench, self.top.search, self._entries, body)
        self.standing = StandingWatch(self._bench, self.status, self.rail)
        self.rail.chosen.connect(self._open_named)
        self.top.place_asked.connect(self.open)
        self.top.search_asked.connect(self._focus_search)
        self.search.place_asked.connect(self.open)
        self.status.pressed.connect(self._open_sync)

    def _bind_keys(self) -> None:
        names = [entry.name for entry in self._entries if not entry.foot][:9]
        for digit, name in [*enumerate(names, 1), (0, "sync")]:
            for keys in (f"Ctrl+{digit}", f"G, {digit}"):
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setObjectName(name)
                shortcut.activated.connect(self._open_by_key)
        for keys, act in (
            ("Ctrl+K", self._focus_search),
            ("Ctrl+Shift+S", self._sync_now),
            ("Ctrl+Z", self._undo),
            ("F6", self._next_pane),
            ("Shift+F6", self._pane_before),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _built(self, name: str) -> Page:
        entry = next(entry for entry in self._entries if entry.name == name)
        page = entry.build(self._bench)
        page.place_asked.connect(self.open)
        page.head_changed.connect(self._show_head)
        page.saved.connect(self.status.note_saved)
        page.saved.connect(self.standing.refresh_soon)
        page.said.connect(self.toast.offer)
        page.problem_met.connect(self._show_problem)
        page.language_asked.connect(self.speak, Qt.ConnectionType.QueuedConnection)
        page.network_changed.connect(self.standing.take_network)
        self._pages[name] = page
        self.stack.addWidget(page)
        return page

    @Slot()
    def _rebuild(self) -> None:
        """Build everything again in the present language and look; what was typed is saved as it is typed."""
        self._pages.clear()
        self._current = ""
        self._build()
        if self.isVisible():
            self.open(self._place)
            self.standing.refresh()

    @Slot()
    def _open_first(self) -> None:
        if not self._current:
            self.open(self._place)
            self.standing.refresh()
            self._bench.jobs.run(load_rare_characters, lane="pool")

    @Slot(str)
    def _open_named(self, name: str) -> None:
        self.open(Place(name))

    @Slot()
    def _open_by_key(self) -> None:
        self.open(Place(self.sender().objectName()))

    @Slot()
    def _open_sync(self) -> None:
        self.open(Place("sync"))

    @Slot()
    def _sync_now(self) -> None:
        self.open(Place("sync", act="run"))

    def _sync_quietly(self) -> None:
        """Sync without bringing the page to the front."""
        page = self._pages.get("sync") or self._built("sync")
        page.arrive(Place("sync", act="run"))

    @Slot()
    def _focus_search(self) -> None:
        self.top.search.show()
        self.top.search.setFocus()
        self.top.search.selectAll()

    @Slot()
    def _undo(self) -> None:
        self.toast.take_back()

    @Slot()
    def _next_pane(self) -> None:
        self._walk_panes(1)

    @Slot()
    def _pane_before(self) -> None:
        self._walk_panes(-1)

    def _walk_panes(self, step: int) -> None:
        page = self.current_page
        panes: list[QWidget] = [pane for pane in (page.panes() if page else ()) if pane.isVisible()]
        panes += [self.top.search, self.rail]
        now = next((n for n, pane in enumerate(panes) if pane.hasFocus() or pane.isAncestorOf(self.focusWidget())), -1)
        target = panes[(now + step) % len(panes)] if now >= 0 else panes[0]
        if target is self.rail:
            self.rail.focus_current()
        else:
            target.setFocus()

    @Slot()
    def _show_head(self) -> None:
        page = self.current_page
        if page is not None:
            self.top.show_head(page.head())

    @Slot(object)
    def _show_problem(self, problem: Problem) -> None:
        self.strip.show_problem(problem)

    @Slot(str)
    def _show_bug(self, name: str) -> None:
        words = self.tr("Something in the program broke ({name}). What was saved is safe; the log has the details.")
        self.strip.show_words(words.format(name=name))

    @Slot(object)
    def _take_changes(self, changes: ChangeSet) -> None:
        self.status.note_saved()
        for page in self._pages.values():
            page.records_changed(changes)
        self.standing.refresh_soon()
        self.records_changed.emit(changes)

    def _fit_rail(self) -> None:
        page = self.current_page
        narrow = self.width() < self._bench.look.px(tokens()["frame"]["collapse-rail-below"])
        narrow = narrow or (page is not None and page.wants_room and self.width() < _ROOM_WIDTH)
        if narrow != self.rail.narrow:
            self.rail.set_narrow(narrow)
