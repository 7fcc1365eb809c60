"""Real records in few words; what a test does not care about is filled in."""

from __future__ import annotations

from desktop.models.desk.checklists import current_set
from desktop.models.desk.visiting import AnswerEntry, record_answer, start_visit
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_id
from desktop.models.records.enterprises import Contact, Enterprise
from desktop.models.vocabulary import Result, VisitKind

DAY = "2020-02-27"


def add_enterprise(
    workspace: Workspace, name: str = "浙江陆盛精密机械有限公司", credit_code: str | None = "913304990000000019"
) -> str:
    """An enterprise of the local grid with its contact; its id."""
    grid = workspace.device.local_grid_id
    with workspace.write() as session:
        enterprise = Enterprise(id=new_id(), grid_id=grid, name=name, credit_code=credit_code, staff_due=412)
        session.add(enterprise)
        session.add(Contact(grid_id=grid, enterprise_id=enterprise.id, name="顾言", duty="epidemic_lead"))
        return enterprise.id


def begin_visit(workspace: Workspace, enterprise_id: str) -> str:
    """An open routine visit; its id."""
    return start_visit(workspace, enterprise_id, VisitKind.ROUTINE, DAY)


def answer_all(workspace: Workspace, visit: str, result: Result = Result.PASS) -> None:
    """Give every measure the same result."""
    for measure in current_set(workspace).measures:
        record_answer(workspace, visit, measure.code, AnswerEntry(result))
