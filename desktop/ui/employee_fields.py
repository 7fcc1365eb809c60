"""The fields of one file, each saved when it is left. Masked ones show their mask and take a new value only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from desktop.models.desk.employee_file import EmployeeFile
from desktop.models.health_terms import (
    ContactCase,
    Employment,
    HealthCode,
    Housing,
    IdKind,
    ReturnStatus,
    TransportMode,
)
from desktop.models.record_words import field_word
from desktop.models.value_words import value_word
from desktop.ui.cards import Text
from desktop.ui.day_field import DayField
from desktop.ui.look import Look
from desktop.ui.notices import window_language

_CHOICES: dict[str, tuple[str, type]] = {
    "return_status": ("return_status", ReturnStatus),
    "employment": ("employment", Employment),
    "housing": ("housing", Housing),
    "transport": ("transport", TransportMode),
    "health_code": ("health_code", HealthCode),
    "contact_case": ("contact_case", ContactCase),
    "id_kind": ("id_kind", IdKind),
}
_DAYS = ("arrived_on", "health_code_on")
_ORDER = (
    "return_status", "department", "team", "post", "key_post", "employment", "housing", "dormitory_room", "arrived_on",
    "origin", "transport", "transport_detail", "health_code", "health_code_on", "contact_case", "remark",
    "name", "id_kind", "id_number", "phone", "emergency_contact", "vulnerable",
)  # fmt: skip
_LIMITS = {"origin": 120, "transport_detail": 60, "remark": 500, "emergency_contact": 120, "id_number": 40, "phone": 40}
_MASKED = frozenset({"name", "id_number", "phone", "emergency_contact", "vulnerable"})
_REQUIRED = frozenset({"return_status"})


class EmployeeFields(QWidget):
    """The form.

    Signals:
        changed(dict): fields a person set.
    """

    changed = Signal(dict)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._file: EmployeeFile | None = None
        self._last: QWidget | None = None
        self.fields: dict[str, QWidget] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(4))
        grid.setColumnMinimumWidth(0, look.px(92))
        grid.setColumnStretch(1, 1)
        spoken = window_language()
        row = 0
        for name in _ORDER:
            if name == "name":
                grid.addWidget(Text(look, self.tr("Correct masked data (type the new value)"), tone="muted", wrap=True),
                               row, 0, 1, 2)  # fmt: skip
                row += 1
            words = field_word("employees", name, spoken)
            field = self._made(name, words)
            self.fields[name] = field
            label = Text(look, words, tone="muted", wrap=True)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
            row += 1

    def show_file(self, file: EmployeeFile) -> None:
        """Show what the file says; a field being typed in is left alone."""
        self._file = file
        for name, field in self.fields.items():
            if field.hasFocus() and isinstance(field, QLineEdit) and field.isModified():
                continue
            value = file.id_kind if name == "id_kind" else file.facts.get(name)
            _restyled(field, "")
            if isinstance(field, QComboBox):
                field.blockSignals(True)
                field.setCurrentIndex(max(0, field.findData(value or "")))
                field.blockSignals(False)
            elif isinstance(field, DayField):
                field.show_day(date.fromisoformat(value) if value else None)
            elif isinstance(field, QLineEdit):
                field.setText("" if name in _MASKED else str(value or ""))
                field.setModified(False)
                if name in _MASKED:
                    field.setPlaceholderText(_mask(file, name))

    def complain(self) -> None:
        """Mark the field that was refused last."""
        if self._last is not None:
            _restyled(self._last, "fail")

    def _made(self, name: str, words: str) -> QWidget:
        if name in _CHOICES:
            kind, terms = _CHOICES[name]
            box = QComboBox()
            if name not in _REQUIRED:
                box.addItem("—", "")
            for term in terms:  # type: ignore[attr-defined]
                box.addItem(str(value_word(kind, str(term), window_language())), str(term))
            box.activated.connect(lambda _index: self._set(name, box.currentData() or None))
            box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
            box.setAccessibleName(words)
            return box
        if name in _DAYS:
            day = DayField(self._look, words, optional=True)
            day.editingFinished.connect(lambda: self._set(name, day.day.isoformat() if day.day else None))
            return day
        line = QLineEdit()
        line.setMaxLength(_LIMITS.get(name, 80))
        line.setAccessibleName(words)
        line.editingFinished.connect(partial(self._typed, name, line))
        return line

    def _typed(self, name: str, line: QLineEdit) -> None:
        if line.isModified() and (line.text().strip() or name not in _MASKED):
            line.setModified(False)
            self._set(name, line.text().strip() or None)

    def _set(self, name: str, value: Any) -> None:
        file = self._file
        if file is None or (name not in _MASKED and value == (file.id_kind if name == "id_kind" else file.facts[name])):
            return
        self._last = self.fields[name]
        facts = {name: value}
        if name == "id_number" and file.id_kind:
            facts["id_kind"] = file.id_kind
        self.changed.emit(facts)


def _restyled(field: QWidget, state: str) -> None:
    if (field.property("state") or "") != state:
        field.setProperty("state", state)
        field.style().unpolish(field)
        field.style().polish(field)


def _mask(file: EmployeeFile, name: str) -> str:
    masks: dict[str, Callable[[], str]] = {
        "name": lambda: file.name,
        "id_number": lambda: file.number,
        "phone": lambda: file.phone,
        "emergency_contact": lambda: "***" if file.has_contact else "",
        "vulnerable": lambda: "***" if file.has_condition else "",
    }
    return masks[name]()
