"""The bar above the findings: open, route, severity, focus area, overdue; the month's rate; board or list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from desktop.models.vocabulary import Route, Severity
from desktop.ui import wording
from desktop.ui.buttons import SegmentedControl
from desktop.ui.cards import Text
from desktop.ui.chips import FilterChip
from desktop.ui.look import Look
from desktop.ui.notices import window_language

if TYPE_CHECKING:
    from desktop.models.desk.finding_board import Board, FindingFilter

BOARD, LIST = "board", "list"


class FindingFilters(QFrame):
    """The bar.

    Signals:
        asked(FindingFilter): the person wants to see other findings.
        view_chosen(str): as a board, or as a list.
    """

    asked = Signal(object)
    view_chosen = Signal(str)

    def __init__(self, look: Look, now: FindingFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "filters")
        self.setFixedHeight(look.px(48))
        self.now = now
        self._areas: list[tuple[str, str]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.setSpacing(look.px(8))
        self.open = FilterChip(look, self.tr("Open"), mark=None)
        self.route = FilterChip(look, self.tr("Route"))
        self.severity = FilterChip(look, self.tr("Severity"))
        self.area = FilterChip(look, self.tr("Focus area"))
        self.overdue = FilterChip(look, self.tr("Overdue"), mark=None)
        for chip, pressed in (
            (self.open, self._turn_open), (self.route, self._pick_route), (self.severity, self._pick_severity),
            (self.area, self._pick_area), (self.overdue, self._turn_overdue),
        ):  # fmt: skip
            chip.clicked.connect(pressed)
            row.addWidget(chip)
        row.addStretch(1)
        self._rate_name = Text(look, self.tr("Put right this month"), style="caption", tone="muted")
        self._rate = Text(look, style="body-strong")
        row.addWidget(self._rate_name)
        row.addWidget(self._rate)
        row.addSpacing(look.px(8))
        self.view = SegmentedControl(
            look, [(BOARD, self.tr("Board"), "columns-3"), (LIST, self.tr("List"), "list")]
        )  # fmt: skip
        self.view.chosen.connect(self.view_chosen)
        row.addWidget(self.view)

    @property
    def narrowed(self) -> bool:
        """Whether more is asked than for what is open."""
        return self.now != type(self.now)(open=self.now.open)

    def show_board(self, found: Board) -> None:
        """Show the figures, and offer the focus areas there are."""
        language, figures = window_language(), found.figures
        self._areas = [(code, f"{code} {words.in_(language)}") for code, words in found.areas.items()]
        self.open.say(self.tr("Open {count}").format(count=wording.count(figures.open)))
        self.overdue.say(self.tr("Overdue {count}").format(count=wording.count(figures.overdue)))
        rate = figures.rectification_rate
        self._rate.say(f"{rate}%" if rate else wording.NONE)
        tip = self.tr("{closed} of {found} found this month are closed")
        self._rate.setToolTip(tip.format(closed=figures.closed, found=figures.found))
        self._show_state()

    @Slot()
    def pick_first(self) -> None:
        """Open the first menu (key F)."""
        self.route.setFocus()
        self.route.click()

    @Slot()
    def clear(self) -> None:
        """Only what is open."""
        self._ask(open=True, route="", severity="", focus_area="", overdue=False)

    @Slot()
    def _turn_open(self) -> None:
        self._ask(open=not self.now.open)

    @Slot()
    def _turn_overdue(self) -> None:
        self._ask(overdue=not self.now.overdue)

    @Slot()
    def _pick_route(self) -> None:
        self._pick(self.route, "route", [(str(each), wording.route(each)) for each in Route])

    @Slot()
    def _pick_severity(self) -> None:
        self._pick(self.severity, "severity", [(str(each), wording.severity(each)) for each in Severity])

    @Slot()
    def _pick_area(self) -> None:
        self._pick(self.area, "focus_area", self._areas)

    def _pick(self, chip: FilterChip, name: str, choices: Sequence[tuple[str, str]]) -> None:
        if chip.isChecked():  # its cross
            self._ask(**{name: ""})
            return
        menu = QMenu(self)
        for number, (code, words) in enumerate(choices, 1):
            action = QAction(f"&{number}  {words.replace('&', '&&')}", menu)
            action.triggered.connect(partial(self._take, name, code))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 2)))

    def _take(self, name: str, code: str) -> None:
        self._ask(**{name: code})

    def _ask(self, **changes: str | bool) -> None:
        self.now = replace(self.now, **changes)  # type: ignore[arg-type]
        self._show_state()
        self.asked.emit(self.now)

    def _show_state(self) -> None:
        now, areas = self.now, dict(self._areas)
        self.open.setChecked(now.open)
        self.overdue.setChecked(now.overdue)
        for chip, chosen, name in (
            (self.route, now.route and wording.route(now.route), self.tr("Route")),
            (self.severity, now.severity and wording.severity(now.severity), self.tr("Severity")),
            (self.area, areas.get(now.focus_area, now.focus_area), self.tr("Focus area")),
        ):
            chip.setChecked(bool(chosen))
            chip.say(chosen or name)
