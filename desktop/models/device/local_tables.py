"""What only a laptop keeps: its identity, its enrolment, the outbox, cursors, number series and search keys."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base, JsonText


class OutboxOperation(Base):
    """One edit of one row, as it will be offered to the centre. Rows are only added; the answer is noted beside.

    `status` is empty until the server has answered (`vocabulary.OperationStatus`); `batch_id` names the batch it was
    answered in, or left in on a stick: from then on it always travels as it did then. `fields` are the changed fields
    only. `folded_into` names the newer operation on the same row under whose id it travelled; `settled_at` when the
    officer was done with a refusal.
    """

    __tablename__ = "outbox"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    op_id: Mapped[str] = mapped_column(String(36), unique=True)
    table_name: Mapped[str] = mapped_column(String(30))
    row_id: Mapped[str] = mapped_column(String(36))
    grid_id: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(8))
    fields: Mapped[dict[str, Any]] = mapped_column(JsonText)
    base_version: Mapped[int]
    edited_at: Mapped[str] = mapped_column(String(24))
    batch_id: Mapped[str | None] = mapped_column(String(36))
    status: Mapped[str | None] = mapped_column(String(12))
    answered_at: Mapped[str | None] = mapped_column(String(24))
    code: Mapped[str | None] = mapped_column(String(60))
    field: Mapped[str | None] = mapped_column(String(60))
    message: Mapped[str | None] = mapped_column(Text)
    folded_into: Mapped[str | None] = mapped_column(String(36))
    settled_at: Mapped[str | None] = mapped_column(String(24))

    __table_args__ = (
        Index("ix_outbox_waiting", "position", sqlite_where=text("status IS NULL")),
        Index("ix_outbox_held", "position", sqlite_where=text("status = 'held'")),
        Index("ix_outbox_row", "table_name", "row_id"),
        Index(
            "ix_outbox_refused",
            "row_id",
            sqlite_where=text("status IN ('rejected', 'forbidden') AND settled_at IS NULL"),
        ),
        Index("ix_outbox_answered", "answered_at", sqlite_where=text("answered_at IS NOT NULL")),
    )


class Device(Base):
    """This laptop (one row): its id and the short code that keeps its number series apart from every other's.

    `signing_key` is the secret half of what the centre knows its bundles by, fresh at every enrolment; never logged.
    """

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(8))
    local_grid_id: Mapped[str] = mapped_column(String(36))
    made_at: Mapped[str] = mapped_column(String(24))
    signing_key: Mapped[str | None] = mapped_column(String(64))


class Enrolment(Base):
    """The centre this device belongs to (one row, or none before enrolment). The token opens it; never logged.

    `token_place`: `keystore`, and the token here is empty, `workspace`, or `nowhere` after an enrolment by file.
    `ca_pem`: the only certificate authority trusted, where the centre has one of its own. Bundles are sealed to
    `bundle_recipient`, their receipts are signed by `centre_key`; both are public. `pending_code` is the code of an
    enrolment by file until the centre has taken it.
    """

    __tablename__ = "enrolment"

    id: Mapped[int] = mapped_column(primary_key=True)
    server_url: Mapped[str] = mapped_column(String(300))
    officer_id: Mapped[str] = mapped_column(String(36))
    officer_name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(30))
    token: Mapped[str] = mapped_column(String(120))
    generation: Mapped[str] = mapped_column(String(36))
    clock_offset_ms: Mapped[int] = mapped_column(default=0)
    scope_version: Mapped[int] = mapped_column(default=0, server_default="0")
    enrolled_at: Mapped[str] = mapped_column(String(24))
    ca_pem: Mapped[str | None] = mapped_column(Text)
    token_place: Mapped[str] = mapped_column(String(12), server_default="workspace")
    bundle_recipient: Mapped[str | None] = mapped_column(String(200))
    centre_key: Mapped[str | None] = mapped_column(String(64))
    pending_code: Mapped[str | None] = mapped_column(String(64))


class GridCursor(Base):
    """How far the changes of a grid in the officer's scope have been pulled.

    `verified` is the sequence at which both sides were last found to hold the same rows, -1 before that.
    """

    __tablename__ = "grid_cursors"

    grid_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sequence: Mapped[int] = mapped_column(default=0)
    verified: Mapped[int] = mapped_column(default=-1, server_default="-1")


class ConfirmedAttachment(Base):
    """Bytes the centre holds for a grid: it has counted and hashed them itself."""

    __tablename__ = "confirmed_attachments"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    grid_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    confirmed_at: Mapped[str] = mapped_column(String(24))


class BundleMade(Base):
    """One bundle this device wrote, and the receipt read for it. `name` is the file's, without its folder.

    `bundle_id` is the hash of its manifest. `receipt_counter` counts the centre's receipts within the generation
    `receipt_generation`; `outcome` is that of the receipt, `code` its reason.
    """

    __tablename__ = "bundles_made"

    bundle_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    sequence: Mapped[int]
    name: Mapped[str | None] = mapped_column(String(255))
    made_at: Mapped[str] = mapped_column(String(24))
    operations: Mapped[int]
    attachments: Mapped[int]
    receipt_read_at: Mapped[str | None] = mapped_column(String(24))
    receipt_generation: Mapped[str | None] = mapped_column(String(36))
    receipt_counter: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(String(12))
    code: Mapped[str | None] = mapped_column(String(60))

    __table_args__ = (Index(None, "sequence"),)


class AttachmentUpload(Base):
    """A file whose sending has begun and is not confirmed: how much the centre has of it as far as this device knows.

    Its address at the centre follows from the hash. `code` is the centre's refusal, if there was one.
    """

    __tablename__ = "attachment_uploads"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    received: Mapped[int] = mapped_column(default=0)
    code: Mapped[str | None] = mapped_column(String(60))
    noted_at: Mapped[str] = mapped_column(String(24))


class SyncRun(Base):
    """One line of the sync log: when, how it ended, and the receipt."""

    __tablename__ = "sync_runs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    started_at: Mapped[str] = mapped_column(String(24))
    ended_at: Mapped[str | None] = mapped_column(String(24))
    outcome: Mapped[str | None] = mapped_column(String(60))
    receipt: Mapped[dict[str, Any] | None] = mapped_column(JsonText)


class NumberSeries(Base):
    """The last number given in a series of this device, e.g. `letter/2020` or `finding/2020-02-27`."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    last: Mapped[int]


