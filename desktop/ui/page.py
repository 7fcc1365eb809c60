"""What a page is to the window around it. Pages know this module and the components, never each other.

A page asks to go somewhere by `place_asked.emit(Place("visits", target=visit_id))`; the window builds that page if it
has to, and calls its `arrive(place)`. The names of the pages are the keys of `page_table.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.bench import Bench

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet


@dataclass(frozen=True)
class Place:
    """Somewhere to go: a page, the id of a record it should open, and what to do there ("start", "import", …)."""

    page: str
    target: str | None = None
    act: str | None = None


@dataclass(frozen=True)
class PageHead:
    """What the page shows in the top bar.

    `before` stands between the title and the search field, `actions` at the right end. `back` shows an arrow that
    goes there. `search_icon`: the search is only an icon here (visit).
    """

    title: str
    crumb: str = ""
    note: str = ""
    back: Place | None = None
    before: Sequence[QWidget] = ()
    actions: Sequence[QWidget] = ()
    search_icon: bool = False


class Page(QWidget):
    """Base of all pages.

    Signals:
        place_asked(Place): the person wants to go somewhere else.
        head_changed(): `head()` says something else now.
        saved(): something was written just now; the status bar shows the time.
        said(str, object): a short sentence for the toast, and a callable that undoes it, or None.
        problem_met(Problem): something is in the way; shown as a strip above the page.
        language_asked(str): the person wants the whole window in another language.
        network_changed(str, int): what a sync finds (offline, online, running, synced, refused) and its percent.
    """

    place_asked = Signal(object)
    head_changed = Signal()
    saved = Signal()
    said = Signal(str, object)
    problem_met = Signal(object)
    language_asked = Signal(str)
    network_changed = Signal(str, int)

    wants_room = False
    """The rail shrinks to icons below 1600 px while this page is open."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.look = bench.look

    def head(self) -> PageHead:
        """What the top bar shows for this page now."""
        raise NotImplementedError

    def arrive(self, place: Place) -> None:
        """The page was opened; show the place's target if it names one. Called each time, after the page is visible."""

    def records_changed(self, changes: ChangeSet) -> None:
        """Something was written, here or by a pull; refresh what is touched."""

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 walks through, in order."""
        return ()
