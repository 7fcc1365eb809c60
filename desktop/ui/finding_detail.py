"""One finding: stages, facts that are changed in place, the timeline with its evidence, and what can be done now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.closed_loop import Verdict
from desktop.models.desk.finding_file import FindingFile
from desktop.models.vocabulary import FindingState
from desktop.ui import wording
from desktop.ui.before_after import BeforeAfter
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.chips import Chip
from desktop.ui.finding_facts import FindingFacts
from desktop.ui.finding_next import NextSteps
from desktop.ui.finding_timeline import FindingTimeline
from desktop.ui.photo_strip import PhotoShelf
from desktop.ui.stage_bar import StageBar


class FindingDetail(QWidget):
    """The page of one finding; the findings page around it does what is asked for.

    Signals:
        note_asked(), remind_asked(), look_back_asked(), photo_asked(): acts on the finding shown.
    """

    note_asked = Signal()
    remind_asked = Signal()
    look_back_asked = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = self._look = bench.look
        self.file: FindingFile | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        shelf = PhotoShelf(bench, self)
        self.stages = StageBar(look)
        self.facts = FindingFacts(look)
        self.timeline = FindingTimeline(look, shelf)
        self.photos = BeforeAfter(look, shelf)
        self.next = NextSteps(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading())
        column.addWidget(self.stages)
        row = QHBoxLayout()
        row.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        row.setSpacing(look.px(12))
        self.facts.setFixedWidth(look.px(332))
        row.addWidget(self.facts)
        row.addWidget(self.timeline, 1)
        right = QVBoxLayout()
        right.setSpacing(look.px(12))
        right.addWidget(self.photos)
        right.addWidget(self.next, 1)
        side = QWidget()
        side.setFixedWidth(look.px(272))
        side.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        row.addWidget(side)
        column.addLayout(row, 1)

    def show_file(self, file: FindingFile) -> None:
        """Show a finding."""
        self.file = file
        facts = file.facts
        self._number.say(facts["number"])
        tone, icon = wording.severity_look(facts["severity"])
        self._severity.say(wording.severity(facts["severity"]), tone, icon)
        area = f" · {facts['focus_area']}" if facts["focus_area"] else ""
        self._measure.say(f"{facts['measure']}{area}", "accent")
        self._title.say(facts["title"])
        state = FindingState(facts["state"])
        self.stages.show_state(state)
        self.facts.show_file(file)
        self.timeline.show_steps(file.steps, file.found_photos)
        after = file.after_photos
        self.photos.show_photos(file.found_photos[0] if file.found_photos else None, after[-1] if after else None)
        self.next.show_verdicts(file.verdicts)
        self.remind.setEnabled(state not in (FindingState.CLOSED, FindingState.VOID))

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The moves there are for the finding shown."""
        return self.file.verdicts if self.file else ()

    def _heading(self) -> QFrame:
        look = self._look
        frame = QFrame()
        frame.setProperty("role", "topbar")
        column = QVBoxLayout(frame)
        column.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(10))
        column.setSpacing(look.px(4))
        first = QHBoxLayout()
        first.setSpacing(look.px(8))
        self._number = Text(look, style="caption", tone="muted")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._severity, self._measure = Chip(look, ""), Chip(look, "", "accent")
        for widget in (self._number, self._severity, self._measure):
            first.addWidget(widget)
        first.addStretch(1)
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(look.px(8))
        self._title = Text(look, style="title", elide=True)
        second.addWidget(self._title, 1)
        self.remind = Button(look, self.tr("Remind"), icon="megaphone", key="C", pressed=self.remind_asked.emit)
        self.note = Button(look, self.tr("Note progress"), icon="plus", key="T", pressed=self.note_asked.emit)
        self.visit = Button(look, self.tr("Check on site"), icon="rotate-ccw", key="V",
                            pressed=self.look_back_asked.emit)  # fmt: skip
        for button in (self.remind, self.note, self.visit):
            second.addWidget(button)
        column.addLayout(second)
        return frame