class SearchKeys(Base):
    """What an enterprise is found by: name, full pinyin, initials and credit code in one folded text."""

    __tablename__ = "search_keys"

    enterprise_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    keys: Mapped[str] = mapped_column(Text)


class Unmasking(Base):
    """Somebody looked at personal data that is masked (SEC-81): who, when, whose, which group, for what.

    Never the value. Rows are only added. `group_name` "search": a person was found by a whole number or phone.
    """

    __tablename__ = "unmask_log"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[str] = mapped_column(String(24), index=True)
    officer_id: Mapped[str | None] = mapped_column(String(36))
    officer_name: Mapped[str | None] = mapped_column(String(80))
    employee_id: Mapped[str] = mapped_column(String(36))
    group_name: Mapped[str] = mapped_column(String(16))
    purpose: Mapped[str] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(String(120))


class Setting(Base):
    """A choice of this device that is not shared: letterhead texts, column mappings per header, printer, look."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    value: Mapped[Any] = mapped_column(JsonText)


LOCAL_TABLES = frozenset(
    kind.__tablename__
    for kind in (
        OutboxOperation,
        Device,
        Enrolment,
        GridCursor,
        ConfirmedAttachment,
        BundleMade,
        AttachmentUpload,
        SyncRun,
        NumberSeries,
        SearchKeys,
        Unmasking,
        Setting,
    )
)
