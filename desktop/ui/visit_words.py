"""What the head of a visit and its toasts say."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt

from desktop.models.desk.visit_sheet import VisitSheet
from desktop.models.vocabulary import VisitState
from desktop.ui import wording
from desktop.ui.state_painting import state_word

_LONGEST_MINUTES = 600
"""Beyond this a visit was left open rather than being under way."""

POINT_KEYS = {
    Qt.Key.Key_1: "1", Qt.Key.Key_Exclam: "1", Qt.Key.Key_2: "2", Qt.Key.Key_At: "2",
    Qt.Key.Key_3: "3", Qt.Key.Key_NumberSign: "3", Qt.Key.Key_4: "4", Qt.Key.Key_Dollar: "4",
}  # fmt: skip
"""Keys of the check points, pressed with Shift: by the key, as the sign it types differs with the keyboard."""


def visit_note(sheet: VisitSheet) -> str:
    """Kind, day unless it is today, when it began, and how long it has been going on."""
    begun = datetime.fromisoformat(sheet.started_at).astimezone()
    parts = [wording.visit_kind(sheet.kind)]
    if sheet.visited_on != datetime.now().date().isoformat():
        parts.append(wording.day(sheet.visited_on))
    parts.append(begun.strftime("%H:%M"))
    minutes = int((datetime.now(UTC) - begun).total_seconds() // 60)
    if sheet.state == VisitState.OPEN and minutes < _LONGEST_MINUTES:
        parts.append(QCoreApplication.translate("VisitWords", "{minutes} min").format(minutes=minutes))
    return " · ".join(parts)


def act_words(act: str, measure: str, result: str | None) -> str:
    """What the toast says of an act; writing text has its own undo and needs no word."""
    match act:
        case "answer":
            return f"{measure}: {state_word(result)}"
        case "finding":
            return QCoreApplication.translate("VisitWords", "{measure}: finding changed").format(measure=measure)
        case "photo_removed":
            return QCoreApplication.translate("VisitWords", "{measure}: photo removed").format(measure=measure)
        case "photo_added":
            return QCoreApplication.translate("VisitWords", "{measure}: photo added").format(measure=measure)
    return ""
