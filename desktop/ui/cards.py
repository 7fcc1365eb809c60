"""Surfaces and lines of text: `Card`, `Text`, `Line`, `FactList`, and `IconText` for a glyph with a word.

card = Card(look, title=self.tr("Waiting"), count="37")
card.body.addWidget(...)
Text(look, words, style="title"), Text(look, words, tone="muted", wrap=True)
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.look import Look


class Text(QLabel):
    """Words in a step of the type scale and a tone. Never markup: what comes from data is shown as it stands.

    Tones: text (default), muted, accent, pass, partial, fail, info.
    """

    def __init__(
        self, look: Look, text: str = "", *, style: str = "body", tone: str = "text", wrap: bool = False,
        elide: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._look, self._style, self._elide, self._full = look, style, elide, text
        self.setWordWrap(wrap)
        self.set_tone(tone)
        self._restyle()
        self.say(text)
        look.changed.connect(self._restyle)

    def say(self, text: str, tone: str | None = None) -> None:
        """Show other words."""
        self._full = text
        if tone is not None:
            self.set_tone(tone)
        self._fit()
        if self._elide:
            self.updateGeometry()

    def set_tone(self, tone: str) -> None:
        """Take another colour role."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                self.style().unpolish(self)
                self.style().polish(self)
                self._restyle()  # polishing anew drops the font

    def sizeHint(self) -> QSize:
        """Room for all words, also while they are elided."""
        hint = super().sizeHint()
        if self._elide:
            hint.setWidth(self.fontMetrics().horizontalAdvance(self._full) + 2)
        return hint

    def minimumSizeHint(self) -> QSize:
        """Words that elide may shrink to almost nothing."""
        hint = super().minimumSizeHint()
        if self._elide:
            hint.setWidth(min(self._look.px(32), self.sizeHint().width()))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide anew."""
        super().resizeEvent(event)
        if self._elide:
            self._fit()

    def _fit(self) -> None:
        shown = self._full
        if self._elide:
            shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(1, self.width()))
            self.setToolTip(self._full if shown != self._full else "")
            self.setAccessibleName(self._full)
        if shown != self.text():
            self.setText(shown)

    @Slot()
    def _restyle(self) -> None:
        self.setFont(self._look.font(self._style))


class Card(QFrame):
    """A raised surface with an optional heading line. Put content into `body`, actions into `heading`."""

    def __init__(self, look: Look, title: str = "", count: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.heading = QHBoxLayout()
        self.heading.setContentsMargins(look.px(12), 0, look.px(12), 0)
        self.heading.setSpacing(look.px(8))
        self.title = Text(look, title, style="body-strong", elide=True)
        self.count = Text(look, count, tone="muted")
        if title:
            head = QWidget()
            head.setFixedHeight(look.px(40))
            head.setLayout(self.heading)
            self.heading.addWidget(self.title)
            self.heading.addWidget(self.count)
            self.heading.addStretch(1)
            outer.addWidget(head)
            outer.addWidget(Line())
        self.body = QVBoxLayout()
        self.body.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        self.body.setSpacing(look.px(8))
        outer.addLayout(self.body, 1)


class Line(QFrame):
    """A hairline, lying or standing."""

    def __init__(self, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "vline" if upright else "line")


class IconText(QWidget):
    """An icon with a word beside it, both in one colour role; the word elides."""

    def __init__(
        self, look: Look, icon: str, text: str = "", *, role: str = "muted", text_role: str | None = None,
        style: str = "body", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._look, self._style = look, style
        self.icon, self.text, self.role, self.text_role = icon, text, role, text_role or role
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, text: str, role: str | None = None, icon: str | None = None) -> None:
        """Show something else."""
        self.text = text
        if role is not None:
            self.role = self.text_role = role
        self.icon = icon or self.icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, gap, word."""
        look = self._look
        return QSize(look.px(22) + look.metrics(self._style).horizontalAdvance(self.text) + 2, look.px(20))

    def minimumSizeHint(self) -> QSize:
        """At least the icon and a little of the word."""
        return QSize(min(self.sizeHint().width(), self._look.px(60)), self._look.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and word."""
        look, painter = self._look, QPainter(self)
        edge = look.px(15)
        painter.drawPixmap(QPointF(0, (self.height() - edge) / 2), look.pixmap(self.icon, self.role, 15))
        painter.setFont(look.font(self._style))
        painter.setPen(look.color(self.text_role))
        room = QRectF(look.px(21), 0, self.width() - look.px(21), self.height())
        shown = look.metrics(self._style).elidedText(self.text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


class FactList(QWidget):
    """Pairs of a muted name and its value, one a line; "—" where there is no value."""

    def __init__(self, look: Look, name_width: int = 72, lined: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._lined = look, lined
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(6 if lined else 8))
        self._grid.setColumnMinimumWidth(0, look.px(name_width))
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: list[tuple[str, str | None, str]]) -> None:
        """Show these (name, value, tone) lines instead of the present ones."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        row = 0
        for number, (name, value, tone) in enumerate(facts):
            if self._lined and number:
                self._grid.addWidget(Line(), row, 0, 1, 2)
                row += 1
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(Text(self._look, name, tone="muted"), row, 0, top)
            shown = Text(self._look, value or "—", tone=tone if value else "muted", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(shown, row, 1, top)
            row += 1
