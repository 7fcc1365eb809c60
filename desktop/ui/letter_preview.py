"""The pages of a letter as they will be printed. Drawn in a worker; the old pages stay until the new ones are there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QTimer, Signal, Slot
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.letter_content import LetterContent
from desktop.models.problems import Problem
from desktop.models.progress import Progress
from desktop.ui.bench import Bench
from desktop.ui.buttons import IconButton
from desktop.ui.cards import Text
from desktop.ui.job_runner import Job
from desktop.ui.theme import tokens

ZOOM_STEP = 1.25
SMALLEST, LARGEST = 0.25, 4.0


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
        self._job: Job | None = None
        self._shown: tuple[QPdfDocument, QBuffer] | None = None
        self.pdf = b""
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
        self.view = QPdfView(self)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.pageNavigator().currentPageChanged.connect(self._say_page)
        self.view.setAccessibleName(self.tr("A4 preview"))
        column.addWidget(self.view, 1)
        self._timer = QTimer(self, singleShot=True, interval=tokens()["duration-ms"]["preview-debounce"])
        self._timer.timeout.connect(self._draw)

    def draw_soon(self, content: LetterContent) -> None:
        """Draw this content once the typing pauses."""
        self._content = content
        self._timer.start()

    def draw_now(self, content: LetterContent) -> None:
        """Draw this content at once."""
        self._content = content
        self._timer.stop()
        self._draw()

    def show_pdf(self, pdf: bytes) -> None:
        """Show finished pages."""
        self._timer.stop()
        self._content = None
        document, buffer = QPdfDocument(self), QBuffer(self)
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        bar = self.view.verticalScrollBar()
        place = bar.value() if self._shown else 0
        old, self._shown, self.pdf = self._shown, (document, buffer), pdf
        self.view.setDocument(document)
        bar.setValue(place)
        if old is not None:
            old[0].deleteLater()
            old[1].deleteLater()
        self._say_page()
        self.drawn.emit(document.pageCount())

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self._shown[0].pageCount() if self._shown else 0

    @Slot()
    def zoom_in(self) -> None:
        """Larger."""
        self._zoom_to(self._factor() * ZOOM_STEP)

    @Slot()
    def zoom_out(self) -> None:
        """Smaller."""
        self._zoom_to(self._factor() / ZOOM_STEP)

    def _draw(self) -> None:
        if self._content is None:
            return
        if self._job is not None:
            self._job.cancel()
        self._job = self._bench.jobs.run(
            partial(_drawn, content=self._content), self._arrived, self._refused, lane="pool", owner=self
        )

    def _arrived(self, pdf: bytes) -> None:
        self._job = None
        self.show_pdf(pdf)

    def _refused(self, problem: Problem) -> None:
        self._job = None
        self.failed.emit(problem)

    def _factor(self) -> float:
        if self.view.zoomMode() == QPdfView.ZoomMode.Custom or self._shown is None:
            return self.view.zoomFactor()
        points = self._shown[0].pagePointSize(0).width()
        dots = points * self.logicalDpiX() / 72
        margins = self.view.documentMargins()
        return (self.view.viewport().width() - margins.left() - margins.right()) / dots if dots else 1.0

    def _zoom_to(self, factor: float) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(LARGEST, max(SMALLEST, factor)))
        self._say_page()

    @Slot()
    def _say_page(self) -> None:
        page = self.view.pageNavigator().currentPage() + 1
        self._words.say(self.tr("A4 preview · page {page} of {pages}").format(page=page, pages=self.pages))
        self._zoom.say(f"{self._factor():.0%}")


def _drawn(_progress: Progress, *, content: LetterContent) -> bytes:
    from desktop.documents.letter_pdf import draw_letter

    return draw_letter(content).pdf
