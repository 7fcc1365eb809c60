"""Which grids this device knows, and in which one new work belongs."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, text

from desktop.models.device.local_tables import GridCursor
from desktop.models.device.unit_of_work import ReadSession, UnitOfWork
from desktop.models.device.workspace import Workspace
from desktop.models.identity import grid_id, utc_now
from desktop.models.problems import UserProblem
from desktop.models.records.enterprises import Grid

LOCAL_CODE = "LOCAL"


@dataclass(frozen=True, slots=True)
class GridRow:
    """A grid as pages show it. `local` marks the one that holds work done before enrolment."""

    id: str
    code: str
    name: str
    local: bool


def known_grids(workspace: Workspace) -> list[GridRow]:
    """Grids of this device in order of their codes, the local one last."""
    local = workspace.device.local_grid_id
    with workspace.read() as session:
        grids = session.scalars(select(Grid).where(Grid.deleted_at.is_(None)).order_by(Grid.code)).all()
        rows = [GridRow(grid.id, grid.code, grid.name, grid.id == local) for grid in grids]
    return sorted(rows, key=lambda row: row.local)


def grid_for_new_work(workspace: Workspace, code: str | None = None) -> str:
    """The id of the grid new records belong to: the one named, else the officer's only one, else the local one.

    A code this device has not heard of is taken as it stands: the id follows from the code, and the centre decides
    at sync whether the officer may write there.

    Raises:
        UserProblem: `grid_not_chosen` when the officer has several grids and none was named.
    """
    if code is not None and code.strip():
        return grid_id(code)
    with workspace.read() as session:
        scope = list(session.scalars(select(GridCursor.grid_id)))
        if len(scope) > 1:
            codes = session.scalars(select(Grid.code).where(Grid.id.in_(scope)).order_by(Grid.code))
            raise UserProblem("grid_not_chosen", grids=", ".join(codes))
    return scope[0] if scope else workspace.device.local_grid_id


def ensure_grid(session: UnitOfWork, row_id: str, code: str, name: str | None = None) -> None:
    """Make a grid known on this device. Grids belong to the centre, so this writes no operation."""
    session.connection().execute(
        text(
            "INSERT INTO grids (id, grid_id, version, edited_at, code, name) VALUES (:id, :id, 0, :now, :code, :name)"
            " ON CONFLICT DO NOTHING"
        ),
        {"id": row_id, "now": utc_now(), "code": code.strip(), "name": name or code.strip()},
    )


def grid_codes(session: ReadSession | UnitOfWork) -> dict[str, str]:
    """Grid id → code."""
    return {row.id: row.code for row in session.execute(select(Grid.id, Grid.code))}
