"""What becomes of an officer: made, given grids and a role, closed; and the rows by which colleagues know of it.

Nothing here asks who may: the commands run at the server itself, and the pages ask `rights.may` first. `by` is the
account that acts, or nothing for a command.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from desktop.models.identity import grid_id, member_id, new_id, utc_now
from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Grid
from desktop.models.records.members import Member, MemberRole
from desktop.models.vocabulary import OperationKind, Role
from desktop.sync.wire.messages import GridScope, Operation
from server import accounts, audit, factors, known_browsers, web_sessions
from server.accounts import actor_of, add_account
from server.device_tokens import revoke_device
from server.ingest import write_own_rows
from server.passwords import Passwords, require_strong
from server.rights import WITHOUT_DEVICE, WITHOUT_GRIDS, Actor
from server.store import Store
from server.tables import devices, grid_clocks

GRID_CODE_LENGTH = 40


def create_officer(
    store: Store, passwords: Passwords, name: str, role: Role, codes: list[str], password: str, by: str | None = None
) -> str:
    """Make an account that works in these grids and return its id; a grid code not heard of makes the grid.

    Raises:
        UserProblem: `server_password_length`, `server_password_weak` and those of `create_in`.
    """
    require_strong(password)
    hashed = passwords.hash(password)
    with store.writing() as connection:
        return create_in(connection, name, role, codes, hashed, by)


def create_in(
    connection: Connection,
    name: str,
    role: Role,
    codes: list[str],
    hashed: str,
    by: str | None = None,
    *,
    must_change: bool = False,
) -> str:
    """Make an account with a password that is hashed already, within a transaction.

    Raises:
        UserProblem: `server_officer_exists`, `server_officer_name`, `server_grid_code`, `server_grid_missing`,
            `server_role_without_grids`.
    """
    wanted = {grid_id(code): _checked(code) for code in codes}
    if role in WITHOUT_GRIDS and wanted:
        raise UserProblem("server_role_without_grids", role=role.value)
    if role not in WITHOUT_GRIDS and not wanted:
        raise UserProblem("server_grid_missing", role=role.value)
    account_id = add_account(connection, name.strip(), role, hashed)
    if must_change:
        accounts.set_password(connection, account_id, hashed, must_change=True)
    audit.note(connection, "create", "account", account_id, by=by, detail=role.value)
    _admit(connection, account_id, wanted, by)
    return account_id


def give_grid(connection: Connection, account_id: str, code: str, by: str | None = None) -> str:
    """Let an officer work in one more grid and return its id; a code not heard of makes the grid.

    Raises:
        UserProblem: `server_grid_code`, `server_role_without_grids`.
    """
    code = _checked(code)
    role = actor_of(connection, account_id).role
    if role in WITHOUT_GRIDS:
        raise UserProblem("server_role_without_grids", role=role.value)
    _admit(connection, account_id, {grid_id(code): code}, by)
    return grid_id(code)


def take_grid(connection: Connection, account_id: str, grid: str, by: str | None = None) -> None:
    """Take a grid away from an officer; colleagues no longer see him at work there, his name stays on his records."""
    accounts.revoke(connection, account_id, grid)
    audit.note(connection, "revoke_grid", "account", account_id, by=by, detail=grid)
    _end_posts(connection, account_id, [grid], by)


def change_role(connection: Connection, account_id: str, role: Role, by: str | None = None) -> None:
    """Give an officer another role; it counts from the next request, and his sign-ins end.

    Raises:
        UserProblem: `server_grid_missing` when the new role works in grids and he has none.
    """
    held = sorted(actor_of(connection, account_id).grids)
    if role not in WITHOUT_GRIDS and not held:
        raise UserProblem("server_grid_missing", role=role.value)
    accounts.set_role(connection, account_id, role)
    audit.note(connection, "change_role", "account", account_id, by=by, detail=role.value)
    web_sessions.end_all(connection, account_id)
    _end_posts(connection, account_id, held, by)
    if role in WITHOUT_GRIDS:
        for grid in held:
            accounts.revoke(connection, account_id, grid)
    else:
        _write(connection, account_id, [row for grid in held for row in _posts(connection, account_id, grid)], by)
    if role in WITHOUT_DEVICE:
        _revoke_devices(connection, account_id)


def close_officer(connection: Connection, account_id: str, by: str | None = None) -> None:
    """End an account: sign-ins, devices and grids. What it recorded stays."""
    held = sorted(actor_of(connection, account_id).grids)
    accounts.close_account(connection, account_id)
    web_sessions.end_all(connection, account_id)
    known_browsers.forget(connection, account_id)
    factors.forget(connection, account_id)
    _revoke_devices(connection, account_id)
    _end_posts(connection, account_id, held, by)
    audit.note(connection, "close", "account", account_id, by=by)


def replace_password(connection: Connection, account_id: str, hashed: str, by: str | None = None) -> None:
    """Give an officer a password somebody else chose; he changes it at his next sign-in, and all others end."""
    accounts.set_password(connection, account_id, hashed, must_change=by != account_id)
    web_sessions.end_all(connection, account_id)
    known_browsers.forget(connection, account_id)
    audit.note(connection, "set_password", "account", account_id, by=by)


def forget_factor(connection: Connection, account_id: str, by: str | None = None) -> None:
    """Drop an officer's second factor, because it was lost; a new one is set up at the next sign-in."""
    factors.forget(connection, account_id)
    web_sessions.end_all(connection, account_id)
    known_browsers.forget(connection, account_id)
    audit.note(connection, "forget_factor", "account", account_id, by=by)


