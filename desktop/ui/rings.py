"""Widgets around `state_painting`: `RingWidget` for a focus area, `StateLabel` for a state with its word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.look import Look
from desktop.ui.painting import paint_focus
from desktop.ui.state_painting import paint_ring, paint_state, ring_sentence, state_role, state_word
from desktop.ui.theme import tokens


class RingWidget(QWidget):
    """The ring of a focus area with its code below, optionally with its short name.

    Signals:
        picked(str): the code of the area, on click or Space.
    """

    picked = Signal(str)

    def __init__(
        self, look: Look, code: str, *, name: str = "", large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._code, self._name, self._large = look, code, name, large
        self._states: tuple[str | None, ...] = ()
        self._current = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_states(())

    def show_states(self, states: Sequence[str | None], current: bool = False) -> None:
        """Show the states of the area's measures; `current` lifts the code out."""
        self._states, self._current = tuple(states), current
        sentence = f"{self._code} {self._name} {ring_sentence(self._states)}"
        self.setAccessibleName(sentence)
        self.setToolTip(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """Ring and a line of text, two where the name does not fit beside the code."""
        look = self._look
        words = look.metrics("caption").horizontalAdvance(self._label())
        return QSize(max(self._edge(), words) + look.px(2), self._edge() + look.px(34 if self._two_lines() else 20))

    def minimumSizeHint(self) -> QSize:
        """At least the ring."""
        return QSize(self._edge(), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring, code, name."""
        look, painter, edge = self._look, QPainter(self), self._edge()
        paint_ring(painter, look, QRectF((self.width() - edge) / 2, 0, edge, edge), self._states or (None,))
        line = QRectF(0, edge + look.px(2), self.width(), look.px(17))
        strong = look.font("caption")
        strong.setBold(bool(self._name) or self._current)
        code_ink = look.color("accent" if self._current else "text")
        metrics = look.metrics("caption")
        if not self._name or self._two_lines():
            painter.setFont(strong)
            painter.setPen(code_ink)
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._code)
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("text"))
            shown = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, self.width() - look.px(6))
            painter.drawText(line.translated(0, look.px(15)), Qt.AlignmentFlag.AlignCenter, shown)
        else:
            code_width = metrics.horizontalAdvance(self._code) + look.px(6)
            shown = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, max(0, self.width() - code_width))
            at = max(0.0, (self.width() - code_width - metrics.horizontalAdvance(shown)) / 2)
            painter.setFont(strong)
            painter.setPen(code_ink)
            painter.drawText(line.translated(at, 0), Qt.AlignmentFlag.AlignVCenter, self._code)
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("text"))
            painter.drawText(line.translated(at + code_width, 0), Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            paint_focus(painter, look, self.rect(), look.px(4))
        painter.end()

    def _edge(self) -> int:
        return self._look.px(tokens()["ring"]["overview" if self._large else "list"]["size"])

    def _label(self) -> str:
        return self._code if not self._name or self._two_lines() else f"{self._code} {self._name}"

    def _two_lines(self) -> bool:
        """Long (English) names go below the code."""
        return self._look.metrics("caption").horizontalAdvance(self._name) > self._look.px(66)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click picks the area."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(self._code)


class StateLabel(QWidget):
    """The shape of a state with its word, and a count if there is one."""

    def __init__(
        self, look: Look, state: str | None, count: int | None = None, *, style: str = "caption", words: bool = True,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._look, self._state, self._count, self._style, self._words = look, state, count, style, words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(state, count)

    def show_state(self, state: str | None, count: int | None = None) -> None:
        """Show another state or count."""
        self._state, self._count = state, count
        self.setAccessibleName(f"{state_word(state)} {'' if count is None else count}".strip())
        self.setToolTip("" if self._words else self.accessibleName())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Shape and word."""
        look = self._look
        return QSize(look.px(19) + look.metrics(self._style).horizontalAdvance(self._text()) + 2, look.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shape and word."""
        look, painter = self._look, QPainter(self)
        paint_state(painter, look, QRectF(0, 0, look.px(14), self.height()), self._state)
        painter.setFont(look.font(self._style))
        painter.setPen(look.color(state_role(self._state)))
        painter.drawText(
            QRectF(look.px(19), 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self._text()
        )
        painter.end()

    def _text(self) -> str:
        words = state_word(self._state) if self._words else ""
        return f"{words} {'' if self._count is None else self._count}".strip()
