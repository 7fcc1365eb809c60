"""Choices kept in the workspace: letterhead texts, column mappings, the last grid used."""

from __future__ import annotations

from typing import Any

from desktop.models.device.local_tables import Setting
from desktop.models.device.unit_of_work import ReadSession, UnitOfWork


def setting(session: ReadSession | UnitOfWork, name: str, default: Any = None) -> Any:
    """The stored choice, or the default."""
    row = session.get(Setting, name)
    return default if row is None else row.value


def keep_setting(session: UnitOfWork, name: str, value: Any) -> None:
    """Store a choice in the caller's transaction."""
    session.merge(Setting(name=name, value=value))
