"""走访, 问题 and 文书 of one enterprise, each as a register in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.models.vocabulary import FindingState, LetterState, VisitState
from desktop.ui import wording
from desktop.ui.enterprise_lookup import Opened
from desktop.ui.lazy_table_model import Cell, Column, LazyTableModel
from desktop.ui.look import Look
from desktop.ui.notices import EmptyState
from desktop.ui.register_view import RegisterView


class _List(QWidget):
    """Rows that are all in memory, and words for when there are none."""

    def __init__(self, look: Look, columns: Sequence[Column], empty: EmptyState) -> None:
        super().__init__()
        self._rows: dict[str, Any] = {}
        self.model = LazyTableModel(columns, self._fetch, self)
        self.table = RegisterView(look)
        self.table.setModel(self.model)
        self.table.opened.connect(self._open)
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        self._views.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._views)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self._rows = {row.id: row for row in rows}
        self.model.set_ids(list(self._rows))
        self._views.setCurrentIndex(0 if rows else 1)

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        arrived([self._rows[row] for row in ids if row in self._rows])

    @Slot(str)
    def _open(self, row: str) -> None:
        raise NotImplementedError


class VisitList(_List):
    """Visits.

    Signals:
        opened(str): a visit's id.
    """

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        translate = QCoreApplication.translate
        columns = [
            Column("day", translate("VisitList", "Day"), lambda row: Cell(wording.day(row.visited_on)), 160),
            Column("kind", translate("VisitList", "Kind"), lambda row: Cell(wording.visit_kind(row.kind)), 140),
            Column("state", translate("VisitList", "State"), _visit_state, 140),
            Column(
                "officer", translate("VisitList", "Officer"), lambda row: Cell(row.officer_name or wording.NONE), 140
            ),
            Column("passed", translate("VisitList", "Pass"), lambda row: _results(row, "pass"), 90, right=True),
            Column("partial", translate("VisitList", "Partial"), lambda row: _results(row, "partial"), 90, right=True),
            Column("failed", translate("VisitList", "Fail"), lambda row: _results(row, "fail"), 90, right=True),
            Column("rate", translate("VisitList", "Pass rate"), _visit_rate, 100, right=True),
        ]
        words = translate("VisitList", "The first one starts with V: 23 measures, nine focus areas.")
        super().__init__(
            look, columns, EmptyState(look, "clipboard-check", translate("VisitList", "No visits yet"), words)
        )

    def show_enterprise(self, found: Opened) -> None:
        """Show an enterprise's visits."""
        self.show_rows(found.file.visits)

    @Slot(str)
    def _open(self, row: str) -> None:
        self.opened.emit(row)


class FindingList(_List):
    """Findings.

    Signals:
        opened(str): a finding's id.
    """

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        translate = QCoreApplication.translate
        columns = [
            Column("title", translate("FindingList", "Finding"), lambda row: Cell(row.title, tip=row.fact or ""), 220),
            Column("number", translate("FindingList", "Number"), lambda row: Cell(row.number, role="muted"), 176),
            Column("measure", translate("FindingList", "Measure"), lambda row: Cell(row.measure, role="muted"), 76),
            Column("severity", translate("FindingList", "Severity"), _severity, 84),
            Column("route", translate("FindingList", "Route"), _route, 140),
            Column("state", translate("FindingList", "Stage"), lambda row: Cell(wording.finding_state(row.state)), 110),
            Column("due", translate("FindingList", "Due"), _finding_due, 130, right=True),
        ]
        words = translate("FindingList", "A failed or partial measure leaves one here, with deadline and route.")
        super().__init__(
            look, columns, EmptyState(look, "flag", translate("FindingList", "No findings"), words, "pass")
        )

    def show_enterprise(self, found: Opened) -> None:
        """Show an enterprise's findings."""
        self.show_rows(found.file.findings)

    @Slot(str)
    def _open(self, row: str) -> None:
        self.opened.emit(row)


class LetterList(_List):
    """Letters.

    Signals:
        opened(str): a letter's id.
    """

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        translate = QCoreApplication.translate
        columns = [
            Column("number", translate("LetterList", "Letter"), _letter_number, 220),
            Column("state", translate("LetterList", "State"), _letter_state, 110),
            Column("issued", translate("LetterList", "Issued on"), _issued, 120),
            Column(
                "pages", translate("LetterList", "Pages"), lambda row: Cell(wording.count(row.pages)), 70, right=True
            ),
            Column("hash", "SHA-256", lambda row: Cell((row.sha256 or "")[:16], role="muted"), 160),
        ]
        words = translate("LetterList", "Composed from the failed measures of a visit under Documents.")
        super().__init__(look, columns, EmptyState(look, "file-text", translate("LetterList", "No letters yet"), words))

    def show_enterprise(self, found: Opened) -> None:
        """Show an enterprise's letters."""
        self.show_rows(found.file.letters)

    @Slot(str)
    def _open(self, row: str) -> None:
        self.opened.emit(row)


def _visit_state(row: Any) -> Cell:
    if row.state == VisitState.OPEN:
        return Cell(QCoreApplication.translate("VisitList", "open"), chip="partial", icon="pen-line")
    return Cell(QCoreApplication.translate("VisitList", "completed"), chip="pass", icon="check")


def _officer(row: Any) -> Cell:
    return Cell(row.officer_name or wording.NONE)


def _issued(row: Any) -> Cell:
    return Cell(wording.day(row.issued_on))


def _pages(row: Any) -> Cell:
    return Cell(wording.count(row.pages))


def _results(row: Any, result: str) -> Cell:
    number = list(row.results.values()).count(result)
    return Cell(wording.count(number), role="muted" if not number else f"{result}-fg")


def _visit_rate(row: Any) -> Cell:
    from desktop.models.scoring import pass_rate

    found = pass_rate(row.results.values())
    return Cell(wording.NONE if found is None else f"{found}%")


def _severity(row: Any) -> Cell:
    tone, icon = wording.severity_look(row.severity)
    return Cell(wording.severity(row.severity), chip=tone, icon=icon)


def _route(row: Any) -> Cell:
    return Cell(wording.route(row.route), icon=wording.route_icon(row.route))


def _finding_due(row: Any) -> Cell:
    if row.state == FindingState.CLOSED:
        return Cell(QCoreApplication.translate("FindingList", "closed"), role="pass-fg", icon="check")
    words, role = wording.due(row.due_on)
    return Cell(words, role=role, icon="triangle-alert" if role == "fail-fg" else "clock" if words else None)


def _letter_number(row: Any) -> Cell:
    return Cell(row.number or QCoreApplication.translate("LetterList", "Draft without number"))


def _letter_state(row: Any) -> Cell:
    tones = {
        LetterState.ISSUED: ("pass", "lock"),
        LetterState.DRAFT: ("na", "pen-line"),
        LetterState.VOID: ("fail", "x"),
    }
    tone, icon = tones[LetterState(row.state)]
    return Cell(wording.letter_state(row.state), chip=tone, icon=icon)
