"""The least an answer can cost: a bare widget, bare sqlite3, one durable commit of the row and its operation."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from benchmarks.paint_watch import PaintWatch
from desktop.models.identity import new_id, utc_now
from desktop.models.vocabulary import Result


class BareAnswer(QWidget):
    """A widget that on any key writes the answer it was told, and paints that it did.

    Args:
        file: a database with the tables of a workspace.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._database = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._database.execute(f"PRAGMA {pragma}")
        self._told = ("", "", "")
        self._words = ""
        self._watch = PaintWatch({self: lambda: bool(self._words)})
        self.show()

    def answer(self, visit: str, measure: str, result: Result) -> float:
        """Press a key. Seconds until the answer is durable and painted."""
        self._told, self._words = (visit, measure, result.value), ""
        return self._watch.time(partial(QTest.keyClick, self, Qt.Key.Key_Space))  # in no other window a shortcut

    def keyPressEvent(self, _event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Write, then ask to be painted."""
        visit, measure, result = self._told
        row, now = new_id(), utc_now()
        fields = {"visit_id": visit, "measure": measure, "result": result, "answered_at": now}
        run = self._database.execute
        run("BEGIN IMMEDIATE")
        (grid,) = run("SELECT grid_id FROM visits WHERE id = ?", (visit,)).fetchone()
        run(
            "INSERT INTO answers (id, grid_id, visit_id, measure, result, answered_at, version, edited_at)"
            " VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
            (row, grid, visit, measure, result, now, now),
        )
        run(
            "INSERT INTO outbox (op_id, table_name, row_id, grid_id, kind, fields, base_version, edited_at)"
            " VALUES (?, 'answers', ?, ?, 'put', ?, 0, ?)",
            (new_id(), row, grid, msgspec.json.encode(fields).decode(), now),
        )
        run("COMMIT")
        self._words = f"{measure} {result} {now}"
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """One line."""
        painter = QPainter(self)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()

    def finish(self) -> None:
        """Close widget and database."""
        self.close()
        self.deleteLater()
        self._database.close()
