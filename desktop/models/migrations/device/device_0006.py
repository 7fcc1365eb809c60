"""Bundles: the device's signing key, the centre's public keys, and a list of the bundles made with their receipts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "device_0006"
down_revision = "device_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the keys' columns and the table."""
    op.add_column("device", sa.Column("signing_key", sa.String(length=64), nullable=True))
    op.add_column("enrolment", sa.Column("bundle_recipient", sa.String(length=200), nullable=True))
    op.add_column("enrolment", sa.Column("centre_key", sa.String(length=64), nullable=True))
    op.add_column("enrolment", sa.Column("pending_code", sa.String(length=64), nullable=True))
    op.create_table(
        "bundles_made",
        sa.Column("bundle_id", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.Column("operations", sa.Integer(), nullable=False),
        sa.Column("attachments", sa.Integer(), nullable=False),
        sa.Column("receipt_read_at", sa.String(length=24), nullable=True),
        sa.Column("receipt_generation", sa.String(length=36), nullable=True),
        sa.Column("receipt_counter", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("bundle_id", name=op.f("pk_bundles_made")),
    )
    op.create_index(op.f("ix_bundles_made_sequence"), "bundles_made", ["sequence"], unique=False)
