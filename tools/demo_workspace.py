"""A workspace full of invented work for pictures: a roster, visits of the last weeks, one still open, a letter.

Days count back from today, so that "yesterday" and "overdue" look as they do in a real week. The same every time.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import msgspec

from desktop.commands.answers_file import read_answers
from desktop.commands.visit_command import save_visit
from desktop.documents.letter_pdf import draw_letter
from desktop.documents.roster_reader import read_roster
from desktop.models.desk.checklists import current_set
from desktop.models.desk.enterprise_register import EnterpriseFilter, EnterpriseRow, enterprise_ids, enterprise_rows
from desktop.models.desk.letter_desk import OfficeSettings, draft_letter, issue_letter, keep_office_settings
from desktop.models.desk.rostering import import_roster
from desktop.models.desk.visiting import AnswerEntry, complete_visit, record_answer, start_visit
from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import Result, VisitKind
from desktop.resource_paths import resource
from tools.demo_findings import follow_up
from tools.demo_people import add_demo_people
from tools.demo_premises import add_demo_premises

_OFFICE = OfficeSettings(
    letterhead="澄州市卫生健康委员会复工复产健康指导组",
    issuer="复工复产健康指导组",
    prefix="澄卫健指",
    contacts=("健康指导员周砚秋，电话0999-0001208。",),
)
_VISITED = (12, 8, 5)
"""Days ago of the visits before the last one."""
_FIRST = "陆盛"


def make_demo_workspace(folder: Path) -> None:
    """Fill an empty folder."""
    with Workspace.create(folder) as workspace:
        keep_office_settings(workspace, _OFFICE)
        import_roster(workspace, read_roster(resource("demo", "roster.xlsx")))
        with workspace.read() as session:
            main = enterprise_rows(session, enterprise_ids(session, EnterpriseFilter(search=_FIRST), limit=1))[0]
            others = enterprise_rows(session, enterprise_ids(session, limit=14))
        chance = random.Random(20200227)
        for place, row in enumerate([main, *(other for other in others if other.id != main.id)]):
            for turn, days in enumerate(_VISITED[: 3 - place % 3]):
                _visit(workspace, row, days + place, 3 + 3 * turn, chance)
        follow_up(workspace, chance)
        _demo_visit(workspace, main)
        _half_done_visit(workspace, main, chance)
        add_demo_people(workspace, main.id)
        add_demo_premises(workspace, main.id)


def _visit(workspace: Workspace, row: EnterpriseRow, days: int, good: int, chance: random.Random) -> None:
    """A completed visit; the higher `good`, the more measures pass."""
    visit = start_visit(workspace, row.id, VisitKind.ROUTINE, _days_ago(days))
    for measure in current_set(workspace).measures:
        result = chance.choices((Result.PASS, Result.PARTIAL, Result.FAIL), (good, 1.5, 0.8))[0]
        record_answer(workspace, visit, measure.code, AnswerEntry(result))
    complete_visit(workspace, visit)


def _demo_visit(workspace: Workspace, row: EnterpriseRow) -> None:
    """Yesterday's visit with notes, values and photos, and its letter."""
    file = resource("demo", "answers.json")
    given = read_answers(file)
    yesterday = date.fromisoformat(_days_ago(1))
    given = msgspec.structs.replace(given, visit=msgspec.structs.replace(given.visit, on=yesterday))
    saved = save_visit(workspace, row, file.parent, given)
    issue_letter(workspace, draft_letter(workspace, saved["visit"]).row.id, draw_letter)


def _half_done_visit(workspace: Workspace, row: EnterpriseRow, chance: random.Random) -> None:
    """Today's look-back, fourteen measures in."""
    visit = start_visit(workspace, row.id, VisitKind.LOOK_BACK, _days_ago(0))
    for measure in current_set(workspace).measures[:13]:
        result = chance.choices((Result.PASS, Result.PARTIAL), (6, 1))[0]
        record_answer(workspace, visit, measure.code, AnswerEntry(result))
    fourteenth = current_set(workspace).measures[13]
    note = "二楼装配车间门把手、扶手用84消毒液擦拭，试纸实测约150 mg/L；台账缺2天用量与签名。"
    record_answer(workspace, visit, fourteenth.code, AnswerEntry(Result.FAIL, note=note))


def _days_ago(days: int) -> str:
    return (date.today() - timedelta(days=days)).isoformat()
