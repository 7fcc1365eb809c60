"""Syncing by itself, where the officer chose so: when a connection appears, and from time to time while there is one.

It asks the workspace first and starts nothing when nothing waits; it never brings a page to the front.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.models.progress import Progress
from desktop.ui.bench import Bench

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation

    from desktop.models.device.workspace import Workspace

EVERY_MS = 10 * 60 * 1000
AFTER_START_MS = 60 * 1000


def _wanted(workspace: Workspace, _progress: Progress) -> bool:
    from desktop.models.desk.sync_choices import auto_sync
    from desktop.models.desk.workspace_health import status

    if workspace.enrolment is None or not auto_sync(workspace):
        return False
    counts = status(workspace)
    return bool(counts["unsent"] > counts["unadopted"] or counts["attachments_waiting"])


class AutoSync(QObject):
    """Watches the network and the clock, and calls `run` when a sync is wanted."""

    def __init__(self, bench: Bench, run: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._bench, self._run = bench, run
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(AFTER_START_MS, self, self._begin)

    @Slot()
    def look(self) -> None:
        """Sync if it is wanted and something waits."""
        self._bench.read(self, _wanted, self._start)

    @Slot()
    def _begin(self) -> None:
        """Watch the network too; loading that waits until the window has long been there."""
        from PySide6.QtNetwork import QNetworkInformation

        if QNetworkInformation.loadDefaultBackend():
            QNetworkInformation.instance().reachabilityChanged.connect(self._reachable)
        self.look()

    @Slot(object)
    def _reachable(self, reachability: QNetworkInformation.Reachability) -> None:
        if reachability.name == "Online":
            self.look()

    def _start(self, wanted: bool) -> None:
        if wanted:
            self._run()
