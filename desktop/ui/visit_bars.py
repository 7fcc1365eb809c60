"""The bars around a visit: progress and acts in the window's top bar, steps and the saved time below the measure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from desktop.ui.buttons import Button
from desktop.ui.cards import IconText, Text
from desktop.ui.look import Look
from desktop.ui.theme import tokens


class VisitTools(QWidget):
    """Owns what the visit lends to the top bar: `progress`, `situation`, `look_back`, `complete`, `letter`."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.progress = QWidget(self)
        row = QHBoxLayout(self.progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(6))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(look.px(120))
        self._done, self._all = Text(look, "", style="body-strong"), Text(look, "", tone="muted")
        for widget in (self._bar, self._done, self._all):
            row.addWidget(widget)
        self.situation = Button(look, self.tr("Head counts"), icon="users", parent=self)
        self.complete = Button(look, self.tr("Finish visit"), key="Ctrl ↵", parent=self)
        self.look_back = Button(look, "", icon="rotate-ccw", key="B", parent=self)
        self._looks_back = False
        self.letter = Button(look, self.tr("Write the letter"), kind="primary", icon="file-text", parent=self)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many measures are answered; when all are, completing is the next thing to do."""
        self._bar.setUpdatesEnabled(False)  # setValue paints the whole window at once; let that wait its turn
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(done)
        self._bar.setUpdatesEnabled(True)
        self._done.say(str(done))
        self._all.say(f"/ {total}")
        self.progress.setAccessibleName(f"{done} / {total}")
        self.complete.set_kind("primary" if total and done == total else "secondary")

    def acts(self, is_open: bool) -> Sequence[QWidget]:
        """What stands at the right end of the top bar."""
        acts = (self.situation, self.complete) if is_open else (self.letter,)
        return (self.look_back, *acts) if self._looks_back else acts

    def count_look_backs(self, total: int, seen: int) -> None:
        """Show how many findings the visit looks back on, and how many it has looked at."""
        self._looks_back = total > 0
        self.look_back.setText(self.tr("Look back {seen}/{total}").format(seen=seen, total=total))
        self.look_back.updateGeometry()


class VisitFooter(QFrame):
    """Previous, next unchecked, the saved time, next."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "footer")
        self.setFixedHeight(look.px(tokens()["frame"]["footer-bar"]))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.setSpacing(look.px(8))
        self.previous = Button(look, self.tr("Previous"), icon="arrow-up", key="K")
        self.unchecked = Button(look, self.tr("Next unchecked"), key="U")
        self.words = IconText(look, "check", "", role="pass-fg")
        self.words.hide()
        self.next = Button(look, self.tr("Next"), kind="primary", key="J")
        row.addWidget(self.previous)
        row.addWidget(self.unchecked)
        row.addStretch(1)
        row.addWidget(self.words)
        row.addSpacing(look.px(8))
        row.addWidget(self.next)

    def show_place(self, codes: Sequence[str], code: str) -> None:
        """Say where the steps lead from here."""
        at = codes.index(code)
        following = codes[at + 1] if at + 1 < len(codes) else ""
        self.previous.setEnabled(at > 0)
        self.next.setText(self.tr("Next {measure}").format(measure=following) if following else self.tr("Next"))
        self.next.setEnabled(bool(following))
        self.next.updateGeometry()

    def lead(self, on: bool) -> None:
        """Whether the next step is the next thing to do."""
        self.next.set_kind("primary" if on else "secondary")

    def say_saved(self, time: str) -> None:
        """A commit returned."""
        self._say(self.tr("Saved {time}").format(time=time), "pass-fg", "check")

    def say_saving(self) -> None:
        """A write is on its way."""
        self._say(self.tr("Saving…"), "muted", "clock")

    def say_refused(self) -> None:
        """A write did not happen; the strip above the page says why."""
        self._say(self.tr("Not saved"), "fail-fg", "circle-alert")

    def say_nothing(self) -> None:
        """Nothing was written yet."""
        self.words.hide()

    def _say(self, words: str, role: str, icon: str) -> None:
        self.words.say(words, role, icon)
        self.words.show()
