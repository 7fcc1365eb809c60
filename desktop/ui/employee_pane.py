"""The file of one person beside the grid: masked data, facts and roaming queries; a field is saved as it is left."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.desk.employee_file import EmployeeFile
from desktop.ui import health_work, wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import IconButton
from desktop.ui.cards import Line, Text
from desktop.ui.employee_fields import EmployeeFields
from desktop.ui.notices import Banner
from desktop.ui.roaming_queries import RoamingQueries
from desktop.ui.unmask_panel import UnmaskPanel

WIDTH = 340


class EmployeePane(QFrame):
    """The pane.

    Signals:
        closed(): Esc or the cross.
        saved(): something was written.
        said(str, object): words for the toast with an undo.
        problem_met(Problem): a field was refused.
    """

    closed = Signal()
    saved = Signal()
    said = Signal(str, object)
    problem_met = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self._bench = bench
        self.person = ""
        look = bench.look
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(look.px(16), look.px(8), look.px(8), look.px(8))
        self.title = Text(look, style="emphasis", elide=True)
        head.addWidget(self.title, 1)
        head.addWidget(IconButton(look, "x", self.tr("Close the file"), size=28, pressed=self.closed.emit))
        outer.addLayout(head)
        outer.addWidget(Line())
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(16))
        column.setSpacing(look.px(12))
        self.duty = Banner(look, "", "info")
        column.addWidget(self.duty)
        self.masked = UnmaskPanel(bench)
        self.fields = EmployeeFields(look)
        self.queries = RoamingQueries(bench)
        for part in (self.masked, Line(), self.fields, Line(), self.queries):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(body)
        outer.addWidget(self._scroll, 1)
        self.masked.problem_met.connect(self.problem_met)
        self.fields.changed.connect(self._change)
        self.queries.problem_met.connect(self.problem_met)
        self.queries.recorded.connect(self._recorded)

    def show_person(self, person: str) -> None:
        """Open a file."""
        if person != self.person:
            self.masked.hide_values()
        self.person = person
        self._bench.read(self, partial(health_work.open_file, person=person), self._show, self.problem_met.emit)

    @Slot()
    def reload(self) -> None:
        """Read the file again."""
        if self.person:
            self.show_person(self.person)

    def _show(self, file: EmployeeFile) -> None:
        if file.id != self.person:
            return
        self.title.say(file.name)
        self.masked.show_file(file)
        self.fields.show_file(file)
        self.queries.show_file(file)
        words, tone = self._duty_words(file)
        self.duty.say(words, tone)
        self.duty.setVisible(bool(words))

    def _duty_words(self, file: EmployeeFile) -> tuple[str, str]:
        if file.left_on:
            return self.tr("Left on {day}; the file is closed.").format(day=wording.day(file.left_on)), "na"
        if file.observed_since:
            return self.tr("Observed since {day}.").format(day=wording.day(file.observed_since)), "info"
        if file.earliest_on is None:
            return "", "info"
        day = wording.day(file.earliest_on.isoformat())
        waits = file.earliest_on > health_work.this_moment().day
        if waits:
            return self.tr("Not on shift before {day}, by health code and places.").format(day=day), "partial"
        if file.code_old:
            return self.tr("The health code is more than 7 days old: look at it again."), "partial"
        return "", "info"

    @Slot(dict)
    def _change(self, facts: dict[str, Any]) -> None:
        person = self.person
        work = partial(health_work.change, person=person, facts=facts)
        self._bench.write(self, work, partial(self._changed, person), self._refused)

    def _changed(self, person: str, before: dict[str, Any]) -> None:
        self.saved.emit()
        self.said.emit(self.tr("Saved in the file"), partial(self._take_back, person, before))
        self.reload()

    def _take_back(self, person: str, before: dict[str, Any]) -> None:
        work = partial(health_work.change, person=person, facts=before)
        self._bench.write(self, work, lambda _before: self.reload(), self.problem_met.emit)

    def _refused(self, problem: object) -> None:
        self.problem_met.emit(problem)
        self.fields.complain()

    @Slot()
    def _recorded(self) -> None:
        self.saved.emit()
        self.reload()
