"""同步: enrol once, then one button; what waits, what was not accepted, what happened before.

Keys: Ctrl Shift S syncs, from anywhere in the window · Esc calls a running sync off.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.problems import Problem
from desktop.ui import sync_work, wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.job_runner import Job
from desktop.ui.notices import Banner, window_language
from desktop.ui.page import Page, PageHead, Place
from desktop.ui.page_names import page_title
from desktop.ui.sync_adoption import SyncAdoption
from desktop.ui.sync_enrolment import SyncEnrolment
from desktop.ui.sync_hero import Advance, SyncHero
from desktop.ui.sync_history import OFFLINE_CODES, SyncHistory
from desktop.ui.sync_refused import SyncRefused
from desktop.ui.sync_waiting import SyncWaiting
from desktop.ui.sync_work import SyncStanding

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet

_AGAIN_MS = 800
"""How soon the lists follow while operations are being answered or written."""
_ENROL_AGAIN = frozenset({"sync_not_signed_in"})
"""Ends of an exchange after which only a new code helps."""


class SyncPage(Page):
    """The page."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._standing: SyncStanding | None = None
        self._job: Job | None = None
        self._advance = Advance()
        self._enrol_again = Button(
            self.look, self.tr("Enrol again…"), kind="text", icon="key-round", pressed=self._show_enrolment
        )
        self._following = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._following.timeout.connect(self.load)
        self._build()

    # -- the window asks ---------------------------------------------------------------------------------------------

    def head(self) -> PageHead:
        """The name and the centre this computer belongs to."""
        server = self._standing.server if self._standing else ""
        again = (self._enrol_again,) if server and self.enrolment.isHidden() else ()
        return PageHead(page_title("sync"), note=server.partition("://")[2], actions=again)

    def arrive(self, place: Place) -> None:
        """Show how things stand; `act="run"` syncs at once."""
        self.load()
        if place.act == "run":
            self.run()

    def records_changed(self, changes: ChangeSet) -> None:
        """Something new may wait."""
        if self.isVisible():
            self._following.start()

    def panes(self) -> Sequence[QWidget]:
        """The button or the form, and what waits."""
        return (self.enrolment.server, self.hero.run_button, self.waiting.table)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc calls a running sync off."""
        if event.key() == Qt.Key.Key_Escape and self._job is not None:
            self.cancel()
        else:
            super().keyPressEvent(event)

    # -- acts --------------------------------------------------------------------------------------------------------

    @Slot()
    def load(self) -> None:
        """Read how things stand."""
        self.bench.read(self, sync_work.standing, self._show, self.problem_met.emit)

    @Slot()
    def run(self) -> None:
        """Exchange everything with the centre, unless that is under way or there is no centre yet."""
        if self._job is not None or (self._standing is not None and not self._standing.enrolled):
            return
        self.said_above.hide()
        self._advance = Advance()
        self.hero.show_advance(self._advance)
        self.network_changed.emit("running", 0)
        self._job = self.bench.exchange(
            self, sync_work.run, self._synced, self._broken, progressed=self._progressed, ended=self._ended
        )
        self.setFocus()

    @Slot()
    def cancel(self) -> None:
        """Stop at the next step of the exchange."""
        if self._job is not None:
            self._job.cancel()
            self.hero.show_stopping()

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        look = self.look
        gap = look.px(16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(gap, gap, gap, gap)
        row.setSpacing(gap)
        left = QVBoxLayout()
        left.setSpacing(look.px(12))
        self.said_above = Banner(look)
        self.said_above.hide()
        self.hero = SyncHero(look)
        self.enrolment = SyncEnrolment(look)
        self.adoption = SyncAdoption(look)
        self.waiting = SyncWaiting(look)
        self.refused = SyncRefused(look)
        for card in (self.said_above, self.enrolment, self.hero, self.adoption):
            left.addWidget(card)
        left.addWidget(self.waiting, 3)
        left.addWidget(self.refused, 2)
        self.history = SyncHistory(look)
        self.history.setFixedWidth(look.px(328))
        row.addLayout(left, 1)
        row.addWidget(self.history)
        for card in (self.enrolment, self.hero, self.adoption):
            card.hide()
        self.hero.run_asked.connect(self.run)
        self.hero.cancel_asked.connect(self.cancel)
        self.enrolment.asked.connect(self._enrol)
        self.adoption.asked.connect(self._adopt)
        self.refused.place_asked.connect(self.place_asked)

    # -- slots -------------------------------------------------------------------------------------------------------

    def _show(self, standing: SyncStanding) -> None:
        first = self._standing is None
        changed = self._standing is not None and self._standing.enrolled != standing.enrolled
        self._standing = standing
        if first or changed:
            self.enrolment.setVisible(not standing.enrolled)
        self.hero.setVisible(standing.enrolled)
        if self._job is None and standing.enrolled:
            self._show_rest(standing)
        self.adoption.show_work(standing.unadopted, standing.grids)
        self.waiting.show_work(standing.work, enrolled=standing.enrolled)
        self.refused.show_work(standing.work)
        self.history.show_work(standing.work)
        self.head_changed.emit()
        if first and self.isVisible():
            (self.hero.run_button if standing.enrolled else self.enrolment.server).setFocus()

    def _show_rest(self, standing: SyncStanding) -> None:
        sendable = standing.work.operations - standing.unadopted
        last = (
            self.tr("Last sync {moment}.").format(moment=wording.moment(standing.last_sync))
            if standing.last_sync
            else self.tr("Never synced yet.")
        )
        kept = self.tr("Everything is on this computer and stays until the centre has confirmed it.")
        if standing.unadopted and not sendable:
            self.hero.show_rest(self.tr("Choose a grid below, then sync"), kept, "accent", "cloud")
        elif sendable or standing.photos:
            waits = [self.tr("%Ln record(s) to send", "", sendable)] if sendable else []
            waits += [self.tr("%Ln photo(s) to send", "", standing.photos)] if standing.photos else []
            self.hero.show_rest(" · ".join(waits), f"{last} {kept}", "accent", "cloud")
        elif standing.last_sync and not standing.work.refused:
            self.hero.show_rest(self.tr("Everything is at the centre"), last, "pass", "circle-check")
        else:
            self.hero.show_rest(self.tr("Nothing new to send"), f"{last} {kept}", "accent", "cloud")

    @Slot(str, str)
    def _enrol(self, server: str, code: str) -> None:
        act = partial(sync_work.enrol, server=server, code=code)
        self.bench.exchange(self, act, self._enrolled, self.enrolment.show_refused)

    def _enrolled(self, answer: dict[str, Any]) -> None:
        self.enrolment.show_enrolled()
        self.enrolment.hide()
        self.said_above.hide()
        grids = ", ".join(answer["grids"])
        self.said.emit(self.tr("This computer is enrolled for {grids}").format(grids=grids), None)
        self.network_changed.emit("online", 0)
        self.load()
        self.hero.show()
        self.hero.run_button.setFocus()

    @Slot()
    def _show_enrolment(self) -> None:
        if self._standing is not None:
            self.enrolment.server.setText(self._standing.server)
        self.enrolment.show()
        self.head_changed.emit()
        self.enrolment.code.setFocus()

    @Slot(str)
    def _adopt(self, grid: str) -> None:
        self.bench.write(self, partial(sync_work.adopt, grid=grid), self._adopted, self._adoption_refused)

    def _adopted(self, operations: int) -> None:
        self.said.emit(self.tr("%Ln record(s) handed over", "", operations), None)
        self.load()

    def _adoption_refused(self, problem: Problem) -> None:
        self.problem_met.emit(problem)
        self.load()

    def _progressed(self, done: int, total: int, stage: str) -> None:
        self._advance.step(done, total, stage)
        self.hero.show_advance(self._advance)
        self.network_changed.emit("running", self._advance.percent)
        if not self._following.isActive():
            self._following.start()

    def _synced(self, receipt: dict[str, Any]) -> None:
        refused = sum(receipt["counts"].get(status, 0) for status in ("rejected", "forbidden", "conflict"))
        self.network_changed.emit("synced", 100)
        if refused:
            words = self.tr("%Ln record(s) were not accepted as they are; the reasons stand below.", "", refused)
            self._say_above(words, "partial")

    def _broken(self, problem: Problem) -> None:
        offline = problem.code in OFFLINE_CODES
        self.network_changed.emit("offline" if offline else "online", 0)
        self._say_above(problem.sentence(window_language()), "info" if offline else "fail")
        if problem.code in _ENROL_AGAIN:
            self._show_enrolment()

    def _ended(self) -> None:
        called_off = self._job is not None and self._job.progress.cancelled
        self._job = None
        if called_off:
            self.network_changed.emit("online", 0)
            self._say_above(
                self.tr("The sync was called off. What was confirmed is at the centre; the rest waits."), "info"
            )
        self.load()

    def _say_above(self, words: str, tone: str) -> None:
        self.said_above.say(words, tone)
        self.said_above.show()
