"""Words for stored codes, days and counts, in the language of the window. Nothing here decides anything.

day("2020-02-27")         "2月27日" / "27 Feb"; with the year when it is not this one
near_day("2020-02-27")    "昨天" where that is so; put `day` into the tooltip then
moment("2020-02-27T09:52:00.000Z")    "17:52" today, "2月27日 17:52" on other days
"""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.models.vocabulary import FindingState, LetterState, Role, Route, Scale, Severity, VisitKind

NONE = "—"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def count(number: int | None) -> str:
    """A count with thousands separators, "—" without one."""
    return NONE if number is None else QLocale().toString(number)


def day(stored: str | None, today: date | None = None) -> str:
    """A stored local day as people write it."""
    if not stored:
        return NONE
    meant, now = date.fromisoformat(stored[:10]), today or date.today()
    if QLocale().language() == QLocale.Language.Chinese:
        year = f"{meant.year}年" if meant.year != now.year else ""
        return f"{year}{meant.month}月{meant.day}日"
    year = f" {meant.year}" if meant.year != now.year else ""
    return f"{meant.day} {_MONTHS[meant.month - 1]}{year}"


def near_day(stored: str | None, today: date | None = None) -> str:
    """The same, but today, yesterday and tomorrow by name."""
    if not stored:
        return NONE
    match (date.fromisoformat(stored[:10]) - (today or date.today())).days:
        case 0:
            return QCoreApplication.translate("Wording", "today")
        case -1:
            return QCoreApplication.translate("Wording", "yesterday")
        case 1:
            return QCoreApplication.translate("Wording", "tomorrow")
    return day(stored, today)


def moment(stored: str | None, today: date | None = None) -> str:
    """A stored UTC moment by the wall clock: only the time when it is today's, else with its day."""
    if not stored:
        return NONE
    local = datetime.fromisoformat(stored).astimezone()
    clock = local.strftime("%H:%M")
    return clock if local.date() == (today or date.today()) else f"{day(local.date().isoformat(), today)} {clock}"


def days_since(stored: str | None, today: date | None = None) -> int | None:
    """Whole days from a stored local day to today; None without one."""
    return ((today or date.today()) - date.fromisoformat(stored[:10])).days if stored else None


def percent(part: int | None, whole: int | None) -> str:
    """A rate with one decimal, half up, "—" when there is nothing to divide by. Source: daily report rules."""
    from desktop.models.scoring import rate

    found = rate(part, whole) if part is not None and whole else None
    return NONE if found is None else f"{found}%"


def scale(code: str | None) -> str:
    """Size class of an enterprise."""
    match code:
        case Scale.ABOVE_SIZE:
            return QCoreApplication.translate("Wording", "Large")
        case Scale.SMALL_MICRO:
            return QCoreApplication.translate("Wording", "Small")
    return ""


def grid(code: str | None) -> str | None:
    """A grid's code; the grid that holds work from before enrolment has no name people know."""
    from desktop.models.desk.grids import LOCAL_CODE

    return QCoreApplication.translate("Wording", "not assigned yet") if code == LOCAL_CODE else code


def visit_kind(code: str) -> str:
    """Why the officer came."""
    return {
        VisitKind.ROUTINE: QCoreApplication.translate("Wording", "Routine"),
        VisitKind.FIRST_CONTACT: QCoreApplication.translate("Wording", "First contact"),
        VisitKind.LOOK_BACK: QCoreApplication.translate("Wording", "Look-back"),
        VisitKind.REMOTE: QCoreApplication.translate("Wording", "Remote"),
    }.get(VisitKind(code), code)


