"""Why a measure is not applicable: the set's reasons, or words of one's own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.measure_set import Measure
from desktop.ui.notices import window_language


class ReasonMenu(QMenu):
    """A popup to choose from; digits choose too.

    Signals:
        chosen(str): one of the set's reasons.
        own_wanted(): another reason, to be written.
    """

    chosen = Signal(str)
    own_wanted = Signal()

    def __init__(self, measure: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reasons")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.addSection(self.tr("Why is it not applicable?"))
        for number, reason in enumerate(measure.na_reasons, 1):
            words = reason.in_(window_language())
            action = QAction(f"&{number}  {words.replace('&', '&&')}", self)
            action.triggered.connect(partial(self.chosen.emit, words))
            self.addAction(action)
        own = QAction(f"&{len(measure.na_reasons) + 1}  " + self.tr("Another reason, in the note"), self)
        own.triggered.connect(self.own_wanted)
        self.addAction(own)
