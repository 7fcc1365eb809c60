"""The tree of groups and measures: two levels, painted by one delegate."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from desktop.ui.look import Look
from desktop.ui.state_painting import paint_state
from desktop.ui.theme import tokens

CodeRole = Qt.ItemDataRole.UserRole + 1
"""Code of the measure or group."""
ResultRole = Qt.ItemDataRole.UserRole + 2
"""Stored result of the measure, None while 未查."""
ShortRole = Qt.ItemDataRole.UserRole + 3
"""Short name of the measure, for where its title has no room."""

Index = QModelIndex | QPersistentModelIndex


class MeasureTree(QTreeView):
    """Two levels, painted by one delegate; letters are the page's shortcuts, not a search."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Measures"))
        self.setItemDelegate(_MeasureDelegate(look, self))

    def keyboardSearch(self, _search: str) -> None:
        """Letters belong to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move; everything else is left to the page."""
        moves = (
            Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
            Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
        )  # fmt: skip
        if event.key() in moves and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Repaint the row under the pointer."""
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.Leave):
            self.viewport().update()
        return super().viewportEvent(event)


class _MeasureDelegate(QStyledItemDelegate):
    """Dot, number, name; a group shows its count, folded its dots."""

    def __init__(self, look: Look, tree: QTreeView) -> None:
        super().__init__(tree)
        self._look, self._tree = look, tree

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        rows = tokens()["row"]
        return QSize(100, self._look.px(rows["compact"] if index.parent().isValid() else rows["group"]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        if index.parent().isValid():
            self._paint_measure(painter, option, index)
        else:
            self._paint_group(painter, option.rect, index)
        painter.restore()

    def _paint_measure(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = self._look, option.rect
        current = index.row() == self._tree.currentIndex().row() and (
            index.parent() == self._tree.currentIndex().parent()
        )
        if current:
            painter.fillRect(rect, look.color("selected"))
            painter.fillRect(rect.left(), rect.top(), look.px(3), rect.height(), look.color("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("hover"))
        left = rect.left() + look.px(12)
        result = index.data(ResultRole)
        paint_state(painter, look, QRectF(left, rect.top(), look.px(16), rect.height()), result)
        style = "body-strong" if current else "body"
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(look.font(style))
        painter.setPen(look.color("accent" if current else "muted"))
        painter.drawText(QRectF(left + look.px(24), rect.top(), look.px(36), rect.height()), middle,
                         str(index.data(CodeRole)))  # fmt: skip
        name_left = left + look.px(60)
        room = rect.right() - look.px(10) - name_left
        fits = look.metrics("body-strong").horizontalAdvance(str(index.data())) <= room
        name = str(index.data() if fits else index.data(ShortRole))
        shown = look.metrics(style).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.setPen(look.color("text"))
        painter.drawText(QRectF(name_left, rect.top(), room + 2, rect.height()), middle, shown)

    def _paint_group(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look = self._look
        expanded = self._tree.isExpanded(cast(QModelIndex, index))
        arrow = look.pixmap("chevron-down" if expanded else "chevron-right", "muted", 14)
        left = rect.left() + look.px(12)
        painter.drawPixmap(left, rect.top() + (rect.height() - look.px(14)) // 2, arrow)
        results = [index.model().index(row, 0, cast(QModelIndex, index)).data(ResultRole)
                   for row in range(index.model().rowCount(cast(QModelIndex, index)))]  # fmt: skip
        at = rect.right() - look.px(12)
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("muted"))
        if expanded:
            done = sum(result is not None for result in results)
            words = f"{done}/{len(results)}"
            at -= look.metrics("caption").horizontalAdvance(words)
            painter.drawText(QRectF(at, rect.top(), look.px(40), rect.height()), Qt.AlignmentFlag.AlignVCenter, words)
        else:
            at -= look.px(16) * len(results) - look.px(4)
            for place, result in enumerate(results):
                spot = QRectF(at + place * look.px(16), rect.top(), look.px(12), rect.height())
                paint_state(painter, look, spot, result)
        painter.setFont(look.font("body-strong"))
        room = at - left - look.px(26)
        shown = look.metrics("body-strong").elidedText(str(index.data()), Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(
            QRectF(left + look.px(18), rect.top(), room + 4, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown
        )
