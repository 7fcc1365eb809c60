"""`zhuqi enterprises`: who is in the register."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from desktop.commands.argument_types import count
from desktop.models.desk.enterprise_register import (
    EnterpriseFilter,
    count_enterprises,
    enterprise_ids,
    enterprise_rows,
)
from desktop.models.device.workspace import Workspace

_BLOCK = 500


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--search", default="", metavar="Q")
    parser.add_argument("--grid", default=None, metavar="CODE")
    parser.add_argument("--limit", type=count, default=None, metavar="N")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """List the enterprises that match, by name."""
    wanted = EnterpriseFilter(search=chosen.search, grid=chosen.grid)
    with Workspace.open_to_read(chosen.workspace) as workspace, workspace.read() as session:
        total = count_enterprises(session, wanted)
        ids = enterprise_ids(session, wanted, limit=chosen.limit)
        rows = [row for at in range(0, len(ids), _BLOCK) for row in enterprise_rows(session, ids[at : at + _BLOCK])]
    if not chosen.json:
        for row in rows:
            print(f"{row.credit_code or '—':18}  {row.name}  {row.grid or ''}")
        print(f"{len(rows)} / {total}", file=sys.stderr)
    return {
        "enterprises": [
            {"id": row.id, "name": row.name, "credit_code": row.credit_code, "grid": row.grid} for row in rows
        ],
        "total": total,
    }
