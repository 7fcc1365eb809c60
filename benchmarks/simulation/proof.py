"""What must hold in a simulated world once it is calm; every breach is said in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from benchmarks.simulation.laptop import Laptop
from benchmarks.simulation.photo_proof import photo_breaches, photo_breaches_at_the_centre
from benchmarks.simulation.world import World
from desktop.models.desk.workspace_health import check
from desktop.models.records.registry import RECORDS
from desktop.sync.wire.digest import row_sum
from desktop.sync.wire.messages import RowSum
from desktop.sync.wire.record_codec import to_stored
from server.grid_clocks import read_clocks
from server.stored_rows import COLUMNS, TABLES
from server.tables import change_log, grants, refused_lines

Rows = dict[str, dict[str, Any]]


def breaches(world: World) -> list[str]:
    """Everything that should hold and does not."""
    with world.centre.store.reading() as connection:
        log = [dict(row) for row in connection.execute(select(change_log)).mappings()]
        rows = {table: _stored(connection, table) for table in TABLES}
        found = [*_at_the_centre(connection, log, rows), *_undone(log), *photo_breaches_at_the_centre(world)]
        for laptop in world.laptops:
            granted = set(
                connection.scalars(
                    select(grants.c.grid_id).where(grants.c.account_id == laptop.officer, grants.c.revoked_at.is_(None))
                )
            )
            told = [*_on(laptop, granted, log, rows), *photo_breaches(world, laptop)]
            found += [f"{laptop.name}: {what}" for what in told]
    return found


def _stored(connection: Connection, table: str) -> Rows:
    """Every row of a table as the database holds it, by id."""
    names = COLUMNS[table]
    found = connection.exec_driver_sql(f"SELECT {', '.join(names)} FROM {table}")
    return {row[0]: dict(zip(names, row, strict=True)) for row in found}


def _at_the_centre(connection: Connection, log: list[dict[str, Any]], rows: dict[str, Rows]) -> Iterator[str]:
    for op_id, times in Counter(entry["op_id"] for entry in log).items():
        if times > 1:
            yield f"centre: {op_id} stands {times} times in the log"
    for code in connection.scalars(select(refused_lines.c.code)):
        yield f"centre: a line was refused: {code}"
    told = _rows_by_the_log(log)
    for table, stored in rows.items():
        for row_id, row in stored.items():
            expected = told.get((table, row_id), {})
            wrong = {name for name, value in expected.items() if row[name] != value}
            if wrong or not expected:
                yield f"centre: {table} {row_id} is not what the log says: {sorted(wrong)}"
    conflicts = {row["op_id"] for row in rows["conflicts"].values()}
    for entry in log:
        if entry["status"] == "conflict" and entry["table_name"] != "conflicts" and entry["op_id"] not in conflicts:
            yield f"centre: the conflict of {entry['op_id']} is on no record"
    grids = {row["grid_id"] for row in rows["grids"].values()}
    for grid, clock in read_clocks(connection, grids).items():
        for table, stored in rows.items():
            counted = row_sum((row["id"], row["version"]) for row in stored.values() if row["grid_id"] == grid)
            if counted != clock.sums.get(table, RowSum(0, 0)):
                yield f"centre: the digest of {table} in {grid[:4]} is wrong"


def _undone(log: list[dict[str, Any]]) -> Iterator[str]:
    """Fields that a device's newest edit wrote and an older one of its own undid."""
    newest: dict[tuple[str, str, str], tuple[str, Any]] = {}
    last: dict[tuple[str, str, str], Any] = {}
    for entry, values in _written(log):
        for name, value in values.items():
            field = entry["device_id"], entry["row_id"], name
            newest[field] = max(newest.get(field, ("", None)), (entry["op_id"], value), key=lambda edit: edit[0])
            last[field] = value
    for field, (op_id, value) in newest.items():
        _, row_id, name = field
        if name != "deleted_at" and last[field] != value:
            yield f"centre: {name} of {row_id} was set by {op_id}, and then again by an older edit of that device"


