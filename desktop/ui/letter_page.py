"""文书: recommendation letters from draft to issue, edited in blocks beside their pages.

Keys: Enter opens · Ctrl S saves the PDF · Ctrl P prints · Ctrl Enter issues · F4 shows or hides the pages · Esc leaves
a field.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.models.letter_composition import letter_checks
from desktop.models.letter_content import Layout, LetterContent
from desktop.models.problems import Problem
from desktop.models.vocabulary import LetterState
from desktop.ui import letter_printing, letter_work
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.durable_writes import ClosingWatch, DurableWrites
from desktop.ui.issue_dialog import confirm_issue
from desktop.ui.letter_bar import LetterBar
from desktop.ui.letter_checks import LetterChecks
from desktop.ui.letter_editor import LetterEditor
from desktop.ui.letter_list import LetterList
from desktop.ui.letter_preview import LetterPreview
from desktop.ui.letter_work import Opened
from desktop.ui.note_field import SAVE_AFTER_MS
from desktop.ui.page import Page, PageHead, Place
from desktop.ui.page_names import page_title
from desktop.ui.reissue_panel import ReissuePanel
from desktop.ui.theme import tokens

if TYPE_CHECKING:
    from desktop.models.device.change_set import ChangeSet

PREVIEW_FROM = 1240
"""Width of the window in pixels from which the pages stand beside the blocks."""


class LetterPage(Page):
    """The list of letters, or one letter with its pages."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._opened: Opened | None = None
        self._content: LetterContent | None = None
        self._preview_wanted: bool | None = None
        self.writes = DurableWrites(bench, self)
        self._closing = ClosingWatch(self, self._leave_for_good)
        self._stack = QStackedLayout(self)
        self.list = LetterList(bench)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._build_letter())
        self.reissue = ReissuePanel(bench.look, self)
        self._saving = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._connect()
        self._bind_keys()

    # -- the window asks ---------------------------------------------------------------------------------------------

    def head(self) -> PageHead:
        """The name, with the enterprise of the letter that is open."""
        if self._opened is None:
            return PageHead(page_title("letters"))
        return PageHead(
            page_title("letters"), crumb=self._opened.draft.row.enterprise, back=Place("letters", act="list")
        )

    def arrive(self, place: Place) -> None:
        """Open a letter, a visit's letter ("compose"), or the list."""
        if place.act == "compose" and place.target:
            self.write_for(place.target)
        elif place.target:
            self.open_letter(place.target)
        elif place.act == "list" or self._opened is None:
            self._show_list()

    def records_changed(self, changes: ChangeSet) -> None:
        """Lists follow; a letter that is open is changed by nobody else."""
        if self._opened is None and self.isVisible() and changes.touches("letters", "findings", "visits"):
            self.list.load()

    def panes(self) -> Sequence[QWidget]:
        """List, or blocks and pages."""
        return (self.list.table, self.editor.opening.field, self.preview.view)

    def open_letter(self, letter_id: str) -> None:
        """Open a letter."""
        self.write_down()
        self.bench.read(
            self, partial(letter_work.open_letter, letter_id=letter_id), self._show_opened, self.problem_met.emit
        )

    def write_for(self, visit_id: str) -> None:
        """Open the letter of a visit, composed now if there is none."""
        self.write_down()
        self.bench.write(
            self, partial(letter_work.compose, visit_id=visit_id), self._show_opened, self.problem_met.emit
        )

    def write_down(self) -> None:
        """Save what was typed and not saved yet."""
        if self._saving.isActive():
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
        self._fit_preview()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes from the letter to the list."""
        if event.key() == Qt.Key.Key_Escape and self._opened is not None:
            self._show_list()
        else:
            super().keyPressEvent(event)

    # -- building ----------------------------------------------------------------------------------------------------

    def _build_letter(self) -> QWidget:
        look = self.look
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = LetterBar(look)
        column.addWidget(self.bar)
        left = QFrame()
        left.setProperty("role", "side")
        blocks = QVBoxLayout(left)
        blocks.setContentsMargins(0, 0, 0, 0)
        blocks.setSpacing(0)
        self.editor = LetterEditor(look)
        blocks.addWidget(self.editor, 1)
        footer = QFrame()
        footer.setProperty("role", "footer")
        footer.setFixedHeight(look.px(tokens()["frame"]["footer-bar"]))
        row = QHBoxLayout(footer)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        self.checks = LetterChecks(look)
        self._saved = Text(look, "", style="caption", tone="pass")
        self.issue_button = Button(
            look, self.tr("Issue…"), kind="primary", icon="lock", key="Ctrl ↵", pressed=self.issue
        )
        row.addWidget(self.checks, 1)
        row.addWidget(self._saved)
        row.addWidget(self.issue_button)
        blocks.addWidget(footer)
        self.preview = LetterPreview(self.bench)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(left)
        self.split.addWidget(self.preview)
        left.setMinimumWidth(look.px(480))
        self.preview.setMinimumWidth(look.px(360))
        self.split.setSizes([look.px(645), look.px(553)])
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 1)
        column.addWidget(self.split, 1)
        return whole

    def _connect(self) -> None:
        self.list.letter_chosen.connect(self.open_letter)
        self.list.visit_chosen.connect(self.write_for)
        self.editor.edited.connect(self._edited)
        self.editor.dropped.connect(self._dropped)
        self.bar.changed.connect(self._edited)
        self.bar.print_button.clicked.connect(self.print)
        self.bar.save_button.clicked.connect(self.save_pdf)
        self.bar.reissue_button.clicked.connect(self._ask_reissue)
        self.preview.drawn.connect(self._show_checks)
        self.preview.failed.connect(self.problem_met)
        self.reissue.decided.connect(self._reissue)
        self._saving.timeout.connect(self._save)
        self.look.changed.connect(self.write_down)

    def _bind_keys(self) -> None:
        for keys, act in (
            ("F4", self.toggle_preview),
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
        """Ask, then number, draw and freeze."""
        opened = self._opened
        if opened is None or opened.draft.row.state != LetterState.DRAFT:
            return
        content = self.content()
        if confirm_issue(self.look, content, self.preview.pages, self.window()):
            self._saving.stop()
            act = partial(letter_work.issue, letter_id=opened.draft.row.id, content=content)
            self.issue_button.setEnabled(False)
            self.writes.write(act, self._issued, self._issue_refused)

    @Slot()
    def print(self) -> None:
        """Print what the pages show."""
        if self._opened is None or not self.preview.pdf:
            return
        printer = letter_printing.choose_printer(self.window(), self._name(), self.preview.pages)
        if printer is not None:
            act = partial(letter_printing.print_pdf, pdf=self.preview.pdf, printer=printer)
            self.bench.jobs.run(act, self._printed, self.problem_met.emit, lane="pool", owner=self)

    @Slot()
    def save_pdf(self) -> None:
        """Keep the pages as a file."""
        if self._opened is None or not self.preview.pdf:
            return
        path = letter_printing.choose_file(self.window(), self.tr("Save PDF"), f"{self._name()}.pdf")
        if path is not None:
            act = partial(letter_printing.save_pdf, pdf=self.preview.pdf, path=path)
            self.bench.jobs.run(act, self._pdf_saved, self.problem_met.emit, lane="pool", owner=self)

    @Slot()
    def toggle_preview(self) -> None:
        """Show or hide the pages."""
        self._preview_wanted = not self.preview.isVisible()
        self._fit_preview()

    def content(self) -> LetterContent:
        """The letter as it stands in the fields."""
        return msgspec.structs.replace(
            self.editor.content(), issued_on=self.bar.day, layout=cast(Layout, self.bar.layout_code)
        )

    # -- slots -------------------------------------------------------------------------------------------------------

    def _show_opened(self, opened: Opened) -> None:
        row, content = opened.draft.row, opened.draft.content
        able = row.state == LetterState.DRAFT
        self._opened, self._content = opened, content
        self.bar.show_letter(row, content)
        self.editor.show_content(content, opened.composed, able)
        self.issue_button.setVisible(able)
        self.issue_button.setEnabled(True)
        self._saved.say("")
        self._stack.setCurrentIndex(1)
        if opened.pdf is not None:
            self.preview.show_pdf(opened.pdf)
        else:
            self.preview.draw_now(content)
        self._show_checks()
        self._fit_preview()
        self.head_changed.emit()
        self.editor.setFocus()

    @Slot()
    def _edited(self) -> None:
        if self._opened is None or self._opened.draft.row.state != LetterState.DRAFT:
            return
        self.preview.draw_soon(self.content())
        self._saved.say("")
        self._saving.start()

    @Slot()
    def _save(self) -> None:
        self._saving.stop()
        opened = self._opened
        if opened is None or opened.draft.row.state != LetterState.DRAFT:
            return
        content = self.content()
        if content != self._content:
            self._content = content
            act = partial(letter_work.save, letter_id=opened.draft.row.id, content=content)
            self.writes.write(act, self._kept, self.problem_met.emit)
        self._show_checks()

    def _kept(self, _draft: object) -> None:
        if self.writes.waiting <= 1 and not self._saving.isActive():
            self._saved.say(self.tr("Saved"))
        self.saved.emit()

    @Slot(str)
    def _dropped(self, measure: str) -> None:
        words = self.tr("{measure} left out of the letter").format(measure=measure)
        self.said.emit(words, partial(self.editor.take_in, measure))

    def _issued(self, opened: Opened) -> None:
        self._show_opened(opened)
        words = self.tr("{number} issued and frozen").format(number=opened.draft.row.number)
        self.said.emit(words, None)

    def _issue_refused(self, problem: Problem) -> None:
        self.issue_button.setEnabled(True)
        self.problem_met.emit(problem)

    @Slot()
    def _show_checks(self) -> None:
        if self._opened is not None:
            issued = self._opened.draft.row.state != LetterState.DRAFT
            self.checks.show_checks(letter_checks(self.content()), self.preview.pages, issued)

    @Slot()
    def _ask_reissue(self) -> None:
        if self._opened is not None:
            self.reissue.offer(self._opened.draft.row.number or "")

    @Slot(str)
    def _reissue(self, reason: str) -> None:
        if self._opened is not None:
            act = partial(letter_work.reissue, letter_id=self._opened.draft.row.id, reason=reason)
            self.writes.write(act, self._show_opened, self.problem_met.emit)

    def _printed(self, _nothing: object) -> None:
        self.said.emit(self.tr("Sent to the printer"), None)

    def _pdf_saved(self, path: Path) -> None:
        self.said.emit(self.tr("Saved as {file}").format(file=path.name), None)

    def _show_list(self) -> None:
        self.write_down()
        self._opened = None
        self.reissue.hide()
        self._stack.setCurrentIndex(0)
        self.list.load()
        self.list.table.setFocus()
        self.head_changed.emit()

    def _leave_for_good(self) -> None:
        self.write_down()
        self.writes.settle()

    def _fit_preview(self) -> None:
        wide = self.window().width() >= self.look.px(PREVIEW_FROM)
        self.preview.setVisible(self._preview_wanted if self._preview_wanted is not None else wide)

    def _name(self) -> str:
        """A name for files and print jobs."""
        assert self._opened is not None  # noqa: S101
        row = self._opened.draft.row
        return row.number or f"{row.enterprise} {self.tr('draft letter')}"
