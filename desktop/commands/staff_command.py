"""`zhuqi import-staff ENTERPRISE FILE`: an enterprise's own list of staff into its health files, names masked."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from desktop.commands.wording import tell
from desktop.models.desk.enterprise_register import find_enterprise
from desktop.models.desk.staffing import import_staff
from desktop.models.device.workspace import Workspace
from desktop.models.masks import masked_name
from desktop.models.roster_rows import deciding_field, reason
from desktop.settings import language


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("enterprise", metavar="ENTERPRISE")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Read, settle and store."""
    from desktop.documents.staff_reader import read_staff

    with Workspace.open(chosen.workspace) as workspace:
        enterprise = find_enterprise(workspace, chosen.enterprise)
        reading = read_staff(chosen.file)
        done = import_staff(workspace, enterprise.id, reading, today=date.today(), dry_run=chosen.dry_run)
    summary = done.summary()
    tell("staff_tried" if chosen.dry_run else "staff_imported", **summary)
    spoken = "en" if language() == "en" else "zh"
    rows = [
        {
            "sheet": each.row.sheet,
            "row": each.row.row,
            "status": each.status,
            "name": masked_name(each.row.fields.name),
            "field": deciding_field(each.issues),
            "reason": reason(each.issues, spoken),  # type: ignore[arg-type]
        }
        for each in done.decisions
    ]
    return {**summary, "rows": rows}
