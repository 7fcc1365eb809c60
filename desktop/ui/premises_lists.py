"""The lists of the page of isolation and disinfection: who is observed, what was disinfected, and all enterprises."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.desk.disinfection_desk import LogLine, RequiredPlace, unmet
from desktop.models.desk.isolation_desk import StayRow
from desktop.models.desk.premises_overview import PremisesLine
from desktop.models.disinfection_targets import Target
from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.chips import Chip
from desktop.ui.fitted_table import FittedTable
from desktop.ui.key_legend import KeyLegend
from desktop.ui.lazy_table_model import Cell, Column
from desktop.ui.look import Look
from desktop.ui.notices import window_language
from desktop.ui.premises_words import due_words, strength_words, word

_WARN = "triangle-alert"


class StayList(Card):
    """People under observation, those whose time is over first."""

    def __init__(self, look: Look, *, acts: bool = True, parent: QWidget | None = None) -> None:
        """Args:
        acts: the keys that do something with them are told below.
        """
        super().__init__(look, self.tr("Under observation"), parent=parent)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        columns = [
            Column("person", self.tr("Person"), _person, 120, stretch=True),
            Column("reason", self.tr("Reason"), _reason, 124),
            Column("progress", self.tr("Progress"), _progress, 156),
            Column("readings", self.tr("Temperatures"), self._readings, 206),
            Column("end", self.tr("Ends"), self._end, 134, right=True),
        ]
        self.table = FittedTable(look, columns, self.tr("Under observation"), most=5)
        self.body.addWidget(self.table)
        self._none = Text(look, self.tr("Nobody is under observation."), tone="muted")
        self._none.setContentsMargins(*[look.px(12)] * 4)
        self.body.addWidget(self._none)
        self.keys = KeyLegend(
            look, [("M", self.tr("other room")), ("S", self.tr("steps of an emergency")), ("X", self.tr("end"))]
        )
        self._acts = acts
        self.body.addWidget(self.keys)

    def show_stays(self, stays: tuple[StayRow, ...]) -> None:
        """Show them."""
        self.count.say(str(len(stays)) if stays else "")
        self.table.show_rows(stays)
        self.table.setVisible(bool(stays))
        self.keys.setVisible(bool(stays) and self._acts)
        self._none.setVisible(not stays)

    @property
    def current(self) -> StayRow | None:
        """The one the keyboard stands on."""
        row = self.table.current_id()
        return self.table.row(row) if row else None

    def _readings(self, row: StayRow) -> Cell:
        progress = row.progress
        there = f"{progress.present}/{progress.due}"
        bad = {"stay_release_fever", "stay_release_symptom"} & {remark.code for remark in row.against}
        if bad:
            return Cell(self.tr("abnormal"), role="fail-fg", icon="triangle-alert", tip=_against(row))
        if row.due:
            due = " ".join(word("slot", slot) for slot in row.due)
            return Cell(
                self.tr("{there} · due: {slots}").format(there=there, slots=due), role="partial-fg", icon="clock"
            )
        return Cell(there, role="muted", icon="check")

    def _end(self, row: StayRow) -> Cell:
        if not row.against:
            return Cell(self.tr("may be released"), role="pass-fg", icon="check")
        over = row.progress.done >= row.progress.days
        words = self.tr("over, not to release") if over else wording.near_day(row.end_on.isoformat())
        return Cell(
            words, role="fail-fg" if over else "text", icon="triangle-alert" if over else None, tip=_against(row)
        )


class DisinfectionList(Card):
    """The log, what is due first."""

    record_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, self.tr("Disinfection log"), self.tr("next due first"), parent=parent)
        self._targets: dict[str, Target] = {}
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.places = Chip(look, "")
        self.heading.addWidget(self.places)
        self.heading.addWidget(
            Button(look, self.tr("Record one"), kind="text", icon="plus", key="R", pressed=self.record_asked.emit)
        )
        columns = [
            Column("place", self.tr("Place and target"), self._place, 160, stretch=True),
            Column("agent", self.tr("Agent"), lambda row: Cell(row.product_name or word("agent", row.agent)), 130),
            Column("conc", "mg/L", lambda row: Cell(strength_words(row.conc_mg_l)), 80, right=True),
            Column("minutes", self.tr("min"), lambda row: Cell(wording.count(row.contact_min)), 60, right=True),
            Column("done", self.tr("Done"), lambda row: Cell(wording.moment(row.done_at), role="muted"), 120),
            Column("due", self.tr("Next"), self._due, 150),
        ]
        self.table = FittedTable(look, columns, self.tr("Disinfection log"), most=8)
        self.body.addWidget(self.table)
        self._none = Text(look, self.tr("Nothing recorded yet. R records a disinfection."), tone="muted")
        self._none.setContentsMargins(*[look.px(12)] * 4)
        self.body.addWidget(self._none)

    def show_log(self, log: list[LogLine], required: list[RequiredPlace], targets: dict[str, Target]) -> None:
        """Show the log, and how today's required places stand."""
        self._targets = targets
        self.table.show_rows(log)
        self.table.setVisible(bool(log))
        self._none.setVisible(not log)
        wanting = unmet(required)
        self.places.setVisible(bool(required))
        if wanting:
            missing = "\n".join(f"{each.place} {each.done}/{each.planned}" for each in required if not each.met)
            self.places.setToolTip(missing)
            self.places.say(self.tr("%n place(s) still wanting today", "", wanting), "partial", "clock")
        else:
            self.places.say(self.tr("all places of today done"), "pass", "check")

    def _place(self, row: LogLine) -> Cell:
        target = self._targets.get(row.target)
        name = target.name(window_language()) if target else row.target
        return Cell(f"{row.place} · {name}", tip=f"{word('place_type', row.place_type)} · {row.place} · {name}")

    def _due(self, row: LogLine) -> Cell:
        if not row.latest:
            return Cell(QCoreApplication.translate("Premises", "done again since"), role="muted")
        target = self._targets.get(row.target)
        words, role, icon = due_words(row.next_due_at, target.value.each if target else None, datetime.now())
        return Cell(words, role=role, icon=icon)


