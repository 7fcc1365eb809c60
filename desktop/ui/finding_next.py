"""What can be done about a finding now: each move with its digit, and in words why one is not to be had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

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
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.px(4))
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Show the moves there are; those nothing can bring about last, with the reason."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.verdicts = sorted(verdicts, key=lambda each: each.refusal is not None)
        self.buttons, told = [], set[str]()
        for number, each in enumerate(self.verdicts, 1):
            icon, _ = finding_words.state_icon(each.to)
            button = Button(
                self._look, finding_words.move(each.to), icon=icon, key=str(number),
                kind="primary" if number == 1 and each.refusal is None else "secondary",
                pressed=partial(self.move_asked.emit, each),
            )  # fmt: skip
            button.setEnabled(each.refusal is None)
            self.buttons.append(button)
            self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            if each.code and (why := _why(each)) not in told:  # a reason that holds for several is said once
                told.add(why)
                self._lines.addWidget(Text(self._look, why, style="caption", tone="muted", wrap=True))

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
