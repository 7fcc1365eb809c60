"""What can be done about a finding now: each move with its digit, and in words why one is not to be had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop.models.closed_loop import Verdict
from desktop.models.problems import words
from desktop.ui import finding_words
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Text
from desktop.ui.look import Look
from desktop.ui.notices import window_language


class NextSteps(Card):
    """The card of moves.

    Signals:
        move_asked(Verdict): a person wants to make this move.
    """

    move_asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Next step"))
        self._look = look
        self.verdicts: Sequence[Verdict] = ()
        self.buttons: list[Button] = []
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QFrame()
        inside.setProperty("role", "pane")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.px(4))
        column.addLayout(self._lines)
        column.addStretch(1)
        area.setWidget(inside)
        self.body.addWidget(area)

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Show the moves there are; those nothing can bring about last, with the reason."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.verdicts = sorted(verdicts, key=lambda each: each.refusal is not None)
        self.buttons = []
        for number, each in enumerate(self.verdicts, 1):
            if each.refusal is None:
                self._lines.addWidget(self._move_line(number, each))
        for code in dict.fromkeys(each.refusal for each in self.verdicts if each.refusal):
            names = [finding_words.move(each.to) for each in self.verdicts if each.refusal == code]
            told = self.tr("Not here: {moves}").format(moves=self.tr(", ").join(names))
            why = words(code or "", {}, window_language())
            self._lines.addWidget(Text(self._look, f"{told}\n{why}", style="caption", tone="muted", wrap=True))

    def _move_line(self, number: int, verdict: Verdict) -> QWidget:
        icon, _ = finding_words.state_icon(verdict.to)
        button = Button(
            self._look, finding_words.move(verdict.to), icon=icon, key=str(number),
            kind="primary" if number == 1 else "secondary", pressed=partial(self.move_asked.emit, verdict),
        )  # fmt: skip
        self.buttons.append(button)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.px(8))
        row.addWidget(button)
        row.addWidget(Text(self._look, _why(verdict) if verdict.lacking else "", style="caption", tone="muted",
                           elide=True), 1)  # fmt: skip
        return line

    def take(self, number: int) -> None:
        """Make the move with this digit."""
        if 0 < number <= len(self.buttons):
            self.buttons[number - 1].click()


def move_menu(parent: QWidget, verdicts: Sequence[Verdict], chosen: Callable[[Verdict], object]) -> QMenu:
    """The same as a menu: digits choose, what cannot be done is grey and says why."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for number, each in enumerate(sorted(verdicts, key=lambda one: one.refusal is not None), 1):
        told = finding_words.move(each.to)
        if each.lacking:
            told += " …"
        action = QAction(f"&{number}  {told.replace('&', '&&')}", menu)
        action.setEnabled(each.refusal is None)
        if each.code:
            action.setToolTip(_why(each))
        action.triggered.connect(partial(chosen, each))
        menu.addAction(action)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _why(verdict: Verdict) -> str:
    if verdict.refusal:
        return words(verdict.refusal, {}, window_language())
    return "+ " + " · ".join(finding_words.need(each) for each in verdict.lacking)
