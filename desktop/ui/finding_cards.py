"""Findings on a board: one column for each stage, cards painted from rows that are read when they are seen.

←→ go from column to column, ↑↓ from card to card, Enter opens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.closed_loop import STAGES, Stage
from desktop.ui import finding_words, wording
from desktop.ui.cards import Text
from desktop.ui.lazy_table_model import Cell, Column, Fetch, Index, LazyTableModel, RowRole
from desktop.ui.look import Look
from desktop.ui.painting import chip_width, paint_box, paint_chip

if TYPE_CHECKING:
    from desktop.models.desk.finding_board import Board, BoardRow

CARD, GAP = 84, 8


class CardDelegate(QStyledItemDelegate):
    """Paints a finding: title; enterprise and measure; route, severity, deadline."""

    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One card and the gap below it."""
        return QSize(120, self._look.px(CARD + GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One card."""
        look, row = self._look, index.data(RowRole)
        box = QRectF(option.rect).adjusted(1, 1, -1, -look.px(GAP))
        view = self.parent()
        current = isinstance(view, QListView) and view.hasFocus() and index == view.currentIndex()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        line = "accent" if current else "border-strong" if hovered else "border"
        painter.save()
        paint_box(painter, box, look.px(6), look.color("raised"), look.color(line), 2 if current else 1)
        if row is None:
            painter.setPen(look.color("muted"))
            painter.drawText(box.adjusted(look.px(12), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "…")
        else:
            self._card(painter, box, row)
        painter.restore()

    def _card(self, painter: QPainter, box: QRectF, row: BoardRow) -> None:
        look = self._look
        words, role, icon = finding_words.due(row.state, row.due_on)
        if role == "fail-fg":
            painter.fillRect(QRectF(box.left(), box.top() + look.px(6), look.px(3), box.height() - look.px(12)),
                             look.color("fail-fg"))  # fmt: skip
        room = box.adjusted(look.px(12), look.px(8), -look.px(12), -look.px(8))
        self._words(painter, QRectF(room.left(), room.top(), room.width(), look.px(22)), row.title, "body", "text")
        second = f"{row.enterprise} · {row.measure}"
        self._words(painter, QRectF(room.left(), room.top() + look.px(22), room.width(), look.px(18)), second,
                    "caption", "muted")  # fmt: skip
        foot = QRectF(room.left(), room.bottom() - look.px(22), room.width(), look.px(22))
        right = foot.right() - look.metrics("caption").horizontalAdvance(words)
        self._words(painter, QRectF(right, foot.top(), foot.right() - right + 2, foot.height()), words, "caption", role)
        if icon:
            right -= look.px(18)
            painter.drawPixmap(QPointF(right, foot.center().y() - look.px(14) / 2), look.pixmap(icon, role, 14))
        tone, mark = wording.severity_look(row.severity)
        chip = chip_width(look, wording.severity(row.severity), mark)
        free = right - look.px(8) - foot.left() - chip - look.px(8)
        route = wording.route(row.route)
        wide = min(look.px(18) + look.metrics("caption").horizontalAdvance(route) + 2, max(look.px(18), free))
        middle = foot.center().y() - look.px(14) / 2
        painter.drawPixmap(QPointF(foot.left(), middle), look.pixmap(wording.route_icon(row.route), "text", 14))
        self._words(painter, QRectF(foot.left() + look.px(18), foot.top(), wide - look.px(18), foot.height()), route,
                    "caption", "text")  # fmt: skip
        spot = QRectF(foot.left() + wide + look.px(8), foot.top(), chip, foot.height())
        paint_chip(painter, look, spot, wording.severity(row.severity), tone, mark)

    def _words(self, painter: QPainter, room: QRectF, words: str, style: str, role: str) -> None:
        look = self._look
        painter.setFont(look.font(style))
        painter.setPen(look.color(role))
        shown = look.metrics(style).elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class CardList(QListView):
    """The cards of one stage.

    Signals:
        left(int): ←→: the column that many places further.
        entered(): it has the focus now.
        opened(str), current_changed(str): a finding.
    """

    left = Signal(int)
    entered = Signal()
    opened = Signal(str)
    current_changed = Signal(str)

    def __init__(self, look: Look, name: str, fetch: Fetch) -> None:
        super().__init__()
        self._cards = LazyTableModel([Column("card", name, _spoken)], fetch, self)
        self.setModel(self._cards)
        self.setItemDelegate(CardDelegate(look, self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._open)

    @property
    def cards(self) -> LazyTableModel:
        """The model: ids first, rows when painted."""
        return self._cards

    def current_id(self) -> str:
        """The finding the keyboard stands on, "" without one."""
        row = self.currentIndex().row()
        return self._cards.id_at(row) if 0 <= row < len(self._cards.ids) else ""

    def go_to(self, row: int) -> None:
        """Stand on a card."""
        if self._cards.ids:
            self.setCurrentIndex(self._cards.index(max(0, min(row, len(self._cards.ids) - 1)), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """←→ leave the column, Enter opens."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.left.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are shortcuts of the page."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The board knows which column the keyboard is in."""
        super().focusInEvent(event)
        self.entered.emit()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame of the current card goes with the focus."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which finding is current."""
        super().currentChanged(current, previous)
        self.current_changed.emit(self.current_id())

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.current_id():
            self.opened.emit(self.current_id())


class FindingBoard(QWidget):
    """The four columns.

    Signals:
        opened(str): a finding to open.
    """

    opened = Signal(str)

    def __init__(self, look: Look, fetch: Callable[[list[str], Callable[[Sequence[Any]], None]], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        row.setSpacing(look.px(12))
        self.columns: dict[Stage, CardList] = {}
        self._counts: dict[Stage, Text] = {}
        self.at = Stage.FOUND
        for stage in Stage:
            frame = QFrame()
            frame.setProperty("role", "column")
            column = QVBoxLayout(frame)
            column.setContentsMargins(look.px(8), 0, look.px(8), look.px(4))
            column.setSpacing(0)
            cards = CardList(look, finding_words.stage(stage), fetch)
            column.addLayout(self._heading(look, stage))
            column.addWidget(cards, 1)
            cards.left.connect(self._go_aside)
            cards.entered.connect(self._note_column)
            cards.opened.connect(self.opened)
            self.columns[stage] = cards
            row.addWidget(frame, 1)

    def show_board(self, found: Board) -> None:
        """Show these findings; the keyboard stays at the one it stood on, wherever that is now."""
        standing, row = self.current_id(), self.columns[self.at].currentIndex().row()
        for stage, cards in self.columns.items():
            ids = list(found.stages[stage])
            if list(cards.cards.ids) == ids:
                cards.cards.refresh()
            else:
                cards.cards.set_ids(ids)
            self._counts[stage].say(wording.count(len(ids)))
        if standing:
            self.go_to(standing, row)
        elif not self.columns[self.at].cards.ids:
            self.at = next((stage for stage in Stage if found.stages[stage]), Stage.FOUND)
        if self.columns[self.at].currentIndex().row() < 0:
            self.columns[self.at].go_to(0)

    def go_to(self, finding: str, otherwise: int = 0) -> None:
        """Stand on a finding; when it is not there any more, on the card in its place."""
        focused = any(cards.hasFocus() for cards in self.columns.values())
        for stage, cards in self.columns.items():
            row = cards.cards.row_of(finding)
            if row is not None:
                self.at = stage
                cards.go_to(row)
                break
        else:
            self.columns[self.at].go_to(max(0, otherwise))
        if focused:
            self.columns[self.at].setFocus()

    def current_id(self) -> str:
        """The finding the keyboard stands on."""
        return self.columns[self.at].current_id()

    def take_focus(self) -> None:
        """The keyboard goes to the current column."""
        self.columns[self.at].setFocus()

    def _heading(self, look: Look, stage: Stage) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(look.px(4), look.px(10), look.px(4), look.px(8))
        row.setSpacing(look.px(8))
        row.addWidget(Text(look, finding_words.stage(stage), style="body-strong"))
        self._counts[stage] = Text(look, tone="muted")
        row.addWidget(self._counts[stage])
        states = [wording.finding_state(state) for state, of in STAGES.items() if of is stage]
        row.addWidget(Text(look, " · ".join(states[:2]), style="caption", tone="muted", elide=True), 1)
        return row

    @Slot(int)
    def _go_aside(self, step: int) -> None:
        stages, row = list(Stage), self.columns[self.at].currentIndex().row()
        at = stages.index(self.at) + step
        while 0 <= at < len(stages) and not self.columns[stages[at]].cards.ids:
            at += step
        if 0 <= at < len(stages):
            self.at = stages[at]
            self.columns[self.at].go_to(row)
            self.columns[self.at].setFocus()

    @Slot()
    def _note_column(self) -> None:
        self.at = next((stage for stage, cards in self.columns.items() if cards is self.sender()), self.at)
        if self.columns[self.at].currentIndex().row() < 0:
            self.columns[self.at].go_to(0)


def _spoken(row: BoardRow) -> Cell:
    """What a screen reader says of a card."""
    return Cell(" · ".join((row.title, row.enterprise, wording.severity(row.severity),
                            finding_words.due(row.state, row.due_on)[0])))  # fmt: skip
