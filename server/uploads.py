"""Uploads on their way: what a device may send, how far it has come, and the moment a file is whole.

Nothing of an upload lives in a process: each request's bytes become an object of their own, and the row of the upload
lists those objects. Of two requests that send from the same offset one moves the row on, the other is told where it
stands. A file that comes whole in one request needs no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, String, bindparam, text

from desktop.models.identity import new_id, utc_now
from desktop.models.problems import UserProblem
from desktop.sync.wire.protocol import LIMITS
from server import upload_rows
from server.attachment_kinds import require_kept_kind
from server.attachment_store import AttachmentStore, Held, note_held, sizes_held
from server.metrics import count_upload
from server.objects import HEAD_BYTES, UNFINISHED, Aside, blocks_of
from server.rights import Action, Actor, may
from server.store import Store
from server.upload_rows import Upload, new_upload, upload_of

MOST_PIECES = 500
"""How many requests one file may take; a sender of crumbs fills no folder."""

_GRIDS_AND_SENT = text(
    "SELECT DISTINCT sha256, grid_id,"
    " coalesce((SELECT sum(size) FROM attachment_files WHERE device_id = :device), 0)"
    " + coalesce((SELECT sum(length) FROM uploads WHERE device_id = :device AND sha256 NOT IN :hashes), 0) AS sent,"
    " (SELECT count(*) FROM uploads u WHERE u.device_id = :device AND u.sha256 = attachments.sha256) AS begun"
    " FROM attachments WHERE grid_id IN :grids AND sha256 IN :hashes"
).bindparams(bindparam("grids", expanding=True, type_=String), bindparam("hashes", expanding=True, type_=String))


@dataclass(frozen=True, slots=True)
class Permit:
    """What one request may do: add bytes to this upload, for these grids. `former` is the upload it replaces."""

    actor: Actor
    grids: list[str]
    upload: Upload
    is_new: bool
    former: Upload | None = None


@dataclass(frozen=True, slots=True)
class Uploads:
    """The uploads of a server. `quota` is the number of bytes a device may send in all."""

    store: Store
    attachments: AttachmentStore
    quota: int = LIMITS.device_bytes

    def begin(self, actor: Actor, sha256: str, length: int) -> Permit:
        """Permission to send a file from its first byte.

        Raises:
            UserProblem: `sync_not_found` when no grid of the officer has a record of it, `sync_attachment_quota`.
        """
        permit = self.begin_several(actor, [(sha256, length)])[0]
        if isinstance(permit, UserProblem):
            raise permit
        return permit

    def begin_several(self, actor: Actor, files: Sequence[tuple[str, int]]) -> list[Permit | UserProblem]:
        """The same for several files, given by hash and length; what speaks against one stands in its place."""
        found: list[Permit | UserProblem] = []
        with self.store.reading() as connection:
            known, sent = _known_of(connection, actor, [sha256 for sha256, _ in files])
            for sha256, length in files:
                if sha256 not in known:
                    found.append(UserProblem("sync_not_found"))
                elif sent + length > self.quota:
                    found.append(UserProblem("sync_attachment_quota", limit=self.quota // 2**20))
                else:
                    sent += length
                    grids, begun = known[sha256]
                    former = upload_of(connection, actor.device_id, sha256) if begun else None
                    found.append(Permit(actor, grids, new_upload(actor.device_id, sha256, length), True, former))
        return found

    def go_on(self, actor: Actor, sha256: str, offset: int) -> Permit:
        """Permission to go on with an upload from where it stands.

        Raises:
            UserProblem: `sync_not_found`, `sync_upload_gone` when it is too old, `sync_upload_offset`.
        """
        with self.store.reading() as connection:
            grids = _grids_of(connection, actor, sha256)
            upload = _under_way(connection, actor, sha256)
        if upload.received != offset:
            raise UserProblem("sync_upload_offset", offset=upload.received)
        return Permit(actor, grids, upload, False)

    def standing(self, actor: Actor, sha256: str) -> Upload | int:
        """The upload of a file, or its size when every grid that the device may send it for holds it.

        Raises:
            UserProblem: `sync_not_found`, `sync_upload_gone`.
        """
        with self.store.reading() as connection:
            grids = _grids_of(connection, actor, sha256)
            held = sizes_held(connection, actor, sha256)
            if held.keys() >= set(grids):
                return held[grids[0]]
            return _under_way(connection, actor, sha256)

    def take(self, permit: Permit, aside: Aside) -> Upload:
        """Add bytes to an upload and return how it stands; whole, it is over and every grid holds the file.

        Raises:
            UserProblem: `sync_attachment_differs` or `sync_attachment_type` when the file is not what it has to be,
                `sync_upload_gone` after too many requests (the upload is over then); `sync_upload_offset` when
                another request was faster.
        """
        before = permit.upload
        after = replace(before, received=before.received + aside.size, expires_at=upload_rows.expiry())
        try:
            if before.received == 0 and aside.size >= HEAD_BYTES:
                require_kept_kind(aside.head)
            if after.received == after.length:
                self.keep([(permit, self.whole(permit, aside))])
                return after
            if len(before.pieces) >= MOST_PIECES:
                raise UserProblem("sync_upload_gone")
        except UserProblem:
            self._give_up(permit)
            raise
        if aside.size:
            after = replace(after, pieces=(*before.pieces, UNFINISHED + new_id()))
            self.attachments.objects.keep({after.pieces[-1]: aside})
        if permit.is_new:
            self._begin(permit, after)
        else:
            self._move_on(before, after)
        return after

    def whole(self, permit: Permit, aside: Aside) -> Aside:
        """The file an upload was to become, `aside` being its last bytes.

        Raises:
            UserProblem: `sync_attachment_differs`, `sync_attachment_type`, `sync_upload_gone`.
        """
        upload = permit.upload
        whole = self._assembled(upload, aside) if upload.pieces else aside
        try:
            require_kept_kind(whole.head)
            if whole.sha256 != upload.sha256:
                raise UserProblem("sync_attachment_differs")
        except BaseException:
            whole.discard()
            raise
        return whole

    def keep(self, files: Sequence[tuple[Permit, Aside]]) -> None:
        """Make whole files durable objects, then write down that the grids hold them, which ends their uploads."""
        if not files:
            return
        permits = [permit for permit, _ in files]
        try:
            self.attachments.objects.keep({permit.upload.sha256: aside for permit, aside in files})
        finally:
            for _, aside in files:
                aside.discard()
        now = utc_now()
        held = [
            Held(grid, permit.upload.sha256, permit.upload.length, permit.upload.device_id, now)
            for permit in permits
            for grid in permit.grids
        ]
        over = [upload for permit in permits if (upload := permit.former if permit.is_new else permit.upload)]
        with self.store.writing() as connection:
            note_held(connection, held)
            for upload in over:
                upload_rows.end(connection, upload)
        for permit in permits:
            count_upload(permit.upload.length)
        self.attachments.objects.remove([name for upload in over for name in upload.pieces])

    def _begin(self, permit: Permit, upload: Upload) -> None:
        with self.store.writing() as connection:
            unneeded = upload_rows.end_expired(connection)
            upload_rows.begin(connection, upload)
        self.attachments.objects.remove([*unneeded, *(permit.former.pieces if permit.former else ())])

    def _move_on(self, before: Upload, after: Upload) -> None:
        with self.store.writing() as connection:
            moved = upload_rows.move_on(connection, before, after)
        if not moved:
            self.attachments.objects.remove(after.pieces[len(before.pieces) :])
            raise UserProblem("sync_upload_offset", offset=before.received)

    def _assembled(self, upload: Upload, last: Aside) -> Aside:
        whole = self.attachments.objects.aside()
        try:
            for name in upload.pieces:
                piece = self.attachments.objects.open(name)
                if piece is None:
                    raise UserProblem("sync_upload_gone")
                with piece:
                    whole.write(blocks_of(piece))
            whole.write(last.read_back())
        except BaseException:
            whole.discard()
            raise
        return whole

    def _give_up(self, permit: Permit) -> None:
        """End an upload that can never become the file it was to be."""
        if not permit.is_new:
            with self.store.writing() as connection:
                upload_rows.end(connection, permit.upload)
            self.attachments.objects.remove(permit.upload.pieces)


def _known_of(
    connection: Connection, actor: Actor, hashes: Sequence[str]
) -> tuple[dict[str, tuple[list[str], bool]], int]:
    """(file → the grids a device may send it for, and whether it has begun to), the bytes it has sent or begun to send
    of others."""
    given = {"grids": list(actor.grids), "device": actor.device_id, "hashes": list(hashes)}
    known: dict[str, tuple[list[str], bool]] = {}
    sent = 0
    for row in connection.execute(_GRIDS_AND_SENT, given):
        sent = row.sent
        if may(actor, Action.WRITE, "attachments", row.grid_id):
            known.setdefault(row.sha256, ([], row.begun > 0))[0].append(row.grid_id)
    for grids, _ in known.values():
        grids.sort()
    return known, sent


def _grids_of(connection: Connection, actor: Actor, sha256: str) -> list[str]:
    known, _ = _known_of(connection, actor, [sha256])
    if sha256 not in known:
        raise UserProblem("sync_not_found")
    return known[sha256][0]


def _under_way(connection: Connection, actor: Actor, sha256: str) -> Upload:
    upload = upload_of(connection, actor.device_id, sha256)
    if upload is None:
        raise UserProblem("sync_not_found")
    if upload.expired:
        raise UserProblem("sync_upload_gone")
    return upload
