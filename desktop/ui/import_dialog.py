"""Import of a roster in three steps: choose the file, match columns and look at every row, import.

Nothing is written before the last step; reading and importing run in the background and can be called off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.problems import Problem
from desktop.models.roster_rows import ColumnMapping, RowStatus
from desktop.models.roster_settlement import Act
from desktop.ui import import_work, wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.cards import IconText, Text
from desktop.ui.import_mapping import ImportMapping
from desktop.ui.import_preview import ImportPreview
from desktop.ui.import_progress import ImportProgress
from desktop.ui.import_steps import ImportSteps
from desktop.ui.import_work import Trial, Wanted
from desktop.ui.job_runner import Job
from desktop.ui.notices import EmptyState, ProblemStrip

if TYPE_CHECKING:
    from desktop.models.desk.rostering import RosterImport

_KINDS = "*.xlsx *.xls *.csv"
Ask = Callable[[QWidget, str], Path | None]


def ask_for_roster(parent: QWidget, title: str) -> Path | None:
    """Let a person choose a file; None when they did not."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", f"Excel, CSV ({_KINDS})")
    return Path(name) if name else None


def ask_where_to_save(parent: QWidget, title: str) -> Path | None:
    """Let a person name a new .xlsx file; None when they did not."""
    name, _ = QFileDialog.getSaveFileName(parent, title, "", "Excel (*.xlsx)")
    return Path(name).with_suffix(".xlsx") if name else None


