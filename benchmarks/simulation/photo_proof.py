"""What must hold of the photos of a simulated world; every breach is said in one line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import select

from benchmarks.simulation.laptop import Laptop
from benchmarks.simulation.world import World
from server.tables import attachment_files

Place = tuple[str, str]
"""(hash, grid)"""


def photos_lost(world: World, laptop: Laptop) -> Iterator[str]:
    """Photos a laptop takes for arrived and the centre does not hold; holds at any moment within a generation."""
    held = _held(world)
    for sha256, grid in laptop.rows("SELECT sha256, grid_id FROM confirmed_attachments"):
        if (sha256, grid) not in held:
            yield f"photo {sha256[:8]} is told to have arrived in {grid[:4]} and has not"
        elif not _is_whole(world, sha256):
            yield f"photo {sha256[:8]} is told to have arrived and its bytes are not there"


def photo_breaches(world: World, laptop: Laptop) -> Iterator[str]:
    """The same once it is calm, and photos that could have arrived and have not."""
    yield from photos_lost(world, laptop)
    held = _held(world)
    for sha256 in sorted(laptop.photos):
        if not _is_here(laptop, sha256) and not _is_whole(world, sha256):
            yield f"photo {sha256[:8]} was taken here and is nowhere"
    for sha256, grid in _sendable(laptop):
        if _is_here(laptop, sha256) and (sha256, grid) not in held:
            yield f"photo {sha256[:8]} could be sent and is not held in {grid[:4]}"
    confirmed = {tuple(row) for row in laptop.rows("SELECT sha256, grid_id FROM confirmed_attachments")}
    for sha256, grid in _sendable(laptop):
        if (sha256, grid) in held and (sha256, grid) not in confirmed:
            yield f"photo {sha256[:8]} is held in {grid[:4]} and nobody told this laptop"


def photo_breaches_at_the_centre(world: World) -> Iterator[str]:
    """Photos that are said to be held, and whose bytes are not there or others."""
    for (sha256, grid), size in _held(world).items():
        if not _is_whole(world, sha256, size):
            yield f"centre: photo {sha256[:8]} stands in {grid[:4]} and its bytes are not there"


def _sendable(laptop: Laptop) -> list[Place]:
    """Photos of records that stand at the centre, in the grids of the officer."""
    return [
        (sha256, grid)
        for sha256, grid in laptop.rows(
            "SELECT DISTINCT sha256, grid_id FROM attachments WHERE deleted_at IS NULL AND version > 0"
            " AND grid_id IN (SELECT grid_id FROM grid_cursors) ORDER BY sha256, grid_id"
        )
    ]


def _held(world: World) -> dict[Place, int]:
    files = attachment_files.c
    with world.centre.store.reading() as connection:
        rows = connection.execute(select(files.sha256, files.grid_id, files.size))
        return {(row.sha256, row.grid_id): row.size for row in rows}


def _is_whole(world: World, sha256: str, size: int | None = None) -> bool:
    opened = world.centre.attachments.open(sha256)
    if opened is None:
        return False
    with opened:
        content = opened.read()
    return hashlib.sha256(content).hexdigest() == sha256 and size in (None, len(content))


def _is_here(laptop: Laptop, sha256: str) -> bool:
    content = laptop.workspace.attachments.get(sha256)
    return content is not None and hashlib.sha256(content).hexdigest() == sha256
