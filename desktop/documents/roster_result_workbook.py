"""A copy of a roster's rows with the reasons in it, to send back or to mend and import again.

Sheets, columns and cells are those of the file, in its order; three columns are added at the right: the row's number in
the file, what became of it, and why.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from desktop.documents.roster_values import as_text
from desktop.documents.spreadsheet_guard import MAX_CELL_CHARACTERS
from desktop.documents.text_workbook import text_workbook
from desktop.models.problems import Language
from desktop.models.progress import Progress
from desktop.models.roster_rows import RosterReading, RowStatus, SheetReading, SheetState, reason
from desktop.models.roster_settlement import Decision
from desktop.resource_paths import resource

_COLOURS = {
    RowStatus.OK: ("#1B7340", "#E2F3E7"),
    RowStatus.WARN: ("#855400", "#FBEFD3"),
    RowStatus.CONFLICT: ("#855400", "#FBEFD3"),
    RowStatus.ASK: ("#855400", "#FBEFD3"),
    RowStatus.DUPLICATE: ("#57636B", "#E8ECEE"),
    RowStatus.REJECT: ("#B3261E", "#FBE6E3"),
}
"""Letters and ground of each status: the light state colours of `design/tokens.json`."""
_PROGRESS_EVERY = 500
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_WIDEST = 40


def write_result(
    target: Path,
    reading: RosterReading,
    decisions: Sequence[Decision],
    language: Language = "zh",
    *,
    only: Collection[RowStatus] = (),
    progress: Progress | None = None,
) -> int:
    """Write the rows with what was decided about them and return how many they were.

    Args:
        only: leave out rows of other statuses; empty: all rows.
        progress: label `write`.

    Raises:
        Cancelled: nothing is written.
        OSError: the target cannot be written; nothing is left behind.
    """
    progress = progress or Progress()
    wanted = [each for each in decisions if not only or each.status in only]
    with text_workbook(target) as book:
        _fill(book, reading, wanted, language, progress)
    return len(wanted)


def _fill(
    book: Any, reading: RosterReading, wanted: Sequence[Decision], language: Language, progress: Progress
) -> None:
    copy = _Copy(book, language, len(wanted), progress)
    for number, sheet in enumerate(each for each in reading.sheets if each.state is SheetState.READ):
        copy.add_sheet(sheet, number, [each for each in wanted if each.row.sheet == sheet.name])


class _Copy:
    """The workbook while it is written."""

    def __init__(self, book: Any, language: Language, total: int, progress: Progress) -> None:
        self._book = book
        self._language = language
        self._total = total
        self._progress = progress
        self._done = 0
        with resource("roster", "result.toml").open("rb") as file:
            words = tomllib.load(file)
        self._titles = {name: each[language] for name, each in words["columns"].items()}
        self._words = {RowStatus(name): each[language] for name, each in words["status"].items()}
        border = {"border": 1, "border_color": "#DAE1E1", "valign": "top"}
        self._head = book.add_format({**border, "bold": True, "bg_color": "#ECF0F0", "text_wrap": True})
        self._text = book.add_format({**border, "num_format": "@"})
        self._status = {
            status: book.add_format({**border, "font_color": letters, "bg_color": ground, "text_wrap": True})
            for status, (letters, ground) in _COLOURS.items()
        }

    def add_sheet(self, source: SheetReading, number: int, decisions: Iterable[Decision]) -> None:
        """One sheet of the file: its labels, frozen, then its rows."""
        sheet = self._book.add_worksheet(self._free_name(source.name, number))
        labels = {column.index: column.label for column in source.columns}
        width = max(labels, default=-1) + 1
        for at, (label, sample) in enumerate(self._columns(source, width)):
            sheet.set_column(at, at, min(max(10, _columns_of(label), _columns_of(sample)) + 2, _WIDEST))
            sheet.write_string(0, at, label, self._head)
        sheet.freeze_panes(1, 0)
        line = 0
        for line, decision in enumerate(decisions, 1):
            self._step()
            self._write_row(sheet, line, width, decision)
        sheet.autofilter(0, 0, max(line, 1), width + 2)

    def _columns(self, source: SheetReading, width: int) -> list[tuple[str, str]]:
        """(label, sample) of the file's columns and the three added ones."""
        own = {column.index: (column.label, column.sample) for column in source.columns}
        added = [(self._titles["row"], ""), (self._titles["status"], ""), (self._titles["reason"], "宽" * 20)]
        return [own.get(at, ("", "")) for at in range(width)] + added

    def _write_row(self, sheet: Any, line: int, width: int, decision: Decision) -> None:
        cells = decision.row.cells()[:width]
        for at, cell in enumerate(cells):
            sheet.write_string(line, at, as_text(cell)[:MAX_CELL_CHARACTERS], self._text)
        status = self._status[decision.status]
        sheet.write_string(line, width, str(decision.row.row), self._text)
        sheet.write_string(line, width + 1, self._words[decision.status], status)
        sheet.write_string(line, width + 2, reason(decision.issues, self._language), status)

    def _step(self) -> None:
        if self._done % _PROGRESS_EVERY == 0:
            self._progress.step(self._done, self._total, "write")
        self._done += 1

    def _free_name(self, name: str, number: int) -> str:
        """The sheet's name where Excel allows it; the name of a text file may hold what it does not."""
        allowed = _SHEET_NAME.sub("_", name)[:31].strip("'") or f"Sheet{number + 1}"
        taken = {each.get_name().lower() for each in self._book.worksheets()}
        return f"{allowed[:27]}_{number + 1}" if allowed.lower() in taken or allowed.lower() == "history" else allowed


def _columns_of(text: str) -> int:
    """Width of a text in a spreadsheet's columns: Chinese characters take two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)
