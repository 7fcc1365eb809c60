"""How it looked when it was found, and how it looks now: two photos one above the other."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.models.desk.visit_sheet import PhotoRow
from desktop.ui.cards import Card, Text
from desktop.ui.look import Look
from desktop.ui.painting import paint_focus
from desktop.ui.photo_strip import PhotoShelf, paint_picture

HEIGHT = 92


class BeforeAfter(Card):
    """The card.

    Signals:
        photo_opened(PhotoRow): a photo should be shown large.
        photo_wanted(): the photo of the put right state should be added.
    """

    photo_opened = Signal(object)
    photo_wanted = Signal()

    def __init__(self, look: Look, shelf: PhotoShelf) -> None:
        super().__init__(look, self.tr("Before and after"))
        self.before = PhotoFrame(look, shelf, self.tr("no photo when it was found"))
        self.after = PhotoFrame(look, shelf, self.tr("Add the photo after (P)"))
        for frame, words in ((self.before, self.tr("When it was found")), (self.after, self.tr("Latest photo"))):
            self.body.addWidget(frame)
            self.body.addWidget(Text(look, words, style="caption", tone="muted"))
        self.before.clicked.connect(self._clicked)
        self.after.clicked.connect(self._clicked)
        shelf.ready.connect(self._picture_ready)

    def show_photos(self, before: PhotoRow | None, after: PhotoRow | None) -> None:
        """Show these photos."""
        self.before.show_photo(before)
        self.before.setEnabled(before is not None)
        self.after.show_photo(after)

    @Slot()
    def _clicked(self) -> None:
        frame = self.sender()
        if isinstance(frame, PhotoFrame) and frame.photo is not None:
            self.photo_opened.emit(frame.photo)
        else:
            self.photo_wanted.emit()

    @Slot(str)
    def _picture_ready(self, _digest: str) -> None:
        self.before.update()
        self.after.update()


class PhotoFrame(QAbstractButton):
    """One photo, or words where there is none."""

    def __init__(self, look: Look, shelf: PhotoShelf, without: str) -> None:
        super().__init__()
        self._look, self._shelf, self._without = look, shelf, without
        self.photo: PhotoRow | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(without)

    def show_photo(self, photo: PhotoRow | None) -> None:
        """Show a photo, or none."""
        self.photo = photo
        self.setAccessibleName((photo.title if photo else None) or self._without)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, self._look.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture."""
        look, painter = self._look, QPainter(self)
        picture = self._shelf.small(self.photo.sha256) if self.photo else None
        paint_picture(painter, look, QRectF(self.rect()), picture)
        if picture is None or picture.isNull():
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("muted"))
            words = self._without if self.photo is None else "…" if picture is None else self.tr("not on this device")
            room = self.rect().adjusted(8, 0, -8, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        if self.hasFocus():
            paint_focus(painter, look, self.rect(), look.px(6))
        painter.end()