def grids_of(connection: Connection, actor: Actor) -> list[GridScope]:
    """The grids an officer may work in, by their codes, with their clocks."""
    rows = connection.execute(
        select(Grid.id, Grid.code, Grid.name, grid_clocks.c.sequence)
        .join(grid_clocks, grid_clocks.c.grid_id == Grid.id)
        .where(Grid.id.in_(actor.grids))
        .order_by(Grid.code)
    )
    return [GridScope(row.id, row.code, row.name, row.sequence) for row in rows]


def _checked(code: str) -> str:
    code = code.strip()
    if not (0 < len(code) <= GRID_CODE_LENGTH and code.isprintable()):
        raise UserProblem("server_grid_code", longest=GRID_CODE_LENGTH)
    return code


def _admit(connection: Connection, account_id: str, wanted: dict[str, str], by: str | None) -> None:
    """Grant grids (id → code) and write the rows that say so."""
    known = set(connection.scalars(select(Grid.id).where(Grid.id.in_(wanted))))
    for grid in wanted:
        accounts.grant(connection, account_id, grid)
        audit.note(connection, "grant_grid", "account", account_id, by=by, detail=grid)
    operations = [
        _put("grids", grid, grid, {"code": code, "name": code}) for grid, code in wanted.items() if grid not in known
    ]
    operations += [row for grid in wanted for row in _posts(connection, account_id, grid)]
    _write(connection, account_id, operations, by)


def _posts(connection: Connection, account_id: str, grid: str) -> list[Operation]:
    """The rows by which colleagues in a grid know an officer and his present role there."""
    officer, member = actor_of(connection, account_id), member_id(account_id, grid)
    version = connection.scalar(select(Member.version).where(Member.id == member))
    rows = [] if version is not None else [_put("members", member, grid, {"name": officer.name})]
    query = select(MemberRole.id, MemberRole.version).where(
        MemberRole.member_id == member, MemberRole.role == officer.role
    )
    post = connection.execute(query).first()
    fields = {"member_id": member, "role": officer.role.value}
    return [*rows, _put("member_roles", post.id if post else new_id(), grid, fields, post.version if post else 0)]


def _end_posts(connection: Connection, account_id: str, grids: list[str], by: str | None) -> None:
    rows = connection.execute(
        select(MemberRole.id, MemberRole.grid_id, MemberRole.version).where(
            MemberRole.member_id.in_([member_id(account_id, grid) for grid in grids]),
            MemberRole.grid_id.in_(grids),
            MemberRole.deleted_at.is_(None),
        )
    ).all()
    _write(connection, account_id, [_delete(row.id, row.grid_id, row.version) for row in rows], by)


def _revoke_devices(connection: Connection, account_id: str) -> None:
    for device in connection.scalars(select(devices.c.id).where(devices.c.account_id == account_id)):
        revoke_device(connection, device)


def _write(connection: Connection, account_id: str, operations: list[Operation], by: str | None) -> None:
    if operations:
        write_own_rows(connection, operations, new_id(), actor_of(connection, by or account_id))


def _put(table: str, row_id: str, grid: str, fields: dict[str, str], version: int = 0) -> Operation:
    return Operation(new_id(), table, row_id, grid, OperationKind.PUT, dict(fields), version, utc_now())


def _delete(row_id: str, grid: str, version: int) -> Operation:
    return Operation(new_id(), "member_roles", row_id, grid, OperationKind.DELETE, {}, version, utc_now())
