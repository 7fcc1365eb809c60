"""走访: one visit on one page. Measures left, the current one in the middle, what it means at the right.

J K next and previous · U next unchecked · 1–4 answer · Shift 1–4 check point · N note · / phrases · P photo · V last
time's answer · E sentence · B look back · S R D severity, route, due date · F4 right pane · Ctrl Enter complete.
Letters are keys only while no text field has the focus: a field takes them before any shortcut does; Esc leaves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.models.problems import Problem
from desktop.models.vocabulary import Result, VisitState
from desktop.ui.bench import Bench
from desktop.ui.durable_writes import ClosingWatch
from desktop.ui.gap_panel import GapPanel
from desktop.ui.look_back_panel import LookBackPanel
from desktop.ui.page import Page, PageHead, Place
from desktop.ui.page_names import page_title
from desktop.ui.photo_strip import PhotoShelf
from desktop.ui.photo_viewer import PhotoViewer
from desktop.ui.situation_panel import SituationPanel
from desktop.ui.visit_bars import VisitTools
from desktop.ui.visit_keeper import VisitKeeper
from desktop.ui.visit_panes import VisitPanes
from desktop.ui.visit_start import VisitStart
from desktop.ui.visit_words import POINT_KEYS, act_words, visit_note

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet

_CLOCK_MS = 30_000


class VisitPage(Page):
    """The page; without a visit it shows where visits begin."""

    wants_room = True

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._measure_wanted = ""
        self.keeper = VisitKeeper(bench, self)
        self.shelf = PhotoShelf(bench, self)
        self._stack = QStackedLayout(self)
        self.start = VisitStart(bench)
        self._stack.addWidget(self.start)
        self.split = VisitPanes(bench.look, self.keeper, self.shelf)
        self.list, self.form, self.side = self.split.list, self.split.form, self.split.side
        self.banner, self.footer = self.split.banner, self.split.footer
        self._stack.addWidget(self.split)
        self.tools = VisitTools(bench.look, self)
        self.viewer = PhotoViewer(bench, self)
        self.gaps = GapPanel(bench.look, self)
        self.situation = SituationPanel(bench.look, self)
        self.look_back = LookBackPanel(bench, self.shelf, self)
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._closing = ClosingWatch(self, self._leave_for_good)
        self._connect()
        self._bind_keys()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # -- the window asks -------------------------------------------------------------------------------------------

    def head(self) -> PageHead:
        """The enterprise, the kind of visit and how long it has been going on."""
        sheet = self.keeper.sheet
        if sheet is None:
            return PageHead(page_title("visits"))
        return PageHead(
            sheet.enterprise.name,
            note=visit_note(sheet),
            back=Place("visits", act="list"),
            before=(self.tools.progress,),
            actions=self.tools.acts(self.keeper.is_open),
            search_icon=True,
        )

    def arrive(self, place: Place) -> None:
        """Open a visit (`act`: a measure to stand at), begin one at an enterprise ("start"), or the list ("list")."""
        if place.act in ("start", "look_back") and place.target:
            self._show_start()
            self.start.choose(place.target, place.act)
        elif place.target:
            self.open_visit(place.target, place.act or "")
        elif place.act == "list" or self.keeper.sheet is None:
            self._show_start()
            self.start.load()
        else:
            self._stack.setCurrentIndex(1)
            self._take_focus()

    def records_changed(self, changes: ChangeSet) -> None:
        """A pull may have changed the visit; own writes are known already."""
        self.start.load_soon()
        sheet = self.keeper.sheet
        if sheet is None or self.keeper.busy or not changes.touches("visits", "answers", "findings", "attachments"):
            return
        self.write_down()
        self._measure_wanted = self.list.current
        self.keeper.load(sheet.id)

    def panes(self) -> Sequence[QWidget]:
        """List, form, right pane."""
        return (self.list.tree, self.form.answers.buttons[Result.PASS], self.side)

    def open_visit(self, visit_id: str, measure: str = "") -> None:
        """Open a visit at a measure, else at the first unchecked one."""
        self._measure_wanted = measure
        if self.keeper.sheet is not None and self.keeper.sheet.id == visit_id:
            self._stack.setCurrentIndex(1)
            if measure:
                self.list.go_to(measure)
            self._take_focus()
            return
        self.write_down()
        self.keeper.load(visit_id)

    def write_down(self) -> None:
        """Ask for everything typed to be saved; called whenever the page is left."""
        if self.keeper.sheet is not None:
            self.form.write_down()
            self.side.write_down()
            self.situation.write_down()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the window's closing is seen before the window itself acts on it."""
        super().showEvent(event)
        self._closing.watch()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page: write down."""
        super().hideEvent(event)
        self._clock.stop()
        self.write_down()

    def _leave_for_good(self) -> None:
        """The window closes: write down, and wait until it is durable."""
        self.write_down()
        self.keeper.writes.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift and a digit turn a check point; by the key, as the sign it types differs with the keyboard."""
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        number = POINT_KEYS.get(Qt.Key(event.key()))
        if shifted and number and self._visit_shown():
            self.form.turn_point(number)
        elif event.matches(QKeySequence.StandardKey.Paste) and self._visit_shown():
            self.form.paste_pictures()
        elif event.key() == Qt.Key.Key_Escape and self._visit_shown():
            self._take_focus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right pane folds on a small window."""
        super().resizeEvent(event)
        self.split.fit_side()
        self.viewer.setGeometry(self.rect())

    # -- building --------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        keeper = self.keeper
        keeper.opened.connect(self._opened)
        keeper.kept.connect(self._kept)
        keeper.kept_at.connect(self._say_saved)
        keeper.refused.connect(self._refused)
        keeper.acted.connect(self._acted)
        keeper.put_back.connect(self._shown_again)
        self.list.chosen.connect(self._show_measure)
        self.form.left.connect(self._take_focus)
        self.side.left.connect(self._take_focus)
        self.form.photo_opened.connect(self.viewer.show_photo)
        self.side.photo_opened.connect(self.viewer.show_photo)
        self.viewer.closed.connect(self._take_focus)
        self.gaps.measure_asked.connect(self.list.go_to)
        self.gaps.completed.connect(self._complete_now)
        self.gaps.closed.connect(self._take_focus)
        self.situation.written.connect(keeper.set_situation)
        self.situation.closed.connect(self._take_focus)
        self.start.visit_chosen.connect(self.open_visit)
        self.start.roster_asked.connect(partial(self.place_asked.emit, Place("enterprises", act="import")))
        self.look_back.closed.connect(self._take_focus)
        self.look_back.photo_opened.connect(self.viewer.show_photo)
        self.look_back.counted.connect(self.tools.count_look_backs)
        self.tools.look_back.clicked.connect(self.look_back.turn)
        self._clock.timeout.connect(self.head_changed)
        self.footer.next.clicked.connect(self.go_on)
        self.footer.previous.clicked.connect(self.go_back)
        self.footer.unchecked.clicked.connect(self.go_unchecked)
        self.tools.situation.clicked.connect(self.ask_situation)
        self.tools.complete.clicked.connect(self.complete)
        self.tools.letter.clicked.connect(self._write_letter)
        self.look.changed.connect(self.write_down)

    def _bind_keys(self) -> None:
        keys = {
            "J": self.go_on, "K": self.go_back, "U": self.go_unchecked, "N": self._to_note,
            "/": self._find_or_phrases, "P": self.form.ask_photos, "V": self.form.copy_last,
            "E": self.side.sentences.edit, "S": self.side.terms.ask_severity, "R": self.side.terms.ask_route,
            "D": self.side.terms.ask_due, "F4": self.split.toggle_side, "Ctrl+Return": self.complete,
            "Ctrl+Enter": self.complete,
        }  # fmt: skip
        for sequence, act in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        for number, result in enumerate(Result, 1):
            shortcut = QShortcut(QKeySequence(str(number)), self)
            shortcut.setObjectName(str(result))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._answer_by_key)

    # -- moving ----------------------------------------------------------------------------------------------------

    @Slot()
    def go_on(self) -> None:
        """The next measure."""
        self._step(1)

    @Slot()
    def go_back(self) -> None:
        """The previous measure."""
        self._step(-1)

    @Slot()
    def go_unchecked(self) -> None:
        """The next measure without a result, round the end."""
        measure_set = self.keeper.measure_set
        if measure_set is None or not self._visit_shown():
            return
        codes = measure_set.codes
        at = codes.index(self.list.current)
        for code in (*codes[at + 1 :], *codes[:at]):
            if self.keeper.entered(code).result is None:
                self.list.go_to(code)
                return

    @Slot()
    def complete(self) -> None:
        """List what is missing; with the list open, or nothing missing, complete the visit."""
        if not self._visit_shown() or not self.keeper.is_open:
            return
        if self.gaps.isVisible():
            self.gaps.finish.click()
            return
        self.write_down()
        self.keeper.find_gaps(self._show_gaps)

    @Slot()
    def ask_situation(self) -> None:
        """Open the head counts."""
        if self.keeper.sheet is not None:
            self.situation.offer(self.keeper.sheet.situation)

    def _step(self, step: int) -> None:
        measure_set = self.keeper.measure_set
        if measure_set is None or not self._visit_shown():
            return
        at = measure_set.codes.index(self.list.current) + step
        if 0 <= at < len(measure_set.codes):
            self.list.go_to(measure_set.codes[at])

    # -- slots -----------------------------------------------------------------------------------------------------

    @Slot()
    def _opened(self) -> None:
        sheet, measure_set = self.keeper.sheet, self.keeper.measure_set
        assert sheet is not None and measure_set is not None  # noqa: S101, PT018
        self._stack.setCurrentIndex(1)
        self.gaps.hide()
        self.situation.hide()
        self.footer.say_nothing()
        self.list.show_set(measure_set, self.keeper.results())
        unchecked = [code for code in measure_set.codes if self.keeper.entered(code).result is None]
        known = self._measure_wanted in measure_set.codes
        self.list.go_to(self._measure_wanted if known else (unchecked or list(measure_set.codes))[0])
        self._show_state()
        self.split.fit_side()
        self._take_focus()
        self.look_back.show_visit(sheet)

    @Slot(str)
    def _show_measure(self, code: str) -> None:
        measure_set = self.keeper.measure_set
        assert measure_set is not None  # noqa: S101
        self.side.write_down()
        self.form.show_measure(code)
        self.side.show_measure(code)
        self.footer.show_place(measure_set.codes, code)

    @Slot(str)
    def _kept(self, measure: str) -> None:
        if measure:
            self.list.show_result(measure, self.keeper.results().get(measure))
            self._show_progress()

    @Slot(str)
    def _say_saved(self, time: str) -> None:
        self.footer.say_saved(time)
        self.saved.emit()

    @Slot(str, object)
    def _refused(self, measure: str, problem: Problem) -> None:
        self.footer.say_refused()
        self.problem_met.emit(problem)

    @Slot(str, str)
    def _acted(self, act: str, measure: str) -> None:
        self.footer.say_saving()
        words = act_words(act, measure, self.keeper.entered(measure).result)
        if words:
            self.said.emit(words, self.keeper.undo)

    @Slot(str)
    def _shown_again(self, measure: str) -> None:
        if measure != self.list.current:
            self.list.go_to(measure)

    @Slot()
    def _answer_by_key(self) -> None:
        if self._visit_shown():
            self.form.answer(Result(self.sender().objectName()))

    @Slot()
    def _to_note(self) -> None:
        if self._visit_shown() and self.form.note.isEnabled():
            self.form.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _find_or_phrases(self) -> None:
        if self._visit_shown():
            self.form.offer_phrases()
        else:
            self.start.search.setFocus()

    @Slot()
    def _take_focus(self) -> None:
        self.list.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _complete_now(self) -> None:
        self.keeper.complete(self._completed)

    @Slot()
    def _write_letter(self) -> None:
        if self.keeper.sheet is not None:
            self.place_asked.emit(Place("letters", self.keeper.sheet.id, "compose"))

    def _show_gaps(self, gaps: list[str]) -> None:
        measure_set = self.keeper.measure_set
        if not gaps:
            self._complete_now()
        elif measure_set is not None:
            self.gaps.offer(gaps, measure_set)

    def _completed(self) -> None:
        self._show_state()
        self.form.show_measure(self.list.current)
        self.side.show_measure(self.list.current)
        self._take_focus()

    def _show_start(self) -> None:
        self.write_down()
        self.keeper.close()
        self._stack.setCurrentIndex(0)
        self.head_changed.emit()
        self.start.search.setFocus()

    def _show_state(self) -> None:
        sheet = self.keeper.sheet
        done = sheet is not None and sheet.state == VisitState.COMPLETED
        self.banner.setVisible(done)
        if sheet is not None and done:
            gaps = len(sheet.gaps)
            words = self.tr("This visit is completed; its answers stand as the record of the day.")
            if gaps:
                words += " " + self.tr("{count} gaps are recorded.").format(count=gaps)
            self.banner.say(words, "info")
        self._show_progress()
        self.head_changed.emit()

    def _show_progress(self) -> None:
        measure_set = self.keeper.measure_set
        total, done = len(measure_set.codes) if measure_set else 0, len(self.keeper.results())
        self.tools.show_progress(done, total)
        self.footer.lead(not (total and done == total))

    def _visit_shown(self) -> bool:
        return self._stack.currentIndex() == 1 and self.keeper.sheet is not None
