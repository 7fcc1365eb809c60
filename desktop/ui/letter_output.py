"""Printing a letter and saving it as a file: frozen pages as they are, a draft as it stands in the fields."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.models.letter_content import LetterContent
from desktop.models.vocabulary import LetterState
from desktop.ui import letter_printing
from desktop.ui.bench import Bench
from desktop.ui.letter_pane import LetterPane
from desktop.ui.letter_work import Opened

COPIES = 2
"""An issued letter is printed for the file and for the enterprise."""


class LetterOutput(QObject):
    """Asks where to, then works beside the window.

    Signals:
        done(str): what was done, in words.
        failed(Problem): it was not done.
    """

    done = Signal(str)
    failed = Signal(object)

    def __init__(self, bench: Bench, pane: LetterPane) -> None:
        super().__init__(pane)
        self._bench, self._pane = bench, pane

    def print(self, opened: Opened) -> None:
        """Ask for a printer and print."""
        copies = 1 if opened.draft.row.state == LetterState.DRAFT else COPIES
        printer = letter_printing.choose_printer(self._pane.window(), self._name(opened), copies)
        if printer is not None:
            content, pdf = self._pages(opened)
            act = partial(letter_printing.print_pages, content=content, pdf=pdf, printer=printer)
            self._bench.jobs.run(act, self._printed, self.failed.emit, lane="pool", owner=self)

    def save(self, opened: Opened) -> None:
        """Ask for a file and write it."""
        path = letter_printing.choose_file(self._pane.window(), self.tr("Save PDF"), self._name(opened))
        if path is not None:
            content, pdf = self._pages(opened)
            act = partial(letter_printing.save_pages, content=content, pdf=pdf, path=path)
            self._bench.jobs.run(act, self._saved, self.failed.emit, lane="pool", owner=self)

    def _pages(self, opened: Opened) -> tuple[LetterContent, bytes | None]:
        """The content, and its pages if they are drawn already."""
        if opened.draft.row.state != LetterState.DRAFT:
            return opened.draft.content, opened.pdf
        content, preview = self._pane.content(), self._pane.preview
        return content, preview.pdf if preview.shows(content) else None

    def _name(self, opened: Opened) -> str:
        row = opened.draft.row
        return row.number or row.enterprise + " " + self.tr("draft letter")

    def _printed(self, _nothing: object) -> None:
        self.done.emit(self.tr("Sent to the printer"))

    def _saved(self, path: Path) -> None:
        self.done.emit(self.tr("Saved as {file}").format(file=path.name))
