"""`zhuqi export-unsent --out FILE.zip`: one's own unsent work, whatever state the workspace is in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.commands.wording import tell


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Write the file; the workspace is not opened for it."""
    from desktop.sync.unsent_export import export_unsent

    written = export_unsent(chosen.workspace, chosen.out)
    tell("unsent_exported", file=chosen.out, **written)
    return dict(written)
