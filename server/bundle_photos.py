"""The photos of a bundle: taken in by the same rules as an upload in one piece, with rights, quota and kind."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.models.problems import UserProblem
from desktop.sync.wire.bundle_file import AttachmentPart, Bundle
from server.attachment_store import sizes_held
from server.rights import Actor
from server.uploads import Uploads


def keep_photos(uploads: Uploads, actor: Actor, bundle: Bundle) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The photos that are here now with the grids that hold them, and the others with the code of the reason."""
    kept: dict[str, list[str]] = {}
    refused: dict[str, str] = {}
    for part, pieces in bundle.attachments():
        try:
            kept[part.sha256] = _held(uploads, actor, part.sha256) or _keep(uploads, actor, part, pieces)
        except UserProblem as problem:
            refused[part.sha256] = problem.code
    return kept, refused


def _held(uploads: Uploads, actor: Actor, sha256: str) -> list[str]:
    """The grids that hold a photo, where all that should do."""
    try:
        if not isinstance(uploads.standing(actor, sha256), int):
            return []
    except UserProblem:
        return []
    with uploads.store.reading() as connection:
        return sorted(sizes_held(connection, actor, sha256))


def _keep(uploads: Uploads, actor: Actor, part: AttachmentPart, pieces: Iterator[bytes]) -> list[str]:
    permit = uploads.begin(actor, part.sha256, part.length)
    aside = uploads.attachments.objects.aside()
    try:
        aside.write(pieces)
        uploads.take(permit, aside)
    finally:
        aside.discard()
    return permit.grids
