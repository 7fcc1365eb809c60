"""What of a paste was not taken: whose it was, what was there, why; the cells can be copied back to mend them."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.models.desk.health_readings import CellProblem
from desktop.ui.buttons import Button, IconButton
from desktop.ui.cards import Text
from desktop.ui.look import Look
from desktop.ui.notices import Banner, window_language

_SHOWN = 4


class PasteReport(QWidget):
    """The report; hidden while there is nothing to say."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: list[CellProblem] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), 0, look.px(16), look.px(8))
        column.setSpacing(look.px(4))
        self._banner = Banner(look, "", "partial")
        self._banner.row.addWidget(Button(look, self.tr("Copy these cells"), icon="copy", pressed=self.copy))
        self._banner.row.addWidget(IconButton(look, "x", self.tr("Close"), size=24, pressed=self.hide))
        column.addWidget(self._banner)
        self.lines = Text(look, wrap=True)
        self.lines.setContentsMargins(look.px(40), 0, 0, 0)
        column.addWidget(self.lines)
        self.hide()

    def show_problems(self, problems: list[CellProblem]) -> None:
        """Show what was not taken; nothing hides the report."""
        self._problems = problems
        self._banner.say(self.tr("%n cell(s) of the paste were not taken.", "", len(problems)))
        lines = [self._line(each) for each in problems[:_SHOWN]]
        if len(problems) > _SHOWN:
            lines.append(self.tr("and %n more", "", len(problems) - _SHOWN))
        self.lines.say("\n".join(lines))
        self.setVisible(bool(problems))

    @Slot()
    def copy(self) -> None:
        """Put the cells, with row and reason, onto the clipboard as a table."""
        spoken = window_language()
        rows = (f"{each.row}\t{each.text}\t{each.problem.sentence(spoken)}" for each in self._problems)
        QApplication.clipboard().setText("\n".join(rows))

    def _line(self, each: CellProblem) -> str:
        whose = " ".join(part for part in (self.tr("Row {row}").format(row=each.row), each.person) if part)
        return f"{whose}: {each.problem.sentence(window_language())}"