def _rows_by_the_log(log: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Every row as its log entries made it, in the order of its versions."""
    made: dict[tuple[str, str], dict[str, Any]] = {}
    for entry, values in _written(log):
        made.setdefault((entry["table_name"], entry["row_id"]), {}).update(values, version=entry["version"])
    return made


def _written(log: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What wrote anything, in the order of its grid's history, with the values it wrote."""
    for entry in sorted((e for e in log if e["sequence"] is not None), key=lambda e: e["sequence"]):
        written = entry["status"] in ("applied", "merged") or entry["taken"] is not None
        if not written:
            continue
        body = msgspec.json.decode(entry["body"])
        values = to_stored(entry["table_name"], body["fields"])
        if body["kind"] == "delete":
            values["deleted_at"] = body["edited_at"]
        if entry["taken"] is not None:
            values = {name: values.get(name) for name in msgspec.json.decode(entry["taken"])}
        yield entry, values


def _on(laptop: Laptop, granted: set[str], log: list[dict[str, Any]], rows: dict[str, Rows]) -> Iterator[str]:
    with laptop.at_work() as workspace:
        faults = check(workspace)["faults"]
    for kind, _, what in (str(fault).partition(":") for fault in faults):
        # a record brought back for somebody who may not do it any more: the bytes are with him
        if kind != "attachment_missing" or any(sha256.startswith(what) for sha256 in laptop.photos):
            yield f"{kind} {what}"
    operations = laptop.rows("SELECT op_id, status, table_name, row_id, fields, folded_into, code FROM outbox")
    logged = {entry["op_id"]: entry["status"] for entry in log}
    refused = {op_id for op_id, status, *_ in operations if status in ("rejected", "forbidden")}
    for op_id, status, _, _, _, under, code in operations:
        if status is None:
            yield f"{op_id} was never answered"
        if status == "held" and logged.get(under or op_id) != "held":
            yield f"{op_id} is held here only"
        if code in ("operation_id_reused", "sync_operation_malformed", "sync_conflict_not_yours"):
            yield f"{op_id} was refused: {code}"
    for op_id, under in laptop.acknowledged.items():
        if under not in logged and op_id not in logged and op_id not in refused:
            yield f"{op_id} was acknowledged and is lost"
    cursors = {row[0] for row in laptop.rows("SELECT grid_id FROM grid_cursors")}
    if cursors != granted:
        yield f"works in {len(cursors)} grids and not in {len(granted)}"
    kept: dict[tuple[str, str], set[str]] = {}
    for _, status, table, row_id, fields, *_ in operations:
        if status in ("rejected", "forbidden", "held"):  # what was entered stays here as it is
            kept.setdefault((table, row_id), set()).update(msgspec.json.decode(fields))
    for table in RECORDS:
        yield from _compared(laptop, table, granted, rows[table], kept)


def _compared(
    laptop: Laptop, table: str, granted: set[str], there: Rows, kept: dict[tuple[str, str], set[str]]
) -> Iterator[str]:
    names = COLUMNS[table]
    here = {
        row[0]: dict(zip(names, row, strict=True)) for row in laptop.rows(f"SELECT {', '.join(names)} FROM {table}")
    }
    for row_id, row in there.items():
        if row["grid_id"] not in granted:
            continue
        mine = here.pop(row_id, None)
        if mine is None:
            yield f"{table} {row_id} is missing"
            continue
        own = kept.get((table, row_id), set())
        own |= {"edited_at", "edited_by", "deleted_at"} if (table, row_id) in kept else set()
        if wrong := {name: (mine[name], row[name]) for name in names if name not in own and mine[name] != row[name]}:
            yield f"{table} {row_id} is not as at the centre (here, there): {wrong}"
    for row_id, row in here.items():
        foreign = row["grid_id"] not in granted
        if not kept.get((table, row_id)) and not (foreign and kept) and table != "grids":
            yield f"{table} {row_id} is {'not the officer’s' if foreign else 'unknown at the centre'}"
