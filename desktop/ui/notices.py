"""What the program says without a box: `Banner` (first row of a page), `ProblemStrip`, `Toast` with undo.

strip.show_problem(problem)          # red strip with the words of resources/words/problems.toml, and a cross
toast.offer(self.tr("3 moved"), undo=self._undo)     # dark strip above the status bar for six seconds
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.problems import Language, Problem
from desktop.ui.buttons import Button, IconButton
from desktop.ui.cards import Text
from desktop.ui.look import Look
from desktop.ui.painting import paint_box, tone_roles
from desktop.ui.theme import tokens

_ICONS = {
    "fail": "circle-alert",
    "partial": "clock",
    "info": "info",
    "pass": "circle-check",
    "na": "info",
    "accent": "info",
}


def window_language() -> Language:
    """The language the window speaks: "zh" or "en"."""
    return "zh" if QLocale().language() == QLocale.Language.Chinese else "en"


class Banner(QWidget):
    """One tinted line with an icon; may carry actions. Tones as chips."""

    def __init__(self, look: Look, text: str = "", tone: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._tone = look, tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(look.px(40), look.px(8), look.px(8), look.px(8))
        self.row.setSpacing(look.px(8))
        self._words = Text(look, text, wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.row.addWidget(self._words, 1)
        self.say(text, tone)

    def say(self, text: str, tone: str | None = None) -> None:
        """Show other words."""
        self._tone = tone or self._tone
        self._words.say(text, self._tone if self._tone in ("fail", "partial", "info", "pass") else "text")
        self.setAccessibleName(text)
        self.update()

    @property
    def text(self) -> str:
        """The words shown."""
        return self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface and icon."""
        ink, fill = tone_roles(self._tone)
        look, painter = self._look, QPainter(self)
        paint_box(painter, QRectF(self.rect()), look.px(4), look.color(fill))
        painter.drawPixmap(
            QPointF(look.px(13), (self.height() - look.px(16)) / 2), look.pixmap(_ICONS[self._tone], ink)
        )
        painter.end()


class ProblemStrip(Banner):
    """A red line saying what happened, what it means, what to do. Hidden until there is something to say."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "", "fail", parent)
        self.row.addWidget(IconButton(look, "x", self.tr("Close"), role="fail-fg", size=24, pressed=self.hide))
        self.hide()

    def show_problem(self, problem: Problem) -> None:
        """Show the words of a problem."""
        self.show_words(problem.sentence(window_language()))

    def show_words(self, words: str) -> None:
        """Show words that are already in the window's language."""
        self.say(words)
        self.show()


class Toast(QWidget):
    """A dark strip at the foot of the window that says what was done and offers to undo it, for six seconds."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._undo: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(40), look.px(4), look.px(12), look.px(4))
        self._words = Text(look)
        row.addWidget(self._words, 1)
        self._action = Text(look)
        self._action.setCursor(Qt.CursorShape.PointingHandCursor)
        row.addWidget(self._action)
        self._timer = QTimer(self, singleShot=True, interval=tokens()["duration-ms"]["toast"])
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """The words shown."""
        return self._words.text()

    @property
    def undo(self) -> Callable[[], object] | None:
        """What the undo would do now."""
        return self._undo

    def offer(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Say what was done."""
        self._undo = undo
        self._words.say(words)
        self._action.say(self.tr("Undo") + "   Ctrl Z" if undo else "")
        sheet = f"color: {self._look.theme.hexes['tooltip-text']}"
        self._words.setStyleSheet(sheet)
        self._action.setStyleSheet(sheet)
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def place(self) -> None:
        """Stand at the right of the parent, above the status bar and a page's own footer: no button is hidden."""
        host = self.parentWidget()
        if host is None:
            return
        width = max(self.sizeHint().width(), self._look.px(308))
        height = self._look.px(40)
        left, top = host.width() - width - self._look.px(16), host.height() - height - self._look.px(88)
        self.setGeometry(left, top, width, height)

    @Slot()
    def take_back(self) -> bool:
        """Undo what the strip speaks of. Returns whether there was anything."""
        undo, self._undo = self._undo, None
        self.hide()
        if undo is None:
            return False
        undo()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the words of undo."""
        if event.position().x() > self._action.x() - self._look.px(12):
            self.take_back()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface and icon."""
        look, painter = self._look, QPainter(self)
        paint_box(painter, QRectF(self.rect()), look.px(4), look.color("tooltip-bg"))
        icon = "undo-2" if self._undo else "circle-check"
        painter.drawPixmap(QPointF(look.px(13), (self.height() - look.px(16)) / 2), look.pixmap(icon, "tooltip-text"))
        painter.end()


class EmptyState(QWidget):
    """An empty page or pane: what will stand here, and the first step."""

    def __init__(
        self, look: Look, icon: str, title: str, text: str = "", tone: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._icon, self._tone = look, icon, tone
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(24))
        column.addStretch(1)
        column.addSpacing(look.px(64))
        self.title = Text(look, title, style="emphasis", wrap=True)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.text = Text(look, text, tone="muted", wrap=True)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(look.px(8))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(look.px(8))
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)
        column.addStretch(1)

    def add_action(self, button: Button) -> None:
        """Add a button under the words."""
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def say(self, title: str, text: str) -> None:
        """Show other words."""
        self.title.say(title)
        self.text.say(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon on its tinted square."""
        look, painter = self._look, QPainter(self)
        ink, fill = tone_roles(self._tone)
        edge = look.px(48)
        box = QRectF((self.width() - edge) / 2, self.title.y() - edge - look.px(16), edge, edge)
        paint_box(painter, box, look.px(6), look.color(fill))
        painter.drawPixmap(
            QPointF(box.center().x() - look.px(12), box.center().y() - look.px(12)), look.pixmap(self._icon, ink, 24)
        )
        painter.end()
