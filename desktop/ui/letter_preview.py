"""The pages of a letter as they will be printed. Drawn in a worker; the old pages stay until the new ones are there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSizeF, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.letter_content import LetterContent
from desktop.models.problems import Problem
from desktop.models.progress import Progress
from desktop.ui.bench import Bench
from desktop.ui.buttons import IconButton
from desktop.ui.cards import Text
from desktop.ui.job_runner import Job
from desktop.ui.letter_printing import pages_of
from desktop.ui.letter_sheets import ZOOM_STEP, LetterSheets, page_sizes
from desktop.ui.theme import tokens


@dataclass(frozen=True)
class _Drawn:
    pdf: bytes
    sizes: list[QSizeF]
    content: LetterContent | None


class LetterPreview(QFrame):
    """A letter on paper.

    Signals:
        drawn(int): new pages are shown; how many.
        failed(Problem): the letter could not be drawn; the old pages stand.
    """

    drawn = Signal(int)
    failed = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self._bench = bench
        self._content: LetterContent | None = None
        self._finished: bytes | None = None  # the pages of an issued letter
        self._job: Job | None = None
        self._shown: _Drawn | None = None
        look = bench.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(look.px(16), look.px(4), look.px(12), look.px(4))
        self._words = Text(look, self.tr("A4 preview"), style="caption", tone="muted")
        self._zoom = Text(look, "", style="caption", tone="muted")
        row.addWidget(self._words, 1)
        row.addWidget(IconButton(look, "zoom-out", self.tr("Smaller"), size=28, pressed=self.zoom_out))
        row.addWidget(self._zoom)
        row.addWidget(IconButton(look, "zoom-in", self.tr("Larger"), size=28, pressed=self.zoom_in))
        column.addLayout(row)
        self.view = LetterSheets(bench, self)
        self.view.moved.connect(self._say_page)
        self.view.setAccessibleName(self.tr("A4 preview"))
        column.addWidget(self.view, 1)
        self._timer = QTimer(self, singleShot=True, interval=tokens()["duration-ms"]["preview-debounce"])
        self._timer.timeout.connect(self._draw)

    def begin(self, content: LetterContent, pdf: bytes | None) -> None:
        """Take another letter; `draw` then shows its finished pages, or else what is drawn from its content."""
        self._shown = None
        self.view.clear()
        self._content, self._finished = content, pdf
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot()
    def draw(self) -> None:
        """Draw now what was taken last."""
        self._draw(self._finished)

    def draw_soon(self, content: LetterContent) -> None:
        """Draw this content once the typing pauses."""
        self._content = content
        self._timer.start()

    @property
    def pdf(self) -> bytes:
        """The file shown; empty while there is none."""
        return self._shown.pdf if self._shown else b""

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self.view.count

    def shows(self, content: LetterContent) -> bool:
        """Whether the file shown is drawn from just this content."""
        return self._shown is not None and self._shown.content == content

    @Slot()
    def zoom_in(self) -> None:
        """Larger."""
        self.view.zoom_by(ZOOM_STEP)

    @Slot()
    def zoom_out(self) -> None:
        """Smaller."""
        self.view.zoom_by(1 / ZOOM_STEP)

    @Slot()
    def _draw(self, pdf: bytes | None = None) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._content is None or self.shows(self._content):
            return
        work = partial(_draw, content=self._content, pdf=pdf)
        self._job = self._bench.jobs.run(work, self._arrived, self._refused, lane="pool", owner=self)

    def _arrived(self, drawn: _Drawn) -> None:
        self._job = None
        self._shown = drawn
        self.view.show_pages(drawn.pdf, drawn.sizes)
        self._say_page()
        self.drawn.emit(self.pages)

    def _refused(self, problem: Problem) -> None:
        self._job = None
        self.failed.emit(problem)

    @Slot()
    def _say_page(self) -> None:
        words = self.tr("A4 preview")
        if self.pages:
            words = self.tr("A4 preview · page {page} of {pages}").format(page=self.view.front + 1, pages=self.pages)
        self._words.say(words)
        self._zoom.say(f"{self.view.zoom:.0%}" if self.pages else "")


def _draw(progress: Progress, *, content: LetterContent, pdf: bytes | None) -> _Drawn:
    pages = pages_of(progress, content=content, pdf=pdf)
    return _Drawn(pages, page_sizes(pages), content)
