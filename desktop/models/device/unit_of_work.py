"""The only place that opens sessions on a laptop: `read`, `write`, and the set-based path for imports and pull.

A write and its operations are one transaction. A flush listener turns every new or changed synced row into an outbox
operation; bulk statements on synced tables are refused because they would slip past it. The set-based path
(`store_rows`, `change_rows`) writes rows and operations together by itself; `apply_remote` writes what the centre
said, which needs no operation, and never touches a field whose own operation is still unanswered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Engine, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from desktop.models.database import writing
from desktop.models.device.change_set import ChangeSet
from desktop.models.device.local_tables import OutboxOperation, SearchKeys
from desktop.models.device.search_keys import search_keys
from desktop.models.identity import new_id, new_ids, utc_now
from desktop.models.records.base import ENVELOPE_COLUMNS, Base, JsonText, Synced
from desktop.models.records.enterprises import Enterprise
from desktop.models.vocabulary import OperationKind

Row = Mapping[str, Any]
_STRETCH = 2_000
"""Rows that are written at a time: few enough for what is made of them to stay in the processor's cache."""
_encoder = msgspec.json.Encoder(order="sorted")
_encode = _encoder.encode
_OUTBOX_INSERT = (
    "INSERT INTO outbox (op_id, table_name, row_id, grid_id, kind, fields, base_version, edited_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


class UnitOfWork(Session):
    """A session of one write. `changes` tells after the commit what it changed; `author` is put on every row."""

    def __init__(self, engine: Engine, author: str | None) -> None:
        super().__init__(writing(engine), expire_on_commit=False)
        self.author = author
        self.changes = ChangeSet()


class ReadSession(Session):
    """A session that only reads; writing through it is a slip of ours and is refused."""


@contextmanager
def write(engine: Engine, author: str | None) -> Iterator[UnitOfWork]:
    """One transaction: commits when the block ends well, leaves nothing when it does not."""
    with UnitOfWork(engine, author) as session, session.begin():
        yield session


@contextmanager
def read(engine: Engine) -> Iterator[ReadSession]:
    """One consistent snapshot of the database."""
    with ReadSession(engine, autoflush=False) as session:
        yield session


@event.listens_for(ReadSession, "before_flush")
def _refuse_flush(*_: object) -> None:
    raise RuntimeError("a read session was written to")


@event.listens_for(UnitOfWork, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper
    if mapper and issubclass(mapper.class_, Synced) and not state.is_select:
        raise RuntimeError("bulk statements on synced tables bypass the outbox: use store_rows or change_rows")


@event.listens_for(UnitOfWork, "before_flush")
def _write_operations(session: UnitOfWork, *_: object) -> None:
    """Add one operation for every synced row this flush writes."""
    if any(isinstance(row, Synced) for row in session.deleted):
        raise RuntimeError("synced rows are never removed: set deleted_at")
    now = utc_now()
    for row in list(session.new):
        if isinstance(row, Synced):
            row.id = row.id or new_id()
            _queue(session, row, _present_fields(row), base_version=0, now=now)
    for row in list(session.dirty):
        if isinstance(row, Synced) and session.is_modified(row):
            _queue(session, row, _changed_fields(row), base_version=row.version, now=now)


def _queue(session: UnitOfWork, row: Synced, fields: dict[str, Any], base_version: int, now: str) -> None:
    table: str = row.__tablename__  # type: ignore[attr-defined]
    row.edited_at, row.edited_by = now, session.author
    if row.deleted_at:
        row.deleted_at = now  # the operation says no more than when it was made
    session.add(
        OutboxOperation(
            op_id=new_id(), table_name=table, row_id=row.id, grid_id=row.grid_id,
            kind=OperationKind.DELETE if row.deleted_at else OperationKind.PUT,
            fields=fields, base_version=base_version, edited_at=now,
        )
    )  # fmt: skip
    session.changes.add(table, row.id)
    if isinstance(row, Enterprise) and (base_version == 0 or fields.keys() & {"name", "credit_code"}):
        keys = search_keys(row.name, row.credit_code)
        session.merge(SearchKeys(enterprise_id=row.id, keys=keys))


def _present_fields(row: Synced) -> dict[str, Any]:
    names = inspect(type(row)).column_attrs.keys()
    return {name: value for name in names if name not in ENVELOPE_COLUMNS and (value := getattr(row, name)) is not None}


def _changed_fields(row: Synced) -> dict[str, Any]:
    history = inspect(row).attrs
    names = inspect(type(row)).column_attrs.keys()
    return {
        name: getattr(row, name)
        for name in names
        if name not in ENVELOPE_COLUMNS and history[name].history.has_changes()
    }


def store_rows(session: UnitOfWork, kind: type[Base], grid_id: str, rows: Mapping[str, Row]) -> None:
    """Insert many new rows of one kind with their operations, set by set.

    Args:
        rows: the kind's own columns of every row, by the row's id; a missing column is empty.
    """
    if not rows:
        return
    table = kind.__tablename__
    given = frozenset[str]().union(*rows.values())
    columns = [name for name in _own_columns(kind) if name in given]
    now, author = utc_now(), session.author
    marks = ", ".join("?" for _ in range(len(columns) + 5))
    insert = (
        f"INSERT INTO {table} (id, grid_id, version, edited_at, edited_by, {', '.join(columns)})"  # noqa: S608
        f" VALUES ({marks})"
    )
    as_text = _json_columns(kind)
    connection = session.connection()
    coming = iter(rows.items())
    while part := list(islice(coming, _STRETCH)):
        connection.exec_driver_sql(
            insert,
            [
                (row_id, grid_id, 0, now, author, *(_bound(row.get(name), name in as_text) for name in columns))
                if as_text
                else (row_id, grid_id, 0, now, author, *map(row.get, columns))
                for row_id, row in part
            ],
        )
        fields = _encoder.encode_lines([_present(row) for _, row in part]).decode().split("\n")
        connection.exec_driver_sql(
            _OUTBOX_INSERT,
            [
                (op_id, table, row_id, grid_id, "put", line, 0, now)
                for op_id, (row_id, _), line in zip(new_ids(len(part)), part, fields, strict=False)
            ],
        )
        if kind is Enterprise:
            _index(session, ((row_id, row["name"], row.get("credit_code")) for row_id, row in part))
    _note(session, table, rows)


def _present(fields: Row) -> Row:
    """What a new row's operation says: all that is not empty."""
    return {name: value for name, value in fields.items() if value is not None} if None in fields.values() else fields


def change_rows(session: UnitOfWork, kind: type[Base], changes: Sequence[tuple[str, str, int, Row]]) -> None:
    """Change many rows of one kind with their operations.

    Args:
        changes: (row id, grid id, the row's version, changed fields) each.
    """
    table = kind.__tablename__
    now, author = utc_now(), session.author
    as_text = _json_columns(kind)
    connection = session.connection()
    for names, group in _by_fields(changes).items():
        sets = ", ".join(f"{name} = ?" for name in names)
        connection.exec_driver_sql(
            f"UPDATE {table} SET {sets}, edited_at = ?, edited_by = ? WHERE id = ?",  # noqa: S608
            [(*(_bound(c[3][n], n in as_text) for n in names), now, author, c[0]) for c in group],
        )
    connection.exec_driver_sql(
        _OUTBOX_INSERT,
        [
            (op_id, table, row_id, grid_id, "put", _encode(dict(fields)).decode(), version, now)
            for op_id, (row_id, grid_id, version, fields) in zip(new_ids(len(changes)), changes, strict=True)
        ],
    ) if changes else None
    _note(session, table, (change[0] for change in changes))
    renamed = [change[0] for change in changes if change[3].keys() & {"name", "credit_code"}]
    if kind is Enterprise and renamed:
        _reindex(session, renamed)


def apply_remote(session: UnitOfWork, kind: type[Base], rows: Sequence[Row]) -> None:
    """Write rows as the centre sent them (all columns but those still waiting to be answered); no operations.

    Args:
        rows: full rows with `id`, `grid_id`, `version`, `edited_at`, `edited_by`, `deleted_at` and own columns.
    """
    if not rows:
        return
    table = kind.__tablename__
    waiting = _waiting_fields(session, table, [row["id"] for row in rows])
    as_text = _json_columns(kind)
    columns = ["id", "grid_id", "version", "edited_at", "edited_by", "deleted_at", *_own_columns(kind)]
    connection = session.connection()
    for kept, group in _by_kept(rows, waiting).items():
        sets = ", ".join(f"{c} = excluded.{c}" for c in columns if c != "id" and c not in kept)
        connection.exec_driver_sql(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)})"  # noqa: S608
            f" ON CONFLICT (id) DO UPDATE SET {sets}",
            [tuple(_bound(row.get(c), c in as_text) for c in columns) for row in group],
        )
    _note(session, table, (row["id"] for row in rows))
    if kind is Enterprise:
        _reindex(session, [row["id"] for row in rows])


