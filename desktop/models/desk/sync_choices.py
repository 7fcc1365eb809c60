"""What an officer chose about syncing, kept on this device."""

from __future__ import annotations

from desktop.models.device.local_tables import Setting
from desktop.models.device.workspace import Workspace

_AUTOMATIC = "sync.automatic"


def auto_sync(workspace: Workspace) -> bool:
    """Whether to sync by itself when a connection appears; off until it is chosen."""
    with workspace.read() as session:
        row = session.get(Setting, _AUTOMATIC)
        return bool(row is not None and row.value)


def keep_auto_sync(workspace: Workspace, on: bool) -> None:
    """Keep the choice."""
    with workspace.write() as session:
        session.merge(Setting(name=_AUTOMATIC, value=on))
