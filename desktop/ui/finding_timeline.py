"""The timeline of a finding: a line for each step with its icon, who and when, what was said, and its photos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.desk.visit_sheet import PhotoRow
from desktop.ui import finding_words, wording
from desktop.ui.cards import Card, Text
from desktop.ui.look import Look
from desktop.ui.painting import paint_box
from desktop.ui.photo_strip import PhotoShelf, PhotoThumb

if TYPE_CHECKING:
    from desktop.models.desk.finding_steps import StepRow


class FindingTimeline(Card):
    """The card.

    Signals:
        photo_opened(PhotoRow): a photo should be shown large.
    """

    photo_opened = Signal(object)

    def __init__(self, look: Look, shelf: PhotoShelf) -> None:
        super().__init__(look, self.tr("Timeline"), " ")
        self._look, self._shelf = look, shelf
        self.body.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Timeline"))
        inside = QFrame()
        inside.setProperty("role", "pane")
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(look.px(12), look.px(12), look.px(16), look.px(12))
        self._lines.setSpacing(0)
        self.area.setWidget(inside)
        self.body.addWidget(self.area)
        shelf.ready.connect(self._picture_ready)

    def show_steps(self, steps: Sequence[StepRow], found_photos: Sequence[PhotoRow]) -> None:
        """Show these steps; the photos of the visit belong to the first."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.count.say(self.tr("%n line(s), only ever added to", "", len(steps)))
        for place, step in enumerate(steps):
            photos = (*(found_photos if place == 0 else ()), *step.photos)
            line = TimelineLine(self._look, self._shelf, step, photos, last=place == len(steps) - 1)
            for thumb in line.thumbs:
                thumb.opened.connect(self.photo_opened)
            self._lines.addWidget(line)
        self._lines.addStretch(1)

    @Slot(str)
    def _picture_ready(self, digest: str) -> None:
        for thumb in self.findChildren(PhotoThumb):
            if thumb.photo is not None and thumb.photo.sha256 == digest:
                thumb.update()


class TimelineLine(QWidget):
    """One step."""

    def __init__(self, look: Look, shelf: PhotoShelf, step: StepRow, photos: Sequence[PhotoRow], *, last: bool) -> None:
        super().__init__()
        self._look, self._last = look, last
        self._icon, self._role = finding_words.step_icon(step)
        self.thumbs = [PhotoThumb(look, shelf, photo) for photo in photos]
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(36), 0, 0, look.px(16))
        column.setSpacing(look.px(2))
        first = QHBoxLayout()
        first.addWidget(Text(look, finding_words.step_title(step), style="body-strong"), 1)
        first.addWidget(Text(look, wording.moment(step.at), style="caption", tone="muted"))
        column.addLayout(first)
        set_due = self.tr("due {day}").format(day=wording.day(step.due_on)) if step.due_on else ""
        below = " · ".join(filter(None, (step.by_name, set_due)))
        if below:
            column.addWidget(Text(look, below, style="caption", tone="muted"))
        if step.note:
            note = Text(look, step.note, wrap=True)
            note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(note)
        if self.thumbs:
            row = QHBoxLayout()
            row.setContentsMargins(0, look.px(4), 0, 0)
            row.setSpacing(look.px(8))
            for thumb in self.thumbs[:4]:
                row.addWidget(thumb)
            row.addStretch(1)
            column.addLayout(row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon in its ring, and the line that leads on to the next."""
        look, painter = self._look, QPainter(self)
        ring = QRectF(0, 0, look.px(24), look.px(24))
        if not self._last:
            painter.fillRect(QRectF(ring.center().x(), ring.bottom(), 1, self.height()), look.color("border"))
        paint_box(painter, ring, ring.height() / 2, look.color("raised"), look.color("border"))
        edge = look.px(14)
        spot = QPointF(ring.center().x() - edge / 2, ring.center().y() - edge / 2)
        painter.drawPixmap(spot, look.pixmap(self._icon, self._role, 14))
        painter.end()
