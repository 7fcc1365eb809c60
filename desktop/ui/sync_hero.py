"""The head of the sync page: how much waits and the one button; while it runs, how far each part has come."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QStackedLayout, QVBoxLayout, QWidget

from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.look import Look
from desktop.ui.painting import paint_box, tone_roles

PHOTO_WEIGHT = 4
"""How many operations a photo counts for in the percentage."""

_FINE = 1000
"""Steps of the bar of photos, which goes by bytes."""


@dataclass
class Advance:
    """How far a running sync has come: operations, photos and their bytes (done, total), and records received."""

    operations: tuple[int, int] = (0, 0)
    photos: tuple[int, int] = (0, 0)
    photo_bytes: tuple[int, int] = (0, 0)
    pulled: int = 0
    stage: str = "hello"
    sent_before: int = field(default=0, repr=False)

    def step(self, done: int, total: int, stage: str) -> None:
        """Take a report of the exchange in. Stages: hello, push, pull, attachments, photo_bytes, compare, wait."""
        if stage == "photo_bytes":
            self.photo_bytes = (done, total)
            return
        self.stage = stage
        if stage == "push":
            self.operations = (done, total)
        elif stage == "attachments":
            self.photos = (done, total)
            if done == total:
                self.photo_bytes = (self.photo_bytes[1], self.photo_bytes[1])
            self.operations = (self.operations[1], self.operations[1])
        elif stage == "pull":
            self.pulled = done

    @property
    def percent(self) -> int:
        """Share of the whole, 0 to 99; the last percent is the end itself."""
        whole = self.operations[1] + PHOTO_WEIGHT * self.photos[1]
        done = self.operations[0] + PHOTO_WEIGHT * self.photos[1] * self.photo_share
        return min(99, int(done * 100 / whole)) if whole else 0

    @property
    def photo_share(self) -> float:
        """How much of the photos left this computer, 0.0 to 1.0: by bytes as soon as they are known."""
        done, total = self.photo_bytes if self.photo_bytes[1] else self.photos
        return done / total if total else 0.0


class SyncHero(Card):
    """The card.

    Signals:
        run_asked(): the button.
        cancel_asked(): call the running sync off.
    """

    run_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "", parent=parent)
        self._look = look
        self.body.setContentsMargins(look.px(16), look.px(16), look.px(16), look.px(16))
        top = QHBoxLayout()
        top.setSpacing(look.px(16))
        self._sign = _Sign(look)
        self.title = Text(look, "", style="title")
        self.note = Text(look, "", tone="muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(look.px(4))
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.note)
        words.addStretch(1)
        self.run_button = Button(
            look, self.tr("Sync now"), kind="primary", icon="refresh-cw", key="Ctrl Shift S", large=True,
            pressed=self.run_asked.emit,
        )  # fmt: skip
        self.cancel_button = Button(look, self.tr("Cancel"), icon="x", key="Esc", pressed=self.cancel_asked.emit)
        top.addWidget(self._sign)
        top.addLayout(words, 1)
        buttons = QWidget()
        self._buttons = QStackedLayout(buttons)
        self._buttons.addWidget(_right(self.run_button))
        self._buttons.addWidget(_right(self.cancel_button))
        top.addWidget(buttons)
        self.body.addLayout(top)
        self._bars = QWidget()
        grid = QGridLayout(self._bars)
        grid.setContentsMargins(0, look.px(8), 0, 0)
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnMinimumWidth(0, look.px(88))
        grid.setColumnMinimumWidth(2, look.px(176))
        grid.setColumnStretch(1, 1)
        self._parts = [_Part(look, grid, row, name) for row, name in enumerate(
            (self.tr("Records"), self.tr("Photos"), self.tr("Download")))]  # fmt: skip
        self.body.addWidget(self._bars)
        self._bars.hide()

    def show_rest(self, title: str, note: str, tone: str, icon: str) -> None:
        """At rest."""
        self._sign.show_icon(icon, tone)
        self.title.say(title)
        self.note.say(note)
        self._buttons.setCurrentIndex(0)
        self._bars.hide()

    def show_advance(self, advance: Advance) -> None:
        """While a sync runs."""
        self._sign.show_percent(advance.percent)
        self.title.say(self._stage_words(advance))
        self.note.say(self.tr("You can go on working. Calling it off loses nothing."))
        self._buttons.setCurrentIndex(1)
        self.cancel_button.setEnabled(True)
        operations, photos, download = self._parts
        waiting = self.tr("after the records")
        operations.show_part(*advance.operations, _share(*advance.operations) or self.tr("asking the centre"))
        photos.show_part(
            round(advance.photo_share * _FINE), _FINE, _share(*advance.photos, *advance.photo_bytes) or waiting
        )
        busy = advance.stage == "pull"
        download.show_part(
            0, 0 if busy else 1,
            self.tr("{count} records").format(count=wording.count(advance.pulled)) if advance.pulled or busy else "—",
        )  # fmt: skip
        self._bars.show()

    def show_stopping(self) -> None:
        """Cancel was pressed; the exchange ends at its next step."""
        self.title.say(self.tr("Stopping after this step…"))
        self.cancel_button.setEnabled(False)

    def _stage_words(self, advance: Advance) -> str:
        return {
            "hello": self.tr("Asking the centre…"),
            "push": self.tr("Sending records"),
            "pull": self.tr("Receiving from the centre"),
            "attachments": self.tr("Sending photos"),
            "compare": self.tr("Comparing with the centre"),
            "wait": self.tr("The network was cut; trying again"),
        }[advance.stage]


class _Part:
    """One bar with its name and its counts."""

    def __init__(self, look: Look, grid: QGridLayout, row: int, name: str) -> None:
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(name)
        self._words = Text(look, "", tone="muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(Text(look, name), row, 0)
        grid.addWidget(self._bar, row, 1)
        grid.addWidget(self._words, row, 2)

    def show_part(self, done: int, total: int, words: str) -> None:
        """Show so much of so much; `total` 0 is "busy, not known how long"."""
        self._bar.setMaximum(total if total or not done else 1)
        self._bar.setValue(done)
        self._words.say(words)


class _Sign(QWidget):
    """An icon on a tinted square, or a ring with its percentage."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._icon, self._tone = look, "cloud", "accent"
        self._percent: int | None = None
        self.setFixedSize(QSize(look.px(56), look.px(56)))

    def show_icon(self, icon: str, tone: str) -> None:
        """An icon."""
        self._icon, self._tone, self._percent = icon, tone, None
        self.update()

    def show_percent(self, percent: int) -> None:
        """A ring."""
        self._percent = percent
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Square or ring."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._percent is None:
            ink, fill = tone_roles(self._tone)
            paint_box(painter, QRectF(self.rect()), look.px(6), look.color(fill))
            half = look.px(13)
            at = QPointF(self.rect().center()) - QPointF(half, half)
            painter.drawPixmap(at, look.pixmap(self._icon, ink, 26))
        else:
            edge = look.px(6)
            ring = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
            painter.setPen(QPen(look.color("border"), edge))
            painter.drawEllipse(ring)
            painter.setPen(QPen(look.color("accent"), edge))
            painter.drawArc(ring, 90 * 16, -self._percent * 360 * 16 // 100)
            painter.setPen(look.color("text"))
            painter.setFont(look.font("body-strong"))
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, f"{self._percent}%")
        painter.end()


def _share(done: int, total: int, bytes_done: int = 0, bytes_total: int = 0) -> str:
    share = f"{wording.count(done)} / {wording.count(total)}" if total else ""
    return f"{share} · {bytes_done / 1e6:.1f} / {bytes_total / 1e6:.1f} MB" if share and bytes_total else share


def _right(widget: QWidget) -> QWidget:
    host = QWidget()
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(widget)
    return host
