"""What the calculator found, in large numbers, and the notes below it that wrap."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.cards import IconText, Text
from desktop.ui.look import Look
from desktop.ui.painting import paint_box


class DilutionResult(QWidget):
    """Two large numbers on a tinted surface, and one line below."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(10))
        column.setSpacing(look.px(2))
        row = QHBoxLayout()
        row.setSpacing(look.px(6))
        self.stock, self._stock_unit = Text(look, style="title", tone="accent"), Text(look, tone="accent")
        self._plus = Text(look, "+", style="title", tone="accent")
        self.water, self._water_unit = Text(look, style="title", tone="accent"), Text(look, tone="accent")
        for widget in (self.stock, self._stock_unit, self._plus, self.water, self._water_unit):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column.addLayout(row)
        self.told = Text(look, tone="accent", wrap=True)
        column.addWidget(self.told)

    def show_parts(self, stock: tuple[str, str], water: tuple[str, str] | None, told: str) -> None:
        """Show what to take."""
        self.stock.say(stock[0])
        self._stock_unit.say(stock[1] if water is None else self.tr("{unit} stock").format(unit=stock[1]))
        for widget in (self._plus, self.water, self._water_unit):
            widget.setVisible(water is not None)
        if water is not None:
            self.water.say(water[0])
            self._water_unit.say(self.tr("{unit} water").format(unit=water[1]))
        self.told.say(told)
        self.told.setVisible(bool(told))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The surface."""
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), self._look.px(6), self._look.color("accent-soft"))
        painter.end()


class WrappedNote(QWidget):
    """An icon, and words that wrap."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(4))
        self._icon = IconText(look, "info")
        self._icon.setFixedWidth(look.px(20))
        self.words = Text(look, wrap=True)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def say(self, words: str, tone: str, icon: str) -> None:
        """Show words in a tone."""
        self._icon.say("", "muted" if tone == "muted" else f"{tone}-fg", icon)
        self.words.say(words, tone)
        self.show()
