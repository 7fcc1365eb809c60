"""What the pages are called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def page_title(name: str) -> str:
    """A page's name in the language of the window."""
    return {
        "today": QCoreApplication.translate("Pages", "Today"),
        "enterprises": QCoreApplication.translate("Pages", "Enterprises"),
        "visits": QCoreApplication.translate("Pages", "Visits"),
        "findings": QCoreApplication.translate("Pages", "Findings"),
        "isolation": QCoreApplication.translate("Pages", "Isolation, disinfection"),
        "health": QCoreApplication.translate("Pages", "Health files"),
        "letters": QCoreApplication.translate("Pages", "Documents"),
        "journal": QCoreApplication.translate("Pages", "Journal, report"),
        "handbook": QCoreApplication.translate("Pages", "Handbook"),
        "sync": QCoreApplication.translate("Pages", "Sync"),
        "settings": QCoreApplication.translate("Pages", "Settings"),
    }[name]
