"""The endpoint protocol both sides speak: versions with their stories, paths, media types and limits.

No network and no device state in this package: the laptop's transport and the server's routes both read it.
"""

from __future__ import annotations

import msgspec

STORIES: dict[int, str] = {
    1: "hello, enrolment, push of operations with a receipt, pull of changes per grid, attachments by tus 1.0;"
    " conflicts on record, clocks in hello, digests of what both sides hold",
}
NEWEST = max(STORIES)
OLDEST = min(STORIES)
"""A client of any version from OLDEST on may push; only one newer than the server's NEWEST is asked to wait."""

ENROL_PATH = "/v1/enrol"
HELLO_PATH = "/v1/sync/hello"
PUSH_PATH = "/v1/sync/push"
CHANGES_PATH = "/v1/sync/changes"
DIGEST_PATH = "/v1/sync/digest"
ROWS_PATH = "/v1/sync/rows"
ATTACHMENT_PATH = "/v1/attachments/{sha256}"
HELD_PATH = "/v1/attachments/held"

BATCH_ID_HEADER = "Idempotency-Key"

NDJSON = "application/x-ndjson"
HELLO_TYPE = "application/vnd.zhuqi.hello+json"
ENROLMENT_TYPE = "application/vnd.zhuqi.enrolment+json"
RECEIPT_TYPE = "application/vnd.zhuqi.receipt+json"
DIGEST_TYPE = "application/vnd.zhuqi.digest+json"
CHANGES_TYPE = "application/vnd.zhuqi.changes+x-ndjson"
ATTACHMENT_TYPE = "application/vnd.zhuqi.attachment+json"
PROBLEM_TYPE = "application/vnd.zhuqi.problem+json"

LINE_BYTES = 64 * 1024
"""Longest line of a batch (SEC-52)."""

HELD_HASHES = 1_000
"""Most hashes in one question about what is held."""

DEPTH = 8
"""Deepest nesting of a line, counting the line's own object (SEC-52)."""

ZSTD_WINDOW_BYTES = 8 * 1024 * 1024
"""Largest zstd window accepted (SEC-52)."""


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """What one request may carry; the server states its own in `hello`. Bytes are counted uncompressed.

    Of attachments: the largest file and the kinds that are kept, how much is best sent in one request (what a proxy may
    hold back before it passes anything on), how many small files in one (a server that does not say takes one), and
    how much a device may send in all.
    """

    batch_operations: int = 2_000
    batch_bytes: int = 1024 * 1024
    page_rows: int = 2_000
    attachment_bytes: int = 15 * 1024 * 1024
    attachment_types: tuple[str, ...] = ("image/jpeg", "image/png", "image/webp", "application/pdf")
    upload_bytes: int = 4 * 1024 * 1024
    files_together: int = 1
    device_bytes: int = 5 * 1024**3


LIMITS = Limits(files_together=8)
