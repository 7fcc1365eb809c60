"""Who may do what: the rights matrix as data, and the one function that reads it. Denied unless listed.

Scope: every role works within the grids it was granted (`county` and `city` roles are granted all of theirs; the
assignment of single enterprises to service officers narrows this further when it exists). Who manages accounts sees
no records, and who reads the audit manages nothing (SEC-33). Source: the rights matrix of the security requirements,
2.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.models.vocabulary import Role


class Action(StrEnum):
    """What may be done with a resource.

    ISSUE also covers closing a finding, and giving out what admits somebody: an enrolment code. VOID is declaring an
    issued letter void and nothing else about it.
    """

    READ = "read"
    WRITE = "write"
    ISSUE = "issue"
    VOID = "void"


class Reach(StrEnum):
    """Whose things a cell of the matrix is about: those of one's grids, one's own account's, or everybody's."""

    GRIDS = "grids"
    OWN = "own"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a role may do with a resource, and how far that reaches."""

    actions: frozenset[Action] = frozenset()
    reach: Reach = Reach.GRIDS


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: an account, on which device (none on a web page), with the grids granted at this moment.

    `withdrawn`: grids taken away not long ago, whose late work is kept for an administrator to decide on.
    """

    account_id: str
    name: str
    role: Role
    grids: frozenset[str]
    scope_version: int
    device_id: str = ""
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose account, device or sign-in something is: what `may` needs to know of the account it belongs to."""

    account_id: str
    role: Role
    grids: frozenset[str]


_LETTERS = {"R": Action.READ, "W": Action.WRITE, "I": Action.ISSUE, "V": Action.VOID}


def _row(**cells: str) -> dict[Role, Cell]:
    """Cells from letters, followed by how far they reach where it is not the role's grids: `RW`, `R own`, `R all`."""
    return {Role(role): _cell(*text.split()) for role, text in cells.items()}


def _cell(letters: str, reach: str = "grids") -> Cell:
    return Cell(frozenset(_LETTERS[letter] for letter in letters), Reach(reach))


_WORK = _row(grid_instructor="RW", service_officer="RW", county_admin="R", city_admin="R", cdc_expert="R")
_COLLEAGUES = _row(grid_instructor="R", service_officer="R", county_admin="R", city_admin="R", cdc_expert="R")

MATRIX: dict[str, dict[Role, Cell]] = {
    "enterprises": _WORK,
    "visits": _WORK,
    "findings": _row(grid_instructor="RWI", service_officer="RW", county_admin="RWI", city_admin="RWI", cdc_expert="R"),
    "conflicts": _row(grid_instructor="RW", service_officer="RW", county_admin="RW", city_admin="RW"),
    "isolation": _WORK,
    "health": _row(grid_instructor="RW", service_officer="RW", county_admin="R"),
    "journals": _row(grid_instructor="RWI", service_officer="RW", county_admin="RI", city_admin="RI", cdc_expert="R"),
    "key_points": _row(grid_instructor="R", service_officer="R", county_admin="R", city_admin="RI", cdc_expert="RWI"),
    "letters": _row(grid_instructor="RWIV", service_officer="R", county_admin="RV", city_admin="R"),
    "colleagues": _COLLEAGUES,
}
"""Resource → role → actions. A role that is not listed may do nothing."""

OFFICE: dict[str, dict[Role, Cell]] = {
    "accounts": _row(
        grid_instructor="R own", service_officer="R own", cdc_expert="R own", county_admin="RW", city_admin="RW",
        system_admin="RW all", auditor="R all",
    ),
    "devices": _row(
        grid_instructor="RW own", service_officer="RW own", cdc_expert="RW own", county_admin="RWI", city_admin="RWI",
        system_admin="RWI all", auditor="R all",
    ),
    "quarantine": _row(county_admin="RW", city_admin="RW"),
    "audit": _row(county_admin="R", city_admin="R", system_admin="R all", auditor="R all"),
}  # fmt: skip
"""The same for what belongs to the office and not to the trade."""

ADMINISTERS: dict[Role, frozenset[Role]] = {
    Role.COUNTY_ADMIN: frozenset({Role.GRID_INSTRUCTOR, Role.SERVICE_OFFICER, Role.ENTERPRISE_CONTACT}),
    Role.CITY_ADMIN: frozenset(Role) - {Role.CITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR},
    Role.SYSTEM_ADMIN: frozenset(Role),
}
"""The roles of the accounts an administrator may manage, and so the roles he may give."""

_NEVER_ONES_OWN = frozenset({("accounts", Action.WRITE), ("devices", Action.ISSUE)})
"""Nobody changes his own role or grids, and nobody admits a device to his own account with a password alone."""

RESOURCES: dict[str, str] = {
    "grids": "colleagues", "members": "colleagues", "member_roles": "colleagues",
    "enterprises": "enterprises", "contacts": "enterprises",
    "visits": "visits", "answers": "visits", "attachments": "visits",
    "findings": "findings", "finding_steps": "findings", "letters": "letters", "conflicts": "conflicts",
    "sheets": "visits", "negative_entries": "visits", "trainings": "visits", "attendances": "visits",
    "isolation_sites": "isolation", "isolation_rooms": "isolation", "disinfections": "isolation",
    "employees": "health", "roaming_queries": "health", "health_entries": "health", "isolation_stays": "health",
    "journal_entries": "journals", "daily_reports": "journals", "visit_plans": "journals", "key_points": "key_points",
}  # fmt: skip
"""Table name → resource of the matrix. What the server alone writes (grids, members, roles) is only ever read."""

WITH_FACTOR = frozenset({Role.COUNTY_ADMIN, Role.CITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR})
"""Roles that sign in with a second factor (SEC-12)."""

WITHOUT_GRIDS = frozenset({Role.SYSTEM_ADMIN, Role.AUDITOR})
"""Roles that hold no grids, because they see no records."""

WITHOUT_SIGN_IN = frozenset({Role.ENTERPRISE_CONTACT})
"""Roles that have no sign-in and no device: they view and print at the officer's desk."""

WITHOUT_DEVICE = WITHOUT_SIGN_IN | WITHOUT_GRIDS
"""Roles that enrol no laptop, because there is nothing they could exchange."""


def may(actor: Actor, action: Action, kind: str, scope: str | Holder) -> bool:
    """Whether the actor may do this.

    Args:
        kind: a table of records, or a resource of the office (`accounts`, `devices`, `quarantine`, `audit`).
        scope: the grid a row lies in, or the account something belongs to.
    """
    cell = cell_of(actor.role, kind)
    if action not in cell.actions:
        return False
    if isinstance(scope, str):
        return cell.reach is Reach.GRIDS and scope in actor.grids
    if scope.account_id == actor.account_id:
        return (kind, action) not in _NEVER_ONES_OWN
    if cell.reach is Reach.OWN:
        return False
    if cell.reach is Reach.GRIDS and not (scope.grids and scope.grids <= actor.grids):
        return False
    return action is Action.READ or scope.role in ADMINISTERS.get(actor.role, frozenset())


def actions_on(role: Role, kind: str) -> frozenset[Action]:
    """What a role may do with a kind of thing within its reach."""
    return cell_of(role, kind).actions


def cell_of(role: Role, kind: str) -> Cell:
    """The matrix' cell for a role and a table of records or a resource of the office; empty when there is none."""
    row = MATRIX[RESOURCES[kind]] if kind in RESOURCES else OFFICE.get(kind, {})
    return row.get(role, Cell())


def readable_tables(role: Role) -> frozenset[str]:
    """The tables whose rows this role may see."""
    return frozenset(table for table in RESOURCES if Action.READ in actions_on(role, table))