def _waiting_fields(session: UnitOfWork, table: str, ids: list[str]) -> dict[str, frozenset[str]]:
    """Fields with an edit the centre has not answered. What it held it has: it sends such a row once it has decided."""
    found: dict[str, frozenset[str]] = {}
    for row_id, kind, fields in session.connection().exec_driver_sql(
        "SELECT row_id, kind, fields FROM outbox WHERE table_name = ? AND status IS NULL"
        " AND row_id IN (SELECT value FROM json_each(?))",
        (table, _encode(ids).decode()),
    ):
        names = set(msgspec.json.decode(fields)) | ({"deleted_at"} if kind == OperationKind.DELETE else set())
        found[row_id] = found.get(row_id, frozenset()) | names
    return found


def _by_kept(rows: Iterable[Row], waiting: Mapping[str, frozenset[str]]) -> dict[frozenset[str], list[Row]]:
    groups: dict[frozenset[str], list[Row]] = {}
    for row in rows:
        groups.setdefault(waiting.get(row["id"], frozenset()), []).append(row)
    return groups


def _by_fields(
    changes: Iterable[tuple[str, str, int, Row]],
) -> dict[tuple[str, ...], list[tuple[str, str, int, Row]]]:
    groups: dict[tuple[str, ...], list[tuple[str, str, int, Row]]] = {}
    for change in changes:
        groups.setdefault(tuple(sorted(change[3])), []).append(change)
    return groups