class ImportDialog(QDialog):
    """The dialog.

    Signals:
        imported(str): the import is done; what it did, in words.
    """

    imported = Signal(str)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, look = bench, bench.look
        self._wanted: Wanted | None = None
        self._trial: Trial | None = None
        self._job: Job | None = None
        self.ask_for_roster: Ask = ask_for_roster
        self.ask_where_to_save: Ask = ask_where_to_save
        self.setWindowTitle(self.tr("Import enterprises"))
        self.setAcceptDrops(True)
        if parent is not None:
            self.resize(parent.width() - look.px(96), parent.height() - look.px(80))
        self.strip = ProblemStrip(look)
        self.mapping = ImportMapping(look)
        self.preview = ImportPreview(look)
        self.progress = ImportProgress(look)
        self.steps = ImportSteps(look)
        self._file = IconText(look, "file-spreadsheet", "")
        self._told = Text(look, tone="muted", elide=True)
        self.decide = QCheckBox(self.tr("Also take rows that need a decision"))
        self.all_or_none = QCheckBox(self.tr("Only if every row is good"))
        self.cancel = Button(look, self.tr("Cancel"), pressed=self.reject)
        self.go = Button(look, self.tr("Import"), kind="primary", key="Ctrl ↵", pressed=self._store)
        self.views = QStackedWidget()
        self._lay_out()
        self.mapping.corrected.connect(self._correct)
        self.mapping.header_moved.connect(self._move_header)
        self.preview.reasons_asked.connect(self._save_reasons)
        self.progress.cancelled.connect(self._call_off)
        self.decide.toggled.connect(self._try_again)
        self.all_or_none.toggled.connect(self._show_button)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._press_go)
        self._show_step(0)

    def choose(self, file: Path) -> None:
        """Read a file and show what importing it would do."""
        self._wanted = Wanted(file)
        self._file.say(file.name)
        self._read()

    def reject(self) -> None:
        """Close; work that runs is called off, and nothing is written."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a spreadsheet dropped on the window."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.choose(Path(files[0]))

    def _lay_out(self) -> None:
        look = self._bench.look
        head = QFrame()
        head.setProperty("role", "topbar")
        head.setFixedHeight(look.px(56))
        row = QHBoxLayout(head)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.addWidget(Text(look, self.tr("Import enterprises"), style="page"))
        row.addSpacing(look.px(8))
        row.addWidget(self._file)
        row.addStretch(1)
        row.addWidget(self.steps)
        matched = QWidget()
        halves = QHBoxLayout(matched)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(1)
        halves.addWidget(self.mapping, 37)
        halves.addWidget(self.preview, 63)
        for view in (self._first_step(), matched, self.progress):
            self.views.addWidget(view)
        foot = QFrame()
        foot.setProperty("role", "footer")
        foot.setFixedHeight(look.px(56))
        row = QHBoxLayout(foot)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.setSpacing(look.px(12))
        row.addWidget(self._told, 1)
        for widget in (self.decide, self.all_or_none, self.cancel, self.go):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.strip)
        column.addWidget(self.views)
        column.addWidget(foot)
        column.setStretchFactor(self.views, 1)

    def _first_step(self) -> EmptyState:
        look = self._bench.look
        empty = EmptyState(
            look,
            "file-spreadsheet",
            self.tr("Choose a roster, or drop it here"),
            self.tr("Excel (.xlsx, .xls) or CSV. Title rows, merged headers and several sheets are fine."),
        )
        self.pick = Button(look, self.tr("Choose a file"), kind="primary", icon="folder-open", pressed=self._pick)
        empty.add_action(self.pick)
        return empty

    def _show_step(self, step: int) -> None:
        self.steps.show_step(step)
        self.views.setCurrentIndex(step)
        self._file.setVisible(self._wanted is not None)
        for widget in (self.go, self.all_or_none):
            widget.setVisible(step == 1)
        if step != 1:
            self.decide.hide()
            self._told.say("")

    @Slot()
    def _pick(self) -> None:
        file = self.ask_for_roster(self, self.tr("Choose a roster"))
        if file is not None:
            self.choose(file)

    def _read(self) -> None:
        if self._wanted is None:
            return
        self._begin(self.tr("Reading {file}").format(file=self._wanted.file.name))
        work = partial(import_work.read_and_try, wanted=self._wanted)
        self._job = self._bench.write(
            self, work, self._show_trial, self._refuse, progressed=self.progress.show_progress
        )

    @Slot()
    def _try_again(self) -> None:
        if self._wanted is None or self._trial is None:
            return
        accept = (RowStatus.ASK, RowStatus.CONFLICT) if self.decide.isChecked() else ()
        self._wanted = replace(self._wanted, accept=accept)
        work = partial(import_work.try_again, wanted=self._wanted, reading=self._trial.reading)
        self._job = self._bench.write(self, work, self._show_trial, self._refuse)

    def _begin(self, words: str) -> None:
        self.strip.hide()
        self.progress.begin(words)
        self._show_step(2 if self._trial is not None and self.steps.step == 2 else max(1, self.steps.step))
        self.views.setCurrentWidget(self.progress)
        self.go.hide()

    def _show_trial(self, trial: Trial) -> None:
        self._trial = trial
        empty = trial.reading.why_empty()
        if empty is not None:
            self._refuse(Problem(empty.code, **empty.facts))
            return
        self.mapping.show_reading(trial.reading)
        self.preview.show_trial(trial)
        self._show_step(1)
        undecided = [d for d in trial.outcome.decisions if d.status in (RowStatus.ASK, RowStatus.CONFLICT)]
        self.decide.setVisible(bool(undecided))
        self._told.say(self._skipped(trial))
        self._show_button()

    def _skipped(self, trial: Trial) -> str:
        sheets = trial.reading.sheets
        parts = [self.tr("{count} rows").format(count=wording.count(len(trial.reading.rows)))]
        for count, words in (
            (sum(sheet.skipped.totals for sheet in sheets), self.tr("totals {count}")),
            (sum(sheet.skipped.groups for sheet in sheets), self.tr("group rows {count}")),
            (sum(sheet.skipped.notes for sheet in sheets), self.tr("notes {count}")),
            (sum(sheet.hidden_rows for sheet in sheets), self.tr("hidden rows read {count}")),
        ):
            if count:
                parts.append(words.format(count=wording.count(count)))
        return " · ".join(parts)

    @Slot()
    def _show_button(self) -> None:
        if self._trial is None:
            return
        outcome = self._trial.outcome
        new, changed = outcome.count(Act.NEW), outcome.count(Act.UPDATE)
        rejected = sum(d.status is RowStatus.REJECT for d in outcome.decisions)
        words = self.tr("Import {new}, update {changed}")
        self.go.setText(words.format(new=wording.count(new), changed=wording.count(changed)))
        self.go.updateGeometry()
        self.all_or_none.setVisible(bool(rejected))
        stopped = self.all_or_none.isChecked() and bool(rejected)
        self.go.setEnabled(bool(new or changed) and not stopped)
        why = self.tr("{count} rows are rejected").format(count=wording.count(rejected))
        self.go.setToolTip(why if stopped else "")

    @Slot()
    def _press_go(self) -> None:
        if self.go.isVisible() and self.go.isEnabled():
            self._store()

    @Slot()
    def _store(self) -> None:
        if self._wanted is None or self._trial is None:
            return
        self.steps.show_step(2)
        self._begin(self.tr("Importing {file}").format(file=self._wanted.file.name))
        work = partial(import_work.store, wanted=self._wanted, reading=self._trial.reading)
        tell = self.progress.show_progress
        self._job = self._bench.write(self, work, self._finish, self._refuse, progressed=tell)

    def _finish(self, outcome: RosterImport) -> None:
        new, changed = outcome.count(Act.NEW), outcome.count(Act.UPDATE)
        words = self.tr("{new} enterprises imported, {changed} updated")
        self.imported.emit(words.format(new=wording.count(new), changed=wording.count(changed)))
        self.accept()

    @Slot()
    def _call_off(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._show_step(1 if self._trial is not None else 0)
        if self._trial is not None:
            self._show_trial(self._trial)

    def _refuse(self, problem: Problem) -> None:
        self._show_step(1 if self._trial is not None and self._trial.reading.rows else 0)
        self.strip.show_problem(problem)

    @Slot(object)
    def _correct(self, mapping: ColumnMapping) -> None:
        if self._wanted is not None:
            self._wanted = replace(self._wanted, mappings={**self._wanted.mappings, mapping.fingerprint: mapping})
            self._read()

    @Slot(str, int, int)
    def _move_header(self, sheet: str, first: int, last: int) -> None:
        if self._wanted is not None:
            self._wanted = replace(self._wanted, headers={**self._wanted.headers, sheet: (first, last)})
            self._read()

    @Slot()
    def _save_reasons(self) -> None:
        target = self.ask_where_to_save(self, self.tr("Save rows with reasons"))
        if target is None or self._trial is None:
            return
        work = partial(import_work.write_reasons, trial=self._trial, target=target)
        self._bench.jobs.run(work, self._reasons_saved, self._refuse, lane="pool", owner=self)

    def _reasons_saved(self, target: Path) -> None:
        self._told.say(self.tr("Saved: {file}").format(file=target.name))

    def keyPressEvent(self, event: object) -> None:
        """Enter is for the fields; only Ctrl+Enter imports."""
        if getattr(event, "key", lambda: None)() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]
