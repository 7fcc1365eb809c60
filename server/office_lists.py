"""What the pages of the office list: accounts, devices, grids and the audit, as far as the actor's rights reach."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Grid
from server.accounts import holder_of
from server.rights import Action, Actor, Holder, Reach, cell_of, may
from server.tables import accounts, audit_events, devices, grants
from server.web_sessions import lasting

PAGE_ROWS = 100
Item = RowMapping

_a, _d, _e, _g = accounts.c, devices.c, audit_events.c, grants.c


def accounts_within(connection: Connection, actor: Actor, kind: str = "accounts") -> set[str] | None:
    """Ids of the accounts whose things of this kind the actor may read; nothing when they are everybody's."""
    cell = cell_of(actor.role, kind)
    if Action.READ not in cell.actions:
        return set()
    if cell.reach is Reach.ALL:
        return None
    if cell.reach is Reach.OWN:
        return {actor.account_id}
    near = connection.scalars(select(_g.account_id).where(_g.grid_id.in_(actor.grids)).distinct()).all()
    holders = [holder for account_id in near if (holder := holder_of(connection, account_id))]
    return {holder.account_id for holder in holders if may(actor, Action.READ, kind, holder)}


def listed_accounts(connection: Connection, actor: Actor, page: int) -> list[Item]:
    """Open accounts by name, with their role and how many devices and grids they have; one more than a page."""
    held = select(func.count()).where(_d.account_id == _a.id, _d.revoked_at.is_(None)).scalar_subquery()
    granted = select(func.count()).where(_g.account_id == _a.id, _g.revoked_at.is_(None)).scalar_subquery()
    query = select(
        _a.id, _a.name, _a.role, _a.made_at, _a.totp_since, held.label("devices"), granted.label("grids")
    ).where(_a.closed_at.is_(None))
    within = accounts_within(connection, actor)
    if within is not None:
        query = query.where(_a.id.in_(within))
    return _page(connection, query.order_by(_a.name, _a.id), page)


def account(connection: Connection, actor: Actor, account_id: str) -> dict[str, Any] | None:
    """One account with its grids, devices and sign-ins, or nothing when there is none the actor may read."""
    holder = holder_of(connection, account_id)
    if holder is None or not may(actor, Action.READ, "accounts", holder):
        return None
    query = select(_a.id, _a.name, _a.role, _a.made_at, _a.closed_at, _a.totp_since, _a.must_change)
    granted = select(Grid.id, Grid.code, Grid.name, _g.granted_at).join(grants, _g.grid_id == Grid.id)
    return {
        "account": connection.execute(query.where(_a.id == account_id)).mappings().one(),
        "grids": connection.execute(
            granted.where(_g.account_id == account_id, _g.revoked_at.is_(None)).order_by(Grid.code)
        ).mappings().all(),
        "devices": devices_of(connection, account_id),
        "sign_ins": lasting(connection, account_id),
        "writable": may(actor, Action.WRITE, "accounts", holder),
        "admits": may(actor, Action.ISSUE, "devices", holder),
    }  # fmt: skip


def devices_of(connection: Connection, account_id: str) -> list[Item]:
    """The devices of one account, latest seen first."""
    return list(connection.execute(_devices().where(_d.account_id == account_id)).mappings())


def listed_devices(connection: Connection, actor: Actor, page: int) -> list[Item]:
    """Devices, latest seen first, with whose they are; one more than a page."""
    within = accounts_within(connection, actor, "devices")
    return _page(connection, _devices() if within is None else _devices().where(_d.account_id.in_(within)), page)


def listed_grids(connection: Connection, actor: Actor, page: int) -> list[Item]:
    """Grids by code, with how many officers work there; one more than a page."""
    officers = select(func.count()).where(_g.grid_id == Grid.id, _g.revoked_at.is_(None)).scalar_subquery()
    query = select(Grid.id, Grid.code, Grid.name, officers.label("officers")).order_by(Grid.code)
    if cell_of(actor.role, "accounts").reach is not Reach.ALL:
        query = query.where(Grid.id.in_(actor.grids))
    return _page(connection, query, page)


def listed_events(connection: Connection, actor: Actor, page: int) -> list[Item]:
    """Audit events, latest first, with the names of who acted; one more than a page."""
    query = select(
        _e.at, _e.action, _e.object_kind, _e.object_id, _e.detail, _e.result, _a.name.label("actor")
    ).outerjoin(accounts, _a.id == _e.account_id)
    within = accounts_within(connection, actor, "audit")
    if within is not None:
        query = query.where(_e.account_id.in_(within) | _e.object_id.in_(within))
    return _page(connection, query.order_by(_e.position.desc()), page)


def all_officers(connection: Connection) -> list[dict[str, Any]]:
    """Every open account with its role and the codes of its grids, for the command at the server itself."""
    query = select(_a.id, _a.name, _a.role).where(_a.closed_at.is_(None)).order_by(_a.name)
    granted = select(_g.account_id, Grid.code).join(Grid, Grid.id == _g.grid_id).where(_g.revoked_at.is_(None))
    codes: dict[str, list[str]] = {}
    for account_id, code in connection.execute(granted.order_by(Grid.code)):
        codes.setdefault(account_id, []).append(code)
    rows = connection.execute(query).mappings()
    return [{**row, "grids": codes.get(row["id"], [])} for row in rows]


def all_devices(connection: Connection, account_id: str | None) -> list[dict[str, Any]]:
    """The devices of one account or of all, for the command at the server itself."""
    query = _devices() if account_id is None else _devices().where(_d.account_id == account_id)
    return [dict(row) for row in connection.execute(query).mappings()]


def find_device(connection: Connection, id_or_code: str) -> str:
    """The id of a device.

    Raises:
        UserProblem: `server_device_unknown`.
    """
    found = connection.scalar(select(_d.id).where((_d.id == id_or_code) | (_d.code == id_or_code)))
    if found is None:
        raise UserProblem("server_device_unknown", device=id_or_code[:40])
    return str(found)


def holder_of_device(connection: Connection, device_id: str) -> Holder | None:
    """The account a device belongs to."""
    account_id = connection.scalar(select(_d.account_id).where(_d.id == device_id))
    return holder_of(connection, account_id) if account_id else None


def _devices() -> Any:
    return (
        select(_d.id, _d.code, _d.name, _d.enrolled_at, _d.seen_at, _d.revoked_at, _a.name.label("officer"))
        .join(accounts, _a.id == _d.account_id)
        .order_by(_d.seen_at.desc(), _d.id)
    )


def _page(connection: Connection, query: Any, page: int) -> list[Item]:
    return list(connection.execute(query.offset(page * PAGE_ROWS).limit(PAGE_ROWS + 1)).mappings())
