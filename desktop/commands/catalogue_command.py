"""`zhuqi catalogue export` and `zhuqi catalogue import`: how an authority replaces the measure set."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from desktop import settings
from desktop.commands.argument_types import output_file
from desktop.documents.catalogue_workbook import CatalogueWorkbookProblem, export_catalogue, read_catalogue
from desktop.models.catalogue import bundled, load_measure_set
from desktop.models.desk.checklists import current_set, shelf
from desktop.models.device.workspace import Workspace
from desktop.models.measure_set import MeasureSet
from desktop.models.problems import Language, UserProblem


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("action", choices=("export", "import"))
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
    parser.add_argument("--out", type=output_file, metavar="FILE.xlsx")
    parser.add_argument("--bundled", action="store_true")
    parser.add_argument("--dry-run", action="store_true")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Run the chosen action."""
    try:
        if chosen.action == "export":
            out = _named(chosen.out, "export --out FILE.xlsx")
            found = export(out, None if chosen.bundled else chosen.workspace)
        else:
            file = _named(chosen.file, "import FILE.xlsx [--dry-run]")
            found = import_(file, None if chosen.dry_run else chosen.workspace)
    except CatalogueWorkbookProblem as problem:
        language: Language = "en" if settings.language() == "en" else "zh"
        for error in problem.errors[1:]:  # the first is told where the problem is caught
            print(error.sentence(language), file=sys.stderr)
        raise
    if not chosen.json:
        print(f"{found['set']}@{found['version']}  {found['measures']}  {found.get('file', '')}".rstrip())
    return found


def _named(file: Path | None, usage: str) -> Path:
    if file is None:
        raise UserProblem("usage", detail="FILE", usage=f"zhuqi catalogue {usage}")
    return file


def export(out: Path, workspace: Path | None) -> dict[str, Any]:
    """Write the set in force in the workspace as a workbook; without a workspace, the set of the program."""
    measure_set = bundled()
    if workspace is not None:
        with Workspace.open_to_read(workspace) as opened:
            measure_set = current_set(opened)
    export_catalogue(measure_set, out)
    return {**summary(measure_set), "file": str(out)}


def import_(file: Path, workspace: Path | None) -> dict[str, Any]:
    """Keep the set a workbook or JSON file holds, for visits from its first day on; without a workspace only check it.

    Raises:
        CatalogueWorkbookProblem: every error of the workbook; nothing was kept.
        CatalogueProblem: every fault of the JSON file.
    """
    measure_set = load_measure_set(file) if file.suffix.lower() == ".json" else read_catalogue(file)
    if workspace is None:
        return {**summary(measure_set), "installed": False, "dry_run": True}
    with Workspace.open(workspace) as opened:
        installed = shelf(opened).install(measure_set)
    return {**summary(measure_set), "installed": installed, "dry_run": False}


def summary(measure_set: MeasureSet) -> dict[str, Any]:
    """What identifies a set."""
    return {
        "set": measure_set.id,
        "version": measure_set.version,
        "status": str(measure_set.status),
        "valid_from": measure_set.valid_from,
        "measures": len(measure_set.measures),
    }
