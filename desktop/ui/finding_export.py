"""The three lists (问题、责任、整改) and the entry sheet of the three services platform, as spreadsheets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui import finding_work, letter_printing
from desktop.ui.bench import Bench
from desktop.ui.notices import window_language

LISTS = ("findings", "responsibilities", "rectifications", "steward_entries")


class FindingExport(QObject):
    """The menu of lists, and what writes one.

    Signals:
        written(str): what to say about it.
        failed(Problem).
    """

    written = Signal(str)
    failed = Signal(object)

    def __init__(self, bench: Bench, host: QWidget) -> None:
        super().__init__(host)
        self._bench, self._host = bench, host

    def offer(self, spot: QPoint) -> None:
        """Offer the lists; digits choose."""
        from desktop.models.registers import REGISTERS

        menu = QMenu(self._host)
        for number, name in enumerate(LISTS, 1):
            title = REGISTERS[name].title[window_language()]
            action = QAction(f"&{number}  {title}", menu)
            action.triggered.connect(self._chosen(name, title))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(spot)

    def _chosen(self, register: str, title: str) -> Callable[[], None]:
        def write() -> None:
            file = letter_printing.choose_file(self._host, self.tr("Export lists"), title, "xlsx")
            if file is not None:
                work = partial(finding_work.export, register=register, file=file, language=window_language())
                self._bench.exchange(self, work, partial(self._done, file.name), self.failed.emit)

        return write

    def _done(self, name: str, rows: int) -> None:
        self.written.emit(self.tr("%n row(s) written to {name}", "", rows).format(name=name))
