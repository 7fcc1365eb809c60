"""Photos through the server beside a bare streamed write of the same bytes, each file flushed to the disk."""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from benchmarks.crowd_figures import Officer, enrolled
from benchmarks.measuring import Figure, figure, interleaved
from benchmarks.private_postgresql import NewDatabase
from benchmarks.server_processes import server_processes
from benchmarks.sync_size import Size
from desktop.models.identity import new_id, utc_now
from desktop.models.vocabulary import OperationKind
from desktop.sync.attachment_transfer import LINES
from desktop.sync.file_load import loads_of, send_load
from desktop.sync.file_upload import FileUpload
from desktop.sync.transport import HttpEndpoint
from desktop.sync.wire.batch_body import line_of
from desktop.sync.wire.messages import Operation
from desktop.sync.wire.protocol import LIMITS

PIECE = 64 * 1024
JPEG = b"\xff\xd8\xff\xe0"


def photos(new_database: NewDatabase, size: Size) -> Figure:
    """Megabytes a second of photos whose records the centre knows, as many at once as a sync sends."""
    with (
        server_processes(new_database(), 1) as servers,
        tempfile.TemporaryDirectory(prefix="zhuqi-photos-") as name,
    ):
        officer = enrolled(servers.centre, "F1")
        with closing(HttpEndpoint(servers.urls[0], officer.token)) as endpoint:
            contents: list[bytes] = []

            def prepare() -> None:
                contents[:] = [JPEG + random.randbytes(size.photo_bytes - len(JPEG)) for _ in range(size.photos)]
                endpoint.push(new_id(), [line_of(_record(officer, content)) for content in contents])

            value, floor = interleaved(
                lambda: _send(endpoint, contents), lambda: _write(Path(name), contents), size.rounds, prepare
            )
    total = size.photos * size.photo_bytes / 1e6
    return figure("photos", total / value, total / floor, "MB/s", better="higher", must=0.35, reach=0.6)


def _send(endpoint: HttpEndpoint, contents: list[bytes]) -> None:
    """What a sync does with photos the centre does not have."""
    uploads = [FileUpload(hashlib.sha256(content).hexdigest(), len(content)) for content in contents]
    content_of = {upload.sha256: content for upload, content in zip(uploads, contents, strict=True)}
    stop = threading.Event()
    with ThreadPoolExecutor(LINES) as lines:
        sent = [
            lines.submit(send_load, [(upload, content_of[upload.sha256]) for upload in load], endpoint, LIMITS, stop)
            for load in loads_of(uploads, LIMITS)
        ]
    for each in sent:
        each.result()
    if not all(upload.whole for upload in uploads):
        raise AssertionError("the centre did not keep a photo")


def _write(folder: Path, contents: list[bytes]) -> None:
    """The floor: files written piece by piece, each flushed."""
    for content in contents:
        with (folder / new_id()).open("wb") as file:
            for start in range(0, len(content), PIECE):
                file.write(content[start : start + PIECE])
            file.flush()
            os.fsync(file.fileno())


def _record(officer: Officer, content: bytes) -> Operation:
    fields = {
        "owner_table": "enterprises", "owner_id": officer.firms[0], "purpose": "evidence",
        "sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "media_type": "image/jpeg",
    }  # fmt: skip
    return Operation(new_id(), "attachments", new_id(), officer.grid, OperationKind.PUT, fields, 0, utc_now())
