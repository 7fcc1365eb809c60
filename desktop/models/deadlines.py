"""Deadlines of findings: until when something is to be put right, when it is looked at again, when it is overdue."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.models.rule_book import RuleBook
from desktop.models.vocabulary import FindingState, Route, Severity

SETTLED = frozenset({FindingState.CLOSED, FindingState.VOID})
"""States in which nothing is to be done any more."""


def due_on(book: RuleBook, route: Route, severity: Severity, on: date) -> date:
    """The last day to put something right that was given its route on this day."""
    days: dict[str, int] = book.rule(f"due_days_{route}", on).value
    return on + timedelta(days=days[severity])


def look_back_after(book: RuleBook, due: date) -> date:
    """The day to look back on a finding that is due."""
    return due + timedelta(days=book.number("look_back_after_due_days", due))


def checked_again_by(book: RuleBook, closed_on: date) -> date:
    """The last day on which a finding closed on this day is looked at once more."""
    return closed_on + timedelta(days=book.number("check_again_days", closed_on))


def may_extend(book: RuleBook, extensions: int, on: date) -> bool:
    """Whether a deadline that was put off so often may be put off again."""
    return extensions < book.number("most_extensions", on)


def days_overdue(state: FindingState, due: date | None, today: date) -> int:
    """How many days the deadline has passed; 0 while it has not, or when nothing is to be done."""
    return 0 if due is None or state in SETTLED else max(0, (today - due).days)
