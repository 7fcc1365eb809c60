"""Menus on a reading: why there is none, and which symptoms there are. Digits choose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.health_terms import Symptom
from desktop.models.value_words import value_word
from desktop.ui.notices import window_language


class AbsenceMenu(QMenu):
    """Why somebody has no reading.

    Signals:
        chosen(str): the reason.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.addSection(self.tr("Why is there no reading?"))
        reasons = (
            self.tr("On leave"), self.tr("Day off"), self.tr("Away on business"), self.tr("Isolated elsewhere"),
            self.tr("Not yet at work"), self.tr("Thermometer missing"),
        )  # fmt: skip
        for number, words in enumerate(reasons, 1):
            self.addAction(f"&{number}  {words}").setData(words)
        self.triggered.connect(lambda action: self.chosen.emit(action.data()))


class SymptomMenu(QMenu):
    """The symptoms asked for every day; those that were noted are ticked.

    Signals:
        toggled(str): note this one, or take it away.
    """

    toggled = Signal(str)

    def __init__(self, noted: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.addSection(self.tr("Symptoms"))
        for number, symptom in enumerate(Symptom, 1):
            words = value_word("symptom", str(symptom), window_language())
            action = self.addAction(f"&{number % 10}  {words}")
            action.setCheckable(True)
            action.setChecked(str(symptom) in noted)
            action.setData(str(symptom))
        self.triggered.connect(lambda action: self.toggled.emit(action.data()))
