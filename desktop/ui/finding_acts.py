"""What an officer does to the finding he stands on: each act offered as a menu or asked for in the panel, then done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.closed_loop import Need, Verdict
from desktop.models.deadlines import SETTLED
from desktop.models.desk.finding_file import FindingFile
from desktop.models.problems import Problem, words
from desktop.models.vocabulary import Route, Severity
from desktop.ui import finding_words, finding_work, wording
from desktop.ui.bench import Bench
from desktop.ui.finding_act_panel import Act, FindingActPanel
from desktop.ui.finding_next import move_menu
from desktop.ui.finding_work import Given
from desktop.ui.notices import window_language


class FindingActs(QObject):
    """The acts.

    Signals:
        done(str): an act was done; what to say about it, "" for nothing.
        refused(Problem): it was not; only while the panel is closed, which else shows it itself.
    """

    done = Signal(str)
    refused = Signal(object)

    def __init__(self, bench: Bench, host: QWidget, current: Callable[[], str], spot: Callable[[], QPoint]) -> None:
        """Args:
        current: the finding acts are about, "" without one.
        spot: where on the screen a menu belongs.
        """
        super().__init__(host)
        self._bench, self._host, self._current, self._spot = bench, host, current, spot
        self.panel = FindingActPanel(bench.look, host)

    @Slot()
    def ask_move(self) -> None:
        """Offer the moves of the current finding."""
        self.with_file(self._offer_moves)

    @Slot()
    def ask_route(self) -> None:
        """Offer the routes."""
        self.with_file(self._offer_routes)

    @Slot()
    def ask_severity(self) -> None:
        """Offer the severities."""
        self.with_file(self._offer_severities)

    @Slot()
    def ask_deadline(self) -> None:
        """Ask for another deadline."""
        self.with_file(self._ask_deadline)

    @Slot()
    def ask_note(self) -> None:
        """Ask for a line of progress."""
        if finding := self._current():
            do = self._doing(finding_work.note, self.tr("Progress noted"), finding_id=finding)
            self.panel.ask(Act(self.tr("Note progress"), do, must=(Need.NOTE,), may=(Need.PHOTO,)))

    @Slot()
    def ask_photo(self) -> None:
        """Ask for a photo of how it looks now."""
        if finding := self._current():
            do = self._doing(finding_work.note, self.tr("Photo added"), finding_id=finding)
            self.panel.ask(Act(self.tr("Add photo"), do, must=(Need.PHOTO,), may=(Need.NOTE,)))
            self.panel.ask_photo()

    @Slot()
    def ask_reminder(self) -> None:
        """Ask what to remind of."""
        if finding := self._current():
            do = self._doing(finding_work.remind, self.tr("Reminder noted"), finding_id=finding)
            hint = self.tr("Whom you called and what was promised.")
            self.panel.ask(Act(self.tr("Remind"), do, may=(Need.NOTE,), hint=hint))

    def make(self, finding: str, verdict: Verdict) -> None:
        """Make a move, after asking for what it lacks."""
        do = self._doing(finding_work.move, wording.finding_state(verdict.to), finding_id=finding, to=verdict.to)
        if verdict.lacking:
            name = finding_words.move(verdict.to)
            self.panel.ask(Act(name, do, must=verdict.lacking, may=(Need.NOTE, Need.PHOTO)))
        else:
            do(finding_work.NOTHING)

    def set_terms(self, finding: str, terms: dict[str, object]) -> None:
        """Write what was agreed."""
        self._write(partial(finding_work.set_terms, finding_id=finding, terms=terms), "")

    def with_file(self, act: Callable[[FindingFile], None]) -> None:
        """Do something with the current finding as it stands in the database now."""
        finding = self._current()
        if finding and self.panel.isHidden():
            self._bench.read(self, partial(finding_work.opened, finding_id=finding), act, self.refused.emit)

    def _offer_moves(self, file: FindingFile) -> None:
        move_menu(self._host, file.verdicts, partial(self.make, file.id)).popup(self._spot())

    def _offer_routes(self, file: FindingFile) -> None:
        self._offer(file, [(wording.route(each), partial(self._set_route, file.id, each)) for each in Route])

    def _offer_severities(self, file: FindingFile) -> None:
        self._offer(file, [(wording.severity(each), partial(self._set_severity, file.id, each)) for each in Severity])

    def _offer(self, file: FindingFile, choices: Sequence[tuple[str, Callable[[], object]]]) -> None:
        if file.facts["state"] in SETTLED:
            self.refused.emit(Problem("finding_closed_or_void"))
            return
        menu = QMenu(self._host)
        for number, (told, act) in enumerate(choices, 1):
            action = QAction(f"&{number}  {told.replace('&', '&&')}", menu)
            action.triggered.connect(act)
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._spot())

    def _ask_deadline(self, file: FindingFile) -> None:
        stands, times = file.facts["due_on"], file.facts["extensions"] or 0
        do = self._doing(finding_work.set_deadline, self.tr("Deadline set"), finding_id=file.id)
        hint = self.tr("Due on {day}. Put off %n time(s) so far; after the assignment a later day needs a reason.", "",
                       times).format(day=wording.day(stands))  # fmt: skip
        day = max(date.fromisoformat(stands) if stands else date.today(), date.today())
        self.panel.ask(Act(self.tr("Set deadline"), do, must=(Need.UNTIL,), may=(Need.NOTE,), day=day, hint=hint))

    def _set_route(self, finding: str, route: Route) -> None:
        self._write(partial(finding_work.set_route, finding_id=finding, route=route), wording.route(route))

    def _set_severity(self, finding: str, severity: Severity) -> None:
        act = partial(finding_work.set_terms, finding_id=finding, terms={"severity": str(severity)})
        self._write(act, wording.severity(severity))

    def _doing(self, work: Callable[..., Any], told: str, **facts: object) -> Callable[[Given], None]:
        """What does an act once it is known what was given with it."""

        def do(given: Given) -> None:
            self._write(partial(work, given=given, **facts), told)

        return do

    def _write(self, work: Callable[..., Any], told: str) -> None:
        self._bench.write(self, work, partial(self._written, told), self._not_done)

    def _written(self, told: str, warned: object) -> None:
        if not self.panel.isHidden():
            self.panel.done()
        if isinstance(warned, tuple) and warned:
            told = " · ".join((told, *(words(code, {}, window_language()) for code in warned)))
        self.done.emit(told)

    def _not_done(self, problem: Problem) -> None:
        if self.panel.isHidden():
            self.refused.emit(problem)
        else:
            self.panel.show_problem(problem)
