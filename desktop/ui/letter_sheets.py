"""Pages of a PDF under each other, each rendered in a worker when it comes into sight.

What a page showed stands until its next rendering is there, so nothing flickers while a letter is edited. A rendering
belongs to one file and one width; what arrives late for another is thrown away, so a page never shows another letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.models.progress import Progress
from desktop.ui.bench import Bench

ZOOM_STEP = 1.25
SMALLEST, LARGEST = 0.25, 3.0
_MARGIN, _GAP = 16, 12
_SCREEN_DPI, _POINTS = 96, 72


class LetterSheets(QAbstractScrollArea):
    """The pages.

    Signals:
        moved(): another page is in front, or the zoom is another.
    """

    moved = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._look = bench.look
        self._pdf = b""
        self._sizes: list[QSizeF] = []  # points
        self._zoom: float | None = None  # None: as wide as the view
        self._edition = 0
        self._images: dict[int, QImage] = {}
        self._rendered: dict[int, tuple[int, int]] = {}  # page: edition and width its image was asked for
        self._front = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_pages(self, pdf: bytes, sizes: Sequence[QSizeF]) -> None:
        """Show a file whose pages have these sizes in points; the place in it is kept."""
        self._pdf, self._sizes = pdf, list(sizes)
        self._edition += 1
        self._images = {page: image for page, image in self._images.items() if page < len(sizes)}
        self._lay_out()

    def clear(self) -> None:
        """Show no page."""
        self._images.clear()
        self.show_pages(b"", ())
        self.verticalScrollBar().setValue(0)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def front(self) -> int:
        """The page in front, from 0."""
        middle = self.viewport().height() / 3
        return next((page for page in range(self.count) if self._box(page).bottom() > middle), 0)

    @property
    def zoom(self) -> float:
        """The zoom; 1.0 is the size on paper at 96 dots per inch."""
        if self._zoom is not None:
            return self._zoom
        widest = max((size.width() for size in self._sizes), default=0.0)
        room = self.viewport().width() - 2 * self._look.px(_MARGIN)
        return max(SMALLEST, room / (widest * _SCREEN_DPI / _POINTS)) if widest else 1.0

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller; what is in front stays there."""
        before = self._height()
        place = self.verticalScrollBar().value() / before
        self._zoom = min(LARGEST, max(SMALLEST, self.zoom * factor))
        self._lay_out()
        self.verticalScrollBar().setValue(round(place * self._height()))

    @property
    def settled(self) -> bool:
        """Whether every page in sight shows the present file at the present size."""
        return all(self._rendered.get(page) == self._wanted(page) and page in self._images for page in self._in_sight())

    # -- Qt ------------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As wide as the view again."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sheets with what is rendered of them; the rest is asked for."""
        look, painter = self._look, QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.color("sunken"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sight = self._in_sight()
        for page in sight:
            box = self._box(page)
            painter.fillRect(box.adjusted(-1, -1, 1, 1), look.color("border"))
            painter.fillRect(box, Qt.GlobalColor.white)
            if page in self._images:
                painter.drawImage(box, self._images[page])
            self._ask(page)
        painter.end()
        for page in [page for page in self._images if page not in sight]:
            del self._images[page], self._rendered[page]

    # -- layout --------------------------------------------------------------------------------------------------------

    def _size(self, page: int) -> QSize:
        scale = self.zoom * _SCREEN_DPI / _POINTS
        return QSize(round(self._sizes[page].width() * scale), round(self._sizes[page].height() * scale))

    def _box(self, page: int) -> QRectF:
        """Where a page stands in the viewport."""
        size = self._size(page)
        top = self._look.px(_MARGIN) + sum(self._size(each).height() + self._look.px(_GAP) for each in range(page))
        left = max(self._look.px(_MARGIN), (self.viewport().width() - size.width()) // 2)
        return QRectF(
            left - self.horizontalScrollBar().value(), top - self.verticalScrollBar().value(),
            size.width(), size.height(),
        )  # fmt: skip

    def _height(self) -> int:
        pages = sum(self._size(page).height() + self._look.px(_GAP) for page in range(self.count))
        return pages + 2 * self._look.px(_MARGIN) - self._look.px(_GAP)

    def _in_sight(self) -> list[int]:
        height = self.viewport().height()
        boxes = [(page, self._box(page)) for page in range(self.count)]
        return [page for page, box in boxes if box.bottom() > 0 and box.top() < height]

    def _lay_out(self) -> None:
        view = self.viewport().size()
        upright, flat = self.verticalScrollBar(), self.horizontalScrollBar()
        widest = max((self._size(page).width() for page in range(self.count)), default=0) + 2 * self._look.px(_MARGIN)
        upright.setRange(0, max(0, self._height() - view.height()))
        upright.setPageStep(view.height())
        upright.setSingleStep(self._look.px(32))
        flat.setRange(0, max(0, widest - view.width()))
        flat.setPageStep(view.width())
        self._front = self.front
        self.viewport().update()
        self.moved.emit()

    def _scrolled(self) -> None:
        self.viewport().update()
        if self.front != self._front:
            self._front = self.front
            self.moved.emit()

    # -- rendering -----------------------------------------------------------------------------------------------------

    def _wanted(self, page: int) -> tuple[int, int]:
        return self._edition, round(self._size(page).width() * self.devicePixelRatioF())

    def _ask(self, page: int) -> None:
        wanted = self._wanted(page)
        if self._rendered.get(page) == wanted:
            return
        self._rendered[page] = wanted
        work = partial(_render, pdf=self._pdf, page=page, width=wanted[1])
        self._bench.jobs.run(work, partial(self._arrived, page, wanted), lane="pool", owner=self)

    def _arrived(self, page: int, asked: tuple[int, int], image: QImage) -> None:
        if page < self.count and asked == self._wanted(page):
            self._images[page] = image
            self.viewport().update()


def page_sizes(pdf: bytes) -> list[QSizeF]:
    """The sizes of a file's pages in points."""
    document, _buffer = _document(pdf)
    return [document.pagePointSize(page) for page in range(document.pageCount())]


def _render(_progress: Progress, *, pdf: bytes, page: int, width: int) -> QImage:
    document, _buffer = _document(pdf)
    size = document.pagePointSize(page)
    return document.render(page, QSize(width, round(size.height() * width / size.width())))


def _document(pdf: bytes) -> tuple[QPdfDocument, QBuffer]:
    """The file, and what it is read from: keep both as long as either."""
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document, buffer
