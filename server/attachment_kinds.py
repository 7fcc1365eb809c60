"""What kinds of file are kept, told by their first bytes and by nothing the sender says (SEC-53)."""

from __future__ import annotations

from desktop.models.problems import UserProblem


def require_kept_kind(head: bytes) -> None:
    """Refuse what is neither a JPEG, PNG or WebP picture nor a PDF.

    Raises:
        UserProblem: `sync_attachment_type`.
    """
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-")):
        return
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return
    raise UserProblem("sync_attachment_type")
