"""A field's value as people read it: codes by their words, days in the local way, structures line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.models.masks import ADDRESS_HIDDEN, masked_id, masked_name, masked_phone
from desktop.models.value_words import value_word
from desktop.ui import wording
from desktop.ui.notices import window_language
from desktop.ui.state_painting import state_word

_WORDS: dict[str, Callable[[str], str]] = {
    "result": state_word,
    "severity": wording.severity,
    "route": wording.route,
    "scale": wording.scale,
    "kind": wording.visit_kind,
}
_MASKS: dict[str, Callable[[str], str]] = {
    "name": masked_name,
    "id_number": masked_id,
    "phone": masked_phone,
    "emergency_contact": lambda _value: ADDRESS_HIDDEN,
    "vulnerable": lambda _value: ADDRESS_HIDDEN,
}
_PERSONAL_CODES = frozenset(
    {"id_kind", "sex", "employment", "housing", "return_status", "transport", "health_code", "contact_case"}
)
_PERSONAL_DAYS = frozenset({"arrived_on", "health_code_on", "left_on"})
_DAYS = frozenset({"registered_on", "resumed_on", "visited_on", "found_on", "due_on", "look_back_on", "closed_on"})
_MOMENTS = frozenset({"started_at", "completed_at", "answered_at", "taken_at", "issued_at"})


def value_words(table: str, field: str, value: Any) -> str:
    """The words for a value as JSON carries it."""
    if field == "deleted_at":
        return _deletion(value)
    if value is None or value == "":
        return QCoreApplication.translate("FieldValues", "(empty)")
    if table == "employees" and isinstance(value, str):
        return _of_a_person(field, value)
    if field == "state":
        return {"findings": wording.finding_state, "letters": wording.letter_state}.get(table, str)(value)
    if field in _WORDS:
        return _WORDS[field](value)
    if field in _DAYS:
        return wording.day(value)
    if field in _MOMENTS:
        return wording.moment(value)
    return _plain(value)


def _of_a_person(field: str, value: str) -> str:
    """Personal data is masked outside the health file (SEC-80); codes by their words."""
    if field in _MASKS:
        return _MASKS[field](value)
    if field in _PERSONAL_CODES:
        return str(value_word(field, value, window_language()))
    return wording.day(value) if field in _PERSONAL_DAYS else value


def editable(value: Any, other: Any) -> bool:
    """Whether a third value can be typed in: texts and whole numbers."""
    return all(each is None or (isinstance(each, str | int) and not isinstance(each, bool)) for each in (value, other))


def _deletion(value: Any) -> str:
    if value is None:
        return QCoreApplication.translate("FieldValues", "keep the record")
    return QCoreApplication.translate("FieldValues", "delete the record")


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        yes, no = QCoreApplication.translate("FieldValues", "yes"), QCoreApplication.translate("FieldValues", "no")
        return yes if value else no
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_plain(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "\n".join(_plain(inner) for inner in value)
    return str(value)
