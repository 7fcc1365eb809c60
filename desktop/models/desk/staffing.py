"""A list of staff that was read goes into an enterprise's health files: one transaction, nobody doubled or deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from desktop.models.device.unit_of_work import UnitOfWork, change_rows, store_rows
from desktop.models.device.workspace import Workspace
from desktop.models.identity import new_ids
from desktop.models.problems import UserProblem
from desktop.models.progress import Progress
from desktop.models.records.enterprises import Enterprise
from desktop.models.records.health_files import Employee
from desktop.models.roster_rows import RowStatus
from desktop.models.roster_settlement import Act
from desktop.models.staff_rows import STORED, StaffReading
from desktop.models.staff_settlement import KnownPerson, StaffDecision, settle_staff


@dataclass(frozen=True, slots=True)
class StaffImported:
    """What an import did, or with `dry_run` would do: one decision for every row, in file order."""

    decisions: list[StaffDecision]
    dry_run: bool

    def summary(self) -> dict[str, int]:
        """The counts of the command line. `unsettled`: rows that would mix up two people."""
        acts = [decision.act for decision in self.decisions]
        statuses = [decision.status for decision in self.decisions]
        return {
            "imported": acts.count(Act.NEW),
            "updated": acts.count(Act.UPDATE),
            "unchanged": acts.count(Act.UNCHANGED),
            "duplicates": statuses.count(RowStatus.DUPLICATE),
            "unsettled": statuses.count(RowStatus.CONFLICT),
            "rejected": statuses.count(RowStatus.REJECT),
        }


def import_staff(
    workspace: Workspace,
    enterprise_id: str,
    reading: StaffReading,
    *,
    today: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> StaffImported:
    """Import the rows that may be imported.

    Raises:
        UserProblem: `enterprise_unknown`.
        Cancelled: nothing was written.
    """
    progress = progress or Progress()
    total = len(reading.rows)
    progress.step(0, total, "settle")
    with workspace.write() as session:
        enterprise = session.get(Enterprise, enterprise_id)
        if enterprise is None or enterprise.deleted_at:
            raise UserProblem("enterprise_unknown", enterprise=enterprise_id)
        known, versions = _known(session, enterprise_id)
        whose = (enterprise.name, enterprise.credit_code)
        fresh = iter(new_ids(total)) if total else iter(())
        decisions = settle_staff(reading.rows, known, whose, fresh.__next__, today.isoformat())
        if not dry_run:
            progress.step(0, total, "store")
            new = {each.person: {"enterprise_id": enterprise_id, **each.changes} for each in decisions if _is_new(each)}
            store_rows(session, Employee, enterprise.grid_id, {str(person): row for person, row in new.items()})
            changed = [
                (each.person, *versions[each.person], each.changes)
                for each in decisions
                if each.act is Act.UPDATE and each.person is not None
            ]
            change_rows(session, Employee, changed)
            progress.step(total, total, "store")
    return StaffImported(decisions, dry_run)


def _is_new(decision: StaffDecision) -> bool:
    return decision.act is Act.NEW


def _known(session: UnitOfWork, enterprise_id: str) -> tuple[list[KnownPerson], Mapping[str, tuple[str, int]]]:
    found = session.execute(
        text(
            f"SELECT id, grid_id, version, {', '.join(STORED)} FROM employees"  # noqa: S608 - our own column names
            " WHERE enterprise_id = :enterprise AND deleted_at IS NULL"
        ),
        {"enterprise": enterprise_id},
    ).all()
    known = [KnownPerson(row[0], _values(row[3:])) for row in found]
    return known, {row[0]: (row[1], row[2]) for row in found}


def _values(row: Any) -> dict[str, Any]:
    return dict(zip(STORED, row, strict=True))
