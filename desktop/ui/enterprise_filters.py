"""The bar above the register: grid, size, not visited for, find in the list; and how many are left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from desktop.models.vocabulary import Scale
from desktop.ui import wording
from desktop.ui.cards import Text
from desktop.ui.chips import FilterChip
from desktop.ui.enterprise_lookup import Asked, Listing
from desktop.ui.fields import SearchField
from desktop.ui.look import Look

_DAYS = (3, 7, 14, 21)


class EnterpriseFilters(QFrame):
    """The bar.

    Signals:
        asked(Asked): the person wants to see something else.
        left(): Esc in the search field: back to the list.
    """

    asked = Signal(object)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "filters")
        self.setFixedHeight(look.px(48))
        self._now = Asked()
        self._since_days = 0
        self._grids: list[tuple[str, str]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.setSpacing(look.px(8))
        self.search = SearchField(look, self.tr("Find in the list"), "/")
        self.search.setFixedWidth(look.px(216))
        self.grid = FilterChip(look, self.tr("Grid"))
        self.scale = FilterChip(look, self.tr("Large / small"))
        self.since = FilterChip(look, self.tr("Not visited for"))
        self._shown = Text(look, style="body-strong")
        self._total = Text(look, tone="muted")
        for widget in (self.search, self.grid, self.scale, self.since):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._shown)
        row.addWidget(self._total)
        self.grid.clicked.connect(self._pick_grid)
        self.scale.clicked.connect(self._pick_scale)
        self.since.clicked.connect(self._pick_since)
        self.search.textChanged.connect(self._typed)
        self.search.left.connect(self._leave)

    @property
    def now(self) -> Asked:
        """What the register is asked to show."""
        return self._now

    @property
    def any_set(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self._now.search or self._now.grid or self._now.scale or self._now.since)

    def show_listing(self, found: Listing) -> None:
        """Show how many are left, and offer the grids there are."""
        self._shown.say(wording.count(len(found.ids)))
        self._total.say(self.tr("/ {count} enterprises").format(count=wording.count(found.total)))
        self._grids = [(grid.code, grid.name or grid.code) for grid in found.grids]
        self.grid.setVisible(len(self._grids) > 1 or bool(self._now.grid))

    def order_by(self, order: str, descending: bool) -> None:
        """Sort otherwise."""
        self._ask(replace(self._now, order=order, descending=descending))

    def look_for(self, words: str) -> None:
        """Put words into the search field."""
        self.search.setText(words)

    def clear(self) -> None:
        """Take every filter away."""
        self._since_days = 0
        self._now = replace(self._now, grid=None, scale=None, since=None)
        if self.search.text():
            self.search.clear()
        else:
            self._ask(self._now)

    @Slot()
    def pick_first(self) -> None:
        """Open the first filter's menu (key F)."""
        (self.grid if not self.grid.isHidden() else self.scale).setFocus()
        (self.grid if not self.grid.isHidden() else self.scale).click()

    @Slot(str)
    def _typed(self, words: str) -> None:
        self._ask(replace(self._now, search=words.strip()))

    @Slot()
    def _leave(self) -> None:
        self.left.emit()

    @Slot()
    def _pick_grid(self) -> None:
        self._menu(self.grid, [(name, code) for code, name in self._grids], self._now.grid)

    @Slot()
    def _pick_scale(self) -> None:
        sizes = [(wording.scale(scale), str(scale)) for scale in Scale]
        self._menu(self.scale, sizes, self._now.scale)

    @Slot()
    def _pick_since(self) -> None:
        spans = [(self.tr("{days} days").format(days=days), str(days)) for days in _DAYS]
        self._menu(self.since, spans, str(self._since_days) if self._since_days else None)

    def _menu(self, chip: FilterChip, choices: list[tuple[str, str]], taken: str | None) -> None:
        menu = QMenu(self)
        for words, code in [(self.tr("All"), ""), *choices]:
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(code == (taken or ""))
            action.setData(code)
            menu.addAction(action)
        takes = {self.grid: self._take_grid, self.scale: self._take_scale, self.since: self._take_since}
        menu.triggered.connect(takes[chip])
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 2)))

    @Slot(QAction)
    def _take_grid(self, action: QAction) -> None:
        self._ask(replace(self._now, grid=action.data() or None))

    @Slot(QAction)
    def _take_scale(self, action: QAction) -> None:
        self._ask(replace(self._now, scale=action.data() or None))

    @Slot(QAction)
    def _take_since(self, action: QAction) -> None:
        self._since_days = int(action.data() or 0)
        since = (date.today() - timedelta(days=self._since_days)).isoformat() if self._since_days else None
        self._ask(replace(self._now, since=since))

    def _ask(self, wanted: Asked) -> None:
        self._now = wanted
        grid = dict(self._grids).get(wanted.grid or "", wanted.grid)
        self.grid.say(grid or self.tr("Grid"))
        self.grid.setChecked(bool(wanted.grid))
        self.scale.say(wording.scale(wanted.scale) or self.tr("Large / small"))
        self.scale.setChecked(bool(wanted.scale))
        days = self.tr("Not visited for {days} days").format(days=self._since_days)
        self.since.say(days if wanted.since else self.tr("Not visited for"))
        self.since.setChecked(bool(wanted.since))
        self.asked.emit(wanted)
