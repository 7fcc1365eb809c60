"""The photos of a measure in a row, and the place to put more: key, file, drop, paste.

Pictures are shown from bytes the program itself prepared; a thumbnail is decoded in a worker, once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QEnterEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from desktop.models.desk.visit_sheet import PhotoRow
from desktop.models.device.workspace import Workspace
from desktop.models.progress import Progress
from desktop.ui.bench import Bench
from desktop.ui.look import Look
from desktop.ui.painting import key_width, paint_focus, paint_key

THUMB_WIDTH, THUMB_HEIGHT = 106, 78
_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic")
_KEPT = 200


class PhotoShelf(QObject):
    """Small pictures by the hash of their photo, decoded once.

    Signals:
        ready(str): the picture of this hash can be shown now.
    """

    ready = Signal(str)

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._asked: set[str] = set()

    def small(self, digest: str) -> QPixmap | None:
        """The picture, or None while it is fetched; an empty pixmap when its bytes are not on this device."""
        if digest in self._kept:
            self._kept.move_to_end(digest)
            return self._kept[digest]
        if digest not in self._asked:
            self._asked.add(digest)
            edge = QSize(THUMB_WIDTH, THUMB_HEIGHT) * self._bench.look.scale * 2
            self._bench.read(self, partial(_small, digest=digest, edge=edge), partial(self._arrived, digest))
        return None

    def _arrived(self, digest: str, image: QImage) -> None:
        self._asked.discard(digest)
        self._kept[digest] = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(digest)


class PhotoStrip(QWidget):
    """The photos of one measure.

    Signals:
        dropped(list): files (`Path`) or picture bytes a person put here.
        opened(PhotoRow): a photo should be shown large.
        removed(PhotoRow): a photo should be taken off.
        wanted(): a person asked for the file dialog.
    """

    dropped = Signal(list)
    opened = Signal(object)
    removed = Signal(object)
    wanted = Signal()

    def __init__(self, look: Look, shelf: PhotoShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._shelf = look, shelf
        self.setAcceptDrops(True)
        self.setFixedHeight(look.px(THUMB_HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._thumbs = QHBoxLayout(self._inside)
        self._thumbs.setContentsMargins(0, 0, 0, 0)
        self._thumbs.setSpacing(look.px(12))
        self._area.setWidget(self._inside)
        bar = self._area.horizontalScrollBar()
        bar.rangeChanged.connect(  # a bar stands below the photos, not on them
            lambda _least, most: self.setFixedHeight(look.px(THUMB_HEIGHT) + (bar.sizeHint().height() if most else 0))
        )
        row.addWidget(self._area)
        self.zone = DropZone(look)
        self.zone.clicked.connect(self.wanted)
        row.addWidget(self.zone, 1)
        self._shown: tuple[tuple[PhotoRow, ...], int] = ((), -1)
        shelf.ready.connect(self._picture_ready)
        self.show_photos((), 0)

    def show_photos(self, photos: Sequence[PhotoRow], awaited: int, enabled: bool = True) -> None:
        """Show these photos, and how many are still being prepared."""
        self.zone.setEnabled(enabled)
        if self._shown == (tuple(photos), awaited):
            return
        self._shown = (tuple(photos), awaited)
        while (item := self._thumbs.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for photo in photos:
            thumb = PhotoThumb(self._look, self._shelf, photo)
            thumb.opened.connect(self.opened)
            thumb.removed.connect(self.removed)
            self._thumbs.addWidget(thumb)
        for _ in range(awaited):
            self._thumbs.addWidget(PhotoThumb(self._look, self._shelf, None))
        count = len(photos) + awaited
        width = count * self._look.px(THUMB_WIDTH) + max(0, count - 1) * self._look.px(12)
        self._area.setVisible(count > 0)
        self._area.setMaximumWidth(width)
        self._area.setMinimumWidth(min(width, self._look.px(THUMB_WIDTH) * 3 + self._look.px(24)))

    @property
    def thumbs(self) -> list[PhotoThumb]:
        """The thumbnails from left to right."""
        items = (self._thumbs.itemAt(place) for place in range(self._thumbs.count()))
        found = (item.widget() for item in items if item is not None)
        return [thumb for thumb in found if isinstance(thumb, PhotoThumb)]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures are welcome."""
        if self.zone.isEnabled() and pictures_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        if found := pictures_of(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(found)

    @Slot(str)
    def _picture_ready(self, digest: str) -> None:
        for thumb in self.thumbs:
            if thumb.photo is not None and thumb.photo.sha256 == digest:
                thumb.update()


class PhotoThumb(QAbstractButton):
    """One photo: Enter or a click shows it large, Delete takes it off.

    Signals:
        opened(PhotoRow), removed(PhotoRow).
    """

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, look: Look, shelf: PhotoShelf, photo: PhotoRow | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._shelf, self.photo = look, shelf, photo
        self.setFixedSize(look.px(THUMB_WIDTH), look.px(THUMB_HEIGHT))
        name = (photo.title if photo else None) or self.tr("Photo")
        self.setAccessibleName(name)
        self.setToolTip(self.tr("{name} – Enter shows it, Delete removes it").format(name=name) if photo else "")
        self.setEnabled(photo is not None)
        self.clicked.connect(self._clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the photo off."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.photo is not None:
            self.removed.emit(self.photo)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._clicked()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, cropped to the middle; words while there is none."""
        look, painter = self._look, QPainter(self)
        picture = self._shelf.small(self.photo.sha256) if self.photo else None
        paint_picture(painter, look, QRectF(self.rect()), picture)
        if picture is None or picture.isNull():
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("muted"))
            words = self.tr("preparing…") if picture is None else self.tr("not on this device")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        if self.hasFocus():
            paint_focus(painter, look, self.rect(), look.px(6))
        painter.end()

    @Slot()
    def _clicked(self) -> None:
        if self.photo is not None:
            self.opened.emit(self.photo)


class DropZone(QAbstractButton):
    """The dashed place where photos are dropped; a click or its key opens the file dialog."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setText(self.tr("Add photo"))
        self.setAccessibleDescription(self.tr("drop files, or paste with Ctrl V"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(look.px(170))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without the pointer."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dashes, camera, words, key."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setBrush(look.color("hover"))
        painter.setPen(QPen(look.color("border-strong"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.px(6), look.px(6))
        ink = "text" if self.isEnabled() else "disabled"
        words = look.metrics("body").horizontalAdvance(self.text())
        width = look.px(24) + words + look.px(8) + key_width(look, "P")
        at, line = (self.width() - width) / 2, self.height() / 2 - look.px(22)
        painter.drawPixmap(round(at), round(line + look.px(2)), look.pixmap("camera", ink))
        painter.setFont(look.font("body"))
        painter.setPen(look.color(ink))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(at + look.px(24), line, words + 2, look.px(20)), middle, self.text())
        paint_key(painter, look, at + width, line + look.px(10), "P", look.color("muted"), look.color("border"))
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("muted" if self.isEnabled() else "disabled"))
        below = QRectF(look.px(4), line + look.px(22), self.width() - look.px(8), look.px(20))
        shown = look.metrics("caption").elidedText(
            self.accessibleDescription(), Qt.TextElideMode.ElideRight, int(below.width())
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, shown)
        if self.hasFocus():
            paint_focus(painter, look, self.rect(), look.px(6))
        painter.end()


def paint_picture(painter: QPainter, look: Look, room: QRectF, picture: QPixmap | None) -> None:
    """A picture cropped to the middle of a rounded frame; an empty frame without one."""
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    frame = QPainterPath()
    frame.addRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), look.px(6), look.px(6))
    painter.fillPath(frame, look.color("sunken"))
    if picture is not None and not picture.isNull():
        painter.setClipPath(frame)
        scale = max(room.width() / picture.width(), room.height() / picture.height())
        part = QRectF(0, 0, room.width() / scale, room.height() / scale)
        part.moveCenter(QRectF(picture.rect()).center())
        painter.drawPixmap(room, picture, part)
        painter.setClipping(False)
    painter.setPen(look.color("border"))
    painter.drawPath(frame)
    painter.restore()


def pictures_of(data: QMimeData) -> list[Path | bytes]:
    """The picture files, or the picture itself, that a drag or the clipboard holds."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    pictures: list[Path | bytes] = [path for path in files if path.suffix.lower() in _SUFFIXES]
    if not pictures and data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            pictures.append(_png(image))
    return pictures


def choose_photos(parent: QWidget, title: str, filter_words: str) -> list[Path]:
    """Ask for picture files. The one place that opens this dialog."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", f"{filter_words} (*.jpg *.jpeg *.png *.webp)")
    return [Path(name) for name in names]


def _png(image: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())


def _small(workspace: Workspace, _progress: Progress, *, digest: str, edge: QSize) -> QImage:
    content = workspace.attachments.get(digest)
    if content is None:
        return QImage()
    image = QImage.fromData(content)
    by_expanding = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    return image.scaled(edge, by_expanding, Qt.TransformationMode.SmoothTransformation)
