"""回头看 on a look-back visit: what is to be looked at again, one after the other, each with what was found.

B opens and closes · ↑↓ select · 1 put right · 2 partly · 3 not · Enter opens the finding · Esc back to the visit
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.models.closed_loop import Need
from desktop.models.desk.visit_sheet import PhotoRow, VisitSheet
from desktop.models.problems import Problem, words
from desktop.models.vocabulary import FindingState, LookBackOutcome, VisitKind, VisitState
from desktop.ui import finding_words, finding_work, wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.finding_act_panel import Act, FindingActPanel
from desktop.ui.finding_work import Given
from desktop.ui.key_legend import KeyLegend
from desktop.ui.lazy_table_model import Cell, Column, LazyTableModel
from desktop.ui.notices import window_language
from desktop.ui.page import Page, Place
from desktop.ui.photo_strip import PhotoShelf, PhotoThumb
from desktop.ui.popup_panel import PopupPanel
from desktop.ui.register_view import RegisterView

if TYPE_CHECKING:
    from desktop.models.desk.look_back import LookBackRow

WIDTH, HEIGHT = 840, 560
_OUTCOMES = (LookBackOutcome.FIXED, LookBackOutcome.PARTLY, LookBackOutcome.NOT_FIXED)


class LookBackPanel(PopupPanel):
    """A surface over the visit; it speaks through the page it lies on.

    Signals:
        counted(int, int): how many findings are to be looked back on, and how many were.
        photo_opened(PhotoRow): the earlier photo, large.
        closed(): the page takes the focus.
    """

    counted = Signal(int, int)
    photo_opened = Signal(object)
    closed = Signal()

    def __init__(self, bench: Bench, shelf: PhotoShelf, host: Page) -> None:
        super().__init__(host)
        look = bench.look
        self._bench, self._host, self._shelf = bench, host, shelf
        self._visit: VisitSheet | None = None
        self._rows: dict[str, LookBackRow] = {}
        self._fresh = False
        self._ask = FindingActPanel(look, host)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, look.px(12), 1, 1)
        column.setSpacing(look.px(8))
        self._title = Text(look, style="page")
        self._title.setContentsMargins(look.px(16), 0, look.px(16), 0)
        column.addWidget(self._title)
        self.model = LazyTableModel(self._columns(), self._fetch, self)
        self.table = RegisterView(look)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Findings to look back on"))
        column.addWidget(self.table, 1)
        column.addLayout(self._below())
        self._legend = KeyLegend(
            look, [("↑↓", self.tr("select")), ("↵", self.tr("open the finding")), ("Esc", self.tr("to the visit"))]
        )
        column.addWidget(self._legend)
        self.table.installEventFilter(self)
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._open)
        self._ask.closed.connect(self._take_focus)
        shelf.ready.connect(self._show_current)
        shortcut = QShortcut(QKeySequence("B"), host)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.turn)
        self.hide()

    def show_visit(self, sheet: VisitSheet) -> None:
        """Read what a look-back visit looks back on; one without an answer begins with it."""
        self._visit = sheet if sheet.kind == VisitKind.LOOK_BACK else None
        self._fresh = self._visit is not None and not sheet.answers and sheet.state == VisitState.OPEN
        self.hide()
        self._ask.hide()
        self.load()

    @Slot()
    def load(self) -> None:
        """Read the findings again."""
        if self._visit is None:
            self._rows = {}
            self.counted.emit(0, 0)
            self._host.head_changed.emit()
            return
        self._bench.read(self, partial(finding_work.to_look_back, visit_id=self._visit.id), self._show)

    @Slot()
    def turn(self) -> None:
        """Open or close."""
        if self.isVisible():
            self._close()
        elif self._rows and self._host.isVisible():
            width = min(self._bench.look.px(WIDTH), self._host.width() - 32)
            height = min(self._bench.look.px(HEIGHT), self._host.height() - 32)
            self.setGeometry(QRect((self._host.width() - width) // 2, 16, width, height))
            self.show()
            self.raise_()
            self.table.setFocus()

    def record(self, outcome: LookBackOutcome) -> None:
        """Record an outcome for the current finding; a note and a photo may come with it."""
        row = self._rows.get(self.table.current_id())
        if row is None or self._visit is None or self._visit.state != VisitState.OPEN:
            return
        if row.state == FindingState.CLOSED and outcome is not LookBackOutcome.FIXED:
            outcome = LookBackOutcome.REBOUND
        do = partial(self._write, row.id, outcome)
        hint = self.tr("Without its photo what is put right on the spot awaits its check and is not closed.")
        told = hint if outcome is LookBackOutcome.FIXED and row.state != FindingState.CLOSED else ""
        self._ask.ask(Act(finding_words.outcome(outcome), do, may=(Need.NOTE, Need.PHOTO), hint=told))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A table keeps every letter and digit to itself; ours are taken before."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._took(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits record, Esc and B close."""
        if not self._took(event):
            super().keyPressEvent(event)

    def _took(self, event: QKeyEvent) -> bool:
        digit = event.key() - Qt.Key.Key_1
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_B):
            self._close()
        elif 0 <= digit < len(_OUTCOMES):
            self.record(_OUTCOMES[digit])
        else:
            return False
        return True

    def _below(self) -> QHBoxLayout:
        look = self._bench.look
        row = QHBoxLayout()
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.setSpacing(look.px(12))
        self._photo_place = QHBoxLayout()
        row.addLayout(self._photo_place)
        words_of = QVBoxLayout()
        self._promised = Text(look, wrap=True)
        self._when = Text(look, style="caption", tone="muted")
        words_of.addWidget(self._promised)
        words_of.addWidget(self._when)
        words_of.addStretch(1)
        row.addLayout(words_of, 1)
        self.buttons: dict[LookBackOutcome, Button] = {}
        for number, outcome in enumerate(_OUTCOMES, 1):
            _, icon = finding_words.outcome_look(outcome)
            self.buttons[outcome] = Button(
                look, finding_words.outcome(outcome), icon=icon, key=str(number), pressed=partial(self.record, outcome)
            )
            row.addWidget(self.buttons[outcome], 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _columns(self) -> list[Column]:
        return [
            Column("title", self.tr("Finding"), lambda row: Cell(f"{row.measure} {row.title}", tip=row.number), 200),
            Column("last", self.tr("Last visit"), self._last, 88),
            Column("severity", self.tr("Severity"), _severity, 96),
            Column("state", self.tr("State"), lambda row: Cell(wording.finding_state(row.state)), 96),
            Column("due", self.tr("Due"), _due, 136),
            Column("outcome", self.tr("Today"), _outcome, 150),
        ]

    def _last(self, row: LookBackRow) -> Cell:
        return Cell(self.tr("failed"), role="fail-fg", icon="triangle-alert") if row.failed_last else Cell(wording.NONE)

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        arrived([self._rows[each] for each in ids])

    def _show(self, found: tuple[LookBackRow, ...]) -> None:
        standing = self.table.current_id()
        self._rows = {row.id: row for row in found}
        self.model.set_ids(list(self._rows))
        self.table.go_to((self.model.row_of(standing) if standing else None) or 0)
        seen = sum(row.outcome is not None for row in found)
        self._title.say(self.tr("Look back: {seen} of {all}").format(seen=seen, all=len(found)))
        self.counted.emit(len(found), seen)
        self._host.head_changed.emit()
        self._show_current()
        if self._fresh:
            self._fresh = False
            self.turn()

    @Slot()
    def _show_current(self) -> None:
        while (item := self._photo_place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        row = self._rows.get(self.table.current_id())
        able = row is not None and self._visit is not None and self._visit.state == VisitState.OPEN
        for button in self.buttons.values():
            button.setEnabled(able)
        if row is None:
            return
        if row.photo:
            thumb = PhotoThumb(self._bench.look, self._shelf, PhotoRow(row.id, row.measure, row.photo, row.title))
            thumb.opened.connect(self.photo_opened)
            self._photo_place.addWidget(thumb)
        self._promised.say(row.promised or wording.NONE)
        day = row.closed_on or row.due_on
        told = self.tr("closed on {day}") if row.closed_on else self.tr("promised by {day}")
        self._when.say(told.format(day=wording.day(day)))
        closed = row.state == FindingState.CLOSED
        self.buttons[LookBackOutcome.PARTLY].setVisible(not closed)
        again = LookBackOutcome.REBOUND if closed else LookBackOutcome.NOT_FIXED
        self.buttons[LookBackOutcome.NOT_FIXED].setText(finding_words.outcome(again))

    def _write(self, finding: str, outcome: LookBackOutcome, given: Given) -> None:
        if self._visit is not None:
            work = partial(
                finding_work.look_back, finding_id=finding, visit_id=self._visit.id, outcome=outcome, given=given
            )
            self._bench.write(self, work, partial(self._written, outcome), self._refused)

    def _written(self, outcome: LookBackOutcome, warned: tuple[str, ...]) -> None:
        self._ask.done()
        told = (finding_words.outcome(outcome), *(words(code, {}, window_language()) for code in warned))
        self._host.saved.emit()
        self._host.said.emit(" · ".join(told), None)
        self.load()

    def _refused(self, problem: Problem) -> None:
        self._ask.show_problem(problem)

    @Slot()
    def _take_focus(self) -> None:
        if self.isVisible():
            self.table.setFocus()
        else:
            self.closed.emit()

    @Slot(str)
    def _open(self, finding: str) -> None:
        self._host.place_asked.emit(Place("findings", finding))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


def _severity(row: LookBackRow) -> Cell:
    tone, icon = wording.severity_look(row.severity)
    return Cell(wording.severity(row.severity), chip=tone, icon=icon)


def _due(row: LookBackRow) -> Cell:
    told, role, icon = finding_words.due(row.state, row.due_on)
    return Cell(told, role=role, icon=icon, tip=wording.day(row.due_on))


def _outcome(row: LookBackRow) -> Cell:
    if row.outcome is None:
        return Cell("○", role="muted")
    tone, icon = finding_words.outcome_look(row.outcome)
    return Cell(finding_words.outcome(row.outcome), chip=tone, icon=icon)
