"""`zhuqi bundle export` and `zhuqi bundle receipt`: to the centre and back on a stick, where there is no network."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop import settings
from desktop.commands.wording import tell
from desktop.models.device.workspace import Workspace
from desktop.models.problems import Language, UserProblem


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("step", choices=("export", "receipt"))
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
    parser.add_argument("--out", type=Path, metavar="FILE")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Run the chosen step."""
    if chosen.step == "export":
        out = _named(chosen.out, "export --out FILE")
        with Workspace.open(chosen.workspace) as workspace:
            return export(workspace, out)
    file = _named(chosen.file, "receipt FILE")
    with Workspace.open(chosen.workspace) as workspace:
        return read_receipt(workspace, file)


def export(workspace: Workspace, out: Path) -> dict[str, Any]:
    """Write what waits into a bundle."""
    from desktop.sync.bundle_export import export_bundle

    made = export_bundle(workspace, out)
    tell("bundle_exported", operations=made.operations, attachments=made.attachments, file=made.file)
    if made.operations_left or made.attachments_left:
        tell("bundle_left", operations=made.operations_left, attachments=made.attachments_left)
    return {
        "operations": made.operations,
        "attachments": made.attachments,
        "operations_left": made.operations_left,
        "attachments_left": made.attachments_left,
        "sequence": made.sequence,
        "file": str(made.file),
    }


def read_receipt(workspace: Workspace, file: Path) -> dict[str, Any]:
    """Take the centre's answers over."""
    from desktop.sync.bundle_receipt import read_bundle_receipt

    receipt = read_bundle_receipt(workspace, file)
    bundle = receipt["bundle"]
    if bundle["code"]:
        tell("bundle_put_aside", sequence=bundle["sequence"], reason=UserProblem(bundle["code"]).sentence(_language()))
    else:
        tell("bundle_answered", sequence=bundle["sequence"], operations=len(receipt["results"]))
    return receipt


def _language() -> Language:
    return "en" if settings.language() == "en" else "zh"


def _named(file: Path | None, usage: str) -> Path:
    if file is None:
        raise UserProblem("usage", detail="FILE", usage=f"zhuqi bundle {usage}")
    return file
