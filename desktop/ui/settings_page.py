"""设置: what the office prints on letters, the language and look of the window, and how this computer stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.desk.letter_desk import OfficeSettings
from desktop.models.desk.window_choices import WindowChoices
from desktop.models.problems import Language, Problem
from desktop.ui import settings_work
from desktop.ui.bench import Bench
from desktop.ui.durable_writes import ClosingWatch, DurableWrites
from desktop.ui.page import Page, PageHead, Place
from desktop.ui.page_names import page_title
from desktop.ui.settings_device import SettingsDevice
from desktop.ui.settings_letterhead import SettingsLetterhead
from desktop.ui.settings_window import SettingsWindow
from desktop.ui.settings_work import Settings

_SIDE = 392


class SettingsPage(Page):
    """The page."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        look = self.look
        self.writes = DurableWrites(bench, self)
        self._closing = ClosingWatch(self, self._leave_for_good)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget()
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        row = QHBoxLayout(body)
        row.setContentsMargins(look.px(16), look.px(16), look.px(16), look.px(16))
        row.setSpacing(look.px(16))
        left = QVBoxLayout()
        left.setSpacing(look.px(12))
        self.letterhead, self.window_card = SettingsLetterhead(look), SettingsWindow(look)
        left.addWidget(self.letterhead)
        left.addWidget(self.window_card)
        left.addStretch(1)
        row.addLayout(left, 1)
        self.device = SettingsDevice(look)
        self.device.setFixedWidth(look.px(_SIDE))
        side = QVBoxLayout()
        side.addWidget(self.device)
        side.addStretch(1)
        row.addLayout(side)
        self.letterhead.written.connect(self._keep_office)
        self.window_card.language_chosen.connect(self._speak)
        self.window_card.look_chosen.connect(self._take_look)
        self.device.automatic_chosen.connect(self._choose_automatic)
        self.device.sync_asked.connect(lambda: self.place_asked.emit(Place("sync")))

    def head(self) -> PageHead:
        """Its name only."""
        return PageHead(page_title("settings"))

    def arrive(self, _place: Place) -> None:
        """Show what is set."""
        self.bench.read(self, settings_work.settings, self._show, self.problem_met.emit)

    def panes(self) -> Sequence[QWidget]:
        """The fields, then the choices."""
        return (self.letterhead.letterhead, self.window_card.language, self.device.enrol_button)

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the window's closing is seen."""
        super().showEvent(event)
        self._closing.watch()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page: keep what was typed."""
        super().hideEvent(event)
        self.letterhead.write_down()

    def _leave_for_good(self) -> None:
        self.letterhead.write_down()
        self.writes.settle()

    def _show(self, found: Settings) -> None:
        self.letterhead.show_office(found.office, found.device.code)
        self.window_card.show_look(self.look)
        self.device.show_device(found.device, automatic=found.automatic)

    @Slot(object)
    def _keep_office(self, office: OfficeSettings) -> None:
        act = partial(settings_work.keep_office, office=office)
        self.writes.write(act, lambda _nothing: self._office_kept(office), self._office_refused)

    def _office_kept(self, office: OfficeSettings) -> None:
        self.letterhead.say_kept(office)
        self.saved.emit()

    def _office_refused(self, problem: Problem) -> None:
        self.letterhead.say_refused()
        self.problem_met.emit(problem)

    @Slot(str)
    def _speak(self, language: str) -> None:
        """The window is built anew in the language, so that is the last this page does."""
        act = partial(settings_work.keep_language, language=cast(Language, language))
        self.writes.write(act, lambda _nothing: self.language_asked.emit(language), self.problem_met.emit)

    @Slot(object)
    def _take_look(self, choices: WindowChoices) -> None:
        act = partial(settings_work.keep_look, choices=choices)
        self.writes.write(act, lambda _nothing: self._apply(choices), self.problem_met.emit)

    def _apply(self, choices: WindowChoices) -> None:
        QTimer.singleShot(0, self.look, partial(self.look.choose, choices.scheme, choices.text_size / 100))

    @Slot(bool)
    def _choose_automatic(self, on: bool) -> None:
        self.writes.write(partial(settings_work.keep_automatic, on=on), self._kept, self.problem_met.emit)

    def _kept(self, _nothing: object) -> None:
        self.saved.emit()
