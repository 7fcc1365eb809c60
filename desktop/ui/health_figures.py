"""The day of an enterprise in figures, and the line that says who has a fever nobody acted on yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.desk.health_register import Figures, HealthListing
from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.look import Look
from desktop.ui.notices import Banner

_TONES = {"pass": "muted", "warn": "partial", "fail": "fail"}


class _Figure(QWidget):
    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, look.px(24), 0)
        column.setSpacing(0)
        self.number = Text(look, "—", style="page")
        self.name = Text(look, name, style="caption", tone="muted")
        self._plain = name
        column.addWidget(self.number)
        column.addWidget(self.name)

    def show_number(self, words: str, tone: str = "text", behind: str = "", name_tone: str = "muted") -> None:
        self.number.say(words, tone)
        self.name.say(f"{self._plain} {behind}".strip(), name_tone)
        self.setAccessibleName(f"{self._plain} {words} {behind}".strip())


class HealthFigures(QWidget):
    """The row of figures. What stands at its right is the page's (`row`)."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        self.row.setSpacing(look.px(8))
        self._due = _Figure(look, self.tr("Due"))
        self._taken = _Figure(look, self.tr("Entered"))
        self._fever = _Figure(look, self.tr("Fever, symptom"))
        self._missing = _Figure(look, self.tr("No reading"))
        self._observing = _Figure(look, self.tr("Observed"))
        self._queried = _Figure(look, self.tr("Roaming asked"))
        for figure in (self._due, self._taken, self._fever, self._missing, self._observing, self._queried):
            self.row.addWidget(figure)
        self.row.addStretch(1)

    def show_figures(self, found: Figures) -> None:
        """Show the day."""
        self._due.show_number(wording.count(found.due))
        percent = f"{found.percent:.1f}%" if found.due else ""
        self._taken.show_number(wording.count(found.taken), "text", percent, _TONES[found.standard])
        self._fever.show_number(wording.count(found.fever), "fail" if found.fever else "text")
        self._missing.show_number(wording.count(found.missing), "partial" if found.missing else "text")
        self._observing.show_number(wording.count(found.observing), "info" if found.observing else "text")
        behind = found.queried < found.arrivals
        self._queried.show_number(f"{found.queried}/{found.arrivals}", "partial" if behind else "text")


class FeverBanner(QWidget):
    """Who has a fever, is on duty and in no observation: what to do first, and the act that takes them off.

    Signals:
        observe_asked(): put them under observation.
    """

    observe_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), 0, look.px(16), look.px(8))
        self.banner = Banner(look, "", "fail")
        self.act = Button(look, self.tr("Put under observation"), icon="eye", pressed=self.observe_asked.emit)
        self.banner.row.addWidget(self.act)
        column.addWidget(self.banner)
        self.hide()

    def show_listing(self, found: HealthListing) -> None:
        """Show or hide."""
        people = len(found.untended)
        if people:
            words = self.tr("%n person(s) with fever or symptoms, nothing done yet.", "", people)
            steps = self.tr(
                "Mask on, to the emergency room, measure again after 5 minutes, then report as the plan says."
            )
            self.banner.say(f"{words} {steps}")
        self.setVisible(bool(people))
