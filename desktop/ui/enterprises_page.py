"""企业: the register of enterprises over any number of rows, a preview beside it, and the file of one of them.

Keys: / find, F filter, V visit, Space mark, Enter open, Esc back, I import.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui import enterprise_lookup, wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.enterprise_columns import enterprise_columns
from desktop.ui.enterprise_detail import EnterpriseDetail
from desktop.ui.enterprise_filters import EnterpriseFilters
from desktop.ui.enterprise_lookup import Asked, Listing, Opened
from desktop.ui.enterprise_preview import WIDTH, EnterprisePreview
from desktop.ui.job_runner import Job
from desktop.ui.key_legend import KeyLegend
from desktop.ui.lazy_table_model import LazyTableModel
from desktop.ui.notices import EmptyState
from desktop.ui.page import Page, PageHead, Place
from desktop.ui.page_names import page_title
from desktop.ui.register_view import RegisterView

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet

_IDLE_MS = 60
"""Pause after which the preview follows the current row."""
_PREVIEW_FROM = 1180
_RELOAD_MS = 300


class EnterprisesPage(Page):
    """Register, preview, detail."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        look = bench.look
        self._listing: Listing | None = None
        self._looking: Job | None = None
        self._opening: Job | None = None
        self._stale = False
        self.filters = EnterpriseFilters(look)
        self.model = LazyTableModel(enterprise_columns(), self._fetch, self)
        self.table = RegisterView(look)
        self.table.setModel(self.model)
        self.legend = KeyLegend(
            look,
            [("↑↓", self.tr("select")), ("Space", self.tr("mark")), ("F", self.tr("filter")), ("V", self.tr("visit"))],
        )
        self.preview = EnterprisePreview(look)
        self.detail = EnterpriseDetail(bench)
        self.empty = self._empty_register()
        self.nothing = self._nothing_found()
        self._import = Button(look, self.tr("Import roster"), icon="upload", key="I", pressed=self.import_roster)
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._again = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._lay_out()
        self._connect()
        self._load(self.filters.now)

    def head(self) -> PageHead:
        """Name, or the enterprise opened."""
        if self.views.currentWidget() is self.detail:
            return PageHead(page_title("enterprises"), crumb=self.detail.name, back=Place("enterprises"))
        return PageHead(page_title("enterprises"), actions=(self._import,))

    def arrive(self, place: Place) -> None:
        """Show the list, an enterprise (`target`), the list narrowed ("search") or the import ("import")."""
        if place.act == "search":
            self._show_list()
            self.filters.look_for(place.target or "")
        elif place.act == "import":
            self._show_list()
            self.import_roster()
        elif place.target:
            self._open(place.target)
        else:
            self._show_list()
        if self.views.currentWidget() is self.split:
            self.table.setFocus()

    def records_changed(self, changes: ChangeSet) -> None:
        """Ask again for ids and rows: soon, or when the page is next seen."""
        if not changes.touches("enterprises", "visits", "findings", "contacts", "letters", "answers"):
            return
        self._stale = True
        if self.isVisible():
            self._again.start()

    def panes(self) -> Sequence[QWidget]:
        """List and preview, or the detail."""
        return (self.table, self.preview, self.filters, self.detail)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was written while another page was in front."""
        super().showEvent(event)
        if self._stale:
            self._again.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview gives way on a small window."""
        super().resizeEvent(event)
        self._fit_preview()

    @Slot()
    def import_roster(self) -> None:
        """Open the import dialog."""
        from desktop.ui.import_dialog import ImportDialog

        dialog = ImportDialog(self.bench, self.window())
        dialog.imported.connect(self._imported)
        dialog.open()

    def _lay_out(self) -> None:
        self.list = QWidget()
        column = QVBoxLayout(self.list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self.nothing)
        column.addWidget(self.filters)
        column.addWidget(self._body)
        column.addWidget(self.legend)
        column.setStretchFactor(self._body, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(self.preview)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        self.preview.setMinimumWidth(self.look.px(280))
        self.preview.setMaximumWidth(self.look.px(460))
        self.split.setSizes([10_000, self.look.px(WIDTH)])
        self.views = QStackedWidget()
        self.views.addWidget(self.split)
        self.views.addWidget(self.detail)
        self.views.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.views)

    def _connect(self) -> None:
        self.filters.asked.connect(self._load)
        self.filters.left.connect(self.table.setFocus)
        self.filters.search.moved.connect(self._move)
        self.filters.search.returnPressed.connect(self.table.setFocus)
        self.model.order_asked.connect(self.filters.order_by)
        self.table.current_changed.connect(self._current_changed)
        self.table.marked_changed.connect(self._show_place)
        self.table.opened.connect(self._go_to)
        self.preview.open_asked.connect(self._go_to)
        self.preview.visit_asked.connect(self._start_visit)
        self.detail.visit_asked.connect(self._start_visit)
        self.detail.place_asked.connect(self.place_asked)
        self.detail.loaded.connect(self.head_changed)
        self._idle.timeout.connect(self._preview_current)
        self._again.timeout.connect(self._reload)
        for keys, act in (
            ("/", self._find),
            ("F", self.filters.pick_first),
            ("V", self._visit_current),
            ("I", self.import_roster),
            ("Esc", self._back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _empty_register(self) -> EmptyState:
        empty = EmptyState(
            self.look,
            "building-2",
            self.tr("No enterprises yet"),
            self.tr("Import a roster from Excel, or enrol and pull your grid from the centre."),
        )
        words = self.tr("Import roster")
        empty.add_action(Button(self.look, words, kind="primary", icon="upload", pressed=self.import_roster))
        sync = partial(self.place_asked.emit, Place("sync"))
        empty.add_action(Button(self.look, self.tr("Open sync and enrolment"), icon="refresh-cw", pressed=sync))
        return empty

    def _nothing_found(self) -> EmptyState:
        nothing = EmptyState(self.look, "filter", self.tr("No enterprise matches"), tone="na")
        nothing.add_action(Button(self.look, self.tr("Clear filters"), icon="x", pressed=self.filters.clear))
        return nothing

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        self.bench.read(self, partial(enterprise_lookup.rows, ids=ids), arrived)

    @Slot(object)
    def _load(self, asked: Asked) -> None:
        if self._looking is not None:
            self._looking.cancel()
        work = partial(enterprise_lookup.listing, asked=asked)
        self._looking = self.bench.read(self, work, partial(self._show_listing, asked))

    @Slot()
    def _reload(self) -> None:
        self._stale = False
        self._load(self.filters.now)
        if self.detail.enterprise_id:
            self.detail.show_enterprise(self.detail.enterprise_id)

    def _show_listing(self, asked: Asked, found: Listing) -> None:
        standing = self.table.current_id()
        self._listing = found
        self.filters.show_listing(found)
        same = list(self.model.ids) == found.ids and self.model.order == (asked.order, asked.descending)
        if same:
            self.model.refresh()
        else:
            self.model.set_ids(found.ids, (asked.order, asked.descending))
            row = self.model.row_of(standing) if standing else None
            self.table.go_to(row if row is not None else 0)
        hunted = self.tr("None of {count} meets all conditions.").format(count=wording.count(found.total))
        self.nothing.say(self.tr("No enterprise matches"), hunted)
        self._body.setCurrentWidget(self.table if found.ids else self.nothing)
        if self.views.currentWidget() is not self.detail:
            self.views.setCurrentWidget(self.split if found.total else self.empty)
            self.head_changed.emit()
        self._show_place()
        if not found.ids:
            self.preview.show_enterprise(None)
        elif same:
            self._preview_current()

    @Slot()
    def _show_place(self) -> None:
        if self._listing is None:
            return
        row, of = self.table.currentIndex().row() + 1, len(self._listing.ids)
        words = self.tr("{row} of {count}").format(row=wording.count(row), count=wording.count(of)) if of else ""
        marked = len(self.table.selectionModel().selectedRows())
        if marked > 1:
            words += "   " + self.tr("{count} marked").format(count=wording.count(marked))
        self.legend.say(words)

    @Slot(str)
    def _current_changed(self, _enterprise: str) -> None:
        self._show_place()
        self._idle.start()

    @Slot()
    def _preview_current(self) -> None:
        enterprise = self.table.current_id()
        if not enterprise or self.preview.isHidden():
            return
        if self._opening is not None:
            self._opening.cancel()
        work = partial(enterprise_lookup.opened, enterprise_id=enterprise)
        self._opening = self.bench.read(self, work, self._show_preview)

    def _show_preview(self, found: Opened) -> None:
        self.preview.show_enterprise(found)

    @Slot(int)
    def _move(self, step: int) -> None:
        self.table.go_to(max(0, min(self.model.rowCount() - 1, self.table.currentIndex().row() + step)))

    @Slot(str)
    def _go_to(self, enterprise: str) -> None:
        self.place_asked.emit(Place("enterprises", enterprise))

    def _open(self, enterprise: str) -> None:
        self.views.setCurrentWidget(self.detail)
        self.detail.show_enterprise(enterprise)
        self.detail.setFocus()
        self.head_changed.emit()

    def _show_list(self) -> None:
        empty = self._listing is not None and self._listing.total == 0
        self.views.setCurrentWidget(self.empty if empty else self.split)
        self.head_changed.emit()

    @Slot()
    def _back(self) -> None:
        if self.views.currentWidget() is self.detail:
            self.place_asked.emit(Place("enterprises"))

    @Slot()
    def _find(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    @Slot()
    def _visit_current(self) -> None:
        detail = self.views.currentWidget() is self.detail
        enterprise = self.detail.enterprise_id if detail else self.table.current_id()
        if enterprise:
            self._start_visit(enterprise)

    @Slot(str)
    def _start_visit(self, enterprise: str) -> None:
        self.place_asked.emit(Place("visits", enterprise, "start"))

    @Slot(str)
    def _imported(self, words: str) -> None:
        self.said.emit(words, None)
        self.saved.emit()
        self._load(self.filters.now)

    def _fit_preview(self) -> None:
        self.preview.setVisible(self.window().width() >= self.look.px(_PREVIEW_FROM))
