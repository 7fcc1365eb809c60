"""One's own unsent work as a plain file: the way out that works even when nothing else does.

A ZIP archive with `operations.ndjson` (the operations as they would travel) and the photos and papers of the device by
hash. It reads the database file directly, so neither a sign-in nor the tables of this very program version are needed.
"""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import msgspec

from desktop.models.device.attachment_folder import AttachmentFolder
from desktop.models.durable_file import writing_aside
from desktop.models.problems import UserProblem

_UNSENT = """
SELECT op_id, table_name, row_id, grid_id, kind, fields, base_version, edited_at FROM outbox
WHERE status IS NULL OR status NOT IN ('applied', 'merged', 'duplicate') ORDER BY position
"""


def export_unsent(workspace_folder: Path, out: Path) -> dict[str, int]:
    """Write the file; return `{"operations": n, "attachments": m}`.

    Raises:
        UserProblem: `workspace_missing`.
    """
    database = workspace_folder / "workspace.db"
    if not database.exists():
        raise UserProblem("workspace_missing", folder=str(workspace_folder))
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        lines = [_line(row) for row in connection.execute(_UNSENT)]
        hashes = _unconfirmed(connection)
    files = AttachmentFolder(workspace_folder / "attachments")
    written = 0
    with writing_aside(out) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("operations.ndjson", b"\n".join(lines) + b"\n" if lines else b"")
        for sha256 in hashes:
            content = files.get(sha256)
            if content is not None:
                archive.writestr(f"attachments/{sha256}", content)
                written += 1
    return {"operations": len(lines), "attachments": written}


def _line(row: tuple[str, str, str, str, str, str, int, str]) -> bytes:
    names = ("op_id", "table", "row_id", "grid_id", "kind", "fields", "base_version", "edited_at")
    said = dict(zip(names, row, strict=True))
    return msgspec.json.encode(said | {"fields": msgspec.Raw(row[5].encode())}, order="sorted")


def _unconfirmed(connection: sqlite3.Connection) -> list[str]:
    """Hashes of files the centre has not confirmed; all of them where an older workspace does not note that."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "attachments" not in tables:
        return []
    known = "EXCEPT SELECT sha256 FROM confirmed_attachments" if "confirmed_attachments" in tables else ""
    return [sha256 for (sha256,) in connection.execute(f"SELECT sha256 FROM attachments {known}")]  # noqa: S608
