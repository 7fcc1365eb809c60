"""Visits × measures in one painted view, the latest visit on top.

Hover or the arrow keys name a cell; Enter or a double click opens that answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.ui import wording
from desktop.ui.look import Look
from desktop.ui.notices import window_language
from desktop.ui.painting import paint_focus
from desktop.ui.state_painting import paint_state, state_word

if TYPE_CHECKING:
    from desktop.models.desk.enterprise_file import VisitRow
    from desktop.models.measure_set import MeasureSet

_ROW, _HEAD, _NAME, _RATE, _LEAST, _MOST = 32, 33, 132, 64, 20, 28


class VisitMatrix(QWidget):
    """The matrix.

    Signals:
        picked(str, str): visit id and measure code somebody wants to see.
    """

    picked = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._visits: Sequence[VisitRow] = ()
        self._measures: MeasureSet | None = None
        self._codes: tuple[str, ...] = ()
        self._lit: frozenset[str] = frozenset()
        self._row, self._column = 0, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_visits(self, measures: MeasureSet, visits: Sequence[VisitRow]) -> None:
        """Show these visits, the first on top."""
        self._measures, self._visits, self._codes = measures, visits, measures.codes
        self._row = self._column = 0
        self._lit = frozenset()
        self.updateGeometry()
        self._name_current()
        self.update()

    def light(self, codes: Sequence[str]) -> None:
        """Lift these measures out; none lifts all."""
        self._lit = frozenset(codes)
        self.update()

    def sizeHint(self) -> QSize:
        """A head and a row for each visit."""
        look = self._look
        width = look.px(_NAME + _RATE + _LEAST * len(self._codes))
        return QSize(width, look.px(_HEAD + _ROW * max(1, len(self._visits))))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Head, rows, states, rates."""
        look, painter = self._look, QPainter(self)
        painter.fillRect(0, 0, self.width(), look.px(_HEAD), look.color("sunken"))
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("muted"))
        head = look.px(_HEAD)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(look.px(12), 0, look.px(_NAME), head), left, self.tr("Visit"))
        painter.drawText(QRectF(0, 0, self.width() - look.px(12), head), right, self.tr("Pass rate"))
        for number, code in enumerate(self._codes):
            painter.setPen(look.color("accent" if code in self._lit else "muted"))
            painter.drawText(self._cell(number, -1), Qt.AlignmentFlag.AlignCenter, code.lstrip("M"))
        for row, visit in enumerate(self._visits):
            self._paint_row(painter, row, visit)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Home and End jump, Enter opens."""
        steps = {
            Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Home: (0, -len(self._codes)), Qt.Key.Key_End: (0, len(self._codes)),
        }  # fmt: skip
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() in steps and self._visits:
            down, along = steps[Qt.Key(event.key())]
            self._go(self._row + down, self._column + along)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes a cell current."""
        found = self._at(event.position().toPoint())
        if found is not None:
            self._go(*found)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the answer."""
        if self._at(event.position().toPoint()) is not None:
            self._open()

    def event(self, event: QEvent) -> bool:
        """Hovering names the cell."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._at(event.pos())
            QToolTip.showText(event.globalPos(), self.name_of(*found) if found else "", self)
            return True
        return super().event(event)

    def name_of(self, row: int, column: int) -> str:
        """What a cell says: day, measure, state."""
        if self._measures is None or not self._visits:
            return ""
        visit, measure = self._visits[row], self._measures.measures[column]
        words = measure.short.in_(window_language())
        state = state_word(visit.results.get(measure.code))
        return f"{wording.day(visit.visited_on)} · {measure.code} {words} · {state}"

    def _paint_row(self, painter: QPainter, row: int, visit: VisitRow) -> None:
        from desktop.models.scoring import pass_rate

        look = self._look
        top, height = look.px(_HEAD + _ROW * row), look.px(_ROW)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.fillRect(0, top + height - 1, self.width(), 1, look.color("border"))
        words = wording.day(visit.visited_on)
        painter.setFont(look.font())
        painter.setPen(look.color("text"))
        name = QRectF(look.px(12), top, look.px(_NAME - 12), height)
        painter.drawText(name, left, words)
        used = look.metrics().horizontalAdvance(words) + look.px(5)
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("muted"))
        kind = look.metrics("caption").elidedText(
            wording.visit_kind(visit.kind), Qt.TextElideMode.ElideRight, int(name.width() - used)
        )
        painter.drawText(name.adjusted(used, 0, 0, 0), left, kind)
        edge = look.px(14)
        for number, code in enumerate(self._codes):
            cell = self._cell(number, row)
            painter.setOpacity(1.0 if not self._lit or code in self._lit else 0.18)
            spot = QRectF(cell.center().x() - edge / 2, cell.center().y() - edge / 2, edge, edge)
            paint_state(painter, look, spot, visit.results.get(code))
            painter.setOpacity(1.0)
            if self.hasFocus() and (row, number) == (self._row, self._column):
                paint_focus(painter, look, spot.adjusted(-4, -4, 4, 4), look.px(4))
        found = pass_rate(visit.results.values())
        painter.setFont(look.font())
        painter.setPen(look.color("text"))
        end = QRectF(0, top, self.width() - look.px(12), height)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(end, right, wording.NONE if found is None else f"{found}%")

    def _pitch(self) -> float:
        look = self._look
        room = self.width() - look.px(_NAME + _RATE + 12)
        return min(look.px(_MOST), max(look.px(_LEAST), room / max(1, len(self._codes))))

    def _cell(self, column: int, row: int) -> QRectF:
        look, pitch = self._look, self._pitch()
        top = 0 if row < 0 else look.px(_HEAD + _ROW * row)
        return QRectF(look.px(_NAME + 6) + column * pitch, top, pitch, look.px(_HEAD if row < 0 else _ROW))

    def _at(self, spot: QPoint) -> tuple[int, int] | None:
        look = self._look
        row = (spot.y() - look.px(_HEAD)) // look.px(_ROW)
        column = int((spot.x() - look.px(_NAME + 6)) // self._pitch())
        inside = 0 <= row < len(self._visits) and 0 <= column < len(self._codes) and spot.y() >= look.px(_HEAD)
        return (row, column) if inside else None

    def _go(self, row: int, column: int) -> None:
        self._row = max(0, min(row, len(self._visits) - 1))
        self._column = max(0, min(column, len(self._codes) - 1))
        self._name_current()
        self.update()

    def _name_current(self) -> None:
        self.setAccessibleName(self.name_of(self._row, self._column))

    def _open(self) -> None:
        if self._visits:
            self.picked.emit(self._visits[self._row].id, self._codes[self._column])
