"""The four stages of the closed loop side by side: done, where the finding stands, and still to come."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.models.closed_loop import STAGES, Stage
from desktop.models.vocabulary import FindingState
from desktop.ui import finding_words, wording
from desktop.ui.look import Look


class StageBar(QWidget):
    """The bar."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state: FindingState | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: FindingState) -> None:
        """Show where a finding stands."""
        self._state = state
        stage = STAGES.get(state)
        told = (finding_words.stage(stage) if stage else "", wording.finding_state(state))
        self.setAccessibleName(" · ".join(filter(None, told)))
        self.update()

    def sizeHint(self) -> QSize:
        """40 px high."""
        return QSize(400, self._look.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Four fields."""
        look, painter = self._look, QPainter(self)
        painter.fillRect(self.rect(), look.color("raised"))
        stages = list(Stage)
        here = STAGES.get(self._state) if self._state else None
        at = stages.index(here) if here else -1
        wide = self.width() / len(stages)
        for place, stage in enumerate(stages):
            field = QRectF(place * wide, 0, wide, self.height())
            over = place < at or self._state is FindingState.CLOSED
            now = place == at and not over
            if now:
                painter.fillRect(field, look.color("accent-soft"))
            icon, role = (
                ("circle-check", "pass-fg") if over else ("play", "accent") if now else ("circle-dashed", "muted")
            )
            left = field.left() + look.px(16)
            painter.drawPixmap(QPointF(left, field.center().y() - look.px(8)), look.pixmap(icon, role))
            style = "body-strong" if now else "body"
            words = finding_words.stage(stage)
            painter.setFont(look.font(style))
            painter.setPen(look.color("accent-soft-text" if now else "text"))
            room = QRectF(left + look.px(24), 0, field.right() - left - look.px(24), field.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
            if now and self._state:
                painter.setFont(look.font("caption"))
                room.setLeft(room.left() + look.metrics(style).horizontalAdvance(words) + look.px(8))
                told = look.metrics("caption").elidedText(
                    wording.finding_state(self._state), Qt.TextElideMode.ElideRight, max(0, int(room.width()))
                )
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, told)
            painter.fillRect(QRectF(field.right() - 1, 0, 1, field.height()), look.color("border"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), look.color("border"))
        painter.end()
