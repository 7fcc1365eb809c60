"""How many photos of a record have arrived, and why the others have not."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from desktop.models.desk.photo_arrivals import Arrivals, arrivals, waiting_files
from desktop.models.desk.visit_sheet import PhotoRow
from desktop.models.desk.visiting import attach_photo, remove_photo
from desktop.models.device.workspace import Workspace
from tests.builders import DAY, begin_visit
from tests.photos import photo


@pytest.fixture
def visit(workspace: Workspace, enterprise: str) -> str:
    """An open visit."""
    return begin_visit(workspace, enterprise)


def take(workspace: Workspace, visit: str, count: int) -> list[PhotoRow]:
    return [attach_photo(workspace, visit, "M01", photo(n, 1000 + n), f"IMG_{n}.jpg") for n in range(count)]


def confirm(workspace: Workspace, *photos: PhotoRow, grid: str | None = None) -> None:
    with workspace.write() as session:
        for each in photos:
            session.execute(
                text("INSERT INTO confirmed_attachments VALUES (:sha256, :grid, '2020-02-27T08:00:00.000Z')"),
                {"sha256": each.sha256, "grid": grid or workspace.device.local_grid_id},
            )


def test_three_of_five_photos_have_arrived(workspace: Workspace, visit: str) -> None:
    photos = take(workspace, visit, 5)
    confirm(workspace, *photos[:3])
    assert arrivals(workspace, "visits", [visit, "another"]) == {visit: Arrivals(5, 3), "another": Arrivals()}
    assert arrivals(workspace, "letters", [visit]) == {visit: Arrivals()}


def test_a_photo_counts_for_its_own_grid_only(workspace: Workspace, visit: str) -> None:
    (one,) = take(workspace, visit, 1)
    confirm(workspace, one, grid="another grid")
    assert arrivals(workspace, "visits", [visit]) == {visit: Arrivals(1, 0)}


def test_a_photo_taken_off_does_not_count(workspace: Workspace, visit: str) -> None:
    photos = take(workspace, visit, 2)
    remove_photo(workspace, photos[0].id)
    assert arrivals(workspace, "visits", [visit]) == {visit: Arrivals(1, 0)}
    assert [file.id for file in waiting_files(workspace)] == [photos[1].id]


def test_what_waits_says_where_it_belongs_how_far_it_is_and_why(workspace: Workspace, visit: str) -> None:
    photos = take(workspace, visit, 3)
    confirm(workspace, photos[0])
    with workspace.write() as session:
        session.execute(
            text("INSERT INTO attachment_uploads VALUES (:sha256, 400, 'sync_attachment_quota', '')"),
            {"sha256": photos[2].sha256},
        )
    refused, waiting = waiting_files(workspace)
    assert (refused.id, refused.received, refused.size, refused.code) == (
        photos[2].id, 400, 1002, "sync_attachment_quota",
    )  # fmt: skip
    assert (waiting.id, waiting.received, waiting.code) == (photos[1].id, 0, None)
    assert (waiting.enterprise, waiting.visited_on, waiting.owner_id) == ("浙江陆盛精密机械有限公司", DAY, visit)
    assert len(waiting_files(workspace, limit=1)) == 1
