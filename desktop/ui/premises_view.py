"""One enterprise's isolation and disinfection at a glance: sites, people, log; at the right the calculator.

Keys (outside the calculator): E what was found · N take in · M other room · S steps · X end · R record · D calculator.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.desk.isolation_desk import Premises
from desktop.models.premises_terms import SiteKind
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.dilution_card import DilutionCard
from desktop.ui.isolation_work import Opened
from desktop.ui.look import Look
from desktop.ui.premises_lists import DisinfectionList, StayList
from desktop.ui.site_view import SiteView

_SIDE = 352


class PremisesView(QWidget):
    """The view.

    Signals:
        asked(str, str): a form: which, and the site or stay it is for ("" where for none).
    """

    asked = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._premises: Premises | None = None
        self.sites: list[SiteView] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.left, column, self._sites, scroll = self._column()
        self.left.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stays, self.log = StayList(look), DisinfectionList(look)
        self._none = Card(look, self.tr("Isolation site"))
        self._none.body.addWidget(
            Text(look, self.tr("No site recorded here: no observation point, no emergency area."), tone="muted")
        )
        begin = Button(look, self.tr("Record a site"), icon="plus", pressed=partial(self.asked.emit, "site", ""))
        self._none.heading.addWidget(begin)
        column.addWidget(self._none)
        column.addWidget(self.stays)
        column.addWidget(self.log)
        column.addStretch(1)
        row.addWidget(scroll, 1)
        _, side_column, self._side_sites, side_scroll = self._column()
        self.dilution = DilutionCard(look)
        side_column.insertWidget(0, self.dilution)
        side_column.addStretch(1)
        side_scroll.setFixedWidth(look.px(_SIDE + 32))
        row.addWidget(side_scroll)
        self.log.record_asked.connect(self.dilution.ask_to_record)
        self._bind_keys()

    def show_opened(self, found: Opened) -> None:
        """Show an enterprise; sites are drawn anew only where something of them changed."""
        premises = found.premises
        if premises is None:
            return
        self.dilution.show_table(found.targets, found.agents)
        self.stays.show_stays(premises.stays)
        self.log.show_log(found.log, found.required, dict(found.targets))
        if self._premises is None or premises.sites != self._premises.sites:
            self._show_sites(premises)
        self._premises = premises

    def focus_first(self) -> None:
        """The keyboard begins at the first table."""
        (self.sites[0].table if self.sites else self.left).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the calculator."""
        if event.key() == Qt.Key.Key_Escape and not self.left.isAncestorOf(QApplication.focusWidget() or self):
            self.focus_first()
        else:
            super().keyPressEvent(event)

    # -- how ---------------------------------------------------------------------------------------------------------

    def _column(self) -> tuple[QWidget, QVBoxLayout, QVBoxLayout, QScrollArea]:
        """A column that scrolls, with a place for sites in it."""
        look = self._look
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        column.setSpacing(look.px(12))
        sites = QVBoxLayout()
        sites.setSpacing(look.px(12))
        column.addLayout(sites)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        return body, column, sites, scroll

    def _show_sites(self, premises: Premises) -> None:
        had_focus = self._focused_site()
        for view in self.sites:
            view.hide()
            view.deleteLater()
        self.sites = []
        for site in premises.sites:
            narrow = site.kind is SiteKind.EMERGENCY_AREA
            view = SiteView(self._look, site, narrow=narrow)
            view.edit_asked.connect(partial(self.asked.emit, "setup", site.id))
            view.rooms_asked.connect(partial(self.asked.emit, "rooms", site.id))
            view.room_state_asked.connect(partial(self.asked.emit, "room_state", site.id))
            view.take_in_asked.connect(partial(self.asked.emit, "take_in", site.id))
            (self._side_sites if narrow else self._sites).addWidget(view)
            self.sites.append(view)
        points = any(site.kind is SiteKind.OBSERVATION_POINT for site in premises.sites)
        self._none.setVisible(not points)
        if had_focus:
            self.focus_first()

    def _focused_site(self) -> SiteView | None:
        focus = QApplication.focusWidget()
        return next((view for view in self.sites if focus is not None and view.isAncestorOf(focus)), None)

    def _bind_keys(self) -> None:
        letters: dict[str, Callable[[], object]] = {
            "E": partial(self._ask_of_site, "setup"),
            "N": partial(self._ask_of_site, "take_in"),
            "M": partial(self._ask_of_stay, "move"),
            "S": partial(self._ask_of_stay, "steps"),
            "X": partial(self._ask_of_stay, "end"),
            "R": self.dilution.ask_to_record,
            "D": self._calculate,
        }
        for host, keys in ((self.left, letters), (self, dict.fromkeys(("Ctrl+Return", "Ctrl+Enter"), letters["R"]))):
            for key, act in keys.items():
                shortcut = QShortcut(QKeySequence(key), host)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(act)

    def _ask_of_site(self, form: str) -> None:
        view = self._focused_site() or (self.sites[0] if self.sites else None)
        self.asked.emit(form if view else "site", view.site.id if view else "")

    def _ask_of_stay(self, form: str) -> None:
        stay = self.stays.current
        if stay is not None:
            self.asked.emit(form, stay.id)

    @Slot()
    def _calculate(self) -> None:
        self.dilution.conc.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.dilution.conc.selectAll()
