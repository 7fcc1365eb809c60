"""The register of enterprises: found by characters, pinyin, initials or credit code; ids first, rows when painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from sqlalchemy import text

from desktop.models.device.search_keys import fold
from desktop.models.device.unit_of_work import ReadSession
from desktop.models.device.workspace import Workspace
from desktop.models.problems import UserProblem

Order = Literal["name", "last_visit", "open_findings", "staff_due", "resumed_on"]

_ORDER_SQL: dict[str, str] = {
    "name": "e.name",
    "last_visit": "(SELECT max(v.visited_on) FROM visits v WHERE v.enterprise_id = e.id)",
    "open_findings": (
        "(SELECT count(*) FROM findings f WHERE f.enterprise_id = e.id AND f.state NOT IN ('closed', 'void'))"
    ),
    "staff_due": "e.staff_due",
    "resumed_on": "e.resumed_on",
}

_ROWS_SQL = """
SELECT e.id, e.name, e.credit_code, g.code, e.scale, e.industry, e.address, e.staff_due, e.staff_on_duty, e.resumed_on,
  (SELECT max(v.visited_on) FROM visits v WHERE v.enterprise_id = e.id),
  (SELECT count(*) FROM visits v WHERE v.enterprise_id = e.id),
  (SELECT count(*) FROM findings f WHERE f.enterprise_id = e.id AND f.state NOT IN ('closed', 'void'))
FROM enterprises e LEFT JOIN grids g ON g.id = e.grid_id
WHERE e.id IN (SELECT value FROM json_each(:ids))
"""


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """One line of the register. Dates are local days `YYYY-MM-DD`; head counts are persons."""

    id: str
    name: str
    credit_code: str | None
    grid: str | None
    scale: str | None
    industry: str | None
    address: str | None
    staff_due: int | None
    staff_on_duty: int | None
    resumed_on: str | None
    last_visit_on: str | None
    visits: int
    open_findings: int


@dataclass(frozen=True, slots=True)
class EnterpriseFilter:
    """What the register shows: text to find, grid code, size class, and not visited since a day."""

    search: str = ""
    grid: str | None = None
    scale: str | None = None
    not_visited_since: str | None = None


def enterprise_ids(
    session: ReadSession,
    chosen: EnterpriseFilter = EnterpriseFilter(),
    order: Order = "name",
    descending: bool = False,
    limit: int | None = None,
) -> list[str]:
    """Ids of the enterprises that match, in order."""
    where, facts = _conditions(chosen)
    direction = "DESC" if descending else "ASC"
    nulls = "" if order == "name" else f"{_ORDER_SQL[order]} IS NULL, "
    tail = " LIMIT :limit" if limit is not None else ""
    statement = f"SELECT e.id FROM enterprises e{where} ORDER BY {nulls}{_ORDER_SQL[order]} {direction}, e.id{tail}"  # noqa: S608
    return list(session.scalars(text(statement), facts | ({"limit": limit} if limit is not None else {})))


def count_enterprises(session: ReadSession, chosen: EnterpriseFilter = EnterpriseFilter()) -> int:
    """How many match."""
    where, facts = _conditions(chosen)
    return int(session.scalar(text(f"SELECT count(*) FROM enterprises e{where}"), facts) or 0)  # noqa: S608


def enterprise_rows(session: ReadSession, ids: list[str]) -> list[EnterpriseRow]:
    """Rows for these ids, in the order asked; unknown ids are left out."""
    if not ids:
        return []
    found = session.execute(text(_ROWS_SQL), {"ids": msgspec.json.encode(ids).decode()})
    by_id = {row[0]: EnterpriseRow(*row) for row in found}
    return [by_id[row_id] for row_id in ids if row_id in by_id]


def find_enterprise(workspace: Workspace, words: str) -> EnterpriseRow:
    """The one enterprise meant by an id, a credit code or an exact name.

    Raises:
        UserProblem: `enterprise_unknown` or `enterprise_ambiguous`.
    """
    with workspace.read() as session:
        ids = list(
            session.scalars(
                text(
                    "SELECT id FROM enterprises WHERE deleted_at IS NULL"
                    " AND (id = :words OR credit_code = :upper OR name = :words) LIMIT 2"
                ),
                {"words": words.strip(), "upper": words.strip().upper()},
            )
        )
        if not ids:
            raise UserProblem("enterprise_unknown", enterprise=words)
        if len(ids) > 1:
            raise UserProblem("enterprise_ambiguous", enterprise=words)
        return enterprise_rows(session, ids)[0]


def _conditions(chosen: EnterpriseFilter) -> tuple[str, dict[str, Any]]:
    conditions = ["e.deleted_at IS NULL"]
    facts: dict[str, Any] = {}
    if chosen.search.strip():
        conditions.append("e.id IN (SELECT k.enterprise_id FROM search_keys k WHERE instr(k.keys, :search) > 0)")
        facts["search"] = fold(chosen.search)
    if chosen.grid:
        conditions.append("e.grid_id IN (SELECT g.id FROM grids g WHERE g.code = :grid)")
        facts["grid"] = chosen.grid
    if chosen.scale:
        conditions.append("e.scale = :scale")
        facts["scale"] = chosen.scale
    if chosen.not_visited_since:
        conditions.append("NOT EXISTS (SELECT 1 FROM visits v WHERE v.enterprise_id = e.id AND v.visited_on >= :since)")
        facts["since"] = chosen.not_visited_since
    return " WHERE " + " AND ".join(conditions), facts
