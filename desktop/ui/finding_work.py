"""What the findings page asks of the workspace, as functions for the workers. The desk is imported where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.models.problems import Language
from desktop.models.progress import Progress
from desktop.models.vocabulary import FindingState, LookBackOutcome, Route

if TYPE_CHECKING:
    from desktop.models.desk.finding_board import Board, BoardRow, FindingFilter
    from desktop.models.desk.finding_file import FindingFile
    from desktop.models.desk.finding_moves import Evidence
    from desktop.models.desk.look_back import LookBackRow
    from desktop.models.device.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave with an act: words, a picture, a day, terms of the finding."""

    note: str | None = None
    picture: Path | bytes | None = None
    day: date | None = None
    terms: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Given()


def listing(workspace: Workspace, _progress: Progress, *, wanted: FindingFilter) -> Board:
    """Which findings there are."""
    from desktop.models.desk.finding_board import board

    return board(workspace, wanted, date.today())


def rows(workspace: Workspace, _progress: Progress, *, ids: list[str]) -> list[BoardRow]:
    """The findings with these ids."""
    from desktop.models.desk.finding_board import board_rows

    return board_rows(workspace, ids)


def opened(workspace: Workspace, _progress: Progress, *, finding_id: str) -> FindingFile:
    """One finding with its timeline."""
    from desktop.models.desk.finding_file import finding_file

    return finding_file(workspace, finding_id, date.today())


def move(
    workspace: Workspace, progress: Progress, *, finding_id: str, to: FindingState, given: Given
) -> tuple[str, ...]:
    """Move a finding."""
    from desktop.models.desk.finding_moves import move

    return move(workspace, finding_id, to, date.today(), _evidence(progress, given))


def note(workspace: Workspace, progress: Progress, *, finding_id: str, given: Given) -> None:
    """Write down how it goes on."""
    from desktop.models.desk.finding_moves import note

    note(workspace, finding_id, date.today(), _evidence(progress, given))


def remind(workspace: Workspace, progress: Progress, *, finding_id: str, given: Given) -> None:
    """Remind whoever is to put it right."""
    from desktop.models.desk.finding_moves import remind

    remind(workspace, finding_id, date.today(), _evidence(progress, given))


def set_deadline(workspace: Workspace, _progress: Progress, *, finding_id: str, given: Given) -> None:
    """Set another deadline."""
    from desktop.models.desk.finding_moves import set_deadline

    if given.day is not None:
        set_deadline(workspace, finding_id, given.day, date.today(), given.note)


def set_route(workspace: Workspace, _progress: Progress, *, finding_id: str, route: Route) -> None:
    """Give a finding another route."""
    from desktop.models.desk.finding_moves import set_route

    set_route(workspace, finding_id, route, date.today())


def set_terms(workspace: Workspace, _progress: Progress, *, finding_id: str, terms: Mapping[str, Any]) -> None:
    """Write what was agreed."""
    from desktop.models.desk.finding_moves import set_terms

    set_terms(workspace, finding_id, **terms)


def to_look_back(workspace: Workspace, _progress: Progress, *, visit_id: str) -> tuple[LookBackRow, ...]:
    """What a visit looks back on."""
    from desktop.models.desk.look_back import look_back_list

    return look_back_list(workspace, visit_id)


def look_back(
    workspace: Workspace, progress: Progress, *, finding_id: str, visit_id: str, outcome: LookBackOutcome, given: Given
) -> tuple[str, ...]:
    """Record what a visit found of a promised fix."""
    from desktop.models.desk.look_back import record_look_back

    return record_look_back(workspace, finding_id, visit_id, outcome, _evidence(progress, given))


def export(workspace: Workspace, progress: Progress, *, register: str, file: Path, language: Language) -> int:
    """Write a register of findings as a spreadsheet; how many rows it has."""
    from desktop.documents.register_workbook import write_register
    from desktop.models.desk.register_words import in_words
    from desktop.models.registers import REGISTERS, register_rows, register_sum

    chosen = REGISTERS[register]
    with workspace.read() as session:
        total = register_sum(session, chosen, {})
        told = in_words(workspace, chosen, register_rows(session, chosen, {}), language)
        return write_register(file, chosen, told, language, total, progress)


def _evidence(progress: Progress, given: Given) -> Evidence:
    from desktop.documents.photo import prepare_photo
    from desktop.models.desk.finding_moves import Evidence

    return Evidence(
        note=given.note,
        photo=prepare_photo(given.picture, progress) if given.picture is not None else None,
        photo_title=given.picture.stem[:120] if isinstance(given.picture, Path) else None,
        until=given.day.isoformat() if given.day else None,
        terms=given.terms,
    )
