"""Who may do what: the rights matrix as data, and the one function that reads it. Denied unless listed.

Scope: every role works within the grids it was granted (`county` and `city` roles are granted all of theirs; the
assignment of single enterprises to service officers narrows this further when it exists). Source: the rights matrix
of the security requirements, 2.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.models.vocabulary import Role, Route


class Action(StrEnum):
    """What may be done with a resource. ISSUE also covers closing a finding and voiding a letter."""

    READ = "read"
    WRITE = "write"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: an account, on which device (none on a web page), with the grids granted at this moment."""

    account_id: str
    name: str
    role: Role
    grids: frozenset[str]
    scope_version: int
    device_id: str = ""


_LETTERS = {"R": Action.READ, "W": Action.WRITE, "I": Action.ISSUE}


def _row(**actions: str) -> dict[Role, frozenset[Action]]:
    return {Role(role): frozenset(_LETTERS[letter] for letter in letters) for role, letters in actions.items()}


_WORK = _row(grid_instructor="RW", service_officer="RW", county_admin="R", city_admin="R", cdc_expert="R")
_COLLEAGUES = _row(grid_instructor="R", service_officer="R", county_admin="R", city_admin="R", cdc_expert="R")

MATRIX: dict[str, dict[Role, frozenset[Action]]] = {
    "enterprises": _WORK,
    "visits": _WORK,
    "findings": _row(grid_instructor="RWI", service_officer="RW", county_admin="RWI", city_admin="RWI", cdc_expert="R"),
    "conflicts": _row(grid_instructor="RW", service_officer="RW", county_admin="RW", city_admin="RW"),
    "letters": _row(grid_instructor="RWI", service_officer="R", county_admin="R", city_admin="R"),
    "colleagues": _COLLEAGUES,
}
"""Resource → role → actions. A role that is not listed may do nothing."""

RESOURCES: dict[str, str] = {
    "grids": "colleagues", "members": "colleagues", "member_roles": "colleagues",
    "enterprises": "enterprises", "contacts": "enterprises",
    "visits": "visits", "answers": "visits", "attachments": "visits",
    "findings": "findings", "letters": "letters", "conflicts": "conflicts",
}  # fmt: skip
"""Table name → resource of the matrix. What the server alone writes (grids, members, roles) is only ever read."""

CLOSABLE_ROUTES: dict[Role, frozenset[Route]] = {
    Role.GRID_INSTRUCTOR: frozenset({Route.ON_SITE, Route.HEALTH_DEPT}),
    Role.COUNTY_ADMIN: frozenset({Route.ON_SITE, Route.HEALTH_DEPT, Route.CROSS_DEPT}),
    Role.CITY_ADMIN: frozenset(Route),
}
"""The findings a role may close, by the route they were given; logging and following up is not limited by it."""

WITHOUT_SIGN_IN = frozenset({Role.ENTERPRISE_CONTACT})
"""Roles that have no sign-in and no device: they view and print at the officer's desk."""


def may(actor: Actor, action: Action, table: str, grid_id: str) -> bool:
    """Whether the actor may do this with a row of this table in this grid."""
    return grid_id in actor.grids and action in actions_on(actor.role, table)


def actions_on(role: Role, table: str) -> frozenset[Action]:
    """What a role may do with a table's rows within its grids."""
    resource = RESOURCES.get(table)
    return MATRIX[resource].get(role, frozenset()) if resource else frozenset()


def readable_tables(role: Role) -> frozenset[str]:
    """The tables whose rows this role may see."""
    return frozenset(table for table in RESOURCES if Action.READ in actions_on(role, table))
