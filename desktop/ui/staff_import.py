"""Import of an enterprise's own list of staff: choose the file, see what every row would do, import. Names are masked.

Nothing is written before the last step; reading runs in the background and can be called off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.desk.staffing import StaffImported
from desktop.models.masks import masked_name
from desktop.models.problems import Problem
from desktop.models.record_words import field_word
from desktop.models.roster_rows import RowStatus, deciding_field, reason
from desktop.models.roster_settlement import Act
from desktop.models.staff_rows import StaffReading
from desktop.models.staff_settlement import StaffDecision
from desktop.ui import staff_work, wording
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.import_progress import ImportProgress
from desktop.ui.job_runner import Job
from desktop.ui.lazy_table_model import Cell, Column, LazyTableModel
from desktop.ui.notices import EmptyState, ProblemStrip, window_language
from desktop.ui.register_view import RegisterView

_ELSEWHERE = {
    "enterprise": ("employees", "enterprise_id"),
    "credit_code": ("enterprises", "credit_code"),
    "birth": ("employees", "birth_year"),
}
"""Columns that only help to read a row, and the names they go by."""
_KINDS = "*.xlsx *.xls *.csv"


def ask_for_list(parent: QWidget, title: str) -> Path | None:
    """Let a person choose a file; None when they did not."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", f"Excel, CSV ({_KINDS})")
    return Path(name) if name else None


class _Line:
    """A row of the preview."""

    def __init__(self, number: int, decision: StaffDecision) -> None:
        self.id = str(number)
        self.decision = decision


