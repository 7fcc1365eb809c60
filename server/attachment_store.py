"""Photos and papers: the bytes once as an object named by their hash, and for every grid a row that says it holds them.

A grid comes to hold a file only by receiving its bytes. So naming a hash one has heard of opens nothing, and asking for
a hash of another grid tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from sqlalchemy import Connection, select, text

from desktop.models.problems import UserProblem
from server.object_place import objects_at
from server.objects import ObjectStore, blocks_of
from server.rights import Action, Actor, may
from server.tables import attachment_files as files

_NOTE = text(
    "INSERT INTO attachment_files (grid_id, sha256, size, device_id, received_at)"
    " VALUES (:grid_id, :sha256, :size, :device_id, :received_at) ON CONFLICT DO NOTHING"
)


class Held(NamedTuple):
    """A file that a grid holds, and the device that sent it, where that is known. `received_at` is UTC."""

    grid_id: str
    sha256: str
    size: int
    device_id: str | None
    received_at: str


@dataclass(frozen=True, slots=True)
class AttachmentStore:
    """The bytes."""

    objects: ObjectStore

    @classmethod
    def at(cls, place: str) -> AttachmentStore:
        """The store at a place, as `object_place` reads it."""
        return cls(objects_at(place))

    def put(self, sha256: str, content: BinaryIO) -> int:
        """Keep bytes durably under their hash and return how many they are.

        Raises:
            UserProblem: `sync_attachment_differs`; then nothing is kept.
        """
        aside = self.objects.aside()
        try:
            aside.write(blocks_of(content))
            if aside.sha256 != sha256:
                raise UserProblem("sync_attachment_differs")
            self.objects.keep({sha256: aside})
        finally:
            aside.discard()
        return aside.size

    def open(self, sha256: str) -> BinaryIO | None:
        """The bytes under this hash, or nothing; whoever asks has to look at the grids first."""
        return self.objects.open(sha256)


def sizes_held(connection: Connection, actor: Actor, sha256: str) -> dict[str, int]:
    """Grids that hold bytes under this hash and that the actor may read, with how many bytes there are."""
    rows = connection.execute(
        select(files.c.grid_id, files.c.size).where(files.c.grid_id.in_(actor.grids), files.c.sha256 == sha256)
    )
    return {row.grid_id: row.size for row in rows if may(actor, Action.READ, "attachments", row.grid_id)}


def held_among(connection: Connection, actor: Actor, grid: str, hashes: Iterable[str]) -> list[str] | None:
    """Which of these hashes a grid holds; nothing when the actor may not read there."""
    if not may(actor, Action.READ, "attachments", grid):
        return None
    return list(connection.scalars(select(files.c.sha256).where(files.c.grid_id == grid, files.c.sha256.in_(hashes))))


def note_held(connection: Connection, rows: Iterable[Held]) -> None:
    """Write down which grids hold a file. Its bytes must be in the store already; a known row stays as it is."""
    connection.execute(_NOTE, [row._asdict() for row in rows])