def _own_columns(kind: type[Base]) -> list[str]:
    return [c.name for c in kind.__table__.columns if c.name not in ENVELOPE_COLUMNS]


def _json_columns(kind: type[Base]) -> frozenset[str]:
    return frozenset(c.name for c in kind.__table__.columns if isinstance(c.type, JsonText))


def _bound(value: Any, as_text: bool) -> Any:
    return _encode(value).decode() if as_text and value is not None else value


def _note(session: UnitOfWork, table: str, ids: Iterable[str]) -> None:
    session.changes.rows.setdefault(table, set()).update(ids)


def _index(session: UnitOfWork, named: Iterable[tuple[str, str, str | None]]) -> None:
    session.connection().exec_driver_sql(
        "INSERT INTO search_keys (enterprise_id, keys) VALUES (?, ?)"
        " ON CONFLICT (enterprise_id) DO UPDATE SET keys = excluded.keys",
        [(row_id, search_keys(name, code)) for row_id, name, code in named],
    )


def _reindex(session: UnitOfWork, ids: list[str]) -> None:
    found = session.connection().exec_driver_sql(
        "SELECT id, name, credit_code FROM enterprises WHERE id IN (SELECT value FROM json_each(?))",
        (_encode(ids).decode(),),
    )
    _index(session, [(row[0], row[1], row[2]) for row in found])
