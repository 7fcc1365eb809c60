"""Words for what a roster says: the fields a column may be read into, and what becomes of a row."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.roster_rows import FIELD_NAMES, RowStatus

SHAPES = {
    RowStatus.OK: "pass",
    RowStatus.WARN: "partial",
    RowStatus.DUPLICATE: "na",
    RowStatus.CONFLICT: "partial",
    RowStatus.ASK: "partial",
    RowStatus.REJECT: "fail",
}
"""The state shape each row status is painted with; the word stands beside it."""
ORDER = (RowStatus.REJECT, RowStatus.CONFLICT, RowStatus.ASK, RowStatus.WARN, RowStatus.DUPLICATE, RowStatus.OK)
"""Worst first."""


def field_choices() -> tuple[str, ...]:
    """The codes a column may be read into; "" is not imported, "contact" is name and phone in one cell."""
    return ("", *FIELD_NAMES, "contact")


def field_word(code: str) -> str:
    """The word for a field."""
    tr = QCoreApplication.translate
    return {
        "": tr("RosterField", "not imported"),
        "name": tr("RosterField", "Enterprise name"),
        "credit_code": tr("RosterField", "Credit code"),
        "address": tr("RosterField", "Address"),
        "township": tr("RosterField", "Township"),
        "county": tr("RosterField", "County"),
        "industry": tr("RosterField", "Industry"),
        "scale": tr("RosterField", "Size"),
        "capital": tr("RosterField", "Capital"),
        "registered_on": tr("RosterField", "Registered on"),
        "resumed_on": tr("RosterField", "Resumed on"),
        "staff_due": tr("RosterField", "Staff due"),
        "staff_on_duty": tr("RosterField", "Staff on duty"),
        "contact_name": tr("RosterField", "Contact"),
        "contact_phone": tr("RosterField", "Phone"),
        "grid_code": tr("RosterField", "Grid"),
        "longitude": tr("RosterField", "Longitude"),
        "latitude": tr("RosterField", "Latitude"),
        "remark": tr("RosterField", "Remark"),
        "contact": tr("RosterField", "Contact and phone"),
    }[code]


def status_word(status: RowStatus) -> str:
    """What becomes of a row."""
    tr = QCoreApplication.translate
    return {
        RowStatus.OK: tr("RosterStatus", "Good"),
        RowStatus.WARN: tr("RosterStatus", "Remark"),
        RowStatus.DUPLICATE: tr("RosterStatus", "Duplicate"),
        RowStatus.CONFLICT: tr("RosterStatus", "Conflict"),
        RowStatus.ASK: tr("RosterStatus", "Please decide"),
        RowStatus.REJECT: tr("RosterStatus", "Rejected"),
    }[status]
