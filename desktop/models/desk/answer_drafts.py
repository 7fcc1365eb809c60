"""What was entered for a measure before it was judged: check points, values, a note. Nothing typed waits for a result.

An answer needs a result; until there is one the entry is kept on this device only and never sent. The first answer
takes it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import select

from desktop.models.desk.visit_sheet import AnswerRow, VisitSheet
from desktop.models.desk.visiting import AnswerEntry, SavedAnswer, clear_answer, record_answer
from desktop.models.device.local_tables import Setting
from desktop.models.device.settings_table import keep_setting
from desktop.models.device.workspace import Workspace
from desktop.models.vocabulary import Result


@dataclass(frozen=True, slots=True)
class Entered:
    """All that stands on the page of one measure; `result` is empty while it is 未查."""

    result: Result | None = None
    points: Mapping[str, bool] = field(default_factory=dict)
    measured: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    fact: str = ""
    advice: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was entered."""
        return self == Entered()


def entered_of(answer: AnswerRow) -> Entered:
    """What an answer was saved with."""
    return Entered(
        Result(answer.result), dict(answer.points), dict(answer.measured),
        answer.note or "", answer.fact or "", answer.advice or "",
    )  # fmt: skip


def entered(workspace: Workspace, sheet: VisitSheet) -> dict[str, Entered]:
    """Measure → what was entered, of every measure that has anything; an answer goes before an older draft."""
    with workspace.read() as session:
        kept = session.scalars(select(Setting).where(Setting.name.startswith(_name(sheet.id, "")))).all()
        drafts = {row.name.rpartition("/")[2]: msgspec.convert(row.value, Entered) for row in kept}
    drafts = {measure: draft for measure, draft in drafts.items() if not draft.empty}
    return drafts | {measure: entered_of(answer) for measure, answer in sheet.answers.items()}


def keep_entered(workspace: Workspace, visit_id: str, measure: str, wanted: Entered) -> SavedAnswer | None:
    """Keep what is entered: as an answer once it has a result, as a draft of this device before that.

    Without a result an answer given before is taken back (undo of a first answer).

    Raises:
        UserProblem: as `visiting.record_answer`.
    """
    if wanted.result is not None:
        return record_answer(
            workspace,
            visit_id,
            measure,
            AnswerEntry(wanted.result, wanted.points, wanted.measured, wanted.note, wanted.fact, wanted.advice),
        )
    with workspace.write() as session:
        keep_setting(session, _name(visit_id, measure), msgspec.to_builtins(wanted))
    clear_answer(workspace, visit_id, measure)
    return None


def _name(visit_id: str, measure: str) -> str:
    return f"draft/{visit_id}/{measure}"
