"""What of an enterprise's files is shown: trouble first, trouble only, one department, those who left, one person."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.models.desk.health_register import HealthFilter
from desktop.ui.chips import FilterChip
from desktop.ui.fields import SearchField
from desktop.ui.look import Look

_TYPING_MS = 150


class HealthFilters(QWidget):
    """The bar.

    Signals:
        asked(): `now` is something else.
        left(): Esc in the search field.
    """

    asked = Signal()
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.now = HealthFilter("")
        self._departments: list[str] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        self.search = SearchField(look, self.tr("Name or whole number"), "/")
        self.search.setFixedWidth(look.px(190))
        self.first = FilterChip(look, self.tr("Trouble first"), mark=None)
        self.first.setChecked(True)
        self.only = FilterChip(look, self.tr("Trouble only"), mark=None)
        self.department = FilterChip(look, self.tr("Department"))
        self.gone = FilterChip(look, self.tr("Left"), mark=None)
        for widget in (self.search, self.first, self.only, self.department, self.gone):
            row.addWidget(widget)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._pause.timeout.connect(self._look_for)
        self.search.textChanged.connect(self._pause.start)
        self.search.left.connect(self.left)
        self.first.clicked.connect(lambda: self._ask(replace(self.now, trouble_first=not self.now.trouble_first)))
        self.only.clicked.connect(lambda: self._ask(replace(self.now, trouble_only=not self.now.trouble_only)))
        self.gone.clicked.connect(lambda: self._ask(replace(self.now, left=not self.now.left)))
        self.department.clicked.connect(self._pick)

    def begin(self, enterprise: str) -> None:
        """Another enterprise: nothing narrows its list."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.now = HealthFilter(enterprise)
        self._show()

    def show_departments(self, departments: list[str]) -> None:
        """Offer these."""
        self._departments = departments
        self.department.setVisible(bool(departments))

    @Slot()
    def _look_for(self) -> None:
        if self.search.text().strip() != self.now.search:
            self._ask(replace(self.now, search=self.search.text().strip()))

    @Slot()
    def _pick(self) -> None:
        menu = QMenu(self)
        for words, code in [(self.tr("All"), ""), *((each, each) for each in self._departments)]:
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(code == (self.now.department or ""))
            action.setData(code)
        menu.triggered.connect(self._take)
        menu.popup(self.department.mapToGlobal(QPoint(0, self.department.height() + 2)))

    @Slot(QAction)
    def _take(self, action: QAction) -> None:
        self._ask(replace(self.now, department=action.data() or None))

    def _ask(self, wanted: HealthFilter) -> None:
        self.now = wanted
        self._show()
        self.asked.emit()

    def _show(self) -> None:
        self.first.setChecked(self.now.trouble_first)
        self.only.setChecked(self.now.trouble_only)
        self.gone.setChecked(self.now.left)
        self.department.setChecked(bool(self.now.department))
        self.department.say(self.now.department or self.tr("Department"))
