"""Photos and papers by the hash of their bytes, after the records that mention them.

A file counts as arrived when the server has counted and hashed it itself; until then it waits, and the copy on this
device stays. Several requests travel at once, and small files several in each. What is begun is noted before its first
byte leaves, so that the next attempt, or the next start of the program, asks how far it came and goes on inside the
file.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from desktop.models.device.workspace import Workspace
from desktop.models.identity import utc_now
from desktop.models.problems import EnvironmentProblem
from desktop.models.progress import Progress
from desktop.sync.file_load import loads_of, send_load
from desktop.sync.file_upload import FileUpload
from desktop.sync.wire.endpoint import Endpoint
from desktop.sync.wire.protocol import HELD_HASHES, Limits

LINES = 3
"""Requests on their way at once: a file is made durable over there while the next ones travel. The centre lets a
device have four requests under way; one of those may be left from a line that broke."""
NOTED_AT_ONCE = 24
_REPORT_S = 0.1

REFUSALS = frozenset(
    {
        "sync_not_found", "sync_attachment_differs", "sync_attachment_type", "sync_attachment_quota",
        "sync_body_too_large", "sync_upload_offset", "sync_upload_gone",
    }
)  # fmt: skip
"""What concerns one file only: it goes on waiting, with this reason, and the others travel."""

# Only rows the centre knows (version above 0), in the grids of the officer's scope.
_WAITING = """
SELECT a.sha256, a.grid_id, u.sha256 IS NOT NULL FROM attachments a
LEFT JOIN attachment_uploads u ON u.sha256 = a.sha256
WHERE a.deleted_at IS NULL AND a.version > 0 AND a.grid_id IN (SELECT grid_id FROM grid_cursors)
  AND NOT EXISTS (SELECT 1 FROM confirmed_attachments c WHERE c.sha256 = a.sha256 AND c.grid_id = a.grid_id)
