"""`zhuqi enrol` and `zhuqi sync`."""

from __future__ import annotations

import argparse
import os
from typing import Any

from desktop.commands.wording import tell
from desktop.models.desk.workspace_health import status
from desktop.models.device.workspace import Workspace


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    if name == "enrol":
        parser.add_argument("--server", required=True, metavar="URL")
        parser.add_argument("--code", default=None, metavar="CODE", help="or ZHUQI_ENROL_CODE")
        parser.add_argument("--adopt-into", default=None, metavar="GRID")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Run the chosen command."""
    with Workspace.open(chosen.workspace) as workspace:
        if chosen.command == "enrol":
            from desktop.sync.enrolment import enrol

            code = chosen.code or os.environ.get("ZHUQI_ENROL_CODE", "")
            made = enrol(workspace, chosen.server, code, adopt_into=chosen.adopt_into)
            tell(
                "enrolled",
                officer=workspace.enrolment.officer_name if workspace.enrolment else made["officer"],
                grids=", ".join(map(str, made["grids"])),
            )
            unadopted = status(workspace)["unadopted"]
            if unadopted:
                tell("adopt_hint", unadopted=unadopted)
            return made
        from desktop.sync.sync_run import run_sync

        receipt = run_sync(workspace)
        tell("synced", pushed=receipt["pushed"], pulled=receipt["pulled"])
        found = status(workspace)
        if found["held"] or found["rejected"] or found["conflicts"]:
            tell("not_taken", **found)
        return receipt
