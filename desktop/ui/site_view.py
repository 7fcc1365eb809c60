"""One isolation site: how many are in it, and its checks with the worst first."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.models.desk.isolation_desk import SiteCard
from desktop.models.isolation_rules import Check, Verdict
from desktop.models.premises_terms import SiteKind
from desktop.ui import wording
from desktop.ui.buttons import Button, IconButton
from desktop.ui.cards import Card
from desktop.ui.chips import Chip
from desktop.ui.fitted_table import FittedTable
from desktop.ui.lazy_table_model import Cell, Column
from desktop.ui.look import Look
from desktop.ui.premises_words import basis, found_words, mark_word, rule_name, word
from desktop.ui.state_painting import UNCHECKED, state_role, state_word

_MOST = 6


class _Line:
    """A check as a row."""

    def __init__(self, check: Check) -> None:
        self.id, self.check = check.rule.id, check


class SiteView(Card):
    """The card of a site.

    Signals:
        edit_asked(): its set-up.
        rooms_asked(): more rooms.
        take_in_asked(): somebody is to be taken in.
        room_state_asked(): a room is to be closed or made ready.
        page_asked(): go to the page where all this is done.
    """

    edit_asked = Signal()
    rooms_asked = Signal()
    take_in_asked = Signal()
    room_state_asked = Signal()
    page_asked = Signal()

    def __init__(
        self, look: Look, site: SiteCard, *, narrow: bool = False, acts: bool = True, parent: QWidget | None = None
    ) -> None:
        """Args:
        narrow: the card stands at the side: no codes of the rules, and what was found only where it matters.
        acts: what can be done stands in the heading; else only the way to the page where it is done.
        """
        name = f"{word('site_kind', site.kind)} · {site.location}"
        super().__init__(look, name, parent=parent)
        self.site = site
        self.count.say(self._occupancy())
        self.chip = Chip(look, *self._standing())
        self.heading.addWidget(self.chip)
        for beside in (self.count, self.chip):
            beside.setVisible(not narrow)
        if acts:
            self._add_acts(look, narrow)
        else:
            go = Button(look, self.tr("Go on there"), kind="text", icon="arrow-right", pressed=self.page_asked.emit)
            self.heading.addWidget(go)
        self.body.setContentsMargins(0, 0, 0, 0)
        state = Column("state", self.tr("Result"), _state_cell, 104)
        columns = [
            state,
            Column("rule", self.tr("Rule"), lambda line: Cell(line.id, role="muted"), 84),
            Column("name", self.tr("Asked for"), _name_cell, 200, stretch=True),
            Column("found", self.tr("Found"), self._found_cell, 250, right=True),
        ]
        if narrow:
            columns = [state, Column("name", self.tr("Asked for"), self._told_cell, 200, stretch=True)]
        self.table = FittedTable(look, columns, name, most=_MOST)
        self.table.horizontalHeader().hide()
        self.body.addWidget(self.table)
        self._more = Button(look, "", kind="text", icon="chevron-down", pressed=self._show_all)
        self.body.addWidget(self._more)
        self.table.show_rows([_Line(check) for check in site.checks])
        self._more.setText(self.tr("All {count} checks").format(count=len(site.checks)))
        self._more.setVisible(len(site.checks) > _MOST)

    def _add_acts(self, look: Look, narrow: bool) -> None:
        acts = (
            ("pen-line", self.tr("Record what was found (E)"), self.edit_asked),
            ("plus", self.tr("Add rooms"), self.rooms_asked),
            ("lock", self.tr("Close a room or make it ready"), self.room_state_asked),
        )
        for icon, name, signal in acts[: 2 if narrow else 3]:
            self.heading.addWidget(IconButton(look, icon, name, size=28, pressed=signal.emit))
        if not narrow:
            self.heading.addWidget(
                Button(look, self.tr("Take in"), icon="plus", key="N", pressed=self.take_in_asked.emit)
            )

    def _occupancy(self) -> str:
        site = self.site
        if not site.rooms:
            return self.tr("no room yet")
        rooms = self.tr("%n room(s)", "", len(site.rooms))
        if site.kind is SiteKind.EMERGENCY_AREA and not site.persons:
            empty = self.tr("empty")
            return f"{rooms} · {empty}"
        persons = self.tr("{count} in it").format(count=wording.count(site.persons))
        free = self.tr("{count} free").format(count=wording.count(len(site.free)))
        return f"{rooms} · {persons} · {free}"

    def _standing(self) -> tuple[str, str, str]:
        site = self.site
        if failed := site.count(Verdict.FAIL):
            return self.tr("%n failed", "", failed), "fail", "triangle-alert"
        if partial := site.count(Verdict.PARTIAL):
            return self.tr("%n partial", "", partial), "partial", "circle-alert"
        if unseen := site.count(Verdict.UNSEEN):
            return self.tr("%n not looked at", "", unseen), "na", "circle-dashed"
        return self.tr("in order"), "pass", "check"

    def _found_cell(self, line: _Line) -> Cell:
        words = found_words(line.check, self.site)
        mark = mark_word(line.check.rule)
        return Cell(
            " · ".join(filter(None, (words, mark))), role=_role(line.check), tip=f"{words}\n{basis(line.check.rule)}"
        )

    def _told_cell(self, line: _Line) -> Cell:
        name, found = rule_name(line.check.rule), self._found_cell(line)
        words = f"{name} · {found.text}" if line.check.missing else name
        return Cell(words, role=found.role if line.check.missing else "text", tip=f"{name}\n{found.tip}")

    @Slot()
    def _show_all(self) -> None:
        self._more.hide()
        self.table.show_all()


def _state_cell(line: _Line) -> Cell:
    state = None if line.check.verdict is Verdict.UNSEEN else str(line.check.verdict)
    return Cell(state_word(state), role=state_role(state), state=state or UNCHECKED)


def _name_cell(line: _Line) -> Cell:
    return Cell(rule_name(line.check.rule), tip=f"{rule_name(line.check.rule)}\n{basis(line.check.rule)}")


def _role(check: Check) -> str:
    return {Verdict.FAIL: "fail-fg", Verdict.PARTIAL: "partial-fg"}.get(check.verdict, "muted")
