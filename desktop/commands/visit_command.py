"""`zhuqi visit ENTERPRISE --answers FILE.json`: a whole visit from a file, each answer durable before it is named."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from desktop.commands.answers_file import AnswersFile, GivenAnswer, read_answers
from desktop.commands.wording import tell
from desktop.models.answer_rules import answer_problems
from desktop.models.desk.checklists import current_set, set_named
from desktop.models.desk.enterprise_register import EnterpriseRow, find_enterprise
from desktop.models.desk.visit_sheet import visit_sheet
from desktop.models.desk.visiting import (
    AnswerEntry,
    attach_photo,
    complete_visit,
    record_answer,
    set_situation,
    start_visit,
)
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("enterprise", metavar="ENTERPRISE")
    parser.add_argument("--answers", type=Path, required=True, metavar="FILE.json")
    parser.add_argument("--follow", action="store_true")


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Save the file's answers for one enterprise."""
    given = read_answers(chosen.answers)
    name_saved: Callable[[str], None] = (lambda code: print(code, flush=True)) if chosen.follow else lambda _code: None
    with Workspace.open(chosen.workspace) as workspace:
        enterprise = find_enterprise(workspace, chosen.enterprise)
        result = save_visit(workspace, enterprise, chosen.answers.parent, given, name_saved)
    tell("visit_saved", enterprise=enterprise.name, **{key: result[key] for key in ("visit", "answers", "findings")})
    return result


def save_visit(
    workspace: Workspace,
    enterprise: EnterpriseRow,
    folder: Path,
    given: AnswersFile,
    name_saved: Callable[[str], None] = lambda _code: None,
) -> dict[str, Any]:
    """Save a whole visit, answer by answer; with every measure answered it is completed.

    Args:
        folder: where the photos the answers name lie.
        name_saved: told each measure once its answer is durable.

    Raises:
        UserProblem: the first fault of the answers; then nothing of them is saved.
    """
    photos = _read_photos(folder, given)
    _refuse_faulty(workspace, given, photos)
    visit = start_visit(workspace, enterprise.id, given.visit.kind, given.visit.on.isoformat())
    if given.situation:
        set_situation(workspace, visit, {str(name): figure for name, figure in given.situation.items()})
    saved: list[str] = []
    for answer in given.answers:
        record_answer(workspace, visit, answer.measure, _entry(answer))
        for name, content in photos.get(answer.measure, ()):
            attach_photo(workspace, visit, answer.measure, content, name)
        saved.append(answer.measure)
        name_saved(answer.measure)
    sheet = visit_sheet(workspace, visit)
    if len(sheet.answers) == len(set_named(workspace, sheet.measure_set).measures):
        sheet = complete_visit(workspace, visit)
    return {"visit": visit, "answers": len(sheet.answers), "findings": len(sheet.findings), "saved": saved}


def _entry(answer: GivenAnswer) -> AnswerEntry:
    return AnswerEntry(answer.result, answer.points, answer.values, answer.note, answer.fact, answer.advice)


def _refuse_faulty(workspace: Workspace, given: AnswersFile, photos: dict[str, list[tuple[str, bytes]]]) -> None:
    """Refuse the whole file for one faulty answer, before anything of it is saved."""
    measures = current_set(workspace)
    day: date = given.visit.on
    for answer in given.answers:
        asked = measures.measure(answer.measure)
        unknown = [number for number in answer.points if number not in map(str, range(1, len(asked.check_points) + 1))]
        if unknown:
            raise UserProblem("answer_point_unknown", measure=answer.measure, point=unknown[0])
        held = len(photos.get(answer.measure, ()))
        for fault in answer_problems(asked, answer.result, answer.values, answer.note or "", held, day):
            if fault.hard:
                raise UserProblem(fault.code, **fault.fields)


def _read_photos(folder: Path, given: AnswersFile) -> dict[str, list[tuple[str, bytes]]]:
    """The photos the file names, made safe and small; they must lie beside it."""
    from desktop.documents.photo import prepare_photo

    found: dict[str, list[tuple[str, bytes]]] = {}
    for answer in given.answers:
        for name in answer.photos:
            path = (folder / name).resolve()
            if not path.is_relative_to(folder.resolve()) or not path.is_file():
                raise UserProblem("photo_missing", photo=name, measure=answer.measure)
            found.setdefault(answer.measure, []).append((path.stem[:120], prepare_photo(path)))
    return found