def role(code: str) -> str:
    """A post of the service."""
    words: dict[str, str] = {
        Role.GRID_INSTRUCTOR: QCoreApplication.translate("Wording", "Health instructor of a grid"),
        Role.SERVICE_OFFICER: QCoreApplication.translate("Wording", "Service officer"),
        Role.COUNTY_ADMIN: QCoreApplication.translate("Wording", "Administrator of the county"),
        Role.CITY_ADMIN: QCoreApplication.translate("Wording", "Administrator of the city"),
        Role.CDC_EXPERT: QCoreApplication.translate("Wording", "Expert of disease control"),
        Role.ENTERPRISE_CONTACT: QCoreApplication.translate("Wording", "Contact of an enterprise"),
        Role.SYSTEM_ADMIN: QCoreApplication.translate("Wording", "Administrator of the system"),
        Role.AUDITOR: QCoreApplication.translate("Wording", "Auditor"),
    }
    return words.get(code, code)


def severity(code: str) -> str:
    """How much a finding matters."""
    return {
        Severity.HIGH: QCoreApplication.translate("Wording", "High"),
        Severity.MEDIUM: QCoreApplication.translate("Wording", "Medium"),
        Severity.LOW: QCoreApplication.translate("Wording", "Low"),
    }[Severity(code)]


def severity_look(code: str) -> tuple[str, str]:
    """Tone and icon of a severity."""
    return {
        Severity.HIGH: ("fail", "triangle-alert"),
        Severity.MEDIUM: ("partial", "circle-alert"),
        Severity.LOW: ("na", "arrow-down"),
    }[Severity(code)]


def route(code: str) -> str:
    """Who handles a finding."""
    return {
        Route.ON_SITE: QCoreApplication.translate("Wording", "On the spot"),
        Route.HEALTH_DEPT: QCoreApplication.translate("Wording", "Health department"),
        Route.CROSS_DEPT: QCoreApplication.translate("Wording", "Several departments"),
        Route.CITY_PLUS: QCoreApplication.translate("Wording", "City and above"),
    }[Route(code)]


def route_icon(code: str) -> str:
    """The icon of a route."""
    return {
        Route.ON_SITE: "circle-check",
        Route.HEALTH_DEPT: "shield-check",
        Route.CROSS_DEPT: "network",
        Route.CITY_PLUS: "landmark",
    }[Route(code)]


def finding_state(code: str) -> str:
    """Where a finding stands in the closed loop."""
    return {
        FindingState.LOGGED: QCoreApplication.translate("Wording", "Logged"),
        FindingState.TRIAGED: QCoreApplication.translate("Wording", "Triaged"),
        FindingState.ASSIGNED: QCoreApplication.translate("Wording", "Assigned"),
        FindingState.RECTIFYING: QCoreApplication.translate("Wording", "Being rectified"),
        FindingState.REVIEW_DUE: QCoreApplication.translate("Wording", "Review due"),
        FindingState.CLOSED: QCoreApplication.translate("Wording", "Closed"),
        FindingState.REOPENED: QCoreApplication.translate("Wording", "Reopened"),
        FindingState.ESCALATED: QCoreApplication.translate("Wording", "Escalated"),
        FindingState.SUSPENDED: QCoreApplication.translate("Wording", "Suspended"),
        FindingState.VOID: QCoreApplication.translate("Wording", "Void"),
    }[FindingState(code)]


def letter_state(code: str) -> str:
    """Where a letter stands."""
    return {
        LetterState.DRAFT: QCoreApplication.translate("Wording", "Draft"),
        LetterState.ISSUED: QCoreApplication.translate("Wording", "Issued"),
        LetterState.VOID: QCoreApplication.translate("Wording", "Void"),
    }[LetterState(code)]


def due(stored: str | None, today: date | None = None) -> tuple[str, str]:
    """A deadline in words, and the colour role of its urgency."""
    passed = days_since(stored, today)
    if passed is None:
        return "", "muted"
    if passed > 0:
        words = QCoreApplication.translate("Wording", "overdue %n day(s)", "", passed)
        return words, "fail-fg"
    if passed == 0:
        return QCoreApplication.translate("Wording", "due today"), "partial-fg"
    return near_day(stored, today), "muted"
