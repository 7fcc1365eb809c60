"""A field's value as people read it: codes by their words, days in the local way, structures line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.ui import wording
from desktop.ui.state_painting import state_word

_WORDS: dict[str, Callable[[str], str]] = {
    "result": state_word,
    "severity": wording.severity,
    "route": wording.route,
    "scale": wording.scale,
    "kind": wording.visit_kind,
}
_DAYS = frozenset({"registered_on", "resumed_on", "visited_on", "found_on", "due_on", "look_back_on", "closed_on"})
_MOMENTS = frozenset({"started_at", "completed_at", "answered_at", "taken_at", "issued_at"})


def value_words(table: str, field: str, value: Any) -> str:
    """The words for a value as JSON carries it."""
    if field == "deleted_at":
        return _deletion(value)
    if value is None or value == "":
        return QCoreApplication.translate("FieldValues", "(empty)")
    if field == "state":
        return {"findings": wording.finding_state, "letters": wording.letter_state}.get(table, str)(value)
    if field in _WORDS:
        return _WORDS[field](value)
    if field in _DAYS:
        return wording.day(value)
    if field in _MOMENTS:
        return wording.moment(value)
    return _plain(value)


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
