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
        return "enterprises", self.tr("Open enterprises")
