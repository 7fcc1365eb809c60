"""What is not yet at the centre, one line for each visit, letter or kind of record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.models.desk.waiting_work import WaitingGroup, WaitingWork
from desktop.models.record_words import record_word
from desktop.ui import wording
from desktop.ui.cards import Card
from desktop.ui.lazy_table_model import Cell, Column, LazyTableModel
from desktop.ui.look import Look
from desktop.ui.notices import EmptyState, window_language
from desktop.ui.register_view import RegisterView


class SyncWaiting(Card):
    """The list of what waits."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, self.tr("Waiting"), parent=parent)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._groups: dict[str, WaitingGroup] = {}
        columns = [
            Column("content", self.tr("Content"), self._content_cell, 240),
            Column("amount", self.tr("Amount"), self._amount_cell, 200),
            Column("edited", self.tr("Last change"), lambda group: Cell(wording.moment(group.last_edit), "muted"), 130,
                   right=True),
            Column("state", self.tr("State"), self._state_cell, 112, right=True),
        ]  # fmt: skip
        self.model = LazyTableModel(columns, self._fetch, self)
        self.table = RegisterView(look)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Waiting"))
        self._empty = EmptyState(look, "circle-check", "", "", "pass")
        host = QWidget()
        self._views = QStackedLayout(host)
        self._views.addWidget(self.table)
        self._views.addWidget(self._empty)
        self.body.addWidget(host, 1)

    def show_work(self, work: WaitingWork, photos: int, *, enrolled: bool) -> None:
        """Show what waits now; `photos` wait beside the records."""
        self._groups = {group.id: group for group in work.groups}
        self.model.set_ids(list(self._groups))
        self._views.setCurrentIndex(0 if self._groups else 1)
        self.count.say(self.tr("%Ln record(s)", "", work.operations) if work.operations else "")
        self._empty.say(
            self.tr("No record waits") if photos else self.tr("Nothing waits"), self._told(work, photos, enrolled)
        )

    def _told(self, work: WaitingWork, photos: int, enrolled: bool) -> str:
        if not enrolled:
            return self.tr("What you enter stands here until the centre has it.")
        if photos:
            return self.tr("Photos are still to be sent; they stay here until the centre has them.")
        if work.refused:
            return self.tr("Everything you entered has reached the centre; what it did not accept stands below.")
        return self.tr("Everything you entered has reached the centre.")

    def _fetch(self, ids: list[str], arrived: Callable[[Sequence[Any]], None]) -> None:
        arrived([self._groups[line] for line in ids if line in self._groups])

    def _content_cell(self, group: WaitingGroup) -> Cell:
        match group.subject:
            case "visit":
                kind = self.tr("Visit")
            case "letter":
                kind = self.tr("Letter")
            case "register":
                kind = self.tr("Register of enterprises")
            case table:
                kind = record_word(table, window_language())
        words = f"{kind} · {group.enterprise}" if group.enterprise else kind
        return Cell(words, icon=_ICONS.get(group.subject, "database"), tip=words)

    def _amount_cell(self, group: WaitingGroup) -> Cell:
        words = self.tr("%Ln record(s)", "", group.operations - group.photos)
        if group.photos:
            words += " · " + self.tr("%Ln photo(s)", "", group.photos)
        return Cell(words)

    def _state_cell(self, _group: WaitingGroup) -> Cell:
        return Cell(self.tr("waiting"), "muted", icon="clock")


_ICONS = {"visit": "clipboard-check", "letter": "file-text", "register": "building-2"}
