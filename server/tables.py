"""The server's own tables: accounts, devices, sign-ins, grants, clocks, the change log and receipts.

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
    comment="Officers and administrators; passwords as Argon2id.",
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
    comment="Laptops; tokens as SHA-256. The code keeps their number series apart.",
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
    comment="Sign-ins on the web pages; the cookie's value as SHA-256.",
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

attachment_bytes = Table(
    "attachment_bytes",
    metadata,
    Column("sha256", HASH, primary_key=True),
    Column("grid_id", ID, nullable=False, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", MOMENT, nullable=False),
    comment="Photos and papers by hash, once for each grid that holds them.",
)