class PremisesList(QWidget):
    """All enterprises with sites, people or disinfections.

    Signals:
        opened(str): an enterprise.
    """

    opened = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        card = Card(look, self.tr("All enterprises"))
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        columns = [
            Column("enterprise", self.tr("Enterprise"), lambda row: Cell(row.enterprise, tip=row.enterprise), 240,
                   stretch=True),
            Column("sites", self.tr("Sites"), lambda row: _number(row.sites), 80, right=True),
            Column("rooms", self.tr("Rooms"), lambda row: _number(row.rooms), 80, right=True),
            Column("persons", self.tr("Observed"), lambda row: _number(row.persons), 90, right=True),
            Column("ending", self.tr("Ending by today"), lambda row: _urgent(row.ending, "partial-fg", "clock"), 130),
            Column("overdue", self.tr("Disinfection due"), lambda row: _urgent(row.overdue, "fail-fg", _WARN), 140),
            Column("last", self.tr("Last disinfected"), lambda row: Cell(wording.moment(row.last_done_at)), 150),
        ]  # fmt: skip
        self.table = FittedTable(look, columns, self.tr("All enterprises"), most=20)
        self.table.opened.connect(self.opened)
        card.body.addWidget(self.table)
        card.body.addWidget(
            KeyLegend(look, [("↑↓", self.tr("select")), ("Enter", self.tr("open")), ("Ctrl Tab", self.tr("back"))])
        )
        column.addWidget(card)
        column.addStretch(1)

    def show_lines(self, lines: list[PremisesLine]) -> None:
        """Show them."""
        self.table.show_rows(lines)


def _person(row: StayRow) -> Cell:
    room = QCoreApplication.translate("Premises", "room {number}").format(number=row.room_no) if row.room_no else ""
    words = " · ".join(filter(None, (row.person, room)))
    return Cell(words, tip=words)


def _reason(row: StayRow) -> Cell:
    words = word("stay_reason", row.reason)
    return Cell(words, tip=words)


def _progress(row: StayRow) -> Cell:
    done, days = row.progress.done, row.progress.days
    return Cell(f"{done}/{days}", share=done / days if days else 1.0)


def _against(row: StayRow) -> str:
    return "\n".join(remark.sentence(window_language()) for remark in row.against)


def _number(number: int) -> Cell:
    return Cell(wording.count(number), role="text" if number else "muted")


def _urgent(number: int, role: str, icon: str) -> Cell:
    return Cell(wording.count(number), role=role, icon=icon) if number else Cell(wording.NONE, role="muted")
