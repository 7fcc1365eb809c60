"""The four answers of a measure. 不适用 on a compulsory measure is shown locked with its reason, never hidden."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.models.vocabulary import Result
from desktop.ui.look import Look
from desktop.ui.painting import key_width, paint_box, paint_focus, paint_key
from desktop.ui.state_painting import paint_state, state_role, state_tint, state_word
from desktop.ui.theme import tokens


class AnswerButtons(QWidget):
    """Pass, partial, fail, not applicable.

    Signals:
        answered(Result): a person chose this answer (also the one that stands already).
    """

    answered = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        self.buttons: dict[Result, AnswerButton] = {}
        for key, result in enumerate(Result, 1):
            button = AnswerButton(look, result, str(key))
            self.buttons[result] = button
            self._group.addButton(button, key)
            row.addWidget(button, 1)
        self._group.idClicked.connect(self._clicked)

    def show_answer(self, result: Result | None, na_allowed: bool, enabled: bool = True) -> None:
        """Show what stands; asks nothing of anybody."""
        self._group.setExclusive(False)
        for each, button in self.buttons.items():
            button.setChecked(each is result)
        self._group.setExclusive(True)
        for each, button in self.buttons.items():
            button.setEnabled(enabled and (each is not Result.NA or na_allowed))
        self.buttons[Result.NA].lock(None if na_allowed else self.tr("must be checked"))

    @property
    def current(self) -> Result | None:
        """The answer shown."""
        return next((result for result, button in self.buttons.items() if button.isChecked()), None)

    @Slot(int)
    def _clicked(self, key: int) -> None:
        self.answered.emit(list(Result)[key - 1])


class AnswerButton(QPushButton):
    """One answer: shape, word, key; tinted with its state while it stands."""

    def __init__(self, look: Look, result: Result, key: str, parent: QWidget | None = None) -> None:
        super().__init__(state_word(result), parent)
        self._look, self._result, self._key = look, result, key
        self._reason: str | None = None
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def lock(self, reason: str | None) -> None:
        """Show a lock and why this answer cannot be given; None opens it."""
        self._reason = reason
        self.setAccessibleDescription(reason or "")
        self.setToolTip(reason or "")
        self.update()

    @property
    def lock_reason(self) -> str | None:
        """Why this answer cannot be given."""
        return self._reason

    def sizeHint(self) -> QSize:
        """48 px high; shape, word and key, or the reason."""
        look = self._look
        behind = look.metrics("caption").horizontalAdvance(self._reason or "") or key_width(look, self._key)
        words = look.metrics("emphasis").horizontalAdvance(self.text())
        return QSize(words + look.px(56) + behind, look.px(tokens()["control"]["answer"]))

    def minimumSizeHint(self) -> QSize:
        """Shape and word."""
        look = self._look
        words = look.metrics("emphasis").horizontalAdvance(self.text())
        return QSize(words + look.px(46), look.px(tokens()["control"]["answer"]))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without the pointer."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, shape or lock, word, key or reason, focus."""
        look, painter = self._look, QPainter(self)
        box, radius = QRectF(self.rect()), look.px(6)
        on, able = self.isChecked(), self.isEnabled()
        ink = state_role(self._result) if on else "text" if able else "muted"
        fill = state_tint(self._result) if on else "sunken" if not able else "hover" if self.underMouse() else "raised"
        line = state_role(self._result) if on else "border" if not able else "border-strong"
        paint_box(painter, box, radius, look.color(fill), look.color(line), 2 if on else 1)
        left, middle = look.px(14), self.height() / 2
        if self._reason is not None:
            painter.drawPixmap(QPointF(left, middle - look.px(8)), look.pixmap("lock", "muted"))
        else:
            paint_state(painter, look, QRectF(left, 0, look.px(18), self.height()), self._result)
        self._paint_words(painter, ink, on, left + look.px(26))
        if self.hasFocus():
            paint_focus(painter, look, box, radius)
        painter.end()

    def _paint_words(self, painter: QPainter, ink: str, strong: bool, at: float) -> None:
        look = self._look
        font = look.font("emphasis")
        font.setBold(strong)
        painter.setFont(font)
        painter.setPen(look.color(ink))
        words = painter.fontMetrics().horizontalAdvance(self.text())
        centred = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(at, 0, words + 2, self.height()), centred, self.text())
        room = self.width() - at - words - look.px(18)
        if self._reason is not None:
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("muted"))
            shown = look.metrics("caption").elidedText(self._reason, Qt.TextElideMode.ElideRight, int(room))
            if shown != "…":
                spot = QRectF(at + words, 0, self.width() - look.px(14) - at - words, self.height())
                painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        elif room >= key_width(look, self._key):
            edge = look.color(ink if strong else "border")
            right = self.width() - look.px(12)
            paint_key(painter, look, right, self.height() / 2, self._key, look.color(ink if strong else "muted"), edge)
