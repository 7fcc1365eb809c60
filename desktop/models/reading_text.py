"""What people type or paste for a reading: 36.5, 365, ３６．５℃, or why there is none (缺：请假). Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from desktop.models.problems import UserProblem

_DEGREES = re.compile(r"(\d{2})(?:\.(\d))?0?(?:℃|°C|C|度)?", re.IGNORECASE).fullmatch
_WITHOUT_POINT = re.compile(r"([34]\d)(\d)").fullmatch
_ABSENT = re.compile(r"(?:缺勤?|未测|请假|absent|a)(?:$|[:：,，\s]+(.*))", re.IGNORECASE).fullmatch
_NOTHING = {"", "-", "--", "—", "·", "/", "无"}
MOST_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class TypedReading:
    """A temperature in ℃, or why there is none; both None: nothing stands there."""

    temperature_c: float | None = None
    absent_reason: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return self.temperature_c is None and self.absent_reason is None


def typed_reading(text: str) -> TypedReading:
    """The reading in a text.

    Raises:
        UserProblem: `health_reading_unreadable`.
    """
    written = unicodedata.normalize("NFKC", text).strip().replace("。", ".").replace("°C", "℃")
    if written in _NOTHING:
        return TypedReading()
    bare = written.replace(" ", "")
    if found := _WITHOUT_POINT(bare):
        return TypedReading(float(f"{found[1]}.{found[2]}"))
    if found := _DEGREES(bare):
        return TypedReading(float(f"{found[1]}.{found[2] or 0}"))
    if found := _ABSENT(written):
        reason = (found[1] or "").strip() or (written if len(written) > 1 else "缺")
        return TypedReading(absent_reason=reason[:MOST_CHARACTERS])
    raise UserProblem("health_reading_unreadable", text=written[:20])
