"""One enterprise with all that is kept about it: overview, visits, findings, premises, documents, photos, staff.

Tabs are built when first shown.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.ui import enterprise_lookup, wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.cards import IconText, Text
from desktop.ui.chips import Chip
from desktop.ui.enterprise_lists import FindingList, LetterList, VisitList
from desktop.ui.enterprise_lookup import Opened
from desktop.ui.enterprise_overview import EnterpriseOverview
from desktop.ui.enterprise_photos import EnterprisePhotos
from desktop.ui.job_runner import Job
from desktop.ui.page import Place

if TYPE_CHECKING:
    from desktop.ui.enterprise_premises import EnterpriseDisinfections, EnterpriseSites
    from desktop.ui.enterprise_staff import EnterpriseStaff

OVERVIEW, VISITS, FINDINGS, SITES, DISINFECTIONS, LETTERS, PHOTOS, STAFF = range(8)


class EnterpriseDetail(QWidget):
    """The file of one enterprise.

    Signals:
        visit_asked(str): start a visit to this enterprise.
        place_asked(Place): go to a visit, a letter, an answer.
        loaded(): another enterprise is shown now.
    """

    visit_asked = Signal(str)
    place_asked = Signal(object)
    loaded = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._look = bench, bench.look
        self._found: Opened | None = None
        self._wanted = ""
        self._job: Job | None = None
        self._shown: dict[int, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading())
        self.views = QStackedWidget()
        self.overview = EnterpriseOverview(self._look)
        self.visits = VisitList(self._look)
        self.findings = FindingList(self._look)
        self.letters = LetterList(self._look)
        self.photos = EnterprisePhotos(bench)
        self.sites: EnterpriseSites | None = None
        self.disinfections: EnterpriseDisinfections | None = None
        self.staff: EnterpriseStaff | None = None
        ready = {OVERVIEW: self.overview, VISITS: self.visits, FINDINGS: self.findings, LETTERS: self.letters,
                 PHOTOS: self.photos}  # fmt: skip
        for tab in range(STAFF + 1):
            self.views.addWidget(ready.get(tab) or QWidget())
        column.addWidget(self.views, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.overview.answer_picked.connect(self._go_to_answer)
        self.visits.opened.connect(self._go_to_visit)
        self.findings.opened.connect(self._go_to_finding)
        self.letters.opened.connect(self._go_to_letter)
        self.photos.opened.connect(self._go_to_answer)

    @property
    def enterprise_id(self) -> str:
        """The enterprise shown or being loaded, "" before the first."""
        return self._wanted

    @property
    def name(self) -> str:
        """Its name, "" while it is loaded."""
        return self._found.file.row.name if self._found else ""

    def show_enterprise(self, enterprise: str) -> None:
        """Load and show an enterprise."""
        if self._job is not None:
            self._job.cancel()
        if enterprise != self._wanted:
            self.tabs.setCurrentIndex(OVERVIEW)
        self._wanted = enterprise
        work = partial(enterprise_lookup.opened, enterprise_id=enterprise)
        self._job = self._bench.read(self, work, self._show)

    def _heading(self) -> QFrame:
        look = self._look
        frame = QFrame()
        frame.setProperty("role", "topbar")
        column = QVBoxLayout(frame)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), 0)
        column.setSpacing(look.px(6))
        self._name = Text(look, style="title", elide=True)
        self._scale = Chip(look, "")
        first = QHBoxLayout()
        first.setSpacing(look.px(12))
        first.addWidget(self._name)
        first.addWidget(self._scale)
        first.addStretch(1)
        self.letter = Button(look, self.tr("Letter"), icon="file-text", pressed=self._go_to_newest_letter)
        self.visit = Button(look, self.tr("Start visit"), kind="primary", icon="play", key="V", pressed=self._visit)
        first.addSpacing(look.px(12))
        first.addWidget(self.letter)
        first.addWidget(self.visit)
        column.addLayout(first)
        self._code = Text(look, tone="muted")
        self._industry = Text(look, tone="muted")
        self._address = IconText(look, "map-pin")
        self._contact = IconText(look, "phone")
        second = QHBoxLayout()
        second.setSpacing(look.px(16))
        for widget in (self._code, self._industry, self._address, self._contact):
            second.addWidget(widget)
        second.addStretch(1)
        column.addLayout(second)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        for words in self._tab_words():
            self.tabs.addTab(words)
        column.addWidget(self.tabs)
        return frame

    def _tab_words(self) -> list[str]:
        return [
            self.tr("Overview"), self.tr("Visits"), self.tr("Findings"), self.tr("Isolation"), self.tr("Disinfection"),
            self.tr("Documents"), self.tr("Photos"), self.tr("Staff"),
        ]  # fmt: skip

    def _show(self, found: Opened) -> None:
        self._found = found
        self._shown.clear()
        file, row = found.file, found.file.row
        self._name.say(row.name)
        self._scale.say(wording.scale(row.scale))
        self._scale.setVisible(bool(row.scale))
        self._code.say(row.credit_code or self.tr("No credit code"))
        self._industry.say(row.industry or "")
        self._industry.setVisible(bool(row.industry))
        place = " · ".join(part for part in (wording.grid(row.grid), row.address) if part)
        self._address.say(place)
        self._address.setVisible(bool(place))
        contact = file.contacts[0] if file.contacts else None
        self._contact.say(" ".join(part for part in (contact.name, contact.phone) if part) if contact else "")
        self._contact.setVisible(contact is not None)
        counts = ("", len(file.visits), len(file.findings), "", "", len(file.letters), "", "")
        for tab, (words, number) in enumerate(zip(self._tab_words(), counts, strict=True)):
            self.tabs.setTabText(tab, f"{words} {number}" if number else words)
        self.letter.setEnabled(bool(file.letters or file.visits))
        self._show_tab(self.tabs.currentIndex())
        self.loaded.emit()

    @Slot(int)
    def _show_tab(self, tab: int) -> None:
        self._build(tab)
        self.views.setCurrentIndex(tab)
        if self._found is None or self._shown.get(tab) == self._wanted:
            return
        self._shown[tab] = self._wanted
        view = self.views.widget(tab)
        if isinstance(view, EnterpriseOverview | VisitList | FindingList | LetterList | EnterprisePhotos):
            view.show_enterprise(self._found)
        for late in (self.sites, self.disinfections, self.staff):
            if late is not None and view is late:
                late.show_enterprise(self._found)

    def _build(self, tab: int) -> None:
        """Build a tab that is asked for for the first time: what it stands on is not loaded to open the window."""
        if tab == STAFF and self.staff is None:
            from desktop.ui.enterprise_staff import EnterpriseStaff

            self.staff = EnterpriseStaff(self._bench)
            self.staff.opened.connect(self._go_to_health_files)
            self._replace(tab, self.staff)
        elif tab == SITES and self.sites is None:
            from desktop.ui.enterprise_premises import EnterpriseSites

            self.sites = EnterpriseSites(self._bench)
            self.sites.work_asked.connect(self._go_to_isolation)
            self._replace(tab, self.sites)
        elif tab == DISINFECTIONS and self.disinfections is None:
            from desktop.ui.enterprise_premises import EnterpriseDisinfections

            self.disinfections = EnterpriseDisinfections(self._bench)
            self.disinfections.work_asked.connect(self._go_to_isolation)
            self._replace(tab, self.disinfections)

    def _replace(self, tab: int, view: QWidget) -> None:
        empty = self.views.widget(tab)
        self.views.insertWidget(tab, view)
        if empty is not None:
            self.views.removeWidget(empty)
            empty.deleteLater()

    @Slot()
    def _visit(self) -> None:
        self.visit_asked.emit(self._wanted)

    @Slot(str)
    def _go_to_visit(self, visit: str) -> None:
        self.place_asked.emit(Place("visits", visit))

    @Slot(str, str)
    def _go_to_answer(self, visit: str, measure: str) -> None:
        self.place_asked.emit(Place("visits", visit, measure))

    @Slot(str)
    def _go_to_isolation(self, act: str) -> None:
        self.place_asked.emit(Place("isolation", self._wanted, act or None))

    @Slot(str)
    def _go_to_finding(self, finding: str) -> None:
        self.place_asked.emit(Place("findings", finding))

    @Slot(str)
    def _go_to_health_files(self, enterprise: str) -> None:
        self.place_asked.emit(Place("health", enterprise))

    @Slot(str)
    def _go_to_letter(self, letter: str) -> None:
        self.place_asked.emit(Place("letters", letter))

    @Slot()
    def _go_to_newest_letter(self) -> None:
        if self._found is None:
            return
        file = self._found.file
        if file.letters:
            self._go_to_letter(file.letters[0].id)
        elif file.visits:
            self.place_asked.emit(Place("letters", file.visits[0].id, "compose"))
