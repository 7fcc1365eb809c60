"""Waiting as a person waits in front of a window: until certain widgets have been painted as they should look.

watch = PaintWatch({footer.words: lambda: footer.words.icon == "check"})
seconds = watch.time(lambda: press(Qt.Key.Key_1))
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 10_000


class PaintWatch(QObject):
    """Times acts that end on the screen.

    Args:
        shown: for each widget that has to be painted, whether it would now show the end of the act.
    """

    _all_painted = Signal()

    def __init__(self, shown: Mapping[QWidget, Callable[[], bool]]) -> None:
        super().__init__()
        self._shown = dict(shown)
        self._due: set[QObject] = set()
        self._end = 0.0
        self._loop = QEventLoop(self)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._loop.quit)
        # Queued: the slot runs once the window has finished painting whatever it had to.
        self._all_painted.connect(self._note, Qt.ConnectionType.QueuedConnection)
        for widget in self._shown:
            widget.installEventFilter(self)

    def time(self, act: Callable[[], object]) -> float:
        """Seconds from the beginning of an act until every widget has been painted showing its end.

        Raises:
            TimeoutError: that did not happen within ten seconds.
        """
        self._due, self._end = set(self._shown), 0.0
        start = time.perf_counter()
        act()
        self._patience.start()
        self._loop.exec()
        self._patience.stop()
        if not self._end:
            raise TimeoutError("nothing was painted")
        return self._end - start

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """See a widget being painted."""
        if event.type() == QEvent.Type.Paint and watched in self._due:
            assert isinstance(watched, QWidget)
            if self._shown[watched]():
                self._due.discard(watched)
                if not self._due:
                    self._all_painted.emit()
        return False

    @Slot()
    def _note(self) -> None:
        self._end = time.perf_counter()
        self._loop.quit()
