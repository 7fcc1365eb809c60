"""What tests of photos on their way have in common: taking some, looking into the centre's store, waiting for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.models.desk.visiting import attach_photo
from desktop.models.device.workspace import Workspace
from desktop.models.progress import Cancelled, Progress
from desktop.sync.sync_run import run_sync
from desktop.sync.transport import HttpEndpoint, Pace

ONCE = Pace(connect_s=2, stall_s=1, attempts=1)


def take(workspace: Workspace, *contents: bytes) -> list[str]:
    """Photos on the visit; their hashes."""
    with workspace.read() as session:
        visit = session.execute(text("SELECT id FROM visits")).scalar_one()
    return [attach_photo(workspace, visit, "M01", content, None).sha256 for content in contents]


def arrived(folder: Path) -> dict[str, bytes]:
    """Whole files of the centre by hash."""
    return {
        path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.parent.name != "aside"
    }


def noted(workspace: Workspace) -> list[tuple[str, int, str | None]]:
    """What the laptop has noted of uploads that are not whole."""
    with workspace.read() as session:
        rows = session.execute(text("SELECT sha256, received, code FROM attachment_uploads"))
        return [(row.sha256, row.received, row.code) for row in rows]


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)


def run_sync_records_only(workspace: Workspace) -> None:
    """Send the records; call the run off when the photos would begin."""
    progress = Progress(lambda _done, _total, label: progress.cancel() if label == "attachments" else None)
    with pytest.raises(Cancelled):
        run_sync(workspace, progress, ONCE)


@contextmanager
def connected_to(workspace: Workspace, url: str) -> Iterator[HttpEndpoint]:
    assert workspace.enrolment is not None
    with HttpEndpoint(url, workspace.enrolment.token, ONCE) as endpoint:
        yield endpoint
