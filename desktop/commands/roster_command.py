"""`zhuqi import-roster FILE`: a roster into the register, with a result for every row."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.commands.argument_types import output_file
from desktop.commands.wording import tell
from desktop.models.desk.rostering import RosterImport, import_roster, kept_mappings
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem
from desktop.models.roster_rows import RowStatus, deciding_field, reason
from desktop.models.roster_settlement import Act
from desktop.settings import language

_ACCEPTABLE = {"ask": RowStatus.ASK, "conflict": RowStatus.CONFLICT}


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--grid", default=None, metavar="CODE")
    parser.add_argument("--sheet", default=None, metavar="S")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--accept", default="", metavar="ask,conflict")
    parser.add_argument("--reasons", type=output_file, default=None, metavar="OUT.xlsx")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Read, settle and store."""
    from desktop.documents.roster_reader import RosterChoices, read_roster

    accept = _accepted(chosen.accept)
    with Workspace.open(chosen.workspace) as workspace:
        choices = RosterChoices(
            sheets=(chosen.sheet,) if chosen.sheet else (), mappings=kept_mappings(workspace).values()
        )
        reading = read_roster(chosen.file, choices)
        done = import_roster(workspace, reading, grid=chosen.grid, accept=accept, dry_run=chosen.dry_run)
    if chosen.reasons is not None:
        from desktop.documents.roster_result_workbook import write_result

        try:
            write_result(chosen.reasons, reading, done.decisions)
        except OSError as error:  # the disk is full or gone; the import itself stands
            raise UserProblem("roster_reasons_not_written", reason=error.strerror or type(error).__name__) from error
    empty = reading.why_empty()
    summary = done.summary()
    tell("roster_imported" if not chosen.dry_run else "roster_tried", **summary)
    undecided = sum(d.act is Act.NONE and d.status in _ACCEPTABLE.values() for d in done.decisions)
    if undecided:
        tell("roster_undecided", rows=undecided)
    if empty is not None:
        tell("why", reason=empty.words("en" if language() == "en" else "zh"))
    return {**summary, "rows": _rows(done), **({"why": empty.words()} if empty else {})}


def _accepted(words: str) -> list[RowStatus]:
    names = [word.strip() for word in words.split(",") if word.strip()]
    unknown = [name for name in names if name not in _ACCEPTABLE]
    if unknown:
        raise UserProblem("usage", detail=f"--accept {','.join(unknown)}", usage="--accept ask,conflict")
    return [_ACCEPTABLE[name] for name in names]


def _rows(done: RosterImport) -> list[dict[str, Any]]:
    spoken = "en" if language() == "en" else "zh"
    return [
        {
            "sheet": decision.row.sheet,
            "row": decision.row.row,
            "status": decision.status,
            "name": decision.row.fields.name,
            "field": deciding_field(decision.issues),
            "reason": reason(decision.issues, spoken),  # type: ignore[arg-type]
        }
        for decision in done.decisions
    ]
