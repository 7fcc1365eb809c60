"""Bundles: the key each device signs with, and what was brought by hand with the receipt it got."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "server_0005"
down_revision = "server_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the key's column and the table."""
    op.add_column("devices", sa.Column("public_key", sa.String(length=64), nullable=True))
    op.create_table(
        "bundles_received",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("bundle_id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.Column("received_at", sa.String(length=24), nullable=False),
        sa.Column("operations", sa.Integer(), nullable=False),
        sa.Column("attachments", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "bundle_id", name=op.f("pk_bundles_received")),
        comment="Bundles brought by hand, with the receipt file each got; a quarantined one lies in the bundle folder.",
    )
