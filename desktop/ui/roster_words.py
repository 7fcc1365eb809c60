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
    translate = QCoreApplication.translate
    return {
        "": translate("RosterField", "not imported"),
        "name": translate("RosterField", "Enterprise name"),
        "credit_code": translate("RosterField", "Credit code"),
        "address": translate("RosterField", "Address"),
        "township": translate("RosterField", "Township"),
        "county": translate("RosterField", "County"),
        "industry": translate("RosterField", "Industry"),
        "scale": translate("RosterField", "Size"),
        "capital": translate("RosterField", "Capital"),
        "registered_on": translate("RosterField", "Registered on"),
        "resumed_on": translate("RosterField", "Resumed on"),
        "staff_due": translate("RosterField", "Staff due"),
        "staff_on_duty": translate("RosterField", "Staff on duty"),
        "contact_name": translate("RosterField", "Contact"),
        "contact_phone": translate("RosterField", "Phone"),
        "grid_code": translate("RosterField", "Grid"),
        "longitude": translate("RosterField", "Longitude"),
        "latitude": translate("RosterField", "Latitude"),
        "remark": translate("RosterField", "Remark"),
        "contact": translate("RosterField", "Contact and phone"),
    }[code]


def status_word(status: RowStatus) -> str:
    """What becomes of a row."""
    translate = QCoreApplication.translate
    return {
        RowStatus.OK: translate("RosterStatus", "Good"),
        RowStatus.WARN: translate("RosterStatus", "Remark"),
        RowStatus.DUPLICATE: translate("RosterStatus", "Duplicate"),
        RowStatus.CONFLICT: translate("RosterStatus", "Conflict"),
        RowStatus.ASK: translate("RosterStatus", "Please decide"),
        RowStatus.REJECT: translate("RosterStatus", "Rejected"),
    }[status]
