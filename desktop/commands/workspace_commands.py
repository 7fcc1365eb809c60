"""`zhuqi init`, `zhuqi status`, `zhuqi check`."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from desktop.commands.wording import say, tell
from desktop.models.desk.workspace_health import check, status
from desktop.models.device.workspace import Workspace


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    if name == "init":
        parser.add_argument("--plain", action="store_true")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Run the chosen command."""
    match chosen.command:
        case "init":
            with Workspace.create(chosen.workspace) as workspace:
                tell("made_workspace", folder=chosen.workspace)
                if not chosen.plain:
                    tell("not_encrypted_yet")
                return {"workspace": str(chosen.workspace), "device": workspace.device.id}
        case "status":
            with Workspace.open_to_read(chosen.workspace) as workspace:
                found = status(workspace)
                tell("status", **{**found, "last_sync": _local(found["last_sync"]) or say("never")})
                return found
        case _:
            with Workspace.open_to_read(chosen.workspace) as workspace:
                found = check(workspace)
                tell("check_ok" if found["ok"] else "check_failed", **found)
                return found


def _local(moment: str | None) -> str:
    """A stored UTC moment by the wall clock here."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}" if moment else ""
