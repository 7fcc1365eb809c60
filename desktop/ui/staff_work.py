"""What the import of staff has done in the background: read and try, then store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop.models.desk.staffing import StaffImported, import_staff
from desktop.models.device.workspace import Workspace
from desktop.models.progress import Progress
from desktop.models.staff_rows import StaffReading


def read_and_try(
    workspace: Workspace, progress: Progress, *, enterprise: str, file: Path
) -> tuple[StaffReading, StaffImported]:
    """Read the file and see what importing it would do. Writes nothing."""
    from desktop.documents.staff_reader import read_staff

    today = date.today()
    reading = read_staff(file, progress, today=today)
    return reading, import_staff(workspace, enterprise, reading, today=today, dry_run=True, progress=progress)


def store(workspace: Workspace, progress: Progress, *, enterprise: str, reading: StaffReading) -> StaffImported:
    """Import for good."""
    return import_staff(workspace, enterprise, reading, today=date.today(), progress=progress)
