"""A page that is not built yet: it says what will stand there, and where the work is done meanwhile."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.notices import EmptyState
from desktop.ui.page import Page, PageHead, Place
from desktop.ui.page_names import page_title


class ComingPage(Page):
    """An empty state in place of a page."""

    def __init__(self, bench: Bench, name: str, icon: str) -> None:
        super().__init__(bench)
        self._name = name
        title, text = self._words(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        empty = EmptyState(bench.look, icon, title, text)
        goes, words = self._meanwhile(name)
        empty.add_action(
            Button(bench.look, words, icon="arrow-right", pressed=lambda: self.place_asked.emit(Place(goes)))
        )
        column.addWidget(empty)

    def head(self) -> PageHead:
        """Its name only."""
        return PageHead(page_title(self._name))

    def _words(self, name: str) -> tuple[str, str]:
        return {
            "today": (
                self.tr("The day's plan will stand here"),
                self.tr("Visits by due date and negative list, look-backs, deadlines that have passed."),
            ),
            "findings": (
                self.tr("The closed loop of findings will stand here"),
                self.tr("Until then each finding is in its visit, in the letter and at the enterprise."),
            ),
            "isolation": (
                self.tr("Isolation areas and disinfection will stand here"),
                self.tr(
                    "Rule checks, occupancy of 14 days, dilution calculator. Measures M14 and M22 record them now."
                ),
            ),
            "journal": (
                self.tr("Journal and daily report will stand here"),
                self.tr("Drafted from the day's visits: enterprises, visits, coverage, pass rate."),
            ),
            "handbook": (
                self.tr("The handbook will stand here"),
                self.tr("Guidance booklet, standard procedure and daily key points, searchable offline."),
            ),
        }[name]

    def _meanwhile(self, name: str) -> tuple[str, str]:
        if name in ("findings", "isolation"):
            return "visits", self.tr("Open visits")
        return "enterprises", self.tr("Open enterprises")