class StaffImport(QDialog):
    """The dialog.

    Signals:
        imported(int): how many files were opened or changed.
    """

    imported = Signal(int)

    def __init__(
        self,
        bench: Bench,
        enterprise: str,
        name: str,
        parent: QWidget | None = None,
        ask: Callable[[QWidget, str], Path | None] = ask_for_list,
    ) -> None:
        super().__init__(parent)
        self._bench, self._enterprise, self._ask = bench, enterprise, ask
        self._reading: StaffReading | None = None
        self._lines: dict[str, _Line] = {}
        self._job: Job | None = None
        look = bench.look
        self.setWindowTitle(self.tr("Import staff"))
        self.setAcceptDrops(True)
        self.resize(look.px(920), look.px(600))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(16), look.px(16), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Text(look, name, style="emphasis", elide=True))
        self.problem = ProblemStrip(look)
        column.addWidget(self.problem)
        self.views = QStackedWidget()
        self._choice = EmptyState(
            look, "file-spreadsheet", self.tr("Choose the enterprise's own list of staff"),
            self.tr("Excel or CSV with a column of names; other columns are found by their headings. Or drop it here."),
        )  # fmt: skip
        self.choose_button = Button(
            look, self.tr("Choose file"), kind="primary", icon="folder-open", pressed=self.ask_for_file
        )
        self._choice.add_action(self.choose_button)
        self.progress = ImportProgress(look)
        self.progress.cancelled.connect(self._cancel)
        self.views.addWidget(self._choice)
        self.views.addWidget(self.progress)
        self._preview = self._build_preview()
        self.views.addWidget(self._preview)
        column.addWidget(self.views, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button(look, self.tr("Close"), pressed=self.reject))
        self.store_button = Button(look, self.tr("Import"), kind="primary", icon="upload", pressed=self.store)
        self.store_button.hide()
        foot.addWidget(self.store_button)
        column.addLayout(foot)

    @Slot()
    def ask_for_file(self) -> None:
        """Let the person choose."""
        file = self._ask(self, self.tr("Choose the enterprise's own list of staff"))
        if file is not None:
            self.choose(file)

    def choose(self, file: Path) -> None:
        """Read a file and see what importing it would do."""
        self.problem.hide()
        self.progress.begin(self.tr("Reading {file}").format(file=file.name))
        self.views.setCurrentWidget(self.progress)
        work = partial(staff_work.read_and_try, enterprise=self._enterprise, file=file)
        self._run(work, self._show_trial)

    @Slot()
    def store(self) -> None:
        """Import for good."""
        if self._reading is None:
            return
        self.store_button.hide()
        self.progress.begin(self.tr("Importing"))
        self.views.setCurrentWidget(self.progress)
        work = partial(staff_work.store, enterprise=self._enterprise, reading=self._reading)
        self._run(work, self._stored)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file dropped."""
        self.choose(Path(event.mimeData().urls()[0].toLocalFile()))

    def reject(self) -> None:
        """Close; what is being read is called off."""
        self._cancel()
        super().reject()

    def _build_preview(self) -> QWidget:
        look = self._bench.look
        preview = QWidget()
        column = QVBoxLayout(preview)
        column.setContentsMargins(0, 0, 0, 0)
        self.counts = Text(look, wrap=True)
        self.read_as = Text(look, style="caption", tone="muted", wrap=True)
        column.addWidget(self.counts)
        column.addWidget(self.read_as)
        columns = [
            Column("sheet", self.tr("Sheet"), lambda line: Cell(line.decision.row.sheet, role="muted"), 110),
            Column("row", self.tr("Row"), lambda line: Cell(str(line.decision.row.row)), 60, right=True),
            Column("name", self.tr("Name"), lambda line: Cell(masked_name(line.decision.row.fields.name)), 90),
            Column("outcome", self.tr("Outcome"), self._outcome, 130),
            Column("field", self.tr("Field"), _field, 110),
            Column("reason", self.tr("Remark"), _reason, 320, stretch=True),
        ]
        self._model = LazyTableModel(columns, self._fetch, self)
        self.table = RegisterView(look)
        self.table.setModel(self._model)
        self.table.setAccessibleName(self.tr("Rows of the file"))
        column.addWidget(self.table, 1)
        return preview

    def _run(self, work: Callable[..., Any], done: Callable[[Any], None]) -> None:
        self._job = self._bench.write(self, work, done, self._failed, progressed=self.progress.show_progress)

    def _failed(self, problem: Problem) -> None:
        self.problem.show_problem(problem)
        self.views.setCurrentWidget(self._choice)

    @Slot()
    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.views.setCurrentWidget(self._choice)

    def _show_trial(self, found: tuple[StaffReading, StaffImported]) -> None:
        self._job = None
        self._reading, outcome = found
        order = {Act.NONE: 0, Act.NEW: 2, Act.UPDATE: 2, Act.UNCHANGED: 3}
        told = sorted(
            outcome.decisions, key=lambda each: 1 if each.issues and each.act is not Act.NONE else order[each.act]
        )
        self._lines = {line.id: line for line in (_Line(number, each) for number, each in enumerate(told))}
        self._model.set_ids(list(self._lines))
        counts = outcome.summary()
        self.counts.say(self._words(counts))
        pairs = [f"{label} → {_name_of(name)}" for _, label, name in self._reading.columns]
        self.read_as.say(self.tr("Columns: {columns}").format(columns="；".join(pairs)))
        changing = counts["imported"] + counts["updated"]
        self.store_button.setVisible(bool(changing))
        self.store_button.setText(self.tr("Import %n row(s)", "", changing))
        self.views.setCurrentWidget(self._preview)
        (self.store_button if changing else self.table).setFocus()

    def _stored(self, done: StaffImported) -> None:
        self._job = None
        counts = done.summary()
        self.imported.emit(counts["imported"] + counts["updated"])
        self.accept()

    def _words(self, counts: dict[str, int]) -> str:
        return self.tr(
            "{imported} new, {updated} changed, {unchanged} as they are; "
            "{duplicates} twice, {unsettled} to be checked, {rejected} not taken."
        ).format(**{name: wording.count(number) for name, number in counts.items()})

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        arrived([self._lines[line] for line in ids])

    def _outcome(self, line: _Line) -> Cell:
        decision = line.decision
        match decision.act:
            case Act.NEW:
                return Cell(self.tr("new file"), role="pass-fg", icon="plus")
            case Act.UPDATE:
                return Cell(self.tr("changes"), role="info-fg", icon="pen-line")
            case Act.UNCHANGED:
                return Cell(self.tr("as it is"), role="muted", icon="check")
        if decision.status is RowStatus.DUPLICATE:
            return Cell(self.tr("twice"), role="muted", icon="copy")
        if decision.status is RowStatus.CONFLICT:
            return Cell(self.tr("to be checked"), role="partial-fg", icon="circle-alert")
        return Cell(self.tr("not taken"), role="fail-fg", icon="x")


def _field(line: _Line) -> Cell:
    name = deciding_field(line.decision.issues)
    return Cell(_name_of(name) if name else "", role="muted")


def _name_of(field: str) -> str:
    """What a column of the list is called in the file."""
    table, known = _ELSEWHERE.get(field, ("employees", field))
    return field_word(table, known, window_language())


def _reason(line: _Line) -> Cell:
    words = reason(line.decision.issues, window_language())
    return Cell(words, tip=words)
