"""文书: recommendation letters from draft to issue, edited in blocks beside their pages.

Keys: Enter opens · Ctrl S saves the PDF · Ctrl P prints · Ctrl Enter issues · F4 shows or hides the pages · Esc leaves
a field, then the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QStackedLayout, QWidget

from desktop.models.letter_composition import BLOCKING_CHECKS, letter_checks
from desktop.models.letter_content import DeadlineRow, LetterContent, LetterItem
from desktop.models.problems import Problem, UserProblem
from desktop.models.vocabulary import LetterState
from desktop.ui import letter_work
from desktop.ui.bench import Bench
from desktop.ui.durable_writes import ClosingWatch, DurableWrites
from desktop.ui.issue_dialog import confirm_issue
from desktop.ui.letter_list import LetterList
from desktop.ui.letter_output import LetterOutput
from desktop.ui.letter_pane import LetterPane
from desktop.ui.letter_work import Opened
from desktop.ui.note_field import SAVE_AFTER_MS
from desktop.ui.page import Page, PageHead, Place
from desktop.ui.page_names import page_title
from desktop.ui.reissue_panel import ReissuePanel

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet

LIST = Place("letters", act="list")


class LetterPage(Page):
    """The list of letters, or one letter with its pages."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._opened: Opened | None = None
        self._asked = 0  # which letter was asked for last; an answer that was overtaken is not shown
        self._returning: tuple[str, LetterItem, DeadlineRow | None] | None = None
        self._content: LetterContent | None = None  # what was last given to be saved
        self._issuing = False
        self.writes = DurableWrites(bench, self)
        self._closing = ClosingWatch(self, self._leave_for_good)
        self._stack = QStackedLayout(self)
        self.list = LetterList(bench)
        self._stack.addWidget(self.list)
        self.pane = LetterPane(bench)
        self._stack.addWidget(self.pane)
        self.bar, self.editor, self.footer = self.pane.bar, self.pane.editor, self.pane.footer
        self.preview = self.pane.preview
        self.output = LetterOutput(bench, self.pane)
        self.reissue = ReissuePanel(bench.look, self)
        self._saving = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._connect()
        self._bind_keys()

    # -- the window asks ---------------------------------------------------------------------------------------------

    def head(self) -> PageHead:
        """The name, with the enterprise of the letter that is open."""
        if self._opened is None:
            return PageHead(page_title("letters"))
        return PageHead(page_title("letters"), crumb=self._opened.draft.row.enterprise, back=LIST)

    def arrive(self, place: Place) -> None:
        """Open a letter, a visit's letter ("compose"), or the list."""
        if place.act == "compose" and place.target:
            self.write_for(place.target)
        elif place.target:
            self.open_letter(place.target)
        elif place.act == "list" or self._opened is None:
            self._show_list()
        else:
            self._look_again()

    def records_changed(self, changes: ChangeSet) -> None:
        """Lists follow; the texts of a letter that is open are changed by nobody else."""
        if not self.isVisible():
            return
        if self._opened is None and changes.touches("letters", "findings", "visits"):
            self.list.load()
        elif self._opened is not None and changes.touches("findings", "visits"):
            self._look_again()

    def panes(self) -> Sequence[QWidget]:
        """List, or blocks and pages."""
        return (self.list.table, self.editor.opening.field, self.preview.view)

    def open_letter(self, letter_id: str) -> None:
        """Open a letter."""
        if self._row_id == letter_id:
            self._look_again()
            return
        self.write_down()
        act = partial(letter_work.open_letter, letter_id=letter_id)
        self.bench.read(self, act, self._shown_when_wanted(), self.problem_met.emit)

    def write_for(self, visit_id: str) -> None:
        """Open the letter of a visit, composed now if there is none."""
        self.write_down()
        act = partial(letter_work.compose, visit_id=visit_id)
        self.bench.write(self, act, self._shown_when_wanted(), self.problem_met.emit)

    def write_down(self) -> None:
        """Save what was typed and not saved yet."""
        if self._editable:
            self.editor.write_down()
            self._save()

    # -- Qt ----------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the window's closing is seen."""
        super().showEvent(event)
        self._closing.watch()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page: write down."""
        super().hideEvent(event)
        self.write_down()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pages hide on a small window."""
        super().resizeEvent(event)
        self.pane.fit_pages()
        self.reissue.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes from a field to the letter, from the letter to the list."""
        if event.key() != Qt.Key.Key_Escape or self._opened is None:
            super().keyPressEvent(event)
        elif isinstance(QApplication.focusWidget(), QLineEdit | QAbstractSpinBox):
            self.editor.setFocus()
        else:
            self.place_asked.emit(LIST)

    # -- building ----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.list.letter_chosen.connect(lambda letter: self.place_asked.emit(Place("letters", letter)))
        self.list.visit_chosen.connect(lambda visit: self.place_asked.emit(Place("letters", visit, "compose")))
        self.editor.edited.connect(self._edited)
        self.editor.dropped.connect(self._dropped)
        self.bar.changed.connect(self._edited)
        self.bar.print_button.clicked.connect(self.print)
        self.bar.save_button.clicked.connect(self.save_pdf)
        self.output.done.connect(lambda words: self.said.emit(words, None))
        self.output.failed.connect(self.problem_met)
        self.bar.reissue_button.clicked.connect(self._ask_reissue)
        self.footer.issue_asked.connect(self.issue)
        self.preview.drawn.connect(self._show_checks)
        self.preview.failed.connect(self.problem_met)
        self.reissue.decided.connect(self._reissue)
        self._saving.timeout.connect(self._save)
        self.look.changed.connect(self.write_down)

    def _bind_keys(self) -> None:
        for keys, act in (
            ("F4", self.pane.toggle_pages),
            ("Ctrl+S", self.save_pdf),
            ("Ctrl+P", self.print),
            ("Ctrl+Return", self.issue),
            ("Ctrl+Enter", self.issue),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- acts --------------------------------------------------------------------------------------------------------

    @Slot()
    def issue(self) -> None:
        """Ask, then number, draw and freeze; what may not be issued is said before asking."""
        if not self._editable:
            return
        self.write_down()
        content = self.pane.content()
        blocking = [code for code in letter_checks(content) if code in BLOCKING_CHECKS]
        if blocking:
            self.editor.go_to(blocking[0])
            self.problem_met.emit(UserProblem(blocking[0]))
            return
        self._show_checks()
        pages = self.preview.pages if self.preview.shows(content) else 0
        if not confirm_issue(self.look, content, pages, self.footer.checks.failing, self.window()):
            return
        self._lock(True)
        row_id = self._row_id
        act = partial(letter_work.issue, letter_id=row_id, content=content)
        self.writes.write(act, partial(self._issued, row_id), partial(self._issue_refused, row_id))

    @Slot()
    def print(self) -> None:
        """Print the letter as it stands."""
        if self._opened is not None:
            self.output.print(self._opened)

    @Slot()
    def save_pdf(self) -> None:
        """Keep the letter as it stands as a file."""
        if self._opened is not None:
            self.output.save(self._opened)

    # -- opening -----------------------------------------------------------------------------------------------------

    @property
    def _row_id(self) -> str:
        return self._opened.draft.row.id if self._opened is not None else ""

    @property
    def _editable(self) -> bool:
        opened = self._opened
        return opened is not None and opened.draft.row.state == LetterState.DRAFT and not self._issuing

    def _shown_when_wanted(self) -> Callable[[Opened], None]:
        """Shows what was asked for, unless something else was asked for since."""
        self._asked += 1
        asked = self._asked

        def show(opened: Opened) -> None:
            if asked == self._asked:
                self._show_opened(opened)

        return show

    def _show_opened(self, opened: Opened) -> None:
        if self._row_id == opened.draft.row.id and self._editable and opened.draft.row.state == LetterState.DRAFT:
            self.editor.offer(opened.composed)  # the fields are newer than what was read
            return
        self.write_down()
        self._opened, self._content = opened, opened.draft.content
        self._lock(False)
        self.reissue.hide()
        self._stack.setCurrentIndex(1)
        self.pane.show_letter(opened)
        self.head_changed.emit()
        self.editor.setFocus()
        returning, self._returning = self._returning, None
        if returning is not None and returning[0] == self._row_id:
            self._put_back(*returning)

    def _look_again(self) -> None:
        """The visit may say something else by now."""
        if self._editable:
            act = partial(letter_work.open_letter, letter_id=self._row_id)
            self.bench.read(self, act, self._shown_when_wanted(), self.problem_met.emit)

    def _show_list(self) -> None:
        self.write_down()
        self._asked += 1
        self._opened = None
        self._lock(False)
        self.reissue.hide()
        self._stack.setCurrentIndex(0)
        self.list.load()
        self.list.table.setFocus()
        self.head_changed.emit()

    # -- saving ------------------------------------------------------------------------------------------------------

    @Slot()
    def _edited(self) -> None:
        if self._editable:
            self.preview.draw_soon(self.pane.content())
            self.footer.say_nothing()
            self._saving.start()

    @Slot()
    def _save(self) -> None:
        self._saving.stop()
        if not self._editable:
            return
        content = self.pane.content()
        if content != self._content:
            self._content = content
            act = partial(letter_work.save, letter_id=self._row_id, content=content)
            self.writes.write(act, partial(self._kept, self._row_id), partial(self._not_kept, self._row_id))
        self._show_checks()

    def _kept(self, row_id: str, _draft: object) -> None:
        if row_id == self._row_id and self.writes.waiting <= 1 and not self._saving.isActive():
            self.footer.say_saved()
        self.saved.emit()

    def _not_kept(self, row_id: str, problem: Problem) -> None:
        if row_id == self._row_id:
            self._content = None  # it is tried again with the next letter typed, or when the page is left
            self.footer.say_refused()
        self.problem_met.emit(problem)

    def _leave_for_good(self) -> None:
        self.write_down()
        self.writes.settle()

    # -- leaving out, issuing, replacing -----------------------------------------------------------------------------

    @Slot(object, object)
    def _dropped(self, item: LetterItem, row: DeadlineRow | None) -> None:
        words = self.tr("{measure} left out of the letter").format(measure=item.measure)
        self.said.emit(words, partial(self._put_back, self._row_id, item, row))

    def _put_back(self, row_id: str, item: LetterItem, row: DeadlineRow | None) -> None:
        """Undo of leaving out; another letter may be open by now."""
        if self._row_id == row_id:
            if self._editable:
                self.editor.put_back(item, row)
        else:
            self._returning = (row_id, item, row)
            self.place_asked.emit(Place("letters", row_id))

    def _lock(self, on: bool) -> None:
        """Keep the fields as they are while the letter is issued."""
        self._issuing = on
        if on:
            self._saving.stop()
            self.footer.say_issuing()
            self.preview.view.setFocus()
        else:
            self.footer.say_nothing()
        self.pane.lock(on)

    def _issued(self, row_id: str, opened: Opened) -> None:
        if self._row_id == row_id:
            self._show_opened(opened)
        self.said.emit(self.tr("{number} issued and frozen").format(number=opened.draft.row.number), None)

    def _issue_refused(self, row_id: str, problem: Problem) -> None:
        if self._row_id == row_id:
            self._lock(False)
        self.problem_met.emit(problem)

    @Slot()
    def _show_checks(self) -> None:
        if self._opened is not None:
            self.pane.show_checks(self._opened)

    @Slot()
    def _ask_reissue(self) -> None:
        if self._opened is not None:
            self.reissue.offer(self._opened.draft.row.number or "")

    @Slot(str)
    def _reissue(self, reason: str) -> None:
        if self._opened is not None:
            act = partial(letter_work.reissue, letter_id=self._row_id, reason=reason)
            self.writes.write(act, self._reissued, self.problem_met.emit)

    def _reissued(self, opened: Opened) -> None:
        self._show_opened(opened)
        self.place_asked.emit(Place("letters", opened.draft.row.id))
