"""What the import dialog has done in the background: read the file, try the import, do it, write the reasons."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models.progress import Progress

if TYPE_CHECKING:
    from desktop.models.desk.rostering import RosterImport
    from desktop.models.device.workspace import Workspace
    from desktop.models.roster_rows import ColumnMapping, RosterReading, RowStatus


@dataclass(frozen=True)
class Wanted:
    """A person's choices. `headers`: sheet → first and last row of its header; `mappings` by header fingerprint."""

    file: Path
    headers: dict[str, tuple[int, int]] = field(default_factory=dict)
    mappings: dict[str, ColumnMapping] = field(default_factory=dict)
    accept: tuple[RowStatus, ...] = ()
    grid: str | None = None


@dataclass(frozen=True)
class Trial:
    """A file that was read, and what importing it would do."""

    reading: RosterReading
    outcome: RosterImport


def read_and_try(workspace: Workspace, progress: Progress, *, wanted: Wanted) -> Trial:
    """Read the file with the kept and the new mappings, and see what importing it would do. Writes nothing."""
    from desktop.documents.roster_reader import RosterChoices, read_roster
    from desktop.models.desk.rostering import kept_mappings

    mappings = {**kept_mappings(workspace), **wanted.mappings}
    reading = read_roster(wanted.file, RosterChoices(headers=wanted.headers, mappings=mappings.values()), progress)
    return try_again(workspace, progress, wanted=wanted, reading=reading)


def try_again(workspace: Workspace, progress: Progress, *, wanted: Wanted, reading: RosterReading) -> Trial:
    """See what importing would do, with other choices."""
    return Trial(reading, _run(workspace, progress, wanted, reading, dry_run=True))


def store(workspace: Workspace, progress: Progress, *, wanted: Wanted, reading: RosterReading) -> RosterImport:
    """Import for good, and keep the mappings for the next file with the same headers."""
    from desktop.models.desk.rostering import keep_mapping

    done = _run(workspace, progress, wanted, reading, dry_run=False)
    for mapping in wanted.mappings.values():
        keep_mapping(workspace, mapping)
    return done


def write_reasons(progress: Progress, *, trial: Trial, target: Path) -> Path:
    """Write a copy of the rows with the reasons in it."""
    from desktop.documents.roster_result_workbook import write_result

    progress.step(0, 1, "write")
    write_result(target, trial.reading, trial.outcome.decisions)
    return target


def _run(
    workspace: Workspace, progress: Progress, wanted: Wanted, reading: RosterReading, *, dry_run: bool
) -> RosterImport:
    from desktop.models.desk.rostering import import_roster

    accept: Collection[RowStatus] = wanted.accept
    return import_roster(workspace, reading, grid=wanted.grid, accept=accept, dry_run=dry_run, progress=progress)
