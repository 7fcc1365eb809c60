"""Masked data of one person: looking at a group takes a purpose, is noted, and lasts a minute (SEC-81)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from desktop.models.desk.employee_file import EmployeeFile
from desktop.models.desk.unmasking import LONGEST_NOTE, SECONDS_SHOWN, FieldGroup, Purpose, Unmasked
from desktop.models.record_words import field_word
from desktop.models.value_words import value_word
from desktop.ui import health_work
from desktop.ui.bench import Bench
from desktop.ui.buttons import Button
from desktop.ui.cards import FactList, Text
from desktop.ui.notices import Banner, window_language


def purpose_words(purpose: Purpose) -> str:
    """A purpose in the window's language."""
    return {
        Purpose.FOLLOW_UP: QCoreApplication.translate("UnmaskPanel", "Follow-up"),
        Purpose.TRANSFER: QCoreApplication.translate("UnmaskPanel", "Transfer"),
        Purpose.REPORT: QCoreApplication.translate("UnmaskPanel", "Report"),
        Purpose.VERIFY: QCoreApplication.translate("UnmaskPanel", "Checking identity"),
        Purpose.OTHER: QCoreApplication.translate("UnmaskPanel", "Other…"),
    }[purpose]


def group_words(group: FieldGroup) -> str:
    """A group of fields in the window's language."""
    return {
        FieldGroup.IDENTITY: QCoreApplication.translate("UnmaskPanel", "Name and number"),
        FieldGroup.CONTACT: QCoreApplication.translate("UnmaskPanel", "Phone"),
        FieldGroup.CONDITION: QCoreApplication.translate("UnmaskPanel", "Condition"),
    }[group]


class UnmaskPanel(QWidget):
    """The masked fields, a button for each group, and for a minute the group looked at.

    Signals:
        problem_met(Problem): the look was refused.
    """

    problem_met = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._person = ""
        self._group: FieldGroup | None = None
        self._left = 0
        look = bench.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        self._masked = FactList(look, name_width=84)
        column.addWidget(self._masked)
        self.buttons: dict[FieldGroup, Button] = {}
        row = QGridLayout()
        row.setSpacing(look.px(4))
        for place, group in enumerate(FieldGroup):
            button = Button(look, group_words(group), icon="eye")
            button.clicked.connect(partial(self._ask, group))
            self.buttons[group] = button
            row.addWidget(button, place // 2, place % 2)
        column.addLayout(row)
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.setPlaceholderText(self.tr("What for? At least 6 characters, then Enter"))
        self.note.setAccessibleName(self.tr("Purpose"))
        self.note.returnPressed.connect(self._look_for_other)
        self.note.hide()
        column.addWidget(self.note)
        self._warning = Banner(look, "", "partial")
        self._warning.hide()
        column.addWidget(self._warning)
        self._open = QWidget()
        inside = QVBoxLayout(self._open)
        inside.setContentsMargins(0, 0, 0, 0)
        self.shown = FactList(look, name_width=84)
        inside.addWidget(self.shown)
        foot = QHBoxLayout()
        self._clock = Text(look, style="caption", tone="partial")
        foot.addWidget(self._clock, 1)
        foot.addWidget(Button(look, self.tr("Hide"), kind="text", pressed=self.hide_values))
        inside.addLayout(foot)
        self._open.hide()
        column.addWidget(self._open)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)

    def show_file(self, file: EmployeeFile) -> None:
        """Show a file's masked fields. What was looked at in another file disappears."""
        if file.id != self._person:
            self.hide_values()
            self._warning.hide()
        self._person = file.id
        spoken = window_language()
        kind = str(value_word("id_kind", file.id_kind, spoken)) if file.id_kind else ""
        self._masked.show_facts([
            (self._name("name"), file.name, "text"),
            (self._name("id_number"), " ".join(filter(None, (file.number, kind))), "text"),
            (self._name("phone"), file.phone, "text"),
        ])  # fmt: skip
        self.buttons[FieldGroup.CONDITION].setEnabled(file.has_condition)
        self.buttons[FieldGroup.CONTACT].setEnabled(bool(file.phone) or file.has_contact)

    @Slot()
    def hide_values(self) -> None:
        """Take what was looked at off the screen."""
        self._second.stop()
        self.shown.show_facts([])
        self._open.hide()
        self.note.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes to another page leaves nothing behind."""
        super().hideEvent(event)
        self.hide_values()

    @property
    def values_shown(self) -> bool:
        """Whether unmasked values are on the screen."""
        return not self._open.isHidden()

    def ask(self, group: FieldGroup, purpose: Purpose, note: str = "") -> None:
        """Look at a group of the person shown."""
        person = self._person
        work = partial(health_work.look, person=person, group=group, purpose=purpose, note=note)
        self._bench.write(self, work, partial(self._show, person), self.problem_met.emit)

    @Slot()
    def _ask(self, group: FieldGroup) -> None:
        menu = QMenu(self)
        menu.addSection(self.tr("What for? It is noted."))
        for number, purpose in enumerate(Purpose, 1):
            menu.addAction(f"&{number}  {purpose_words(purpose)}").setData(purpose)
        menu.triggered.connect(partial(self._take, group))
        menu.popup(self.buttons[group].mapToGlobal(QPoint(0, self.buttons[group].height() + 2)))

    def _take(self, group: FieldGroup, action: QAction) -> None:
        purpose = Purpose(action.data())
        if purpose is not Purpose.OTHER:
            self.ask(group, purpose)
            return
        self._group = group
        self.note.clear()
        self.note.show()
        self.note.setFocus()

    @Slot()
    def _look_for_other(self) -> None:
        if self._group is not None:
            self.ask(self._group, Purpose.OTHER, self.note.text())

    def _show(self, person: str, found: Unmasked) -> None:
        if person != self._person:
            return
        self.note.hide()
        self.shown.show_facts([(self._name(name), _words(name, found.values), "text") for name in found.values])
        self._open.show()
        self._left = SECONDS_SHOWN
        self._say_left()
        self._second.start()
        if found.many:
            self._warning.say(self.tr("More than 30 looks within an hour: the county may ask about them."))
            self._warning.show()

    @Slot()
    def _tick(self) -> None:
        self._left -= 1
        self._say_left()
        if self._left <= 0:
            self.hide_values()

    def _say_left(self) -> None:
        self._clock.say(self.tr("hidden again in {seconds} s").format(seconds=self._left))

    def _name(self, field: str) -> str:
        return field_word("employees", field, window_language())


def _words(name: str, values: Mapping[str, str | int | None]) -> str | None:
    value = values[name]
    if value is None:
        return None
    return str(value_word(name, value, window_language())) if name in ("id_kind", "sex") else str(value)
