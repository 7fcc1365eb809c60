"""The line at the foot of the window: network, what waits, when it was saved; grid and officer. Never opens a box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from desktop.ui.cards import IconText, Text
from desktop.ui.look import Look
from desktop.ui.theme import tokens

Network = Literal["unknown", "offline", "online", "running", "synced", "refused"]


@dataclass(frozen=True)
class Standing:
    """What the strip says.

    `waiting` and `refused` count operations, `contested` fields two people set differently; `percent` is that of a
    running sync; `synced_at` a local time "17:52"; `place` grid and `officer` as they are known; `plain`: the workspace
    on disk is not encrypted.
    """

    network: Network = "unknown"
    waiting: int = 0
    refused: int = 0
    contested: int = 0
    percent: int = 0
    synced_at: str = ""
    place: str = ""
    officer: str = ""
    plain: bool = True


class StatusStrip(QFrame):
    """The strip.

    Signals:
        pressed(): a click anywhere; the window opens sync.
    """

    pressed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self.setFixedHeight(look.px(tokens()["frame"]["status"]))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.setSpacing(look.px(16))
        self._network = IconText(look, "wifi-off", style="caption")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(look.px(96))
        self._waiting = IconText(look, "cloud", style="caption")
        self._saved = IconText(look, "check", style="caption", role="pass-fg")
        self._plain = IconText(look, "hard-drive", style="caption")
        self._owner = Text(look, style="caption", tone="muted")
        for widget in (self._network, self._bar, self._waiting, self._saved):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._plain)
        row.addWidget(self._owner)
        self._saved.hide()
        self.show_standing(Standing())

    def show_standing(self, standing: Standing) -> None:
        """Show how things stand."""
        icon, words, role = self._network_words(standing)
        self._network.say(words, role, icon)
        self._network.setVisible(bool(words))
        self._bar.setVisible(standing.network == "running")
        self._bar.setValue(standing.percent)
        number = QLocale().toString(standing.waiting)
        self._waiting.say(self.tr("{count} waiting to sync").format(count=number))
        self._waiting.setVisible(standing.network != "running")
        self._plain.say(self.tr("Workspace is not encrypted"))
        self._plain.setVisible(standing.plain)
        self._owner.say(" · ".join(part for part in (standing.place, standing.officer) if part))

    def note_saved(self, moment: datetime | None = None) -> None:
        """Say that everything is on disk, and since when."""
        time = (moment or datetime.now()).strftime("%H:%M:%S")
        self._saved.say(self.tr("All saved {time}").format(time=time))
        self._saved.show()

    @property
    def words(self) -> list[str]:
        """Everything the strip says, from left to right."""
        said = (self._network, self._waiting, self._saved, self._plain)
        return [part.text for part in said if not part.isHidden()] + [self._owner.text()]

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Ask for the sync page."""
        self.pressed.emit()

    def _network_words(self, standing: Standing) -> tuple[str, str, str]:
        match standing.network:
            case "offline":
                return "wifi-off", self.tr("Offline"), "muted"
            case "online":
                return "wifi", self.tr("Online"), "muted"
            case "running":
                return "refresh-cw", self.tr("Syncing {percent}%").format(percent=standing.percent), "accent"
            case "synced":
                return "check", self.tr("Synced {time}").format(time=standing.synced_at), "pass-fg"
            case "refused" if not standing.refused:
                count = QLocale().toString(standing.contested)
                return "git-merge", self.tr("{count} to decide").format(count=count), "partial-fg"
            case "refused":
                count = QLocale().toString(standing.refused)
                return "triangle-alert", self.tr("{count} not accepted").format(count=count), "fail-fg"
        return "hard-drive", self.tr("On this computer"), "muted"
