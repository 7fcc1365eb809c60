"""隔离点 and 消毒 of one enterprise: sites with their checks, who is observed, the log; work goes on on their page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop.ui import isolation_work
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.enterprise_lookup import Opened
from desktop.ui.isolation_work import Opened as OpenedPremises
from desktop.ui.job_runner import Job
from desktop.ui.notices import EmptyState
from desktop.ui.premises_lists import DisinfectionList, StayList
from desktop.ui.site_view import SiteView


class _Tab(QWidget):
    """Cards that scroll, or the words for when there is nothing.

    Signals:
        work_asked(str): go on on the page of isolation and disinfection, and what to do there.
    """

    work_asked = Signal(str)

    def __init__(self, bench: Bench, empty: EmptyState, begin: str, act: str) -> None:
        super().__init__()
        self._bench = bench
        self._job: Job | None = None
        empty.add_action(Button(bench.look, begin, icon="arrow-right", pressed=partial(self.work_asked.emit, act)))
        body = QWidget()
        self.column = QVBoxLayout(body)
        edge = bench.look.px(16)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(bench.look.px(12))
        self.column.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        self.views = QStackedLayout(self)
        self.views.addWidget(scroll)
        self.views.addWidget(empty)

    def show_enterprise(self, found: Opened) -> None:
        """Load what is kept about the enterprise."""
        if self._job is not None:
            self._job.cancel()
        work = partial(isolation_work.opened, enterprise_id=found.file.row.id)
        self._job = self._bench.read(self, work, self._show)

    def _show(self, found: OpenedPremises) -> None:
        raise NotImplementedError


class EnterpriseSites(_Tab):
    """Isolation sites and who is observed there."""

    def __init__(self, bench: Bench) -> None:
        words = self.tr("The observation point and the emergency area stand here with their checks.")
        empty = EmptyState(bench.look, "shield-check", self.tr("No isolation site recorded"), words)
        super().__init__(bench, empty, self.tr("Record a site"), "site")
        self.sites: list[SiteView] = []
        self.stays = StayList(bench.look, acts=False)
        self.column.insertWidget(0, self.stays)

    def _show(self, found: OpenedPremises) -> None:
        for view in self.sites:
            view.hide()
            view.deleteLater()
        self.sites = []
        premises = found.premises
        for site in premises.sites if premises else ():
            view = SiteView(self._bench.look, site, acts=False)
            view.page_asked.connect(partial(self.work_asked.emit, ""))
            self.column.insertWidget(len(self.sites), view)
            self.sites.append(view)
        self.stays.show_stays(premises.stays if premises else ())
        self.views.setCurrentIndex(0 if premises and (premises.sites or premises.stays) else 1)


class EnterpriseDisinfections(_Tab):
    """The disinfection log."""

    def __init__(self, bench: Bench) -> None:
        words = self.tr(
            "Each disinfection stands here with its strength, its contact time and when the next one is due."
        )
        empty = EmptyState(bench.look, "spray-can", self.tr("No disinfection recorded"), words)
        super().__init__(bench, empty, self.tr("Record one"), "record")
        self.log = DisinfectionList(bench.look)
        self.log.record_asked.connect(partial(self.work_asked.emit, "record"))
        self.column.insertWidget(0, self.log)
        key = QShortcut(QKeySequence("R"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(partial(self.work_asked.emit, "record"))

    def _show(self, found: OpenedPremises) -> None:
        self.log.show_log(found.log, found.required, dict(found.targets))
        self.views.setCurrentIndex(0 if found.log else 1)
