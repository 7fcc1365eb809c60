"""The rows of uploads that have begun and are not whole: one for each device and file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime

import msgspec
from sqlalchemy import Connection, Row, delete, select, update

from desktop.models.identity import new_id, utc_now
from server.bulk_rows import upsert_rows
from server.moments import from_now
from server.tables import uploads

UPLOAD_DAYS = 7
"""How long an upload is kept after its last bytes."""

_PURGED_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload as it stands: `received` of `length` bytes are here, in these objects, in this order."""

    id: str
    device_id: str
    sha256: str
    length: int
    received: int
    pieces: tuple[str, ...]
    expires_at: str

    @property
    def expired(self) -> bool:
        """Whether it is too old to go on with."""
        return self.expires_at < utc_now()

    @property
    def expires_on(self) -> str:
        """The same as HTTP writes a moment."""
        return format_datetime(datetime.fromisoformat(self.expires_at.replace("Z", "+00:00")), usegmt=True)


def new_upload(device_id: str, sha256: str, length: int) -> Upload:
    """An upload of which nothing is here yet; not in the database."""
    return Upload(new_id(), device_id, sha256, length, 0, (), expiry())


def expiry() -> str:
    """When an upload that gets bytes now expires (UTC)."""
    return from_now(timedelta(days=UPLOAD_DAYS))


def upload_of(connection: Connection, device_id: str, sha256: str) -> Upload | None:
    """A device's upload of a file."""
    row = connection.execute(
        select(uploads).where(uploads.c.device_id == device_id, uploads.c.sha256 == sha256)
    ).one_or_none()
    return _upload(row) if row else None


def begin(connection: Connection, upload: Upload) -> None:
    """Write an upload down, in place of an earlier one of the same file."""
    values = _values(upload)
    upsert_rows(connection, uploads, list(values), [list(values.values())], key=("device_id", "sha256"))


def move_on(connection: Connection, before: Upload, after: Upload) -> bool:
    """Replace an upload by its next state; false when another request has moved or replaced it meanwhile."""
    moved = connection.execute(
        update(uploads)
        .where(
            uploads.c.device_id == before.device_id,
            uploads.c.sha256 == before.sha256,
            uploads.c.id == before.id,
            uploads.c.received == before.received,
        )
        .values(_values(after))
    )
    return moved.rowcount == 1


def end(connection: Connection, upload: Upload) -> None:
    """Strike an upload out; one that has replaced it stays."""
    connection.execute(
        delete(uploads).where(
            uploads.c.device_id == upload.device_id, uploads.c.sha256 == upload.sha256, uploads.c.id == upload.id
        )
    )


def end_expired(connection: Connection) -> list[str]:
    """Strike some of the expired uploads out; return the objects that nobody needs any more."""
    old = select(uploads).where(uploads.c.expires_at < utc_now()).limit(_PURGED_AT_ONCE)
    expired = [_upload(row) for row in connection.execute(old)]
    for upload in expired:
        end(connection, upload)
    return [name for upload in expired for name in upload.pieces]


def _upload(row: Row[*tuple[object, ...]]) -> Upload:
    found = dict(row._mapping)
    return Upload(**(found | {"pieces": tuple(msgspec.json.decode(found["pieces"]))}))


def _values(upload: Upload) -> dict[str, object]:
    return {
        "id": upload.id,
        "device_id": upload.device_id,
        "sha256": upload.sha256,
        "length": upload.length,
        "received": upload.received,
        "pieces": msgspec.json.encode(upload.pieces).decode(),
        "expires_at": upload.expires_at,
    }
