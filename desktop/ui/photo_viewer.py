"""One photo as large as the page; Esc, Space or a click closes it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.models.desk.visit_sheet import PhotoRow
from desktop.models.device.workspace import Workspace
from desktop.models.progress import Progress
from desktop.ui.bench import Bench


class PhotoViewer(QWidget):
    """Lies over its parent while it is shown.

    Signals:
        closed(): the page takes the focus.
    """

    closed = Signal()

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench, self._host = bench, parent
        self._picture = QPixmap()
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def show_photo(self, photo: PhotoRow) -> None:
        """Show a photo."""
        self._picture, self._words = QPixmap(), photo.title or ""
        self.setAccessibleName(self._words or self.tr("Photo"))
        self._bench.read(self, partial(_picture, digest=photo.sha256), self._arrived)
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        """Any key closes."""
        self._close()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A click closes."""
        self._close()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture on a dark ground, never larger than it is."""
        look, painter = self._bench.look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), look.theme.color("sunken"))
        if not self._picture.isNull():
            room = self.rect().adjusted(24, 24, -24, -40)
            size = self._picture.size()
            if size.width() > room.width() or size.height() > room.height():
                size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            spot = QRectF(0, 0, size.width(), size.height())
            spot.moveCenter(QRectF(room).center())
            painter.drawPixmap(spot, self._picture, QRectF(self._picture.rect()))
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text"))
        foot = self.rect().adjusted(24, self.height() - 32, -24, -8)
        words = " · ".join(filter(None, (self._words, self.tr("any key closes"))))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def _arrived(self, image: QImage) -> None:
        self._picture = QPixmap.fromImage(image)
        self.update()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


def _picture(workspace: Workspace, _progress: Progress, *, digest: str) -> QImage:
    content = workspace.attachments.get(digest)
    return QImage.fromData(content) if content else QImage()
