"""The check points of a measure: each a line with ✓ and ✕; none, yes and no in turn by Shift and its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.cards import Line, Text
from desktop.ui.look import Look
from desktop.ui.painting import paint_box
from desktop.ui.theme import tokens

_NEXT: dict[bool | None, bool | None] = {None: True, True: False, False: None}


class CheckPoints(QWidget):
    """The check points.

    Signals:
        marked(str, object): number of the point ("1"…) and True, False, or None for not looked at.
    """

    marked = Signal(str, object)

    def __init__(self, look: Look, texts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, _Row] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Line())
        for number, text in enumerate(texts, 1):
            row = _Row(look, str(number), text)
            row.marked.connect(self.marked)
            self._rows[str(number)] = row
            column.addWidget(row)
            column.addWidget(Line())

    def show_marks(self, marks: Mapping[str, bool], enabled: bool = True) -> None:
        """Show what stands."""
        for number, row in self._rows.items():
            row.show_mark(marks.get(number), enabled)

    def turn(self, number: str) -> None:
        """Take a point on: none → yes → no → none."""
        row = self._rows.get(number)
        if row is not None and row.yes.isEnabled():
            self.marked.emit(number, _NEXT[row.mark])

    def mark(self, number: str) -> bool | None:
        """The mark shown."""
        return self._rows[number].mark


class _Row(QWidget):
    marked = Signal(str, object)

    def __init__(self, look: Look, number: str, text: str) -> None:
        super().__init__()
        self._look, self.number = look, number
        self.mark: bool | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(2), 0, look.px(3))
        row.setSpacing(look.px(4))
        self.words = Text(look, text, wrap=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self.words, 1)
        self.yes, self.no = _Mark(look, True), _Mark(look, False)
        for mark in (self.yes, self.no):
            word = self.tr("yes") if mark.good else self.tr("no")
            mark.setAccessibleName(f"{number}. {text}: {word}")
            mark.clicked.connect(self._clicked)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the words need at this width, at least one row."""
        super().resizeEvent(event)
        needed = self.words.heightForWidth(self.words.width()) + self._look.px(5)
        self.setMinimumHeight(max(self._look.px(tokens()["row"]["default"]) - 1, needed))

    def show_mark(self, mark: bool | None, enabled: bool) -> None:
        self.mark = mark
        self.yes.setChecked(mark is True)
        self.no.setChecked(mark is False)
        self.yes.setEnabled(enabled)
        self.no.setEnabled(enabled)

    def _clicked(self) -> None:
        pressed = self.sender()
        wanted = isinstance(pressed, _Mark) and pressed.good
        self.marked.emit(self.number, None if self.mark is wanted else wanted)


class _Mark(QAbstractButton):
    """A small ✓ or ✕; reached by Shift and a number, so Tab passes it by."""

    def __init__(self, look: Look, good: bool) -> None:
        super().__init__()
        self._look, self.good = look, good
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """What is marked is decided by the page."""

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(26), self._look.px(26))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        state = "pass" if self.good else "fail"
        on = self.isChecked()
        fill = f"{state}-bg" if on else "hover" if self.underMouse() and self.isEnabled() else "raised"
        line = f"{state}-fg" if on else "border"
        paint_box(painter, QRectF(self.rect()), look.px(4), look.color(fill), look.color(line))
        ink = f"{state}-fg" if on else "muted" if self.isEnabled() else "disabled"
        corner = QPointF((self.width() - look.px(14)) / 2, (self.height() - look.px(14)) / 2)
        painter.drawPixmap(corner, look.pixmap("check" if self.good else "x", ink, 14))
        painter.end()
