"""The table of pages: in what order they stand, how they are called, and how each is built when first opened.

A page's module is imported inside its builder, so that the window paints before any of them is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.ui.bench import Bench
from desktop.ui.page import Page
from desktop.ui.page_names import page_title

FIRST = "enterprises"
"""The page a fresh window opens."""


@dataclass(frozen=True)
class PageEntry:
    """A page in the rail. `foot`: below the gap at the rail's end."""

    name: str
    icon: str
    build: Callable[[Bench], Page]
    foot: bool = False

    def title(self) -> str:
        """The page's name in the language of the window."""
        return page_title(self.name)


def page_entries() -> tuple[PageEntry, ...]:
    """All pages in the order of the rail; Ctrl 1 to 9 follow it, Ctrl 0 is sync."""
    return (
        PageEntry("today", "sun", _coming("today", "sun")),
        PageEntry("enterprises", "building-2", _enterprises),
        PageEntry("visits", "clipboard-check", _visits),
        PageEntry("findings", "flag", _findings),
        PageEntry("isolation", "spray-can", _isolation),
        PageEntry("health", "thermometer", _health),
        PageEntry("letters", "file-text", _letters),
        PageEntry("journal", "chart-column", _coming("journal", "chart-column")),
        PageEntry("handbook", "book-open", _coming("handbook", "book-open")),
        PageEntry("sync", "refresh-cw", _sync, foot=True),
        PageEntry("settings", "settings", _settings, foot=True),
    )


def _enterprises(bench: Bench) -> Page:
    from desktop.ui.enterprises_page import EnterprisesPage

    return EnterprisesPage(bench)


def _visits(bench: Bench) -> Page:
    from desktop.ui.visit_page import VisitPage

    return VisitPage(bench)


def _findings(bench: Bench) -> Page:
    from desktop.ui.findings_page import FindingsPage

    return FindingsPage(bench)


def _isolation(bench: Bench) -> Page:
    from desktop.ui.isolation_page import IsolationPage

    return IsolationPage(bench)


def _health(bench: Bench) -> Page:
    from desktop.ui.health_page import HealthPage

    return HealthPage(bench)


def _letters(bench: Bench) -> Page:
    from desktop.ui.letter_page import LetterPage

    return LetterPage(bench)


def _sync(bench: Bench) -> Page:
    from desktop.ui.sync_page import SyncPage

    return SyncPage(bench)


def _settings(bench: Bench) -> Page:
    from desktop.ui.settings_page import SettingsPage

    return SettingsPage(bench)


def _coming(name: str, icon: str) -> Callable[[Bench], Page]:
    def build(bench: Bench) -> Page:
        from desktop.ui.coming_page import ComingPage

        return ComingPage(bench, name, icon)

    return build
