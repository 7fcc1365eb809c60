"""Work recorded before enrolment: which of the officer's grids it belongs to is the officer's to say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.models.desk.grids import GridRow
from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.look import Look


class SyncAdoption(Card):
    """The question.

    Signals:
        asked(str): code of the grid to hand the work over to.
    """

    asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "", parent=parent)
        self._words = Text(look, "", wrap=True)
        self.body.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        self.grids = QComboBox()
        self.grids.setAccessibleName(self.tr("Grid"))
        self.button = Button(look, self.tr("Hand over"), icon="arrow-right", pressed=self._ask)
        row.addWidget(self.grids, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)

    def show_work(self, operations: int, grids: Sequence[GridRow]) -> None:
        """Ask about so many operations; hidden when there is nothing to ask."""
        self.setVisible(bool(operations and grids))
        self._words.say(
            self.tr(
                "{count} records were made before this computer was enrolled and are not sent yet."
                " Choose the grid they belong to."
            ).format(count=wording.count(operations))
        )
        codes = [grid.code for grid in grids]
        if codes != [self.grids.itemData(at) for at in range(self.grids.count())]:
            self.grids.clear()
            for grid in grids:
                self.grids.addItem(
                    grid.code if grid.name in ("", grid.code) else f"{grid.name} · {grid.code}", grid.code
                )
        self.button.setEnabled(True)

    @Slot()
    def _ask(self) -> None:
        self.button.setEnabled(False)
        self.asked.emit(self.grids.currentData())