GROUP BY a.sha256, a.grid_id ORDER BY min(a.id)
"""

_CONFIRM = "INSERT INTO confirmed_attachments (sha256, grid_id, confirmed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_FORGET = "DELETE FROM attachment_uploads WHERE sha256 = ?"
_STANDING = "UPDATE attachment_uploads SET received = ?, code = ?, noted_at = ? WHERE sha256 = ?"
_BEGIN = "INSERT INTO attachment_uploads (sha256, received, noted_at) VALUES (?, 0, ?) ON CONFLICT DO NOTHING"


@dataclass
class PhotosSent:
    """What all attempts of a run have achieved together; `waiting` is how many files the last one left behind."""

    sent: int = 0
    bytes: int = 0
    waiting: int = 0


@dataclass
class _Waiting:
    """A file that one or more grids wait for."""

    upload: FileUpload
    grids: list[str] = field(default_factory=list)
    code: str | None = None


def transfer(workspace: Workspace, endpoint: Endpoint, limits: Limits, progress: Progress, sent: PhotosSent) -> None:
    """Send the bytes the server does not have yet. Breaking off anywhere loses nothing that has arrived.

    Args:
        sent: is kept up to date whatever happens.
    """
    with workspace.read() as session:
        rows = session.connection().exec_driver_sql(_WAITING).all()
    here: dict[str, _Waiting] = {}
    asked: dict[str, list[str]] = {}
    for sha256, grid, begun in rows:
        path = workspace.attachments.path(sha256)
        is_here = sha256 in here or path.exists()
        if is_here:
            size = 0 if sha256 in here else path.stat().st_size
            here.setdefault(sha256, _Waiting(FileUpload(sha256, size, bool(begun)))).grids.append(grid)
        if begun or not is_here:  # its answer was lost, perhaps; or sending it is another device's business
            asked.setdefault(grid, []).append(sha256)
    arrived = _arrived_already(workspace, endpoint, asked)
    for sha256, grid in arrived & {(file.upload.sha256, grid) for file in here.values() for grid in file.grids}:
        here[sha256].grids.remove(grid)
    missing = {sha256 for sha256, grid, _ in rows if sha256 not in here and (sha256, grid) not in arrived}
    files = [file for file in here.values() if file.grids]
    try:
        if files:
            _Sending(workspace, endpoint, limits, progress, sent, files).run()
    finally:
        sent.waiting = len(missing) + sum(not file.upload.whole for file in files)


def _arrived_already(workspace: Workspace, endpoint: Endpoint, asked: dict[str, list[str]]) -> set[tuple[str, str]]:
    """Which of these files their grids hold by now, whoever sent them; what is learned is kept."""
    found: set[tuple[str, str]] = set()
    for grid, hashes in asked.items():
        for start in range(0, len(hashes), HELD_HASHES):
            wanted = hashes[start : start + HELD_HASHES]
            held = sorted(endpoint.held_attachments(grid, wanted) & set(wanted))
            found |= {(sha256, grid) for sha256 in held}
            if held:
                now = utc_now()
                with workspace.write() as session:
                    session.connection().exec_driver_sql(_CONFIRM, [(sha256, grid, now) for sha256 in held])
                    session.connection().exec_driver_sql(_FORGET, [(sha256,) for sha256 in held])
    return found


class _Sending:
    """Several files at once. Worker threads speak to the centre; the workspace and the progress belong to this one."""

    def __init__(
        self, workspace: Workspace, endpoint: Endpoint, limits: Limits, progress: Progress, sent: PhotosSent,
        files: list[_Waiting],
    ) -> None:  # fmt: skip
        self._workspace, self._endpoint, self._limits = workspace, endpoint, limits
        self._progress, self._sent, self._files = progress, sent, files
        self._stop = threading.Event()
        self._queue = deque(files)
        self._loads: deque[list[_Waiting]] = deque()
        self._running: dict[Future[None], list[_Waiting]] = {}
        self._ended: list[_Waiting] = []
        self._reported_at = 0.0

    def run(self) -> None:
        """Send everything; the first trouble that concerns more than one file ends it."""
        with ThreadPoolExecutor(LINES, "zhuqi-photos") as pool:
            try:
                while self._queue or self._loads or self._running:
                    self._report()
                    if self._queue and len(self._loads) < LINES:
                        self._note_more()
                    while self._loads and len(self._running) < LINES:
                        load = self._loads.popleft()
                        self._running[pool.submit(self._send, load)] = load
                    for future in wait(self._running, _REPORT_S, FIRST_COMPLETED).done:
                        self._take(future)
                self._report()
            finally:
                self._stop.set()
                wait(self._running)
                for future in [*self._running]:
                    self._take(future, quietly=True)
                self._settle()

    def _send(self, load: list[_Waiting]) -> None:
        """In a worker thread."""
        if load[0].upload.size > self._limits.attachment_bytes:
            raise EnvironmentProblem("sync_body_too_large", limit=self._limits.attachment_bytes)
        contents = [(file.upload, self._workspace.attachments.get(file.upload.sha256)) for file in load]
        here = [(upload, content) for upload, content in contents if content is not None]
        send_load(here, self._endpoint, self._limits, self._stop)

    def _take(self, future: Future[None], *, quietly: bool = False) -> None:
        """Note how the files of a load ended; `quietly`: another trouble has already ended the whole."""
        load = self._running.pop(future)
        self._ended += load
        trouble = future.exception()
        told = trouble.code if isinstance(trouble, EnvironmentProblem) and trouble.code in REFUSALS else None
        for file in load:
            if file.upload.whole:
                self._sent.sent += 1
                self._sent.bytes += file.upload.size
            else:
                file.code = file.upload.refusal or told
        if trouble is not None and told is None and not quietly:
            raise trouble

    def _note_more(self) -> None:
        """Write down which files begin next, and in the same transaction how the last ones ended."""
        begins = [self._queue.popleft() for _ in range(min(NOTED_AT_ONCE, len(self._queue)))]
        self._settle(begins)
        of_upload = {file.upload.sha256: file for file in begins}
        for load in loads_of([file.upload for file in begins], self._limits):
            self._loads.append([of_upload[upload.sha256] for upload in load])

    def _settle(self, begins: Sequence[_Waiting] = ()) -> None:
        ended, self._ended = self._ended, []
        arrived = [file for file in ended if file.upload.whole]
        now = utc_now()
        with self._workspace.write() as session:
            connection = session.connection()
            for statement, rows in (
                (_CONFIRM, [(file.upload.sha256, grid, now) for file in arrived for grid in file.grids]),
                (_FORGET, [(file.upload.sha256,) for file in arrived]),
                (_STANDING, [(f.upload.received, f.code, now, f.upload.sha256) for f in ended if not f.upload.whole]),
                (_BEGIN, [(file.upload.sha256, now) for file in begins]),
            ):
                if rows:
                    connection.exec_driver_sql(statement, rows)

    def _report(self) -> None:
        """Files, and every tenth of a second the bytes."""
        done = sum(file.upload.whole for file in self._files)
        self._progress.step(done, len(self._files), "attachments")
        now = time.monotonic()
        if now - self._reported_at >= _REPORT_S:
            self._reported_at = now
            uploads = [file.upload for file in self._files]
            self._progress.step(
                sum(upload.position for upload in uploads), sum(upload.size for upload in uploads), "photo_bytes"
            )
