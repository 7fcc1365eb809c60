"""What becomes of a finding: severity, route, due date and who answers for it, each changed by its key or a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import cast

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QMenu, QWidget, QWidgetAction

from desktop.models.desk.visit_sheet import FindingRow
from desktop.models.vocabulary import Route, Severity
from desktop.ui import wording
from desktop.ui.cards import Text
from desktop.ui.chips import KeyHint
from desktop.ui.day_field import DayField
from desktop.ui.look import Look
from desktop.ui.term_button import TermButton

_DUE_DAYS = (0, 1, 3, 7)


class FindingTerms(QWidget):
    """The terms of one finding.

    Signals:
        changed(dict): fields of the finding a person set.
    """

    changed = Signal(dict)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._finding: FindingRow | None = None
        self._people: tuple[str, ...] = ()
        self.severity, self.route = TermButton(look), TermButton(look)
        self.due, self.responsible = TermButton(look), TermButton(look)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("Severity"), self.severity, "S", self.ask_severity),
            (self.tr("Route"), self.route, "R", self.ask_route),
            (self.tr("Due"), self.due, "D", self.ask_due),
            (self.tr("Owner"), self.responsible, "", self.ask_responsible),
        )
        for row, (name, button, key, ask) in enumerate(rows):
            grid.addWidget(Text(look, name, tone="muted"), row, 0)
            button.setAccessibleName(name)
            button.clicked.connect(ask)
            grid.addWidget(button, row, 1)
            if key:
                grid.addWidget(KeyHint(look, key), row, 2)
        self._look_back = Text(look, "", style="caption", tone="muted")
        self._look_back.setIndent(look.px(4))
        grid.addWidget(self._look_back, len(rows), 1, 1, 2)

    def show_finding(self, finding: FindingRow, people: Sequence[str], able: bool) -> None:
        """Show the terms as they stand."""
        self._finding, self._people = finding, tuple(people)
        tone, icon = wording.severity_look(finding.severity)
        self.severity.show_term(wording.severity(finding.severity), icon, tone)
        self.route.show_term(wording.route(finding.route), wording.route_icon(finding.route))
        self.due.show_term(self._due_words(finding))
        self.responsible.show_term(finding.responsible or self.tr("nobody yet"))
        back = finding.look_back_on
        words = self.tr("look back {day}").format(day=wording.day(back)) if back else ""
        self._look_back.say(words)
        for button in (self.severity, self.route, self.due, self.responsible):
            button.setEnabled(able)

    def ask_severity(self) -> None:
        """Offer the severities."""
        self._offer(self.severity, [(wording.severity(each), {"severity": str(each)}) for each in Severity])

    def ask_route(self) -> None:
        """Offer the routes."""
        self._offer(self.route, [(wording.route(each), {"route": str(each)}) for each in Route])

    def ask_due(self) -> None:
        """Offer a few days from the visit, and any other date."""
        if self._finding is None:
            return
        found = date.fromisoformat(self._finding.found_on)
        days = [found + timedelta(days=number) for number in _DUE_DAYS]
        choices = [(self._days_words(found, day), {"due_on": day.isoformat()}) for day in days]
        menu = self._offer(self.due, choices)
        if menu is not None:
            field = DayField(self._look, self.tr("Due"))
            field.setMinimumDate(QDate(found.year, found.month, found.day))
            field.show_day(date.fromisoformat(self._finding.due_on) if self._finding.due_on else found)
            _put_field(menu, field, lambda: self.changed.emit({"due_on": str(field.day)}))

    def ask_responsible(self) -> None:
        """Offer the enterprise's people, and a field for any other name."""
        menu = self._offer(self.responsible, [(name, {"responsible": name}) for name in self._people])
        if menu is not None and self._finding is not None:
            field = QLineEdit(self._finding.responsible or "")
            field.setPlaceholderText(self.tr("Another name, then Enter"))
            field.setMaxLength(80)
            field.setMinimumWidth(self._look.px(200))
            _put_field(menu, field, lambda: self.changed.emit({"responsible": field.text().strip() or None}))

    def _offer(self, button: TermButton, choices: Sequence[tuple[str, dict[str, str]]]) -> QMenu | None:
        if self._finding is None or not button.isEnabled():
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, (words, fields) in enumerate(choices, 1):
            action = QAction(f"&{number}  {words.replace('&', '&&')}", menu)
            action.triggered.connect(partial(self.changed.emit, fields))
            menu.addAction(action)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        return menu

    def _due_words(self, finding: FindingRow) -> str:
        if not finding.due_on:
            return "—"
        return self._days_words(date.fromisoformat(finding.found_on), date.fromisoformat(finding.due_on))

    def _days_words(self, found: date, due: date) -> str:
        days = (due - found).days
        after = self.tr("same day") if days == 0 else self.tr("%n day(s) later", "", days)
        return f"{wording.day(due.isoformat())} {after}"


def _put_field(menu: QMenu, field: QWidget, taken: Callable[[], object]) -> None:
    """A field at the end of a menu; Enter takes it and closes the menu."""
    keys = _EnterTakes(menu, taken)
    field.installEventFilter(keys)
    action = QWidgetAction(menu)
    action.setDefaultWidget(field)
    menu.addSeparator()
    menu.addAction(action)


class _EnterTakes(QObject):
    def __init__(self, menu: QMenu, taken: Callable[[], object]) -> None:
        super().__init__(menu)
        self._menu, self._taken = menu, taken

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and cast(QKeyEvent, event).key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._taken()
            self._menu.close()
            return True
        return super().eventFilter(watched, event)
