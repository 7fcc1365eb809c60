"""The three panes of a visit: measures, the current one with its foot, and what it means; the last one folds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.ui.buttons import IconButton
from desktop.ui.look import Look
from desktop.ui.measure_form import MeasureForm
from desktop.ui.measure_list import MeasureList
from desktop.ui.notices import Banner
from desktop.ui.photo_strip import PhotoShelf
from desktop.ui.visit_bars import VisitFooter
from desktop.ui.visit_keeper import VisitKeeper
from desktop.ui.visit_side import VisitSide

LIST_WIDTH, SIDE_WIDTH, FOLDED_WIDTH = 280, 340, 40
SIDE_FROM = 1240
"""Width of the window in pixels from which the right pane stands open."""


class VisitPanes(QSplitter):
    """The panes: `list`, `form` under its `banner` and above its `footer`, and `side`."""

    def __init__(self, look: Look, keeper: VisitKeeper, shelf: PhotoShelf, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._side_wanted: bool | None = None
        self.list = MeasureList(look)
        self.form = MeasureForm(look, keeper, shelf)
        self.side = VisitSide(look, keeper, shelf)
        middle = QFrame()
        middle.setProperty("role", "pane")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.banner = Banner(look, "", "info")
        column.addWidget(self.banner)
        column.addWidget(self.form, 1)
        self.footer = VisitFooter(look)
        column.addWidget(self.footer)
        self.side_host = QFrame()
        self.side_host.setProperty("role", "side")
        host = QHBoxLayout(self.side_host)
        host.setContentsMargins(0, 0, 0, 0)
        host.setSpacing(0)
        self._unfold = IconButton(look, "chevron-right", self.tr("Show or hide (F4)"), pressed=self.toggle_side)
        host.addWidget(self._unfold, 0, Qt.AlignmentFlag.AlignTop)
        host.addWidget(self.side, 1)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for widget in (self.list, middle, self.side_host):
            self.addWidget(widget)
        self.list.setMinimumWidth(look.px(220))
        middle.setMinimumWidth(look.px(560))
        self.setSizes([look.px(LIST_WIDTH), 10_000, look.px(SIDE_WIDTH)])
        for place, stretch in enumerate((0, 1, 0)):
            self.setStretchFactor(place, stretch)

    @Slot()
    def toggle_side(self) -> None:
        """Fold or unfold the right pane; from now on the window's width has no say."""
        self._side_wanted = not self.side.isVisible()
        self.fit_side()

    def fit_side(self) -> None:
        """Show the right pane where it is wanted, else where the window is wide enough."""
        look = self._look
        wide = self.window().width() >= look.px(SIDE_FROM)
        shown = self._side_wanted if self._side_wanted is not None else wide
        self.side.setVisible(shown)
        self._unfold.setVisible(not shown)
        folded = look.px(FOLDED_WIDTH)
        self.side_host.setMinimumWidth(look.px(280) if shown else folded)
        self.side_host.setMaximumWidth(look.px(460) if shown else folded)
        sizes = self.sizes()
        room = look.px(SIDE_WIDTH) if shown else folded
        if shown != (sizes[2] > folded):
            self.setSizes([sizes[0], sum(sizes) - sizes[0] - room, room])
