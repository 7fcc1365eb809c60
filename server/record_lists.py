"""What the web pages list: records of the grids an actor may read, newest first, as plain mappings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, func, select

from desktop.models.records.attachments import Attachment
from desktop.models.records.conflicts import Conflict
from desktop.models.records.enterprises import Contact, Enterprise, Grid
from desktop.models.records.findings import Finding
from desktop.models.records.letters import Letter
from desktop.models.records.visits import Answer, Visit
from server.rights import Action, Actor, actions_on
from server.tables import accounts, attachment_files

PAGE_ROWS = 100
Item = RowMapping
Query = Select[*tuple[Any, ...]]


def enterprises(connection: Connection, actor: Actor, page: int) -> list[Item]:
    """Enterprises by name."""
    query = select(
        Enterprise.id, Enterprise.name, Enterprise.credit_code, Enterprise.township, Enterprise.staff_on_duty,
        Grid.code.label("grid"),
    ).join(Grid, Grid.id == Enterprise.grid_id)  # fmt: skip
    return _listed(connection, actor, query, Enterprise, page, Enterprise.name)


def visits(connection: Connection, actor: Actor, page: int) -> list[Item]:
    """Visits, latest first, with how many measures were answered and how many of the photos have arrived."""
    answered = select(func.count()).where(Answer.visit_id == Visit.id, Answer.deleted_at.is_(None)).scalar_subquery()
    query = select(
        Visit.id, Visit.visited_on, Visit.kind, Visit.state, Visit.officer_name, Enterprise.name.label("enterprise"),
        answered.label("answers"), *_photos("visits", Visit.id),
    ).join(Enterprise, Enterprise.id == Visit.enterprise_id)  # fmt: skip
    return _listed(connection, actor, query, Visit, page, Visit.visited_on.desc())


def findings(connection: Connection, actor: Actor, page: int) -> list[Item]:
    """Findings, latest first."""
    query = select(
        Finding.id, Finding.number, Finding.title, Finding.severity, Finding.route, Finding.state, Finding.found_on,
        Finding.due_on, Enterprise.name.label("enterprise"),
    ).join(Enterprise, Enterprise.id == Finding.enterprise_id)  # fmt: skip
    return _listed(connection, actor, query, Finding, page, Finding.found_on.desc())


def letters(connection: Connection, actor: Actor, page: int) -> list[Item]:
    """Letters, latest first, with whether the paper itself has arrived."""
    query = select(
        Letter.id, Letter.number, Letter.state, Letter.issued_on, Letter.pages, Letter.sha256,
        Enterprise.name.label("enterprise"), *_photos("letters", Letter.id),
    ).join(Enterprise, Enterprise.id == Letter.enterprise_id)  # fmt: skip
    return _listed(connection, actor, query, Letter, page, Letter.issued_on.desc())


def conflicts(connection: Connection, actor: Actor, page: int) -> list[Item]:
    """Fields two people set differently, open ones first, with the names of both."""
    theirs, mine = accounts.alias(), accounts.alias()
    query = (
        select(
            Conflict.table_name, Conflict.row_id, Conflict.field, Conflict.base, Conflict.theirs, Conflict.mine,
            Conflict.theirs_at, Conflict.mine_at, Conflict.state, Conflict.resolution, Conflict.resolved_at,
            theirs.c.name.label("theirs_name"), mine.c.name.label("mine_name"), Grid.code.label("grid"),
        )
        .join(Grid, Grid.id == Conflict.grid_id)
        .outerjoin(theirs, theirs.c.id == Conflict.theirs_by)
        .outerjoin(mine, mine.c.id == Conflict.mine_by)
    )  # fmt: skip
    return _listed(connection, actor, query, Conflict, page, Conflict.state)


def enterprise(connection: Connection, actor: Actor, row_id: str) -> dict[str, Any] | None:
    """One enterprise with its contacts and visits, or nothing when there is none the actor may read."""
    found = _one(connection, actor, Enterprise, row_id)
    if found is None:
        return None
    called = select(Contact.name, Contact.duty, Contact.phone)
    visited = select(Visit.id, Visit.visited_on, Visit.kind, Visit.state).where(Visit.enterprise_id == row_id)
    return {
        "enterprise": found,
        "contacts": _all(connection, called, Contact.enterprise_id == row_id, Contact.deleted_at.is_(None)),
        "visits": _all(connection, visited.order_by(Visit.visited_on.desc())),
    }


def visit(connection: Connection, actor: Actor, row_id: str) -> dict[str, Any] | None:
    """One visit with its answers, findings and letters, or nothing when there is none the actor may read."""
    found = _one(connection, actor, Visit, row_id)
    if found is None:
        return None
    answers = select(Answer.measure, Answer.result, Answer.note, Answer.answered_at).order_by(Answer.measure)
    logged = select(Finding.number, Finding.title, Finding.state, Finding.due_on).order_by(Finding.number)
    papers = select(Letter.number, Letter.state, Letter.issued_on, Letter.sha256)
    return {
        "visit": found,
        "files": _all(connection, select(*_photos("visits", Visit.id)), Visit.id == row_id)[0],
        "enterprise": _all(connection, select(Enterprise.name), Enterprise.id == found["enterprise_id"])[0],
        "answers": _all(connection, answers, Answer.visit_id == row_id, Answer.deleted_at.is_(None)),
        "findings": _all(connection, logged, Finding.visit_id == row_id, Finding.deleted_at.is_(None)),
        "letters": _all(connection, papers, Letter.visit_id == row_id, Letter.deleted_at.is_(None)),
    }


def _listed(connection: Connection, actor: Actor, query: Query, kind: Any, page: int, order: Any) -> list[Item]:
    """One page of a list, and one row more when there is a next page."""
    if Action.READ not in actions_on(actor.role, kind.__tablename__):
        return []
    mine = kind.grid_id.in_(actor.grids), kind.deleted_at.is_(None)
    return _all(connection, query.order_by(order, kind.id).offset(page * PAGE_ROWS).limit(PAGE_ROWS + 1), *mine)


def _photos(table: str, owner: Any) -> tuple[Any, Any]:
    """How many files of a record there are, and how many of them its grid holds."""
    owned = select(func.count()).where(
        Attachment.owner_table == table, Attachment.owner_id == owner, Attachment.deleted_at.is_(None)
    )
    here = owned.join_from(
        Attachment,
        attachment_files,
        and_(
            attachment_files.c.grid_id == Attachment.grid_id,
            attachment_files.c.sha256 == Attachment.sha256,
        ),
    )
    return owned.scalar_subquery().label("photos"), here.scalar_subquery().label("arrived")


def _one(connection: Connection, actor: Actor, kind: Any, row_id: str) -> Item | None:
    if Action.READ not in actions_on(actor.role, kind.__tablename__):
        return None
    mine = kind.id == row_id, kind.grid_id.in_(actor.grids), kind.deleted_at.is_(None)
    return next(iter(_all(connection, select(kind.__table__), *mine)), None)


def _all(connection: Connection, query: Query, *conditions: Any) -> list[Item]:
    return list(connection.execute(query.where(*conditions)).mappings())
