"""What a visit still lacks, each a link to its measure; the visit can be completed with its gaps all the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.measure_set import MeasureSet
from desktop.ui.buttons import Button
from desktop.ui.cards import Text
from desktop.ui.look import Look
from desktop.ui.notices import window_language

WIDTH, HEIGHT = 380, 440


class GapPanel(QFrame):
    """A small surface under the button that completes the visit; Esc closes it, nothing else is held up.

    Signals:
        measure_asked(str): go to this measure.
        completed(): complete the visit with its gaps.
        closed(): nothing was decided.
    """

    measure_asked = Signal(str)
    completed = Signal()
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._host = look, parent
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.links: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        column.setSpacing(look.px(8))
        self._title = Text(look, "", style="page")
        column.addWidget(self._title)
        column.addWidget(Text(look, self.tr("Each line leads there. What stays open is recorded as unchecked."),
                              tone="muted", wrap=True))  # fmt: skip
        area = QScrollArea()
        area.setWidgetResizable(True)
        inside = QFrame()
        inside.setProperty("role", "pane")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        area.setWidget(inside)
        column.addWidget(area, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(look, self.tr("Go on with the visit"), key="Esc", pressed=self._close))
        self.finish = Button(look, self.tr("Finish with gaps"), kind="primary", key="Ctrl ↵", pressed=self._finish)
        row.addWidget(self.finish)
        column.addLayout(row)
        self.hide()

    def offer(self, gaps: Sequence[str], measure_set: MeasureSet) -> None:
        """List these gaps (`kind:measure`) and take the focus."""
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.links = []
        self._title.say(self.tr("Still missing: {count}").format(count=len(gaps)))
        for gap in gaps:
            kind, _, code = gap.partition(":")
            link = Button(self._look, self._words(kind, code, measure_set), kind="text", icon=self._icon(kind),
                          pressed=partial(self._go, code))  # fmt: skip
            self.links.append(link)
            self._list.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._list.addStretch(1)
        width, height = self._look.px(WIDTH), min(self._look.px(HEIGHT), self._host.height() - self._look.px(24))
        self.setGeometry(self._host.width() - width - self._look.px(16), self._look.px(8), width, height)
        self.show()
        self.raise_()
        (self.links[0] if self.links else self.finish).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, arrows walk the links."""
        focused = self.window().focusWidget()
        at = next((place for place, link in enumerate(self.links) if link is focused), -1)
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.links:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.links[(at + step) % len(self.links)].setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at >= 0 and not event.modifiers():
            self.links[at].click()
        else:
            super().keyPressEvent(event)

    def _words(self, kind: str, code: str, measure_set: MeasureSet) -> str:
        name = measure_set.measure(code).short.in_(window_language()) if code else ""
        lacking = {
            "unchecked": self.tr("not checked"),
            "photo": self.tr("photo missing"),
            "na_reason": self.tr("reason missing"),
            "signature": self.tr("signature missing"),
        }.get(kind, kind)
        return " ".join(filter(None, (code, name, "·" if code else "", lacking)))

    def _icon(self, kind: str) -> str:
        return {"unchecked": "circle-dashed", "photo": "camera", "signature": "signature"}.get(kind, "notebook-pen")

    def _go(self, code: str) -> None:
        self.hide()
        if code:
            self.measure_asked.emit(code)

    def _finish(self) -> None:
        self.hide()
        self.completed.emit()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
