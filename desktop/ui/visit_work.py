"""What the visit page asks of the workspace, as functions for the workers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.models.desk.answer_drafts import Entered, entered, keep_entered
from desktop.models.desk.answer_findings import edit_finding
from desktop.models.desk.checklists import set_named
from desktop.models.desk.visit_sheet import FindingRow, PhotoRow, VisitSheet, visit_sheet
from desktop.models.desk.visiting import (
    SavedAnswer,
    attach_photo,
    complete_visit,
    remove_photo,
    set_situation,
    visit_gaps,
)
from desktop.models.device.workspace import Workspace
from desktop.models.measure_set import MeasureSet
from desktop.models.problems import UserProblem
from desktop.models.progress import Progress

FINDING_FIELDS = ("severity", "route", "due_on", "look_back_on", "responsible")
"""What an officer sets on a finding himself."""


def load(
    workspace: Workspace, _progress: Progress, *, visit_id: str
) -> tuple[VisitSheet, MeasureSet, dict[str, Entered]]:
    """The visit, the set it is judged by, and everything entered."""
    sheet = visit_sheet(workspace, visit_id)
    return sheet, set_named(workspace, sheet.measure_set), entered(workspace, sheet)


def keep(
    workspace: Workspace,
    _progress: Progress,
    *,
    visit_id: str,
    measure: str,
    wanted: Entered,
    finding: FindingRow | None,
) -> SavedAnswer | None:
    """Keep what is entered; with `finding` also put back what the officer had set on it."""
    saved = keep_entered(workspace, visit_id, measure, wanted)
    if saved is None or saved.finding is None or finding is None:
        return saved
    stands = saved.finding
    changed = {
        name: getattr(finding, name) for name in FINDING_FIELDS if getattr(finding, name) != getattr(stands, name)
    }
    return replace(saved, finding=edit_finding(workspace, finding.id, **changed)) if changed else saved


def change_finding(
    workspace: Workspace, _progress: Progress, *, finding_id: str, changes: dict[str, str | None]
) -> FindingRow:
    """Set fields of a finding."""
    return edit_finding(workspace, finding_id, **changes)


def keep_situation(
    workspace: Workspace, _progress: Progress, *, visit_id: str, situation: dict[str, int | None]
) -> None:
    """Save head counts."""
    set_situation(workspace, visit_id, situation)


def complete(workspace: Workspace, _progress: Progress, *, visit_id: str) -> VisitSheet:
    """Close the visit."""
    return complete_visit(workspace, visit_id)


def gaps(workspace: Workspace, _progress: Progress, *, visit_id: str) -> list[str]:
    """What is still missing."""
    return visit_gaps(workspace, visit_sheet(workspace, visit_id))


def prepared(progress: Progress, *, source: Path | bytes) -> bytes:
    """A photo made safe and small."""
    from desktop.documents.photo import prepare_photo

    return prepare_photo(source, progress)


def attach(
    workspace: Workspace, _progress: Progress, *, visit_id: str, measure: str, content: bytes, title: str | None
) -> PhotoRow:
    """Keep a prepared photo."""
    return attach_photo(workspace, visit_id, measure, content, title)


def attach_again(workspace: Workspace, _progress: Progress, *, visit_id: str, photo: PhotoRow) -> PhotoRow:
    """Put back a photo that was taken off."""
    content = workspace.attachments.get(photo.sha256)
    if content is None:
        raise UserProblem("photo_not_here", measure=photo.measure)
    return attach_photo(workspace, visit_id, photo.measure, content, photo.title)


def take_off(workspace: Workspace, _progress: Progress, *, photo_id: str) -> None:
    """Take a photo off."""
    remove_photo(workspace, photo_id)
