"""What the centre did not take as it was: each with the reason and the way to where it was entered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.desk.waiting_work import RefusedOperation, WaitingWork
from desktop.models.problems import known_codes, words
from desktop.models.record_words import field_word, record_word
from desktop.models.vocabulary import OperationStatus
from desktop.ui import wording
from desktop.ui.buttons import Button
from desktop.ui.cards import Card, Line, Text
from desktop.ui.chips import Chip
from desktop.ui.look import Look
from desktop.ui.notices import window_language
from desktop.ui.page import Place

SHOWN = 30
"""Lines drawn at most; the others are told as a number and come up as these are settled."""


class SyncRefused(Card):
    """The list of refusals; hidden while there are none.

    Signals:
        place_asked(Place): where the record was entered.
        offer_asked(str): send the fields of this operation again, as they stand now.
        aside_asked(str): the officer is done with this operation.
    """

    place_asked = Signal(object)
    offer_asked = Signal(str)
    aside_asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, self.tr("Not accepted"), parent=parent)
        self._look = look
        self.heading.addWidget(Chip(look, self.tr("to be settled"), "fail", "triangle-alert"))
        self.body.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea(widgetResizable=True)
        self.body.addWidget(self._scroll)
        self._shown: tuple[RefusedOperation, ...] | None = None
        self.hide()

    def show_work(self, work: WaitingWork) -> None:
        """Show the refusals as they stand now."""
        self.setVisible(bool(work.refused))
        if work.refused == self._shown:
            return
        self._shown = work.refused
        self.count.say(wording.count(len(work.refused)) if work.refused else "")
        lines = QFrame()
        lines.setProperty("role", "pane")
        column = QVBoxLayout(lines)
        column.setContentsMargins(self._look.px(12), self._look.px(8), self._look.px(12), self._look.px(8))
        column.setSpacing(self._look.px(8))
        for number, refused in enumerate(work.refused[:SHOWN]):
            if number:
                column.addWidget(Line())
            column.addLayout(self._line(refused))
        if len(work.refused) > SHOWN:
            more = self.tr("and %Ln more", "", len(work.refused) - SHOWN)
            column.addWidget(Text(self._look, more, tone="muted"))
        column.addStretch(1)
        self._scroll.setWidget(lines)

    def reasons(self) -> list[str]:
        """The sentences shown."""
        return [_reason(refused) for refused in (self._shown or ())[:SHOWN]]

    def _line(self, refused: RefusedOperation) -> QVBoxLayout:
        look = self._look
        column = QVBoxLayout()
        column.setSpacing(look.px(4))
        top = QHBoxLayout()
        top.setSpacing(look.px(8))
        name = " · ".join(
            part
            for part in (record_word(refused.table, window_language()), refused.measure, refused.enterprise)
            if part
        )
        top.addWidget(Text(look, name, elide=True), 1)
        top.addWidget(Text(look, wording.moment(refused.edited_at), style="caption", tone="muted"))
        column.addLayout(top)
        foot = QHBoxLayout()
        foot.addWidget(Text(look, _reason(refused), tone="muted", wrap=True), 1)
        place = _place_of(refused)
        if refused.status != OperationStatus.HELD:
            if place is not None:
                go = partial(self.place_asked.emit, place)
                foot.addWidget(Button(look, self.tr("Go there"), kind="text", pressed=go))
            again = partial(self.offer_asked.emit, refused.op_id)
            foot.addWidget(Button(look, self.tr("Send again"), kind="text", pressed=again))
            aside = partial(self.aside_asked.emit, refused.op_id)
            foot.addWidget(Button(look, self.tr("Done with it"), kind="text", pressed=aside))
        column.addLayout(foot)
        return column


def _reason(refused: RefusedOperation) -> str:
    """The words for the code, with the field's name; a newer centre's own sentence where the code is not known."""
    if refused.code in known_codes():
        language = window_language()
        field = field_word(refused.table, refused.field, language) if refused.field else None
        return words(refused.code, {"field": field}, language)
    return refused.message or refused.code or refused.status


def _place_of(refused: RefusedOperation) -> Place | None:
    if refused.visit_id:
        return Place("visits", refused.visit_id, refused.measure)
    return Place("enterprises", refused.enterprise_id) if refused.enterprise_id else None
