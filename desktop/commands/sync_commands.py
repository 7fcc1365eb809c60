"""`zhuqi enrol` and `zhuqi sync`."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import Any

from desktop.commands.wording import say, tell
from desktop.models.desk.grids import known_grids
from desktop.models.desk.workspace_health import status
from desktop.models.device.local_tables import Enrolment
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    if name == "enrol":
        parser.add_argument("--server", default=None, metavar="URL")
        parser.add_argument("--code", default=None, metavar="CODE")
        parser.add_argument("--ticket", type=Path, default=None, metavar="FILE")
        parser.add_argument("--adopt-into", default=None, metavar="GRID")
        parser.add_argument("--ca", type=Path, default=None, metavar="FILE")
    else:
        parser.add_argument("--accept-removals", action="store_true")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Run the chosen command."""
    with Workspace.open(chosen.workspace) as workspace:
        if chosen.command == "enrol":
            from desktop.sync.token_keeper import KEY_STORE, NOWHERE

            code = chosen.code or os.environ.get("ZHUQI_ENROL_CODE", "")
            if workspace.enrolment is not None and chosen.adopt_into and not code and chosen.ticket is None:
                return _adopt(workspace, workspace.enrolment, chosen.adopt_into)
            made = _enrol(workspace, chosen, code)
            kept = workspace.enrolment
            tell(
                "enrolled",
                officer=kept.officer_name if kept else made["officer"],
                grids=", ".join(map(str, made["grids"])),
            )
            if kept and kept.token_place != NOWHERE:
                tell("token_in_key_store" if kept.token_place == KEY_STORE else "token_in_workspace")
            unadopted = status(workspace)["unadopted"]
            if unadopted:
                tell("adopt_hint", unadopted=unadopted)
            return made
        from desktop.sync.sync_run import run_sync

        receipt = run_sync(workspace, accept_removals=chosen.accept_removals)
        tell("synced", pushed=receipt["pushed"], pulled=receipt["pulled"])
        found = status(workspace)
        if found["held"] or found["rejected"] or found["conflicts"]:
            tell("not_taken", **found)
        return receipt


def _enrol(workspace: Workspace, chosen: argparse.Namespace, code: str) -> dict[str, Any]:
    """By a ticket, or over the network with a code."""
    if chosen.ticket is not None:
        from desktop.sync.ticket_enrolment import enrol_by_ticket

        return enrol_by_ticket(workspace, chosen.ticket, chosen.adopt_into)
    from desktop.sync.enrolment import enrol

    if chosen.server is None:
        raise UserProblem("usage", detail="--server URL", usage="zhuqi enrol --server URL --code CODE")
    if not code and sys.stdin is not None and sys.stdin.isatty():
        code = getpass.getpass(say("ask_code"), stream=sys.stderr)
    return enrol(workspace, chosen.server, code, adopt_into=chosen.adopt_into, ca_file=chosen.ca)


def _adopt(workspace: Workspace, enrolment: Enrolment, code: str) -> dict[str, Any]:
    """Hand work of before the enrolment over to a grid of the officer; an enrolled device needs no code for it."""
    from desktop.sync.enrolment import adopt_local_work

    tell("adopted", moved=adopt_local_work(workspace, code), grid=code)
    local = workspace.device.local_grid_id
    grids = [grid.code for grid in known_grids(workspace) if grid.id != local]
    return {"officer": enrolment.officer_id, "device": workspace.device.id, "grids": grids}
