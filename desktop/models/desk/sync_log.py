"""The log of exchanges as files to keep: all of it as lines of text, one of them as a receipt."""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO
from typing import Any

from sqlalchemy import select

from desktop.models.desk.grids import grid_codes
from desktop.models.device.local_tables import SyncRun
from desktop.models.device.workspace import Workspace
from desktop.models.problems import words
from desktop.models.sync_receipt import SyncReceipt

_STATUSES = ("applied", "merged", "duplicate", "conflict", "held", "rejected", "forbidden")


def log_lines(workspace: Workspace) -> str:
    """Every exchange as CSV with a header, oldest first; moments in local time. No record's content is in it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["began", "ended", "outcome", "pushed", "pulled", "photos", *_STATUSES, "generation"])
    with workspace.read() as session:
        for run in session.scalars(select(SyncRun).order_by(SyncRun.id)):
            receipt: dict[str, Any] = run.receipt or {}
            counts = receipt.get("counts", {})
            photos = receipt.get("attachments", {}).get("sent", 0)
            writer.writerow(
                [
                    _local(run.started_at), _local(run.ended_at), run.outcome or "", receipt.get("pushed", 0),
                    receipt.get("pulled", 0), photos, *(counts.get(status, 0) for status in _STATUSES),
                    receipt.get("generation", ""),
                ]
            )  # fmt: skip
    return out.getvalue()


def receipt_of(workspace: Workspace, run_id: str) -> SyncReceipt:
    """The receipt of one exchange."""
    enrolment = workspace.enrolment
    with workspace.read() as session:
        run = session.get_one(SyncRun, run_id)
        codes = grid_codes(session)
        receipt: dict[str, Any] = run.receipt or {}
    photos = receipt.get("attachments", {})
    return SyncReceipt(
        officer=enrolment.officer_name if enrolment else "",
        centre=enrolment.server_url if enrolment else "",
        device=workspace.device.code,
        began=_local(run.started_at),
        ended=_local(run.ended_at),
        complete=run.outcome == "ok",
        counts={status: n for status in _STATUSES if (n := receipt.get("counts", {}).get(status))},
        pulled=receipt.get("pulled", 0),
        photos_sent=photos.get("sent", 0),
        photos_waiting=photos.get("waiting", 0),
        sequences={codes.get(grid, grid): number for grid, number in receipt.get("sequences", {}).items()},
        generation=receipt.get("generation", ""),
        digest=receipt.get("digest", ""),
        refused=tuple(_refusal(result) for result in receipt.get("results", []) if result.get("code")),
    )


def _refusal(result: dict[str, Any]) -> str:
    return str(result.get("message") or words(result["code"], {"field": result.get("field")}, "zh"))


def _local(moment: str | None) -> str:
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M:%S") if moment else ""
