"""What the letter page asks of the workspace, as functions for the workers."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.desk.letter_desk import (
    LetterDraft,
    LetterRow,
    composed,
    draft_letter,
    issue_letter,
    letter,
    letter_pdf,
    letters,
    reissue_letter,
    save_draft,
)
from desktop.models.desk.visit_register import VisitRow, visits_without_letter
from desktop.models.desk.visit_sheet import visit_sheet
from desktop.models.device.workspace import Workspace
from desktop.models.letter_content import LetterContent
from desktop.models.problems import Problem
from desktop.models.progress import Progress
from desktop.models.vocabulary import LetterState


@dataclass(frozen=True)
class Opened:
    """A letter with what its visit says now, and its frozen pages when it was issued and they are on this device."""

    draft: LetterDraft
    composed: LetterContent | None
    pdf: bytes | None
    replaced: str | None
    """Number of the letter this one replaces."""


@dataclass(frozen=True)
class Shelf:
    """The list: visits that want a letter, and letters, each newest first."""

    wanted: list[VisitRow]
    letters: list[LetterRow]


def shelf(workspace: Workspace, _progress: Progress) -> Shelf:
    """What stands on the list."""
    return Shelf(visits_without_letter(workspace), letters(workspace))


def open_letter(workspace: Workspace, _progress: Progress, *, letter_id: str) -> Opened:
    """Open a letter."""
    return _opened(workspace, letter(workspace, letter_id))


def compose(workspace: Workspace, _progress: Progress, *, visit_id: str) -> Opened:
    """Open a visit's letter, composed now if there is none."""
    return _opened(workspace, draft_letter(workspace, visit_id))


def save(workspace: Workspace, _progress: Progress, *, letter_id: str, content: LetterContent) -> LetterDraft:
    """Keep the edits of a draft."""
    return save_draft(workspace, letter_id, content)


def issue(workspace: Workspace, _progress: Progress, *, letter_id: str, content: LetterContent) -> Opened:
    """Keep the last edits, then number, draw and freeze."""
    from desktop.documents.letter_pdf import draw_letter

    save_draft(workspace, letter_id, content)
    issue_letter(workspace, letter_id, draw_letter)
    return _opened(workspace, letter(workspace, letter_id))


def reissue(workspace: Workspace, _progress: Progress, *, letter_id: str, reason: str) -> Opened:
    """Begin the letter that will replace an issued one."""
    return _opened(workspace, reissue_letter(workspace, letter_id, reason))


def _opened(workspace: Workspace, draft: LetterDraft) -> Opened:
    row = draft.row
    if row.state == LetterState.DRAFT:
        says = composed(workspace, visit_sheet(workspace, row.visit_id), supersedes=draft.content.supersedes)
        return Opened(draft, says, None, draft.content.supersedes)
    try:
        pdf = letter_pdf(workspace, row.id)
    except Problem:  # issued on another device and not fetched; it can be drawn again from its frozen inputs
        pdf = None
    return Opened(draft, None, pdf, draft.content.supersedes)
