"""The server's own tables: accounts, devices, sign-ins, grants, audit, clocks, the change log and receipts.

The record tables are those of `desktop.models.records`, shared with the laptop. Moments are UTC text as everywhere.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

from desktop.models.records.base import Base

ID = String(36)
MOMENT = String(24)
HASH = String(64)
POSITION = BigInteger().with_variant(Integer, "sqlite")
"""A number counted up by the database; SQLite counts only plain INTEGER keys."""

metadata = MetaData(naming_convention=Base.metadata.naming_convention)

server_identity = Table(
    "server_identity",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("generation", ID, nullable=False),
    Column("made_at", MOMENT, nullable=False),
    Column("lineage", String(60)),
    comment="One row. The generation changes when the database is restored or another copy takes over.",
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("role", String(30), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("scope_version", Integer, nullable=False),
    Column("made_at", MOMENT, nullable=False),
    Column("closed_at", MOMENT),
    Column("password_set_at", MOMENT),
    Column("must_change", Boolean, nullable=False, server_default=false()),
    Column("totp_seed", Text),
    Column("totp_since", MOMENT),
    Column("totp_step", BigInteger),
    comment="Officers and administrators; passwords as Argon2id. `must_change`: somebody else knows the password."
    " The TOTP seed is encrypted; it counts from `totp_since`, and no step up to `totp_step` is taken again.",
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("code_hash", HASH, primary_key=True),
    Column("account_id", ID, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("made_at", MOMENT, nullable=False),
    Column("used_at", MOMENT),
    comment="Codes that stand in for a lost second factor, once each, as SHA-256.",
)

grants = Table(
    "grants",
    metadata,
    Column("id", ID, primary_key=True),
    Column("account_id", ID, ForeignKey("accounts.id"), nullable=False),
    Column("grid_id", ID, nullable=False),
    Column("granted_at", MOMENT, nullable=False),
    Column("revoked_at", MOMENT),
    Index(None, "account_id", "grid_id"),
    comment="Which grids an account may work in, with their history.",
)

devices = Table(
    "devices",
    metadata,
    Column("id", ID, primary_key=True),
    Column("account_id", ID, ForeignKey("accounts.id"), nullable=False),
    Column("code", String(8), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("token_hash", HASH, nullable=False, unique=True),
    Column("enrolled_at", MOMENT, nullable=False),
    Column("seen_at", MOMENT, nullable=False),
    Column("revoked_at", MOMENT),
    Column("token_made_at", MOMENT),
    Column("next_token_hash", HASH),
    Column("old_token_hash", HASH),
    Column("old_token_until", MOMENT),
    Column("public_key", HASH),
    Index("uq_devices_next_token", "next_token_hash", unique=True),
    Index("uq_devices_old_token", "old_token_hash", unique=True),
    comment="Laptops; tokens as SHA-256: the one in use, the one offered and not used yet, the one that is running out."
    " The code keeps their number series apart.",
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code_hash", HASH, primary_key=True),
    Column("account_id", ID, ForeignKey("accounts.id"), nullable=False),
    Column("made_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False),
    Column("used_at", MOMENT),
    Column("device_id", ID),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id_hash", HASH, primary_key=True),
    Column("account_id", ID, ForeignKey("accounts.id"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("made_at", MOMENT, nullable=False),
    Column("seen_at", MOMENT, nullable=False),
    Column("ended_at", MOMENT),
    Column("proved_at", MOMENT),
    Column("factor_at", MOMENT),
    Column("browser", String(120)),
    comment="Sign-ins on the web pages; the cookie's value as SHA-256. `proved_at`: when password and factor were last"
    " given; `factor_at`: when the second factor was.",
)

known_browsers = Table(
    "known_browsers",
    metadata,
    Column("cookie_hash", HASH, primary_key=True),
    Column("account_id", ID, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("made_at", MOMENT, nullable=False),
    comment="Browsers in which an account signed in before; strangers' failures do not count against them.",
)

audit_events = Table(
    "audit_events",
    metadata,
    Column("position", POSITION, primary_key=True, autoincrement=True),
    Column("at", MOMENT, nullable=False),
    Column("account_id", ID, index=True),
    Column("device_id", ID),
    Column("action", String(40), nullable=False),
    Column("object_kind", String(20), nullable=False),
    Column("object_id", String(64), nullable=False, index=True),
    Column("detail", String(120), nullable=False, server_default=""),
    Column("result", String(12), nullable=False),
    comment="Who did what with accounts, devices and rights. Only ever added to; never a value of a record.",
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("position", POSITION, primary_key=True, autoincrement=True),
    Column("subject", HASH, nullable=False),
    Column("address", HASH, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Index(None, "subject", "at"),
    Index(None, "address", "at"),
    comment="Throttling; what was typed and where from, as SHA-256.",
)

grid_clocks = Table(
    "grid_clocks",
    metadata,
    Column("grid_id", ID, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("sums", Text, nullable=False, server_default="{}"),
    comment="The last sequence number of each grid, with count and digest of the rows of each of its tables. Locked in"
    " id order before a number is taken, until the commit.",
)

change_log = Table(
    "change_log",
    metadata,
    Column("position", POSITION, primary_key=True, autoincrement=True),
    Column("op_id", ID, nullable=False, unique=True),
    Column("batch_id", ID, nullable=False),
    Column("account_id", ID, nullable=False),
    Column("device_id", ID, nullable=False),
    Column("received_at", MOMENT, nullable=False),
    Column("table_name", String(30), nullable=False),
    Column("row_id", ID, nullable=False),
    Column("grid_id", ID, nullable=False),
    Column("base_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("version", Integer),
    Column("sequence", BigInteger),
    Column("taken", Text),
    Column("code", String(60)),
    Column("field", String(60)),
    Index("ix_change_log_row", "row_id", "version"),
    Index(
        "ix_change_log_feed",
        "grid_id",
        "sequence",
        unique=True,
        postgresql_where=text("sequence IS NOT NULL"),
        sqlite_where=text("sequence IS NOT NULL"),
    ),
    Index(
        "ix_change_log_quarantine",
        "grid_id",
        "position",
        postgresql_where=text("status IN ('held', 'rejected', 'forbidden')"),
        sqlite_where=text("status IN ('held', 'rejected', 'forbidden')"),
    ),
    Index(
        "ix_change_log_held",
        "grid_id",
        postgresql_where=text("status = 'held'"),
        sqlite_where=text("status = 'held'"),
    ),
    comment="Every operation received, as it came, with its answer; what a pull walks along. `taken` lists the fields"
    " that were written where these are not just those of the body.",
)

refused_lines = Table(
    "refused_lines",
    metadata,
    Column("position", POSITION, primary_key=True, autoincrement=True),
    Column("batch_id", ID, nullable=False),
    Column("account_id", ID, nullable=False),
    Column("device_id", ID, nullable=False),
    Column("received_at", MOMENT, nullable=False),
    Column("op_id", ID, nullable=False),
    Column("body", Text, nullable=False),
    Column("code", String(60), nullable=False),
    comment="Lines that cannot stand in the change log: malformed ones, and known operation ids with another body.",
)

batches = Table(
    "batches",
    metadata,
    Column("device_id", ID, nullable=False, primary_key=True),
    Column("batch_id", ID, nullable=False, primary_key=True),
    Column("body_hash", HASH, nullable=False),
    Column("received_at", MOMENT, nullable=False),
    Column("receipt", LargeBinary, nullable=False),
    comment="Receipts (zstd), so that the same batch sent again is answered from here.",
)

bundles_received = Table(
    "bundles_received",
    metadata,
    Column("device_id", ID, nullable=False, primary_key=True),
    Column("bundle_id", HASH, nullable=False, primary_key=True),
    Column("account_id", ID, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("previous", HASH),
    Column("made_at", MOMENT, nullable=False),
    Column("received_at", MOMENT, nullable=False),
    Column("operations", Integer, nullable=False),
    Column("attachments", Integer, nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("code", String(60)),
    Column("counter", Integer, nullable=False),
    Column("receipt", LargeBinary, nullable=False),
    comment="Bundles brought by hand, with the receipt file each got; a quarantined one lies in the bundle folder.",
)

attachment_files = Table(
    "attachment_files",
    metadata,
    Column("grid_id", ID, nullable=False, primary_key=True),
    Column("sha256", HASH, nullable=False, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("device_id", ID),
    Column("received_at", MOMENT, nullable=False),
    Index(None, "device_id", "size"),
    comment="Which grids hold which photos and papers, and who sent them; the bytes are objects by their hash.",
)

uploads = Table(
    "uploads",
    metadata,
    Column("device_id", ID, nullable=False, primary_key=True),
    Column("sha256", HASH, nullable=False, primary_key=True),
    Column("id", ID, nullable=False),
    Column("length", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("pieces", Text, nullable=False),
    Column("expires_at", MOMENT, nullable=False, index=True),
    comment="Uploads that have begun and are not whole: the objects received so far, in order, as a JSON list.",
)

attachment_bytes = Table(
    "attachment_bytes",
    metadata,
    Column("sha256", HASH, primary_key=True),
    Column("grid_id", ID, nullable=False, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", MOMENT, nullable=False),
    comment="Where the first version kept photos; emptied into the object store when a server starts.",
)
