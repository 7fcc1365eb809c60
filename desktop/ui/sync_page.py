"""同步: enrol once, then one button; what waits, what was not accepted, what happened before.

Keys: Ctrl Shift S syncs, from anywhere in the window · Esc calls a running sync off.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.models.problems import Problem
from desktop.models.vocabulary import Resolution
from desktop.ui import bundle_work, file_choice, letter_printing, sync_work, wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.conflict_view import ConflictView
from desktop.ui.job_runner import Job
from desktop.ui.notices import Banner, window_language
from desktop.ui.page import Page, PageHead, Place
from desktop.ui.page_names import page_title
from desktop.ui.sync_adoption import SyncAdoption
from desktop.ui.sync_conflicts import SyncConflicts
from desktop.ui.sync_enrolment import SyncEnrolment
from desktop.ui.sync_hero import Advance, SyncHero
from desktop.ui.sync_history import OFFLINE_CODES, SyncHistory
from desktop.ui.sync_options import SyncOptions
from desktop.ui.sync_refused import SyncRefused
from desktop.ui.sync_stick import SyncStick
from desktop.ui.sync_waiting import SyncWaiting
from desktop.ui.sync_work import SyncStanding

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet

_AGAIN_MS = 800
"""How soon the lists follow while operations are being answered or written."""
_REMOVALS = "sync_many_removed"
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
        if self._stack.currentIndex() == 1:
            return PageHead(page_title("sync"), crumb=self.tr("Changed in two places"), back=Place("sync", act="back"))
        server = self._standing.server if self._standing else ""
        again = (self._enrol_again,) if server and self.enrolment.isHidden() else ()
        return PageHead(page_title("sync"), note=server.partition("://")[2], actions=again)

    def arrive(self, place: Place) -> None:
        """Show how things stand; `act="run"` syncs at once."""
        if place.act != "run":
            self._leave_conflicts()
        self.load()
        if place.act == "run":
            self.run()
        elif place.act == "conflicts":
            self.decide_conflicts()

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
        elif event.key() == Qt.Key.Key_Escape and self.stick.busy:
            self.stick.cancel()
        else:
            super().keyPressEvent(event)

    # -- acts --------------------------------------------------------------------------------------------------------

    @Slot()
    def load(self) -> None:
        """Read how things stand."""
        self.bench.read(self, sync_work.standing, self._show, self.problem_met.emit)
        self.stick.load()

    @Slot()
    def run(self, *, accept_removals: bool = False) -> None:
        """Exchange everything with the centre, unless that is under way or there is no centre yet."""
        if self._job is not None or (self._standing is not None and not self._standing.enrolled):
            return
        self.said_above.hide()
        self._advance = Advance()
        self.hero.show_advance(self._advance)
        self.network_changed.emit("running", 0)
        self._allow.hide()
        act = partial(sync_work.run, accept_removals=accept_removals)
        self._job = self.bench.exchange(
            self, act, self._synced, self._broken, progressed=self._progressed, ended=self._ended
        )
        self.setFocus()

    @Slot()
    def cancel(self) -> None:
        """Stop at the next step of the exchange."""
        if self._job is not None:
            self._job.cancel()
            self.hero.show_stopping()

    @Slot()
    def decide_conflicts(self) -> None:
        """Decide what was changed in two places, one after the other."""
        if self._standing is not None and self._standing.conflicts:
            self._stack.setCurrentIndex(1)
            self.conflicts.show_conflicts(self._standing.conflicts)
            self.conflicts.setFocus()
            self.head_changed.emit()

    @Slot()
    def save_log(self) -> None:
        """Keep the log of exchanges as a file."""
        path = letter_printing.choose_file(self.window(), self.tr("Export log"), self.tr("sync log"), "csv")
        if path is not None:
            self.bench.read(self, partial(sync_work.save_log, path=path), self._file_saved, self.problem_met.emit)

    @Slot()
    def save_unsent(self) -> None:
        """Keep the unsent work as a file."""
        title = self.tr("Save unsent work")
        path = letter_printing.choose_file(self.window(), title, self.tr("unsent work"), "zip")
        if path is not None:
            self.bench.read(self, partial(sync_work.save_unsent, path=path), self._file_saved, self.problem_met.emit)

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        look = self.look
        gap = look.px(16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._stack = QStackedLayout(self)
        main = QWidget()
        self._stack.addWidget(main)
        self.conflicts = ConflictView(look)
        self._stack.addWidget(self.conflicts)
        row = QHBoxLayout(main)
        row.setContentsMargins(gap, gap, gap, gap)
        row.setSpacing(gap)
        left = QVBoxLayout()
        left.setSpacing(look.px(12))
        self.said_above = Banner(look)
        self.said_above.hide()
        self._allow = Button(look, self.tr("Allow removal and sync"), pressed=self._allow_removals)
        self._allow.hide()
        self.said_above.row.addWidget(self._allow)
        self.hero = SyncHero(look)
        self.enrolment = SyncEnrolment(look)
        self.adoption = SyncAdoption(look)
        self.waiting = SyncWaiting(look)
        self.contested = SyncConflicts(look)
        self.refused = SyncRefused(look)
        for card in (self.said_above, self.enrolment, self.hero, self.adoption):
            left.addWidget(card)
        left.addWidget(self.waiting, 3)
        left.addWidget(self.contested)
        left.addWidget(self.refused, 2)
        self.stick = SyncStick(self.bench)
        self.history = SyncHistory(look)
        self.options = SyncOptions(look)
        side = QWidget()
        side.setFixedWidth(look.px(328))
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(look.px(12))
        right.addWidget(self.stick)
        right.addWidget(self.history, 1)
        right.addWidget(self.options)
        row.addLayout(left, 1)
        row.addWidget(side)
        for card in (self.enrolment, self.hero, self.adoption):
            card.hide()
        self.hero.run_asked.connect(self.run)
        self.hero.cancel_asked.connect(self.cancel)
        self.enrolment.asked.connect(self._enrol)
        self.enrolment.ticket_asked.connect(self._enrol_by_ticket)
        self.stick.answered.connect(self.load)
        self.stick.answered.connect(self.saved)
        self.stick.problem_met.connect(self._stick_refused)
        self.adoption.asked.connect(self._adopt)
        self.refused.place_asked.connect(self.place_asked)
        self.refused.offer_asked.connect(self._offer_again)
        self.refused.aside_asked.connect(self._put_aside)
        self.contested.decide_asked.connect(self.decide_conflicts)
        self.conflicts.decided.connect(self._settle)
        self.conflicts.left.connect(self._leave_conflicts)
        self.history.log_asked.connect(self.save_log)
        self.history.receipt_asked.connect(self._save_receipt)
        self.options.automatic_chosen.connect(self._choose_automatic)
        self.options.unsent_asked.connect(self.save_unsent)

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
        self.waiting.show_work(standing.work, standing.photos, enrolled=standing.enrolled)
        self.refused.show_work(standing.work)
        self.history.show_work(standing.work)
        self.contested.show_conflicts(standing.conflicts)
        self.options.show_automatic(standing.automatic)
        if self._stack.currentIndex() == 1:
            self.conflicts.show_conflicts(standing.conflicts)
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
        elif standing.last_sync and not standing.work.refused and not standing.conflicts:
            self.hero.show_rest(self.tr("Everything is at the centre"), last, "pass", "circle-check")
        else:
            self.hero.show_rest(self.tr("Nothing new to send"), f"{last} {kept}", "accent", "cloud")

    @Slot(str, str, object)
    def _enrol(self, server: str, code: str, ca_file: Path | None) -> None:
        act = partial(sync_work.enrol, server=server, code=code, ca_file=ca_file)
        self.bench.exchange(self, act, self._enrolled_online, self.enrolment.show_refused)

    @Slot()
    def _enrol_by_ticket(self) -> None:
        path = file_choice.choose_existing(self.window(), self.tr("Enrol by a ticket"), self.tr("Ticket"), "zqe")
        if path is not None:
            self.enrolment.show_asking()
            act = partial(bundle_work.enrol_by_ticket, file=path)
            self.bench.exchange(self, act, self._enrolled, self.enrolment.show_refused)

    def _enrolled_online(self, answer: dict[str, Any]) -> None:
        self._enrolled(answer)
        self.network_changed.emit("online", 0)

    def _enrolled(self, answer: dict[str, Any]) -> None:
        self.enrolment.show_enrolled()
        self.enrolment.hide()
        self.said_above.hide()
        grids = ", ".join(answer["grids"])
        self.said.emit(self.tr("This computer is enrolled for {grids}").format(grids=grids), None)
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
        self.bench.write(self, partial(sync_work.adopt, grid=grid), self._adopted, self._act_refused)

    def _adopted(self, operations: int) -> None:
        self.said.emit(self.tr("%Ln record(s) handed over", "", operations), None)
        self.load()

    def _progressed(self, done: int, total: int, stage: str) -> None:
        self._advance.step(done, total, stage)
        self.hero.show_advance(self._advance)
        self.network_changed.emit("running", self._advance.percent)
        if not self._following.isActive():
            self._following.start()

    def _synced(self, receipt: dict[str, Any]) -> None:
        refused = sum(receipt["counts"].get(status, 0) for status in ("rejected", "forbidden"))
        contested = receipt["counts"].get("conflict", 0)
        self.network_changed.emit("synced", 100)
        if contested and not refused:
            words = self.tr("%Ln record(s) were set differently in two places; decide them below.", "", contested)
            self._say_above(words, "partial")
        if refused:
            words = self.tr("%Ln record(s) were not accepted as they are; the reasons stand below.", "", refused)
            self._say_above(words, "partial")

    def _broken(self, problem: Problem) -> None:
        offline = problem.code in OFFLINE_CODES
        self.network_changed.emit("offline" if offline else "online", 0)
        self._say_above(problem.sentence(window_language()), "info" if offline else "fail")
        self._allow.setVisible(problem.code == _REMOVALS)
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

    @Slot(object)
    def _stick_refused(self, problem: Problem) -> None:
        self._allow.hide()
        self._say_above(problem.sentence(window_language()), "fail")

    @Slot()
    def _allow_removals(self) -> None:
        self.run(accept_removals=True)

    @Slot(str, object, object)
    def _settle(self, conflict: str, how: Resolution, value: object) -> None:
        act = partial(sync_work.settle, conflict=conflict, how=how, value=value)
        self.bench.write(self, act, self._settled, self._act_refused)

    def _settled(self, _nothing: object) -> None:
        self.saved.emit()
        self.load()

    @Slot()
    def _leave_conflicts(self) -> None:
        if self._stack.currentIndex() == 1:
            self._stack.setCurrentIndex(0)
            self.hero.run_button.setFocus()
            self.head_changed.emit()

    @Slot(str)
    def _offer_again(self, op_id: str) -> None:
        self.bench.write(self, partial(sync_work.offer_refused, op_id=op_id), self._settled, self._act_refused)

    @Slot(str)
    def _put_aside(self, op_id: str) -> None:
        self.bench.write(self, partial(sync_work.set_aside, op_id=op_id), self._settled, self._act_refused)

    @Slot(bool)
    def _choose_automatic(self, on: bool) -> None:
        self.bench.write(self, partial(sync_work.choose_automatic, on=on), self._settled, self._act_refused)

    def _act_refused(self, problem: Problem) -> None:
        self.problem_met.emit(problem)
        self.load()

    @Slot(str)
    def _save_receipt(self, run_id: str) -> None:
        path = letter_printing.choose_file(self.window(), self.tr("Save receipt"), self.tr("sync receipt"))
        if path is not None:
            act = partial(sync_work.save_receipt, run_id=run_id, path=path)
            self.bench.read(self, act, self._file_saved, self.problem_met.emit)

    def _file_saved(self, path: Path) -> None:
        self.said.emit(self.tr("Saved as {file}").format(file=path.name), None)

    def _say_above(self, words: str, tone: str) -> None:
        self.said_above.say(words, tone)
        self.said_above.show()
