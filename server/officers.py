"""Making an officer: the account, its grids, and the rows by which colleagues know grid and officer."""

from __future__ import annotations

from sqlalchemy import Connection, select

from desktop.models.identity import grid_id, member_id, new_id, utc_now
from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Grid
from desktop.models.vocabulary import OperationKind, Role
from desktop.sync.wire.messages import GridScope, Operation
from server.accounts import actor_of, add_account, grant
from server.ingest import write_own_rows
from server.passwords import Passwords, require_strong
from server.rights import Actor
from server.store import Store
from server.tables import grid_clocks

GRID_CODE_LENGTH = 40


def create_officer(store: Store, passwords: Passwords, name: str, role: Role, codes: list[str], password: str) -> str:
    """Make an account that works in these grids and return its id; a grid code not heard of makes the grid.

    Raises:
        UserProblem: `server_officer_exists`, `server_officer_name`, `server_grid_code`, `server_password_length`,
            `server_password_weak`.
    """
    require_strong(password)
    wanted = {grid_id(code): code.strip() for code in codes}
    if not all(0 < len(code) <= GRID_CODE_LENGTH and code.isprintable() for code in wanted.values()):
        raise UserProblem("server_grid_code", longest=GRID_CODE_LENGTH)
    hashed = passwords.hash(password)
    with store.writing() as connection:
        account_id = add_account(connection, name.strip(), role, hashed)
        known = set(connection.scalars(select(Grid.id).where(Grid.id.in_(wanted))))
        for grid in wanted:
            grant(connection, account_id, grid)
        operations = [_grid_row(grid, code) for grid, code in wanted.items() if grid not in known]
        for grid in wanted:
            operations += _member_rows(account_id, name.strip(), role, grid)
        write_own_rows(connection, operations, new_id(), actor_of(connection, account_id))
    return account_id


def grids_of(connection: Connection, actor: Actor) -> list[GridScope]:
    """The grids an officer may work in, by their codes, with their clocks."""
    rows = connection.execute(
        select(Grid.id, Grid.code, Grid.name, grid_clocks.c.sequence)
        .join(grid_clocks, grid_clocks.c.grid_id == Grid.id)
        .where(Grid.id.in_(actor.grids))
        .order_by(Grid.code)
    )
    return [GridScope(row.id, row.code, row.name, row.sequence) for row in rows]


def _grid_row(row_id: str, code: str) -> Operation:
    return _put("grids", row_id, row_id, {"code": code, "name": code})


def _member_rows(account_id: str, name: str, role: Role, grid: str) -> list[Operation]:
    member = member_id(account_id, grid)
    return [
        _put("members", member, grid, {"name": name}),
        _put("member_roles", new_id(), grid, {"member_id": member, "role": role.value}),
    ]


def _put(table: str, row_id: str, grid: str, fields: dict[str, str]) -> Operation:
    return Operation(new_id(), table, row_id, grid, OperationKind.PUT, dict(fields), 0, utc_now())
