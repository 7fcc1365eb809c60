"""Putting a roster that was read into the register: one transaction, every row settled, nothing doubled.

Rows and their operations go through the set-based path; cancelling or a failure leaves the register as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from desktop.models.desk.grids import LOCAL_CODE, ensure_grid, grid_for_new_work
from desktop.models.device.settings_table import keep_setting, setting
from desktop.models.device.unit_of_work import UnitOfWork, change_rows, store_rows
from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, new_id, new_ids
from desktop.models.progress import Progress
from desktop.models.records.enterprises import Contact, Enterprise
from desktop.models.roster_rows import ColumnMapping, RosterReading, RowStatus
from desktop.models.roster_settlement import Act, Decision, Known, name_key, settle

_CONTACT_FIELDS = {"contact_name": "name", "contact_phone": "phone"}
_ENTERPRISE_FIELDS = (
    "name", "credit_code", "address", "township", "county", "industry", "scale", "capital", "registered_on",
    "resumed_on", "staff_due", "staff_on_duty", "longitude", "latitude", "remark",
)  # fmt: skip
_OWN = frozenset(_ENTERPRISE_FIELDS)
_LEAD = "epidemic_lead"
_KNOWN_SQL = f"""
SELECT e.id, e.grid_id, e.version, c.id, c.version, c.name, c.phone, {", ".join("e." + f for f in _ENTERPRISE_FIELDS)}
FROM enterprises e LEFT JOIN contacts c ON c.id = (
  SELECT id FROM contacts WHERE enterprise_id = e.id AND deleted_at IS NULL ORDER BY duty <> '{_LEAD}', id LIMIT 1)
WHERE e.deleted_at IS NULL
"""  # noqa: S608 - our own column names


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where a known enterprise and its contact stand: what an operation on them has to say."""

    grid_id: str
    version: int
    contact_id: str | None
    contact_version: int


@dataclass(frozen=True, slots=True)
class RosterImport:
    """What an import did, or with `dry_run` would do. `decisions` has one entry for every data row, in file order."""

    decisions: list[Decision]
    dry_run: bool

    def count(self, act: Act) -> int:
        """Rows with this outcome."""
        return sum(decision.act is act for decision in self.decisions)

    def summary(self) -> dict[str, int]:
        """The counts of the command line; rows that wait for a decision are neither imported nor rejected."""
        statuses = [decision.status for decision in self.decisions]
        return {
            "imported": self.count(Act.NEW),
            "updated": self.count(Act.UPDATE),
            "unchanged": self.count(Act.UNCHANGED) + self.count(Act.JOINED),
            "duplicates": statuses.count(RowStatus.DUPLICATE),
            "rejected": statuses.count(RowStatus.REJECT),
        }


