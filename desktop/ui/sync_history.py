"""The exchanges of the past: when, how each ended, and what was sent and received."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.desk.waiting_work import RunRow, WaitingWork
from desktop.models.problems import known_codes, words
from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.look import Look
from desktop.ui.notices import window_language

OFFLINE_CODES = frozenset({"sync_offline", "sync_not_our_server"})
"""Ends of an exchange that mean only that there was no way to the centre."""


class SyncHistory(Card):
    """The list.

    Signals:
        receipt_asked(str): the receipt of this exchange as a file.
        log_asked(): the whole log as a file.
    """

    receipt_asked = Signal(str)
    log_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, self.tr("History"), parent=parent)
        self._look = look
        self._export = Button(look, self.tr("Export log"), kind="text", pressed=self.log_asked.emit)
        self.heading.addWidget(self._export)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._scroll)
        self._shown: tuple[RunRow, ...] | None = None

    def show_work(self, work: WaitingWork) -> None:
        """Show the exchanges, newest first."""
        if work.runs == self._shown:
            return
        self._shown = work.runs
        lines = QFrame()
        lines.setProperty("role", "pane")
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for run in work.runs:
            line = _RunLine(self._look, *_look_of(run), wording.moment(run.started_at), self._told(run))
            if run.receipt:
                ask = partial(self.receipt_asked.emit, run.id)
                line.row.addWidget(Button(self._look, self.tr("Receipt"), kind="text", pressed=ask))
            column.addWidget(line)
        self._export.setEnabled(bool(work.runs))
        if not work.runs:
            none = Text(self._look, self.tr("No exchange with the centre yet."), tone="muted", wrap=True)
            none.setContentsMargins(*[self._look.px(12)] * 4)
            column.addWidget(none)
        column.addStretch(1)
        self._scroll.setWidget(lines)

    def lines(self) -> list[str]:
        """What is said of each exchange."""
        return [self._told(run) for run in self._shown or ()]

    def _told(self, run: RunRow) -> str:
        receipt = run.receipt or {}
        photos = receipt.get("attachments", {}).get("sent", 0)
        parts = [
            self.tr("sent {count}").format(count=wording.count(receipt.get("pushed", 0))),
            self.tr("received {count}").format(count=wording.count(receipt.get("pulled", 0))),
            *([self.tr("photos {count}").format(count=wording.count(photos))] if photos else []),
        ]
        if run.outcome != "ok":
            nothing = not (receipt.get("pushed") or receipt.get("pulled") or photos)
            parts = [self._end(run), *([] if nothing else parts)]
        return " · ".join(parts)

    def _end(self, run: RunRow) -> str:
        if run.outcome is None:
            return self.tr("broken off; nothing lost")
        if run.outcome == "cancelled":
            return self.tr("called off")
        if run.outcome in OFFLINE_CODES:
            return self.tr("no connection")
        return self.tr("not finished")


class _RunLine(QWidget):
    """An icon, the moment, and what happened; the full sentence on hovering."""

    def __init__(self, look: Look, icon: str, role: str, tip: str, moment: str, told: str) -> None:
        super().__init__()
        self._look, self._icon, self._role = look, icon, role
        self.setToolTip(tip)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(look.px(36), look.px(6), look.px(4), look.px(6))
        column = QVBoxLayout()
        column.setSpacing(0)
        self.row.addLayout(column, 1)
        column.addWidget(Text(look, moment))
        column.addWidget(Text(look, told, style="caption", tone="muted", elide=True))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and hairline."""
        look, painter = self._look, QPainter(self)
        half = look.px(8)
        painter.drawPixmap(QPointF(look.px(12), self.height() / 2 - half), look.pixmap(self._icon, self._role))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("border"))
        painter.end()


def _look_of(run: RunRow) -> tuple[str, str, str]:
    """Icon, colour role and the sentence told on hovering."""
    if run.outcome == "ok":
        return "circle-check", "pass-fg", ""
    if run.outcome in (None, "cancelled"):
        return "minus", "muted", ""
    tip = words(run.outcome, {}, window_language()) if run.outcome in known_codes() else ""
    if run.outcome in OFFLINE_CODES:
        return "wifi-off", "muted", tip
    return "circle-alert", "partial-fg", tip
