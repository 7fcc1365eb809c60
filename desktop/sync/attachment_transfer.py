"""Photos and papers by the hash of their bytes, after the records that mention them.

The server answers a file only when it has counted and hashed it itself; until then the file counts as waiting. The
copy on this device stays.
"""

from __future__ import annotations

from desktop.models.device.workspace import Workspace
from desktop.models.identity import utc_now
from desktop.models.progress import Progress
from desktop.sync.wire.endpoint import Endpoint
from desktop.sync.wire.protocol import Limits

# Only rows the centre knows (version above 0), in the grids of the officer's scope.
_WAITING = """
SELECT DISTINCT a.sha256, a.grid_id FROM attachments a
WHERE a.deleted_at IS NULL AND a.version > 0 AND a.grid_id IN (SELECT grid_id FROM grid_cursors)
EXCEPT SELECT sha256, grid_id FROM confirmed_attachments
"""


def transfer(workspace: Workspace, endpoint: Endpoint, limits: Limits, progress: Progress) -> tuple[int, int]:
    """Send the bytes the server does not have yet; return how many arrived and how many still wait."""
    with workspace.read() as session:
        waiting = session.connection().exec_driver_sql(_WAITING).all()
    sent = missing = 0
    for done, (sha256, grid) in enumerate(waiting):
        progress.step(done, len(waiting), "attachments")
        content = workspace.attachments.get(sha256)
        if content is None:  # pulled from the centre, or lost here: sending is another device's business
            if endpoint.has_attachment(sha256):
                _confirm(workspace, sha256, grid)
            else:
                missing += 1
        elif len(content) > limits.attachment_bytes or not endpoint.put_attachment(sha256, content):
            missing += 1
        else:
            _confirm(workspace, sha256, grid)
            sent += 1
    return sent, missing


def _confirm(workspace: Workspace, sha256: str, grid: str) -> None:
    with workspace.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO confirmed_attachments (sha256, grid_id, confirmed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (sha256, grid, utc_now()),
        )