def import_roster(
    workspace: Workspace,
    reading: RosterReading,
    *,
    grid: str | None = None,
    accept: Collection[RowStatus] = (),
    dry_run: bool = False,
    progress: Progress | None = None,
) -> RosterImport:
    """Import the rows that may be imported.

    Args:
        grid: code of the grid new enterprises belong to; without it the row's own grid, where the officer has it,
            else the officer's only grid, else (before enrolment) the local grid.
        accept: which of `ask` and `conflict` are taken as well.

    Raises:
        UserProblem: `grid_not_chosen`.
        Cancelled: nothing was written.
    """
    progress = progress or Progress()
    default = grid_for_new_work(workspace, grid)
    progress.step(0, len(reading.rows), "settle")
    with workspace.write() as session:
        by_code, by_name, standing = _known(session)
        decisions = settle(reading.rows, by_code, by_name, iter(new_ids(len(reading.rows))).__next__, accept)
        if not dry_run:
            _make_grid_known(session, workspace, default, grid)
            scope = _own_grids(session) if grid is None else {}
            progress.step(0, len(decisions), "store")
            _store_new(session, decisions, default, scope)
            progress.step(len(decisions) // 2, len(decisions), "store")
            _store_changes(session, decisions, standing)
            progress.step(len(decisions), len(decisions), "store")
    return RosterImport(decisions, dry_run)


def kept_mappings(workspace: Workspace) -> dict[str, ColumnMapping]:
    """Column mappings the officer corrected, by header fingerprint."""
    with workspace.read() as session:
        kept: dict[str, Any] = setting(session, "roster_mappings", {})
    return {fingerprint: ColumnMapping.from_dict(data) for fingerprint, data in kept.items()}


def keep_mapping(workspace: Workspace, mapping: ColumnMapping) -> None:
    """Remember a corrected mapping for every file with the same header."""
    with workspace.write() as session:
        kept = {**setting(session, "roster_mappings", {}), mapping.fingerprint: mapping.to_dict()}
        keep_setting(session, "roster_mappings", kept)


def _known(session: UnitOfWork) -> tuple[dict[str, Known], dict[str, list[Known]], dict[str, _Standing]]:
    by_code: dict[str, Known] = {}
    by_name: dict[str, list[Known]] = {}
    standing: dict[str, _Standing] = {}
    for row in session.execute(text(_KNOWN_SQL)):
        values = dict(zip(_ENTERPRISE_FIELDS, row[7:], strict=True))
        values["contact_name"], values["contact_phone"] = row[5], row[6]
        known = Known(row[0], values)
        standing[row[0]] = _Standing(row[1], row[2], row[3], row[4] or 0)
        if values["credit_code"]:
            by_code[values["credit_code"]] = known
        by_name.setdefault(name_key(values["name"]), []).append(known)
    return by_code, by_name, standing


def _make_grid_known(session: UnitOfWork, workspace: Workspace, default: str, code: str | None) -> None:
    if code is not None and code.strip():
        ensure_grid(session, default, code)
    elif default == workspace.device.local_grid_id:
        ensure_grid(session, default, LOCAL_CODE)


def _own_grids(session: UnitOfWork) -> dict[str, str]:
    """Ids of the grids in the officer's scope, keyed by themselves: what a row's own grid code may lead to."""
    return {row[0]: row[0] for row in session.execute(text("SELECT grid_id FROM grid_cursors"))}


def _store_new(session: UnitOfWork, decisions: list[Decision], default: str, scope: Mapping[str, str]) -> None:
    by_grid: dict[str, tuple[dict[str, Mapping[str, Any]], dict[str, Mapping[str, Any]]]] = {}
    for decision in decisions:
        if decision.act is not Act.NEW or decision.enterprise_id is None:
            continue
        code = decision.changes.get("grid_code")
        target = (scope.get(grid_id(code)) if code and scope else None) or default
        enterprises, contacts = by_grid.setdefault(target, ({}, {}))
        values = decision.changes
        enterprises[decision.enterprise_id] = _own(values)
        if values.get("contact_name"):
            contacts[new_id()] = _contact(decision.enterprise_id, values)
    for target, (enterprises, contacts) in by_grid.items():
        store_rows(session, Enterprise, target, enterprises)
        store_rows(session, Contact, target, contacts)


def _store_changes(session: UnitOfWork, decisions: list[Decision], standing: Mapping[str, _Standing]) -> None:
    enterprises: list[tuple[str, str, int, Mapping[str, Any]]] = []
    contacts: list[tuple[str, str, int, Mapping[str, Any]]] = []
    for decision in decisions:
        if decision.act is not Act.UPDATE or decision.enterprise_id is None:
            continue
        at = standing[decision.enterprise_id]
        own = _own(decision.changes)
        if own:
            enterprises.append((decision.enterprise_id, at.grid_id, at.version, own))
        person = {name: decision.changes[key] for key, name in _CONTACT_FIELDS.items() if key in decision.changes}
        if person and at.contact_id:
            contacts.append((at.contact_id, at.grid_id, at.contact_version, person))
        elif person.get("name"):
            store_rows(session, Contact, at.grid_id, {new_id(): _contact(decision.enterprise_id, decision.changes)})
    change_rows(session, Enterprise, enterprises)
    change_rows(session, Contact, contacts)


def _contact(enterprise_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "enterprise_id": enterprise_id,
        "name": values["contact_name"],
        "duty": _LEAD,
        "phone": values.get("contact_phone"),
    }


def _own(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What of a row's values belongs to the enterprise itself."""
    return values if values.keys() <= _OWN else {name: value for name, value in values.items() if name in _OWN}
