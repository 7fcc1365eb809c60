"""Problems as HTTP answers: one table of status codes, one shape of body, nothing that depends on who asks."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.responses import Response

from desktop.models.problems import Problem
from desktop.sync.wire.protocol import PROBLEM_TYPE

STATUS: dict[str, int] = {
    "sync_not_signed_in": 401,
    "sync_code_refused": 403,
    "sync_device_of_other_officer": 403,
    "sync_attachment_quota": 403,
    "sync_not_found": 404,
    "sync_method_unknown": 405,
    "sync_body_cut": 408,
    "sync_body_slow": 408,
    "sync_upload_offset": 409,
    "sync_upload_gone": 410,
    "sync_upload_version": 412,
    "sync_body_too_large": 413,
    "sync_attachment_type": 415,
    "sync_encoding_unknown": 415,
    "sync_upload_media_type": 415,
    "sync_batch_id_reused": 422,
    "sync_device_busy": 429,
    "sync_too_many_attempts": 429,
    "sync_attachment_differs": 460,
    "sync_upload_checksum": 460,
    "server_fault": 500,
    "server_database_unreachable": 503,
    "server_database_standby": 503,
    "server_database_outdated": 503,
    "server_generation_missing": 503,
    "server_promotion_unfinished": 503,
    "server_attachments_unavailable": 503,
}
"""Problem code → status; every other problem is 400."""


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that names a problem by its code, in words and with its facts."""
    body = {
        "problem": {
            "code": problem.code,
            "message": problem.sentence("zh"),
            "fields": {name: value for name, value in problem.fields.items() if name != "retry_after"},
        }
    }
    wait = problem.fields.get("retry_after")
    extra = {"Retry-After": str(wait)} if wait else {}
    return Response(
        msgspec.json.encode(body),
        STATUS.get(problem.code, 400),
        {**(headers or {}), **extra},
        media_type=PROBLEM_TYPE,
    )
