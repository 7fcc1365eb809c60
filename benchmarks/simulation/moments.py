"""What must hold in a simulated world at any moment, however bad the line is; every breach is said in one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import select

from benchmarks.simulation.laptop import Laptop
from benchmarks.simulation.photo_proof import photos_lost
from benchmarks.simulation.world import World
from desktop.sync.wire.record_codec import to_stored
from server.tables import change_log


def breaches_now(world: World) -> list[str]:
    """Everything that should hold at this moment and does not."""
    generation = world.centre.store.generation
    with world.centre.store.reading() as connection:
        logged = set(connection.scalars(select(change_log.c.op_id)))
    found: list[str] = []
    for laptop in world.laptops:
        told = [*_not_shown(laptop), *_gone_back(laptop)]
        if laptop.generations[-1] == generation:
            told += [*_operations_lost(laptop, logged), *photos_lost(world, laptop)]
        found += [f"{laptop.name}: {what}" for what in told]
    return found


def _not_shown(laptop: Laptop) -> Iterator[str]:
    """Fields that do not stand as the officer entered them while the centre has never answered."""
    entered: dict[tuple[str, str], dict[str, Any]] = {}
    for table, row_id, fields in laptop.rows(
        "SELECT table_name, row_id, fields FROM outbox"
        " WHERE status IS NULL AND answered_at IS NULL AND kind = 'put' AND fields <> '{}' ORDER BY position"
    ):
        entered.setdefault((table, row_id), {}).update(to_stored(table, msgspec.json.decode(fields)))
    for (table, row_id), values in entered.items():
        rows = laptop.rows(f"SELECT {', '.join(values)} FROM {table} WHERE id = ?", row_id)
        shown = dict(zip(values, rows[0], strict=True)) if rows else {}
        if wrong := sorted(name for name, value in values.items() if not rows or shown[name] != value):
            yield f"{table} {row_id} does not show what was entered: {wrong}"


def _gone_back(laptop: Laptop) -> Iterator[str]:
    """A generation of the centre that a laptop had left and works for again."""
    if len(set(laptop.generations)) < len(laptop.generations):
        yield "works for a generation of the centre that it had left"


def _operations_lost(laptop: Laptop, logged: set[str]) -> Iterator[str]:
    """Operations that are told to have arrived and that this very centre does not have."""
    for op_id, under in laptop.rows(
        "SELECT op_id, coalesce(folded_into, op_id) FROM outbox"
        " WHERE status IN ('applied', 'merged', 'duplicate', 'conflict')"
    ):
        if under not in logged:
            yield f"{op_id} is told to have arrived and has not"
