"""Finding the store of objects that a setting names."""

from __future__ import annotations

from pathlib import Path

from desktop.models.problems import UserProblem
from server.object_folder import ObjectFolder
from server.objects import ObjectStore


def objects_at(place: str) -> ObjectStore:
    """The store at a place: the path of a folder (made when missing), or the address of a bucket (`s3+https://…`).

    Raises:
        UserProblem: `server_attachments_place` for a place that is neither, `server_attachments_extra` when the
            client for buckets is not installed.
        EnvironmentProblem: `server_attachments_unavailable`.
    """
    if "://" not in place:
        return ObjectFolder(Path(place))
    if not place.startswith("s3+"):
        raise UserProblem("server_attachments_place")
    try:
        from server.object_bucket import ObjectBucket
    except ImportError as error:
        raise UserProblem("server_attachments_extra") from error
    return ObjectBucket.at(place)
