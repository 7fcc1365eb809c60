"""Where the rules of a measure come from: its basis with the document and how sure it is."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget, QWidgetAction

from desktop.models.measure_set import BasisMark, Measure, MeasureSet
from desktop.ui.cards import Text
from desktop.ui.look import Look
from desktop.ui.notices import window_language

WIDTH = 420


class BasisMenu(QMenu):
    """A popup to read; Esc or a click elsewhere closes it."""

    def __init__(self, look: Look, measure_set: MeasureSet, measure: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        language = window_language()
        titles = {source.key: (source.title.in_(language), source.date) for source in measure_set.sources}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        column.setSpacing(look.px(2))
        body.setFixedWidth(look.px(WIDTH))
        column.addWidget(Text(look, self.tr("Basis of {measure}").format(measure=measure.code), style="body-strong"))
        for basis in measure.basis:
            column.addSpacing(look.px(6))
            column.addWidget(Text(look, basis.note.in_(language), wrap=True))
            source = titles.get(basis.source or "")
            said = [" ".join(source)] if source else []
            if basis.mark is not BasisMark.READ:
                said.append(self._doubt(basis.mark))
            column.addWidget(Text(look, " · ".join(said), style="caption", tone="muted", wrap=True))
        column.addSpacing(look.px(8))
        column.addWidget(Text(look, measure_set.footnote.in_(language), style="caption", tone="muted", wrap=True))
        action = QWidgetAction(self)
        action.setDefaultWidget(body)
        self.addAction(action)

    def _doubt(self, mark: BasisMark) -> str:
        return self.tr("basis to be checked") if mark is BasisMark.KNOWN else self.tr("our own proposal")
