"""Reading and importing as it goes on: what is being done, how far, and a way to call it off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.look import Look


class ImportProgress(QWidget):
    """The progress.

    Signals:
        cancelled(): the person called it off.
    """

    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(look.px(12))
        self._title = Text(look, style="page")
        self._told = Text(look, tone="muted")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedWidth(look.px(360))
        self.cancel = Button(look, self.tr("Cancel, write nothing"), icon="x", pressed=self._cancel)
        column.addStretch(1)
        for widget in (self._title, self.bar, self._told, self.cancel):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)

    @property
    def words(self) -> str:
        """How far it says it is."""
        return self._told.text()

    def begin(self, words: str) -> None:
        """Start with nothing known."""
        self._title.say(words)
        self._told.say("")
        self.bar.setRange(0, 0)

    @Slot(int, int, str)
    def show_progress(self, done: int, total: int, label: str) -> None:
        """Show a step of the work."""
        stage = {
            "check": self.tr("Checking the file"),
            "read": self.tr("Reading the sheets"),
            "check_rows": self.tr("Checking rows"),
            "settle": self.tr("Comparing with the register"),
            "store": self.tr("Writing"),
        }.get(label, "")
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        counts = f"{wording.count(done)} / {wording.count(total)}" if total else ""
        self._told.say("  ".join(part for part in (stage, counts) if part))

    def _cancel(self) -> None:
        self.cancelled.emit()
