"""A check finds what no longer fits together."""

from __future__ import annotations

from desktop.models.desk.visiting import attach_photo, remove_photo
from desktop.models.desk.workspace_health import check
from desktop.models.device.workspace import Workspace
from tests.builders import begin_visit

PHOTO = b"\xff\xd8\xff photo \xff\xd9"


def test_a_photo_that_is_gone_or_changed_before_the_centre_has_it_is_a_fault(
    workspace: Workspace, enterprise: str
) -> None:
    photo = attach_photo(workspace, begin_visit(workspace, enterprise), "M01", PHOTO, "门口")
    assert check(workspace)["ok"] is True
    file = workspace.attachments.path(photo.sha256)
    file.write_bytes(PHOTO + b"x")
    assert check(workspace)["faults"] == [f"attachment_damaged:{photo.sha256[:12]}"]
    file.unlink()
    assert check(workspace)["faults"] == [f"attachment_missing:{photo.sha256[:12]}"]


def test_bytes_the_centre_has_or_nobody_wants_may_be_gone(workspace: Workspace, enterprise: str) -> None:
    visit = begin_visit(workspace, enterprise)
    confirmed = attach_photo(workspace, visit, "M01", PHOTO, None)
    removed = attach_photo(workspace, visit, "M02", PHOTO + b"2", None)
    remove_photo(workspace, removed.id)
    with workspace.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO confirmed_attachments SELECT sha256, grid_id, '2020-02-27T00:00:00.000Z' FROM attachments"
            " WHERE id = ?",
            (confirmed.id,),
        )
    for photo in (confirmed, removed):
        workspace.attachments.path(photo.sha256).unlink()
    assert check(workspace) == {"ok": True, "faults": [], "operations": check(workspace)["operations"]}
